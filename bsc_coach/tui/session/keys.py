"""Key handling of the session screen for keys that are not text: choosing, moving, selecting answers."""

from __future__ import annotations

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.text import normal
from bsc_coach.tui.input_modes import Act, GoTo, InTable, ListMode, Order, Submit
from bsc_coach.tui.session.answer_line import AnswerLine
from bsc_coach.tui.session.commands import order
from bsc_coach.tui.session.host import SessionHost


class KeyHandler:
    """Decides about each key of the composer before it becomes text."""

    def __init__(self, host: SessionHost, line: AnswerLine) -> None:
        self._host = host
        self._line = line

    def handle(self, key: str) -> bool:
        """Act on a key that is not text just now; False leaves it to the composer."""
        mode, composer = self._line.mode, self._host.composer
        empty = not composer.text.strip()
        behind_digit = self._line.pressed(key) and empty
        # an earlier answer is selected, or the key means the same at every question
        if self._host.conversation.selected is not None:
            return self._on_selected_answer(key)
        if key == "escape":
            self._escape()
            return True
        if key == "tab":
            return self._complete()
        # what it does at this question; in a text that is being typed only the arrows of a table lead out
        if mode is None:
            return behind_digit
        if behind_digit or (mode.guarded and key == "enter" and empty and self._line.too_early()):
            return True
        if composer.all_selected and mode.chooses(key):
            composer.clear()
            empty = True
        if empty or (isinstance(mode, InTable) and self._leaves_text(key)):
            act = mode.key(key)
            if act is not None:
                self._perform(act)
                if isinstance(act, Submit) and key.isdecimal():
                    self._line.answered_by_digit()
                return True
        # from an empty line up into the conversation
        if key == "up" and empty:
            self.select(self._host.conversation.beside(None, -1))
            return True
        return False

    def _escape(self) -> None:
        """Leave what lies over the conversation, the list, or the line that is typed; else open the menu."""
        if self._host.close_sides():
            return
        mode = self._line.mode
        if isinstance(mode, ListMode) and mode.chosen is not None and (act := mode.key("escape")) is not None:
            self._perform(act)
        elif not self._line.leave():
            order(self._host, "menu")

    def _perform(self, act: Act) -> None:
        """Do what a key stands for."""
        match act:
            case Submit(line):
                self._host.submit(line)
            case GoTo(slot, come_back):
                self._host.controller.go_to(slot, come_back=come_back)
            case Order(name, rest):
                order(self._host, name, rest)
            case _:
                self._host.show_question()
                self._host.show_hints()

    def _leaves_text(self, key: str) -> bool:
        """Tell whether an arrow leads out of the text; from a line that was not taken none does at once."""
        composer = self._host.composer
        if composer.all_selected and composer.text != self._line.answer_given:
            return False
        at_top, at_end = composer.cursor_at_first_line, composer.cursor_at_last_line
        return (key == "up" and at_top) or (key == "down" and at_end)

    def _complete(self) -> bool:
        """Finish the name of a command or an offered answer; in a table go on. Never leave the composer."""
        text, mode = self._host.composer.text, self._line.mode
        if text.startswith("/") and " " not in text:
            fits = [command.name for command in COMMANDS if command.name.startswith(text[1:])]
            if len(fits) == 1:
                self._host.composer.fill(f"/{fits[0]} ")
        elif (offer := self._offered(text)) is not None:
            self._host.composer.select_all()
            self._host.composer.take(offer)
        elif isinstance(mode, InTable) and (act := mode.key("right")) is not None:
            self._perform(act)
        return True

    def _offered(self, text: str) -> str | None:
        """Return the one offered answer that begins with what is typed."""
        now = self._host.now
        if now is None or now.prompt is None or now.asking is not None or not normal(text):
            return None
        fits = [offer for offer in now.prompt.offers if normal(offer).startswith(normal(text))]
        return fits[0] if len(fits) == 1 else None

    # Answers given before

    def select(self, number: int | None) -> None:
        """Select an answer of the conversation, or none."""
        if number != self._host.conversation.selected:
            self._host.conversation.select(number)
            self._host.show_hints()

    def _on_selected_answer(self, key: str) -> bool:
        conversation = self._host.conversation
        at = conversation.selected
        if at is None:
            return False
        slot = conversation.turns[at].slot
        if key in ("up", "down"):
            self.select(conversation.beside(at, -1 if key == "up" else 1))
            return True
        self.select(None)
        if key in ("enter", "e", "h", "d") and slot is not None:
            order(self._host, {"h": "history_of", "d": "depends_of"}.get(key, "edit_of"), slot=slot)
            return True
        return key == "escape"
