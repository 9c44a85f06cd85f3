"""The room's server: listens on one address while the room is open, and is gone within a second after.

A fault in it ends a connection or the room, never the session: it only ever asks its host.
"""

from __future__ import annotations

import asyncio
import errno
import json
import socket
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime

from bsc_coach.conversation.room_view import Seat
from bsc_coach.errors import RoomError
from bsc_coach.room.address import ports_to_try
from bsc_coach.room.answers import Door, RoomAnswers
from bsc_coach.room.connection import CHUNK, Connection
from bsc_coach.room.host import RoomHost
from bsc_coach.room.kept import KeptRoom
from bsc_coach.room.limits import (
    BACKLOG,
    MOST_CONNECTIONS,
    MOST_FILES,
    OTHER_FILES,
    STOP_SECONDS,
    TICK_SECONDS,
)
from bsc_coach.room.messages import Request, Response
from bsc_coach.room.seats import Seats
from bsc_coach.room.stream import Hub

SEEN_STEP = 10
"""Seconds by which the last sign of a seat has to move before the driver is told of it."""


def _now() -> datetime:
    return datetime.now(UTC)


class RoomServer:
    """A room that phones can join, from ``open`` to ``close``; all in one event loop."""

    def __init__(
        self,
        host: RoomHost,
        kept: KeptRoom,
        *,
        keep: Callable[[KeptRoom], None] = lambda kept: None,
        failed: Callable[[Exception], None] = lambda error: None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = _now,
    ) -> None:
        """``keep`` writes the room down, in a thread; it may raise OSError, and then nothing is kept.

        ``failed`` is told of a fault of the server itself; the room goes on.
        """
        # What it asks and tells.
        self._host = host
        self._kept = kept
        self._keep = keep
        self._failed = failed
        self._clock = clock
        self._now = now
        # What there is once it is open.
        self.seats = Seats(kept.codes, kept.seats)
        self.address, self.port = kept.address, 0
        self.hub: Hub | None = None
        self.answers: RoomAnswers | None = None
        self._listening: socket.socket | None = None
        self._connections: dict[Connection, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        # What was told last, so that nothing is told twice.
        self._told: object = None
        self._seats_told: object = None
        self._map_of = -1
        self._keeping = asyncio.Lock()
        self._kept_version = -1

    @property
    def url(self) -> str:
        """Where phones join, with the code behind the mark that browsers send to nobody."""
        return f"{self.place}/#{self.seats.codes.room}" if self.port else ""

    @property
    def place(self) -> str:
        """Where the pages are, without the code."""
        return f"http://{self.address}:{self.port}"

    @property
    def connections(self) -> int:
        """How many connections there are now."""
        return len(self._connections)

    # Open and close

    async def open(self, address: str) -> None:
        """Listen on an address of this machine, at the port of last time if it is free. Raises RoomError."""
        self._listening = self._listen(address)
        self.address = address
        self.port = int(self._listening.getsockname()[1])
        door = Door(frozenset({f"{address}:{self.port}"}), f"seat{self.port}")
        answers = RoomAnswers(self._host, self.seats, door, clock=self._clock, now=self._now)
        self.hub = hub = Hub(lambda: json.dumps(answers.state()))
        answers.has_stream_place = hub.has_place_for
        self.answers = answers
        await self._keep_now()
        self._begin(self._accept(self._listening, most_connections()))
        self._begin(self._tick())

    def _listen(self, address: str) -> socket.socket:
        for port in ports_to_try(self._kept.port):
            try:
                return listening_socket(address, port)
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise RoomError("room.open.no_address", address=address) from None
        raise RoomError("room.open.no_port", address=address)

    async def close(self) -> None:
        """Tell everybody that it is over, and end every connection within half a second."""
        listening, self._listening = self._listening, None
        if listening is None:
            return
        listening.close()
        for task in self._tasks:
            task.cancel()
        assert self.hub is not None
        self.hub.close()
        for connection in list(self._connections):
            if connection.reading:
                connection.abort()  # nothing is owed to it
        if tasks := list(self._connections.values()):
            await asyncio.wait(tasks, timeout=STOP_SECONDS)
        self.abort()
        with suppress(OSError):
            await asyncio.to_thread(self._keep, self._as_it_is(is_open=False))

    def abort(self) -> None:
        """End every connection now; for whoever cannot wait."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for task in self._tasks:
            task.cancel()
        for connection, task in list(self._connections.items()):
            connection.abort()
            task.cancel()

    # Connections

    async def _accept(self, listening: socket.socket, most: int) -> None:
        """Take connections as they come; where there are too many, the slowest is given up for the next.

        asyncio's own server would report to the app that there are no files left, and so end it.
        """
        loop = asyncio.get_running_loop()
        while True:
            try:
                client, _ = await loop.sock_accept(listening)
            except OSError:
                await asyncio.sleep(TICK_SECONDS)  # gone already, or no files left: that passes
                continue
            if len(self._connections) >= most and not self._give_up_slowest():
                client.close()
                continue
            reader = asyncio.StreamReader(limit=CHUNK * 4)
            protocol = asyncio.StreamReaderProtocol(reader)
            try:
                transport, _ = await loop.connect_accepted_socket(lambda made=protocol: made, client)  # type: ignore[misc]
            except OSError:
                client.close()
                continue
            self._serve(reader, asyncio.StreamWriter(transport, protocol, reader, loop))

    def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self.answers is not None
        assert self.hub is not None
        connection = Connection(
            reader, writer, self._answer, self.hub, self.answers.refusal, failed=self._failed
        )
        task = asyncio.ensure_future(connection.run())
        self._connections[connection] = task
        task.add_done_callback(lambda _: self._connections.pop(connection, None))

    def _give_up_slowest(self) -> bool:
        """End the connection that has been longest in sending its request; tell whether there was one."""
        slow = [one for one in self._connections if one.reading]
        if not slow:
            return False
        slowest = min(slow, key=lambda one: one.began)
        slowest.abort()
        self._connections.pop(slowest, None)
        return True

    async def _answer(self, request: Request) -> Response:
        """Answer a request; whoever joins gets the token once the seat is kept."""
        assert self.answers is not None
        before = self.seats.version
        response = self.answers.answer(request)
        if self.seats.version != before:
            await self._keep_now()
        return response

    # What goes on meanwhile

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Take note of the end of what went on: asyncio would report a fault to the app, and end that."""
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._failed(error)

    async def _tick(self) -> None:
        """Look four times a second whether there is something to tell, and tell it once."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            try:
                self._look()
            except Exception as error:
                self._failed(error)

    def _look(self) -> None:
        assert self.answers is not None
        assert self.hub is not None
        wall = self._host.wall()
        if self.answers.wall_wanted and wall.moved != self._map_of:
            self._map_of = wall.moved
            self._begin(self._draw_map())
        holds = {**self.answers.state(), "left": wall.timer}
        if holds != self._told:
            self._told = holds
            self.hub.changed()
        self._tell_seats()

    async def _draw_map(self) -> None:
        assert self.answers is not None
        try:
            drawn = await asyncio.to_thread(self._host.map_svg)
        except Exception as error:
            self._failed(error)
            return
        if drawn != self.answers.map_svg:
            self.answers.map_svg = drawn
            self.answers.map_number += 1 if drawn else 0

    def _tell_seats(self) -> None:
        assert self.answers is not None
        assert self.hub is not None
        now = self._now()
        for seat in self.seats.records:
            if seat.id in self.hub.seats:
                self.seats.seen(seat, now)
        seats = self.seats.shown(self.answers.has_ballot)
        told = tuple(_roughly(seat) for seat in seats)
        if told != self._seats_told:
            self._seats_told = told
            self._host.seats_changed(seats)

    async def _keep_now(self) -> None:
        """Keep the room as it is now; those who join at once are kept together."""
        version = self.seats.version
        async with self._keeping:
            if self._kept_version >= version:
                return  # somebody who waited before has kept this seat as well
            self._kept_version = self.seats.version
            self._kept = self._as_it_is(is_open=True)
            with suppress(OSError):
                await asyncio.to_thread(self._keep, self._kept)

    def _as_it_is(self, *, is_open: bool) -> KeptRoom:
        return KeptRoom(self.seats.codes, self.address, self.port, self.seats.records, is_open)


def listening_socket(address: str, port: int) -> socket.socket:
    """Return a socket that listens on an address of this machine. Raises OSError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let another program listen at the same place
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening


def most_connections() -> int:
    """Return how many connections there may be, after asking the system for as many files as they need."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft - OTHER_FILES)


def _roughly(seat: Seat) -> tuple[object, ...]:
    seen = None if seat.last_seen is None else int(seat.last_seen.timestamp()) // SEEN_STEP
    return seat.number, seat.name, seat.part, seat.handed_in, seen
