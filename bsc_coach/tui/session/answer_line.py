"""The answer being typed: what stands in the composer, whence, and how the question takes keys."""

from __future__ import annotations

from collections.abc import Callable

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.reply import Reply
from bsc_coach.tui.input_modes import GUARD, MOST_DIGITS, SECONDS_FOR_ENTER, Between, InputMode, answering
from bsc_coach.tui.session.controller import TypedDraft
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.words import ui

TEXT_KINDS = ("text", "long_text", "number", "date")


class AnswerLine:
    """The state of the composer between two answers.

    A text that the program put there (an answer given before, a line that was not taken) is selected as a
    whole and is no draft; what a person types is one, and the controller keeps it.
    """

    def __init__(self, host: SessionHost, clock: Callable[[], float]) -> None:
        self._host = host
        self._clock = clock
        self.mode: InputMode | None = None
        """How the open question takes keys; None while there is no question."""
        self._shown_at = 0.0
        """When the question that is open came on the screen."""
        self._digit_at: float | None = None
        """When the key before this one was a digit that was an answer; None when it was another key."""
        self._filled = ""
        """What was put into the composer last, and is no draft as long as nobody types in it."""
        self._before_command = ""
        """What stood in the composer before a command was begun there."""
        self._set_aside: str | None = None
        """The answer that a small question came in between of; it comes back if nothing is done."""

    def show(self, before: Snapshot | None, now: Snapshot) -> None:
        """Take in the question that is open now."""
        if before is None or (before.slot, before.asking) != (now.slot, now.asking):
            self._shown_at = self._clock()
        if before is not None and before.asking is not None and before.asking != now.asking:
            self._host.controller.typed(TypedDraft(before.slot, "", between=True), at_once=True)
        self.mode = answering(now.prompt, now.asking)
        ballot = now.prompt is not None and now.prompt.kind == "ballot"
        self._host.composer.masked = ballot and now.asking is None

    def too_early(self) -> bool:
        """Tell whether a key was probably meant for the question before."""
        return self._clock() - self._shown_at < GUARD

    def pressed(self, key: str) -> bool:
        """Take in a key; tell whether it is an Enter typed behind a digit that was an answer without one."""
        before, self._digit_at = self._digit_at, None
        return key == "enter" and before is not None and self._clock() - before <= SECONDS_FOR_ENTER

    def answered_by_digit(self) -> None:
        """Take in that the key pressed just now was a digit and an answer."""
        self._digit_at = self._clock()

    @property
    def answer_given(self) -> str:
        """The answer given before to the question that is open, or the wording that it starts from."""
        now = self._host.now
        if now is None or now.prompt is None or now.asking is not None:
            return ""
        return _given(now.prompt) if now.prompt.kind in TEXT_KINDS else ""

    @property
    def typed(self) -> str:
        """What a person typed into the composer; nothing where that is still what the program put there."""
        text = self._host.composer.text
        return "" if text == self._filled else text

    @property
    def held(self) -> str:
        """The answer that a small question is about, until that is answered."""
        now = self._host.now
        line = (self._set_aside or "") if now is not None and now.asking is not None else ""
        return "" if now is None or line.startswith("/") or _chosen(now, line) else line

    def placeholder(self, now: Snapshot) -> str:
        """Return what the empty composer says is expected."""
        if now.read_only:
            return ui("placeholder.read_only", now.language)
        if self.mode is None:
            return ui("placeholder.done", now.language)
        sort = self.mode.sort
        options = self.mode.prompt.options
        if sort == "table" and not options:
            sort = "table_text"
        if isinstance(self.mode, Between) and self.mode.options:
            sort = "between_choice"
        if sort == "choice" and len(options) > MOST_DIGITS:
            sort = "choice_long"
        row = self.mode.prompt.row if sort in ("list", "choice", "choice_long") else ""
        return ui(f"placeholder.{'row' if row else sort}", now.language, row=row)

    # What the program puts into the composer

    def prefill(self, now: Snapshot) -> None:
        """Begin with the answer given before; a draft is still being typed, so nothing of it is selected."""
        self._filled = self.answer_given
        draft = (now.draft or "") if now.asking is None and not _chosen(now, now.draft) else ""
        whole = now.draft_handed_in or draft in ("", self._filled)
        self._host.composer.fill(draft or self._filled, select=whole)
        self._before_command = draft or self._filled
        self._host.controller.forget_draft(draft)

    def outdated(self, before: Snapshot | None, now: Snapshot) -> bool:
        """Tell whether the answer given before is another one now, and nothing was typed instead of it."""
        if before is None or before.prompt is None or now.prompt is None or before.slot != now.slot:
            return False
        return _given(before.prompt) != _given(now.prompt) and self._host.composer.text in ("", self._filled)

    def staying(self, reply: Reply, before: Snapshot | None, now: Snapshot, line: str | None) -> str | None:
        """Return what stays in the composer after a reply: the line that was not taken, or one set aside.

        A line is set aside when a small question comes in between; answering that without doing anything
        gives the line back. What was typed to a small question is no answer to set aside.
        """
        between = before is not None and before.asking is not None
        back = (
            before is not None
            and between
            and now.asking is None
            and (before.slot, before.answers) == (now.slot, now.answers)
        )
        stays = (line if reply.keep_text else None) or (
            self._set_aside if back and not _chosen(now, self._set_aside) else None
        )
        taken = before is None or before.answers != now.answers
        if now.asking is None or taken:
            self._set_aside = None
        elif self._set_aside is None and not between and not (line or "").startswith("/"):
            self._set_aside = line
        return stays or None

    def let_stand(self, line: str, typed: str) -> None:
        """Let a line that was not taken stand; what was typed meanwhile takes its place, as if typed now."""
        self._filled = ""  # a person typed it, so it is kept as a draft
        self._host.composer.fill(line, select=True)
        now = self._host.now
        if not line.startswith("/"):
            self._before_command = line
        keeps = now is not None and not self._is_hidden(now)
        if keeps and now is not None and now.slot is not None and now.asking is None and line[:1] != "/":
            self._host.controller.typed(TypedDraft(now.slot, line, handed_in=True), at_once=True)
        if typed:
            self._host.composer.take(typed)
            self._host.say("note.replaced")

    def give_back(self, line: str) -> None:
        """Put a line that was typed too early into the composer, to be looked at.

        It takes the place of what stood there, but not of what is being typed.
        """
        composer = self._host.composer
        typed = "" if composer.all_selected else composer.text
        if not typed and composer.text not in ("", self.answer_given):
            self._host.say("note.replaced")
        self._filled = ""  # a person typed it, so it is kept as a draft
        composer.select_all()
        composer.take("\n".join(part for part in (line, typed) if part))
        if not typed:
            composer.select_all()
        self._host.say("note.given_back")

    # What a person types

    def changed(self) -> None:
        """Take note of what is being typed as a draft, where it is an answer at all."""
        if (draft := self.draft()) is not None:
            self._before_command = self._host.composer.text
            self._host.controller.typed(draft)

    def draft(self) -> TypedDraft | None:
        """Return what is being typed as a draft, where it is an answer at all; changes nothing."""
        now, text = self._host.now, self._host.composer.text
        if now is None or text.startswith("/") or self._host.controller.busy:
            return None
        if self._is_hidden(now):
            return None
        typed = "" if text == self._filled else text
        return TypedDraft(now.slot, typed, now.asking is not None, self._host.composer.all_selected)

    def _is_hidden(self, now: Snapshot) -> bool:
        """Tell whether what is typed belongs to a round, and is kept nowhere before that is closed."""
        return now.asking is None and now.prompt is not None and now.prompt.round is not None

    def leave(self) -> bool:
        """Take away what stands in the composer; tell whether anything did.

        A command gives way to what stood there before it, anything else to an empty line. Ctrl+Z undoes it.
        """
        composer, now = self._host.composer, self._host.now
        if composer.text.startswith("/"):
            composer.fill(self._before_command, select=True)
            return True
        if not composer.text or now is None:
            return False
        composer.clear()
        composer.hint(ui("placeholder.cleared", now.language))
        return True


def _given(prompt: Prompt) -> str:
    return prompt.answer or prompt.start


def _chosen(now: Snapshot, line: str | None) -> bool:
    """Tell whether a line is what a key chose: that key chooses it again, and it is no text to correct."""
    number = (line or "").strip()
    return now.prompt is not None and bool(now.prompt.options) and number.isdecimal()
