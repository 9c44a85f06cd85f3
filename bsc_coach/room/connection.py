"""One connection to the room's server: reads requests within deadlines and sizes, and writes the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import h11

from bsc_coach.room.limits import (
    BODY_BYTES,
    HEADER_BYTES,
    LINGER_SECONDS,
    MOST_REQUESTS,
    READ_SECONDS,
    WRITE_SECONDS,
)
from bsc_coach.room.messages import HEADERS, RefusedRequest, Request, Response
from bsc_coach.room.stream import Hub, StreamLine

CHUNK = 4096
LEAST_LINGER = 4 * 1024 * 1024
"""Bytes of a refused request that are read away at most."""
Answer = Callable[[Request], Awaitable[Response]]
"""Answers a request; it raises RefusedRequest for what it does not answer."""


class Connection:
    """A connection, from its first byte to its last."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        answer: Answer,
        hub: Hub,
        refusal: Callable[[int], bytes],
        *,
        failed: Callable[[Exception], None],
    ) -> None:
        """``refusal`` makes the page for a status code that is no success.

        ``failed`` is told of a fault of ours in answering.
        """
        self._reader = reader
        self._writer = writer
        self._answer = answer
        self._hub = hub
        self._refusal = refusal
        self._failed = failed
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=HEADER_BYTES)
        peer = writer.get_extra_info("peername")
        self._peer = str(peer[0]) if peer else ""
        self.began = asyncio.get_running_loop().time()
        """When the request that is being read began: the oldest is given up where there are too many."""
        self.reading = True
        """Whether it waits for bytes of a request rather than for an answer."""

    async def run(self) -> None:
        """Answer requests until one side has had enough. Never raises for what the other side does."""
        try:
            for _ in range(MOST_REQUESTS):
                if not await self._one():
                    return
        except (OSError, TimeoutError, h11.ProtocolError, asyncio.CancelledError):
            pass  # gone, too slow, not speaking HTTP, or the room is closed: nobody is there to be told
        except Exception as error:
            self._failed(error)
        finally:
            self.abort()

    def abort(self) -> None:
        """End it now, whatever is still to be sent."""
        self._writer.transport.abort()

    async def _one(self) -> bool:
        """Answer one request; tell whether another one may follow."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                request = await self._read()
        except RefusedRequest as refused:
            await self._refuse(refused.status)
            return False
        if request is None:
            return False
        self.reading = False
        # A fault of ours costs this connection and no more: the session has to go on.
        try:
            response = await self._answer(request)
        except RefusedRequest as refused:
            await self._refuse(refused.status)
            return False
        except Exception as error:
            self._failed(error)
            await self._refuse(500)
            return False
        # Streams go on until somebody leaves; after an ordinary answer another request may follow.
        if response.streams:
            await self._stream(response)
            return False
        if response.status == 204:
            await self._write(self._http.send(h11.Response(status_code=204, headers=list(HEADERS))) or b"")
            self._http.send(h11.EndOfMessage())
        else:
            await self._send(response, only_head=request.method == "HEAD")
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            await self._leave()
            return False
        self._http.start_next_cycle()
        self.began, self.reading = asyncio.get_running_loop().time(), True
        return True

    # Reading

    async def _read(self) -> Request | None:
        """Read a whole request; None where the other side has left before one began."""
        head: h11.Request | None = None
        body = bytearray()
        most = 0
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as wrong:
                raise RefusedRequest(wrong.error_status_hint) from None
            if event is h11.NEED_DATA:
                self._http.receive_data(await self._reader.read(CHUNK))
            elif isinstance(event, h11.Request):
                if _size_of(event) > HEADER_BYTES:
                    raise RefusedRequest(431)
                head = event
                most = _longest_body(event)
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > most:
                    raise RefusedRequest(413)
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return _request(head, bytes(body), self._peer)
            else:
                return None  # closed, or switched to something else

    # Writing

    async def _refuse(self, status: int) -> None:
        """Say why a request is not answered, read away what is left of it, and end."""
        if self._http.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            return
        close = (("connection", "close"),)
        await self._send(Response(status, self._refusal(status), headers=close))
        await self._leave()

    async def _leave(self) -> None:
        """End after what was sent: bytes that nobody has read would take the answer with them."""
        with suppress(OSError, TimeoutError):
            if self._writer.can_write_eof():
                self._writer.write_eof()
            async with asyncio.timeout(LINGER_SECONDS):
                left = LEAST_LINGER
                while left > 0 and (data := await self._reader.read(CHUNK * 16)):
                    left -= len(data)

    async def _send(self, response: Response, *, only_head: bool = False) -> None:
        head = self._head(response, ("content-length", str(len(response.body))))
        data = self._http.send(head) or b""
        if not only_head:
            data += self._http.send(h11.Data(data=response.body)) or b""
        # A response to HEAD has no body, and h11 knows that.
        data += self._http.send(h11.EndOfMessage()) or b""
        await self._write(data)

    def _head(self, response: Response, *more: tuple[str, str]) -> h11.Response:
        headers = [*HEADERS, ("content-type", response.kind), *more, *response.headers]
        return h11.Response(status_code=response.status, headers=headers)

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        async with asyncio.timeout(WRITE_SECONDS):
            await self._writer.drain()

    async def _stream(self, response: Response) -> None:
        """Tell what changes until the other side leaves or the room is closed."""
        await self._write(self._http.send(self._head(response)) or b"")
        gone = asyncio.ensure_future(self._reader.read(1))

        async def send(line: StreamLine) -> None:
            await self._write(self._http.send(h11.Data(data=line)) or b"")

        try:
            await self._hub.follow(response.streams, send, gone)
            is_there = not gone.done()
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError, OSError):
                await gone
        if is_there:
            # A browser throws away what was told last where the answer is cut off behind it.
            await self._write(self._http.send(h11.EndOfMessage()) or b"")
            await self._leave()


def _longest_body(head: h11.Request) -> int:
    """Return how long the body may be. Raises RefusedRequest for one that says that it is longer."""
    path = head.target.partition(b"?")[0].decode("ascii", "replace")
    most = BODY_BYTES.get(path, 0) if head.method == b"POST" else 0
    for name, value in head.headers:
        if name == b"content-length" and int(value) > most:
            raise RefusedRequest(413)
    return most


def _size_of(head: h11.Request) -> int:
    """Return how many bytes a request has before its body, give or take a few."""
    return len(head.target) + sum(len(name) + len(value) + 4 for name, value in head.headers)


def _request(head: h11.Request, body: bytes, peer: str) -> Request:
    headers: dict[str, str] = {}
    for name, value in head.headers:
        headers.setdefault(name.decode("ascii", "replace"), value.decode("latin-1"))
    return Request(head.method.decode("ascii"), head.target.decode("ascii", "replace"), headers, body, peer)
