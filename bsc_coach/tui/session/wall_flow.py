"""What goes on beside the talk: the wall for the room, the driver's console, the timer, and reading along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer as TextualTimer

from bsc_coach.conversation.commands.timer import timer_over
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.tui.actions import shown_key
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.view_model import Snapshot, snapshot_of, timer_of
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.conversation.reading_along import ReadingAlong
    from bsc_coach.conversation.room_view import WallView
    from bsc_coach.conversation.timer import TimerNow
    from bsc_coach.tui.screens.wall import WallPage
    from bsc_coach.tui.views.wall import WallPicture

TICK_SECONDS = 1.0
"""How often a timer that runs is shown anew; without one nothing ticks."""
COUNT_SECONDS = 0.25
"""How long the wall waits for more ballots before it tells how many are in."""
READ_SECONDS = 0.1
"""How often a session that is open for reading only looks what its driver does."""


class WallFlow:
    """Keeps wall, console and timer of a session screen up to date; every job is one of the worker thread."""

    def __init__(self, host: SessionHost) -> None:
        self._host = host
        self.view: WallView | None = None
        """The wall as it stands, for whoever shows it elsewhere."""
        self._page: WallPage | None = None
        self._tick: TextualTimer | None = None
        self._counting: TextualTimer | None = None
        self._listens = False
        self._reads = False
        self._along: ReadingAlong | None = None

    def moved(self, now: Snapshot) -> None:
        """Take in where the talk stands now."""
        self._tell()
        if not self._listens:
            self._listens = True
            self._host.worker.put(lambda talk: talk.live.on_change(self._handed_in))
        self._watch_timer(now.timer)
        self.fetch_console()
        if now.read_only and not self._reads:
            self._reads = True
            self._host.run(self._begin_reading())

    def toggle(self) -> None:
        """Show the wall in place of the console, or the console again."""
        if self._page is None:
            self._show()
        elif self._host.app.screen is self._page:
            self._page.dismiss(None)

    def fetch_console(self) -> None:
        """Have the console made anew if it can be seen."""
        if self._host.panel.showing == "console" and self._host.panel.display:
            self._host.run(self._console())

    async def _console(self) -> None:
        from bsc_coach.conversation.console import console_of

        console = await self._host.worker.do(console_of)
        self._host.panel.update(self._host.language, console=console)

    # The wall

    def _tell(self) -> None:
        """Have followers, and the page of the wall where it is shown, show where the talk stands."""
        if self._page is None:
            self._host.worker.put(self._told)
        else:
            self._host.run(self._paint())

    def _told(self, talk: Talk) -> WallView:
        """Tell followers, in the thread of the talk."""
        from bsc_coach.conversation.wall import tell_followers

        self.view = tell_followers(talk)
        return self.view

    async def _paint(self) -> None:
        picture = await self._picture()
        if self._page is not None:
            self._page.show(picture)

    def _handed_in(self) -> None:
        """Have the count shown soon; called in the thread of whoever handed in."""
        self._host.app.call_later(self._count_soon)

    def _count_soon(self) -> None:
        if self._counting is None:
            self._counting = self._host.set_timer(COUNT_SECONDS, self._count)

    def _count(self) -> None:
        self._counting = None
        self._tell()

    def _show(self) -> None:
        """Cover everything at once, with what is known of the wall; the rest of it follows."""
        from bsc_coach.conversation.room_view import WallView
        from bsc_coach.tui.screens.wall import WallPage
        from bsc_coach.tui.views.wall import WallPicture

        view = self.view or WallView(self._host.language, "", "", "", "")
        self._page = page = WallPage(WallPicture(view, told=_way_back(view.language)))
        self._host.push(page, lambda _: self._gone())
        self._host.run(self._paint())

    def _gone(self) -> None:
        self._page = None

    async def _picture(self) -> WallPicture:
        from bsc_coach.conversation.side_views import map_on_wall
        from bsc_coach.tui.screens.wall import qr_lines
        from bsc_coach.tui.views.wall import WallPicture

        def made(talk: Talk) -> WallPicture:
            view, timer = self._told(talk), timer_of(talk)
            said = "" if timer is None else timer.said
            bands, way_back = map_on_wall(talk.plan), _way_back(talk.language)
            return WallPicture(view, bands, qr_lines(view.address), way_back, said)

        return await self._host.worker.do(made)

    # The timer

    def _watch_timer(self, timer: TimerNow | None) -> None:
        if timer is not None and timer.runs and self._tick is None:
            self._tick = self._host.set_timer(TICK_SECONDS, self._ticked)

    def _ticked(self) -> None:
        self._tick = None
        self._host.run(self._read_timer())

    async def _read_timer(self) -> None:
        """Show how the timer stands; that it is over is said once, and nothing else comes of it."""
        said, timer = await self._host.worker.do(lambda talk: (timer_over(talk), timer_of(talk)))
        host = self._host
        if host.now is not None:
            host.now = host.heading.now = replace(host.now, timer=timer)
            host.heading.redraw()
        host.conversation.add(said)
        if self._page is not None and timer is not None:
            self._page.show(replace(self._page.sheet.picture, timer=timer.said))
        self._watch_timer(timer)

    # A session that is open for reading only

    async def _begin_reading(self) -> None:
        from bsc_coach.conversation.reading_along import ReadingAlong

        # Homework has questions of its own, wherever the driver is.
        self._along = await self._host.worker.do(
            lambda talk: ReadingAlong(talk) if talk.homework is None else None
        )
        if self._along is not None:
            self._read_soon()

    def _read_soon(self) -> None:
        self._host.set_timer(READ_SECONDS, lambda: self._host.run(self._read_along()))

    async def _read_along(self) -> None:
        """Show what the driver has done since, and look again soon."""
        along = self._along
        assert along is not None

        def look(talk: Talk) -> tuple[Reply, Snapshot] | None:
            said = along.look(talk)
            return None if said is None else (Reply(said), snapshot_of(talk))

        found = await self._host.worker.do(look)
        if found is not None:
            self._host.controller.noticed(found[1])
            self._host.answered(*found, None)
            self._host.controller.look()
        self._read_soon()


def _way_back(language: str) -> str:
    return say("wall.back_to_console", language, key=shown_key("wall"))
