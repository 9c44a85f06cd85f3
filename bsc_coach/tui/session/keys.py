"""What keys do on the session screen that are not text: choosing, walking, selecting what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.tui.input_modes import GUARD, Act, GoTo, InTable, Order, Submit
from bsc_coach.tui.session.commands import order

if TYPE_CHECKING:
    from bsc_coach.tui.session.screen import SessionScreen


class KeyHandler:
    """Decides about each key of the composer before it becomes text."""

    def __init__(self, screen: SessionScreen) -> None:
        self._screen = screen

    def steer(self, key: str) -> bool:
        """Take a key that is not text just now; False leaves it to the composer."""
        empty = not self._screen.composer.text.strip()
        if self._screen.conversation.selected is not None:
            return self._steer_selection(key)
        if key == "escape":
            order(self._screen, "escape")
            return True
        if key == "tab":
            return self._complete()
        if self._screen.answering is None:
            return False
        if self._screen.answering.guarded and key == "enter" and empty and self._too_early():
            return True
        walking = isinstance(self._screen.answering, InTable) and self._leaves_text(key)
        if empty or walking:
            act = self._screen.answering.key(key)
            if act is not None:
                self.perform(act)
                return True
        if key == "up" and empty:
            self.select(self._screen.conversation.beside(None, -1))
            return True
        return False

    def perform(self, act: Act) -> None:
        """Do what a key stands for."""
        match act:
            case Submit(line):
                self._screen.submit(line)
            case GoTo(slot, come_back):
                self._screen.errands.go_to(slot, come_back=come_back)
            case Order(name, rest):
                order(self._screen, name, rest)
            case _:
                self._screen.show_question()
                self._screen.show_hints()

    def _leaves_text(self, key: str) -> bool:
        """Tell whether an arrow leads out of the text; from a line that was not taken none does at once."""
        composer = self._screen.composer
        if composer.all_selected and composer.text != self._screen.answer_given:
            return False
        at_top, at_end = composer.cursor_at_first_line, composer.cursor_at_last_line
        return (key == "up" and at_top) or (key == "down" and at_end)

    def _too_early(self) -> bool:
        return self._screen.clock() - self._screen.shown_at < GUARD

    def _complete(self) -> bool:
        """Finish the name of a command; in a table go to the next cell. Never leave the composer."""
        text = self._screen.composer.text
        if text.startswith("/") and " " not in text:
            fits = [command.name for command in COMMANDS if command.name.startswith(text[1:])]
            if len(fits) == 1:
                self._screen.composer.fill(f"/{fits[0]} ")
        elif (
            isinstance(self._screen.answering, InTable)
            and (act := self._screen.answering.key("right")) is not None
        ):
            self.perform(act)
        return True

    # Answers given before

    def select(self, number: int | None) -> None:
        """Select an answer of the conversation, or none."""
        if number != self._screen.conversation.selected:
            self._screen.conversation.select(number)
            self._screen.show_hints()

    def _steer_selection(self, key: str) -> bool:
        at = self._screen.conversation.selected
        if at is None:
            return False
        slot = self._screen.conversation.turns[at].slot
        if key in ("up", "down"):
            self.select(self._screen.conversation.beside(at, -1 if key == "up" else 1))
            return True
        self.select(None)
        if key in ("enter", "e", "h", "d") and slot is not None:
            order(self._screen, {"h": "history_of", "d": "depends_of"}.get(key, "edit_of"), slot=slot)
            return True
        return key == "escape"
