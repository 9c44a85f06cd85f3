"""The room from the app: opened on one network with /room, shown with its QR code, closed with the session.

The server runs in the event loop of the app and is imported when a room is opened, not before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING

from bsc_coach.conversation.live_rounds import LiveRounds
from bsc_coach.conversation.proposals import Proposals
from bsc_coach.conversation.room_view import Seat
from bsc_coach.conversation.talk import Talk
from bsc_coach.errors import RoomError
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.session.talk_room import TalkRoom, move_of
from bsc_coach.words import say, say_error

if TYPE_CHECKING:
    from bsc_coach.room.address import NetworkAddress
    from bsc_coach.room.kept import KeptRoom
    from bsc_coach.room.server import RoomServer
    from bsc_coach.tui.screens.room import RoomPage

NOBODY_SECONDS = 20.0
"""After how long without a phone it is said what may be wrong."""
COUNT_SECONDS = 1.0
"""How often the console shows how many have handed in, at most."""
OFF, NEW = "off", "new"


class OpenRoom:
    """A room that is open: its server, and what the app does as phones come and hand in."""

    def __init__(self, screen: SessionHost, server: RoomServer, room: TalkRoom, talk: Talk) -> None:
        self._screen = screen
        self.server = server
        self.room = room
        self.expected = sum(seat.part != "observer" for seat in server.seats.records)
        """How many had joined to take part before the program was started again."""
        self.page: RoomPage | None = None
        """The page with the QR code, while it is looked at."""
        self._counting = False
        self._told_faults: set[str] = set()
        self._stops = (
            _in_loop(talk.live, self._counted),
            _in_loop(talk.proposals, self._proposed),
        )

    @property
    def language(self) -> str:
        """The language of the talk."""
        return self._screen.language

    # What the session does

    def moved(self) -> None:
        """Have phones and the wall show where the driver is now."""
        self._screen.run(self._move())

    async def _move(self) -> None:
        with suppress(asyncio.CancelledError):
            self.room.moved(await self._screen.worker.do(move_of))

    async def close(self) -> None:
        """Tell phones that it is over, and end every connection."""
        self._stop_listening()
        await self.server.close()

    def abort(self) -> None:
        """End every connection now."""
        self._stop_listening()
        self.server.abort()

    def _stop_listening(self) -> None:
        for stop in self._stops:
            stop()

    # What phones do

    def here(self) -> int:
        """Return how many take part: whoever has shown itself since the room was opened."""
        seen = (seat for seat in self.room.seats if seat.part != "observer" and seat.last_seen is not None)
        return sum(1 for _ in seen)

    def seats_said(self) -> str:
        """Return in words who is here, or who is back after the program was started again."""
        if self.expected:
            return say(
                "room.console.back", self.language, n=self.expected, back=min(self.here(), self.expected)
            )
        return say("room.console.here", self.language, n=self.here())

    def seats_told(self, seats: tuple[Seat, ...]) -> None:
        """Take note of who is here, on the page of the room and in the talk."""
        here = self.here()

        def told(talk: Talk) -> None:
            talk.seats, talk.seats_here = seats, here

        self._screen.worker.put(told)
        if self.page is not None:
            self.page.redraw()

    def look_for_phones(self) -> None:
        """Say what may be wrong where no phone has joined so far."""
        if self._screen.controller.room is not self:
            return  # closed meanwhile, or opened anew
        if self.here() == 0:
            self._screen.tell(say("room.console.nobody", self.language))
        elif self.expected:
            self._screen.tell(self.seats_said())

    def _counted(self) -> None:
        """Have the console show how many have handed in, not more often than one can read."""
        if not self._counting:
            self._counting = True
            self._screen.set_timer(COUNT_SECONDS, self._show_count)

    def _show_count(self) -> None:
        self._counting = False
        self._screen.controller.look_again()

    def _proposed(self) -> None:
        self._screen.run(self._tell_proposals())

    async def _tell_proposals(self) -> None:
        waiting = await self._screen.worker.do(lambda talk: len(talk.proposals.waiting))
        if waiting:
            self._screen.tell(say("room.console.proposed", self.language, n=waiting))

    def failed(self, error: Exception) -> None:
        """Say once that the server had a fault, by the name of its kind: its words may be a team's."""
        kind = type(error).__name__
        if kind not in self._told_faults:
            self._told_faults.add(kind)
            self._screen.tell(say("room.console.failed", self.language, kind=kind))


def _in_loop(told_by: LiveRounds | Proposals, told: Callable[[], None]) -> Callable[[], None]:
    """Have ``told`` called in the event loop of the app after each change, whatever thread made it."""
    loop, context = asyncio.get_running_loop(), copy_context()

    def changed() -> None:
        with suppress(RuntimeError):  # the loop has ended: so has the app
            loop.call_soon_threadsafe(told, context=context)  # timers of Textual want to know their app

    return told_by.on_change(changed)


async def room(screen: SessionHost, rest: str) -> None:
    """Open the room, on the network that was named or chosen; "off" closes it, "new" gives another code."""
    from bsc_coach.room.address import can_open

    asked = rest.strip().lower()
    if screen.now is not None and screen.now.read_only:
        screen.say("note.read_only")
    elif not can_open():
        screen.tell(say("room.console.not_installed", screen.language))
    elif asked == OFF:
        await _close(screen)
    elif asked == NEW:
        await _renew(screen)
    elif not asked and (opened := _room_of(screen)) is not None:
        _show(screen, opened)
    else:
        await _choose(screen, asked)


def _room_of(screen: SessionHost) -> OpenRoom | None:
    found = screen.controller.room
    return found if isinstance(found, OpenRoom) else None


async def close_room(screen: SessionHost) -> None:
    """Close the room if one is open."""
    opened, screen.controller.room = _room_of(screen), None
    if opened is not None:
        await opened.close()
        opened.room.address = ""
        await _stands_at(screen, "")


async def _stands_at(screen: SessionHost, address: str) -> None:
    """Have the wall tell where phones join, or that they cannot any more."""

    def told(talk: Talk) -> None:
        talk.address = address
        if not address:
            talk.seats, talk.seats_here = (), 0

    await screen.worker.do(told)


async def _close(screen: SessionHost) -> None:
    if screen.controller.room is None:
        screen.tell(say("room.console.not_open", screen.language))
        return
    await close_room(screen)
    screen.controller.look_again()  # so that nobody is told to join any more
    screen.tell(say("room.console.closed", screen.language))


async def _choose(screen: SessionHost, asked: str) -> None:
    """Open the room at an address that was asked for, at the only one, or at one that is chosen now.

    A room that was open when the program ended opens at its address again, where this machine still has it.
    """
    from bsc_coach.room.address import address_called, addresses
    from bsc_coach.room.kept import load_room

    known = addresses()
    if not asked:
        before = await screen.worker.do(
            lambda talk: load_room(talk.session.folder, talk.session.environment.disk)
        )
        asked = before.address if before.is_open and address_called(before.address, known) else ""
    if asked:
        found = address_called(asked, known)
        if found is None:
            told = ", ".join(one.address for one in known)
            screen.tell(say("room.console.no_address", screen.language, asked=rest_shown(asked), known=told))
        else:
            await _open(screen, found.address)
        return
    reachable = [one for one in known if not one.is_loopback]
    likely = [one for one in reachable if not one.is_virtual] or reachable
    if not likely:
        screen.tell(say("room.console.no_network", screen.language))
    elif len(likely) == 1:
        await _open(screen, likely[0].address)
    else:
        _ask_which(screen, likely)


def rest_shown(asked: str) -> str:
    """Return what was typed behind a command as it is told back: not longer than an address."""
    from bsc_coach.text import shorten

    return shorten(asked, 40)


def _ask_which(screen: SessionHost, likely: list[NetworkAddress]) -> None:
    from bsc_coach.tui.screens.dialogs import ChoiceWindow, Way

    ways = [Way(one.address, f"{one.address}  {one.interface}".strip()) for one in likely]

    async def opened_at(address: str) -> None:
        await _open(screen, address)

    def chosen(address: str | None) -> None:
        if address is not None:
            screen.run(opened_at(address))

    screen.push(ChoiceWindow(say("room.console.which", screen.language), ways), chosen)


async def _renew(screen: SessionHost) -> None:
    """Give another code: whoever was here has to join again."""
    from bsc_coach.room.kept import KeptRoom

    before = _room_of(screen)
    if before is None:
        screen.tell(say("room.console.not_open", screen.language))
        return
    kept = KeptRoom(address=before.server.address, port=before.server.port)
    await close_room(screen)
    opened = await _open(screen, kept.address, kept)
    if opened is not None:
        code = opened.server.seats.codes.room
        screen.tell(say("room.console.renewed", screen.language, code=code))


async def _open(screen: SessionHost, address: str, kept: KeptRoom | None = None) -> OpenRoom | None:
    """Open the room at an address of this machine, with the seats of before; show it."""
    from bsc_coach.room.kept import load_room, save_room
    from bsc_coach.room.server import RoomServer

    await close_room(screen)

    def prepare(talk: Talk) -> tuple[Talk, KeptRoom]:
        return talk, kept or load_room(talk.session.folder, talk.session.environment.disk)

    talk, before = await screen.worker.do(prepare)

    def keep(now: KeptRoom) -> None:
        # Asked each time: a session may have been saved elsewhere meanwhile.
        save_room(talk.session.folder, talk.session.environment.disk, now)

    opened: OpenRoom | None = None

    # The server is made before there is a room to tell; whatever it tells so early is told again.
    def seats_told(seats: tuple[Seat, ...]) -> None:
        if opened is not None:
            opened.seats_told(seats)

    def failed(error: Exception) -> None:
        if opened is not None:
            opened.failed(error)

    host = await screen.worker.do(lambda talk: TalkRoom(talk, seats_told))
    server = RoomServer(host, before, keep=keep, failed=failed)
    try:
        await server.open(address)
    except RoomError as error:
        screen.tell(say_error(error, screen.language))
        return None
    opened = screen.controller.room = OpenRoom(screen, server, host, talk)
    host.address = server.url
    await _stands_at(screen, server.url)
    screen.controller.look_again()
    screen.set_timer(NOBODY_SECONDS, opened.look_for_phones)
    screen.tell(say("room.console.opened", screen.language, place=server.place, code=server.seats.codes.room))
    _show(screen, opened)
    return opened


def _show(screen: SessionHost, opened: OpenRoom) -> None:
    from bsc_coach.tui.screens.room import RoomPage

    page = RoomPage(opened.server.url, opened.server.seats.codes.scribe, opened.seats_said, screen.language)
    opened.page = page

    def left(_: None) -> None:
        opened.page = None

    screen.push(page, left)
