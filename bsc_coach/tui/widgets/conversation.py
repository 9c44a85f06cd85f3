"""Conversation widget with a window of mounted turns: all turns are data, only those in view have widgets.

Forty widgets are mounted at the tail. Scrolling up moves the window back by some; a new turn brings it
to the tail again. So a session of five thousand turns costs what one of fifty does.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Static

from bsc_coach.conversation.transcript import Turn
from bsc_coach.text import visible
from bsc_coach.tui.views.question import speaker
from bsc_coach.tui.views.symbols import HERE
from bsc_coach.tui.views.text_fit import SPEAKER, plain

SHOWN = 40
"""Turns that have a widget at the tail."""
STEP = 20
"""Turns that come into view at a time when scrolling back."""
_STYLES = {"coach": "", "team": "$team", "note": "$muted", "refusal": "$warn"}
_WHO = {"coach": "$coach", "team": "bold $team", "note": "$muted", "refusal": "bold $warn"}


class Hanging(Visual):
    """Visual with a hanging indent: a text wrapped under itself, and not under the name before it."""

    def __init__(self, name: Content, text: Content) -> None:
        self._name = name
        self._text = text

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Return the strips of the text, each behind the name or as much space."""
        room = max(width - SPEAKER, 1)
        strips = self._text.render_strips(room, height, style, options)
        name = self._name.render_strips(SPEAKER, 1, style, RenderOptions(options.get_style, options.rules))
        blank = Strip.blank(SPEAKER, style.rich_style)
        return [
            Strip.join([name[0] if number == 0 and name else blank, strip])
            for number, strip in enumerate(strips)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width of text and name side by side."""
        return SPEAKER + self._text.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return how many lines it takes."""
        return self._text.get_height(rules, max(width - SPEAKER, 1))


def _drawn(turn: Turn, language: str, *, selected: bool = False) -> Hanging:
    """Return a turn with its speaker; a selected one has a sign of its own, and only one colour."""
    if not selected:
        name = speaker(language, turn.speaker, _WHO[turn.speaker])
        about = plain(f"  {turn.about}" if turn.about else "", "$muted")
        return Hanging(name, Content.assemble(plain(turn.text, _STYLES[turn.speaker]), about))
    name = Content.assemble((HERE, "bold $on-mark"), speaker(language, turn.speaker, "bold $on-mark"))
    return Hanging(name.truncate(SPEAKER), plain(turn.text, "$on-mark"))


class TurnView(Static):
    """One turn of the conversation."""

    def __init__(self, turn: Turn, number: int, language: str) -> None:
        self.turn = turn
        self.number = number
        super().__init__(_drawn(turn, language), markup=False, classes=f"turn {turn.speaker}")
        self._language = language

    def mark(self, *, selected: bool) -> None:
        """Show that this is the turn that keys act on, or not any more."""
        if selected != self.has_class("selected"):
            self.set_class(selected, "selected")
            self.update(_drawn(self.turn, self._language, selected=selected))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the whole turn: half a sentence is seldom what somebody wants to copy."""
        return visible(self.turn.text), "\n"

    def on_click(self) -> None:
        """Select the answer that was clicked."""
        if self.turn.slot is not None:
            self.post_message(Conversation.Selected(self.number))


class Conversation(VerticalScroll, can_focus=False):
    """Everything said so far, the latest at the bottom."""

    class Selected(Message):
        """A turn was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(
        self,
        turns: Sequence[Turn],
        language: str,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.turns = list(turns)
        self.selected: int | None = None
        self._language = language
        self._end = len(self.turns)
        self._start = max(self._end - SHOWN, 0)
        self._mounted = self._views(self._start, self._end)

    def compose(self) -> ComposeResult:
        """Put the tail in place."""
        yield from self._mounted

    def on_mount(self) -> None:
        """Stay at the bottom, until somebody scrolls up."""
        self.anchor()

    def put_before(self, turns: Sequence[Turn]) -> None:
        """Put what was said earlier before everything, out of view until somebody scrolls up to it."""
        count = len(turns)
        self.turns[:0] = turns
        self._start += count
        self._end += count
        if self.selected is not None:
            self.selected += count
        for view in self._mounted:
            view.number += count

    def show_before(self, turns: Sequence[Turn]) -> None:
        """Put what was said earlier before everything, and show it."""
        self.put_before(turns)
        self.mount_all(views := self._views(0, len(turns)), before=0 if self._mounted else None)
        self._mounted[:0] = views
        self._start = 0
        self.anchor()

    def add(self, turns: Sequence[Turn]) -> None:
        """Add what was just said, and go to the bottom."""
        if not turns:
            return
        at_tail = self._end == len(self.turns)
        self.turns.extend(turns)
        if not at_tail or len(turns) > STEP:
            self._show_tail()
            return
        self._put_below(len(self.turns))
        self._drop_above(SHOWN)
        self.anchor()

    async def page(self, by: int) -> None:
        """Scroll by ``by`` pages; at the ends of the window fetch what lies beyond."""
        if not self._mounted:
            return
        target = self.scroll_y + by * max(self.size.height - 2, 1)
        still = self._mounted[0 if by < 0 else -1]
        before = still.virtual_region.y
        self.release_anchor()
        if by < 0 and target <= 0 and self._start > 0:
            await self._shift_back()
        elif by > 0 and target >= self.max_scroll_y and self._end < len(self.turns):
            await self._shift_on()

        def follow() -> None:
            """Scroll from where we were, wherever that has gone by what came in or went."""
            moved = still.virtual_region.y - before
            self.scroll_to(y=target + moved, animate=False, force=True, immediate=True)

        self.call_after_refresh(follow)

    def select(self, number: int | None) -> None:
        """Highlight a turn and bring it into view, or none."""
        self.selected = number
        if number is not None and not self._start <= number < self._end:
            self._show(max(number - STEP, 0), min(number + STEP, len(self.turns)))
        for view in self._mounted:
            view.mark(selected=view.number == number)
            if view.number == number:
                self.call_after_refresh(self.scroll_to_widget, view, animate=False)
        if number is None:
            if self._end != len(self.turns):
                self._show_tail()
            self.anchor()

    def beside(self, number: int | None, by: int) -> int | None:
        """Return the next answer of the team that one can go back to, before or after ``number``."""
        at = (len(self.turns) if number is None else number) + by
        while 0 <= at < len(self.turns):
            turn = self.turns[at]
            if turn.speaker == "team" and turn.slot is not None:
                return at
            at += by
        return None if by > 0 else number

    # The window

    def _show_tail(self) -> None:
        self._show(max(len(self.turns) - SHOWN, 0), len(self.turns))
        self.anchor()

    def _show(self, start: int, end: int) -> None:
        for view in self._mounted:
            view.remove()
        self._start, self._end, self._mounted = start, start, []
        self._put_below(end)

    def _put_below(self, end: int) -> None:
        views = self._views(self._end, end)
        self.mount_all(views)
        self._mounted += views
        self._end = end

    def _drop_above(self, most: int) -> None:
        surplus = max(len(self._mounted) - most, 0)
        for view in self._mounted[:surplus]:
            view.remove()
        del self._mounted[:surplus]
        self._start += surplus

    async def _shift_back(self) -> None:
        start = max(self._start - STEP, 0)
        views = self._views(start, self._start)
        mounted = self.mount_all(views, before=self._mounted[0])
        self._mounted[:0] = views
        self._start = start
        surplus = self._mounted[2 * SHOWN :]
        del self._mounted[2 * SHOWN :]
        self._end = start + len(self._mounted)
        await mounted
        for view in surplus:
            await view.remove()

    async def _shift_on(self) -> None:
        views = self._views(self._end, min(self._end + STEP, len(self.turns)))
        mounted = self.mount_all(views)
        self._mounted += views
        self._end += len(views)
        surplus = self._mounted[: -2 * SHOWN]
        del self._mounted[: -2 * SHOWN]
        self._start += len(surplus)
        await mounted
        for view in surplus:
            await view.remove()

    def _views(self, start: int, end: int) -> list[TurnView]:
        return [TurnView(self.turns[at], at, self._language) for at in range(start, end)]
