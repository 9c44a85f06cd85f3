"""What line mode prints of a question, for somebody who listens: nothing is read out that was heard before.

Meanings of options, and how to answer, come the first time that a question is met and after ``/why``. The
part of the agenda and the item that a question is about are told when they change. ``brief`` leaves only the
question and its options.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bsc_coach.cli import output
from bsc_coach.conversation.prompt import Cell, Option, Prompt
from bsc_coach.conversation.reply import Question
from bsc_coach.conversation.round_words import round_lines
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import normal
from bsc_coach.words import say

SHORTEST_SCALE = 4
"""Options that are said by their own number, and of which the first and the last tell the others."""


@dataclass
class QuestionReader:
    """Prints questions; it remembers what it has read out."""

    brief: bool = False
    _explained: set[object] = field(default_factory=set)
    _again: bool = False
    _section: str = ""
    _about: str = ""
    _before: Prompt | None = None
    """The question that was read last."""
    _items: set[ItemId] = field(default_factory=set)
    """The items of lists that were read with their short ids."""

    def explain_again(self) -> None:
        """Let the next reading of a question tell what its options mean and how to answer."""
        self._again = True

    def read(self, prompt: Prompt, language: str) -> None:
        """Print a question with all that is needed to answer it now."""
        # Where we are, and what the question is about.
        output.show("")
        if not self.brief:
            self._tell_surroundings(prompt, language)
        output.show(f"{say('talk.coach', language)}: {prompt.ask}")
        if prompt.judged_by and self._is_new(_kind(prompt)):
            output.show(f"  {say('talk.each_answer', language, ask=prompt.judged_by)}")
        # What can be typed: options, and answers that are offered.
        whole = self._is_new(_kind(prompt))
        _show_options(prompt, whole=whole)
        if prompt.offers and whole:
            key = "roles" if prompt.offered_by else "ideas" if prompt.ideas else "offers"
            output.show(say(f"cli.plain.{key}", language))
        for number, (offer, name) in enumerate(zip_longest(prompt.offers, prompt.offered_by), start=1):
            output.show(f"  {number} {offer}{f' – {name}' if name else ''}")
        # What is there already, and why it should be looked at again.
        _show_sides(prompt, language)
        if prompt.unconfirmed:
            output.show(prompt.unconfirmed)
        _tell_what_changed(prompt, language)
        # What was typed just now, and remarked on, is known.
        answer = _answer_now(prompt)
        if answer and not (prompt.remarks and self._was_asked(prompt.slot)):
            output.show(say("cli.plain.answer_now", language, answer=answer))
        if prompt.start and not prompt.options:
            output.show(say("cli.plain.enter_takes", language, answer=prompt.start))
        if prompt.waiting:
            output.show(say("talk.waiting_to_be_confirmed", language, n=prompt.waiting))
        for cell in prompt.review:
            output.show(f"  {said_cell(cell, language)}")
        for told in self._new_of_round(prompt, language):
            output.show(f"  {told}")
        # How to answer.
        if self._is_new(_how(prompt)):
            output.show(say(f"cli.plain.how.{_how(prompt)}", language))
        if prompt.by_id and whole:
            output.show(say("cli.plain.how.by_id", language, ids=", ".join(prompt.by_id)))
        if prompt.row and whole:
            output.show(say("cli.plain.how.row", language, row=prompt.row))
        if not self.brief:
            self._explained |= {_kind(prompt), _how(prompt)}
        self._again, self._before = False, prompt

    def _new_of_round(self, prompt: Prompt, language: str) -> tuple[str, ...]:
        """Return how a round stands, without what was read with a question of the same kind just before."""
        before = self._before
        same = before is not None and before.slot.step == prompt.slot.step and not self._again
        heard = round_lines(before, language) if before is not None and same else ()
        members = prompt.round.members if prompt.round is not None and not same else ()
        return (*members, *(told for told in round_lines(prompt, language) if told not in heard))

    def _was_asked(self, slot: Slot) -> bool:
        """Tell whether the question read last was this one, or added the item that it is about."""
        before = self._before
        return before is not None and (
            before.slot == slot or (before.adding and _is_inside(slot, before.slot))
        )

    def _is_new(self, what: object) -> bool:
        return self._again or not (self.brief or what in self._explained)

    def _tell_surroundings(self, prompt: Prompt, language: str) -> None:
        """Print the part of the agenda, the list so far and the item, each where it is another one now."""
        if prompt.section != self._section:
            self._section = prompt.section
            output.show(prompt.section)
        goes_on = self._before is not None and _is_inside(self._before.slot, prompt.slot)
        for item in prompt.items:
            if not (goes_on and item.item in self._items):
                output.show(f"  {item.short} {item.label}".rstrip())
            self._items.add(item.item)
        about = "" if prompt.about is None or prompt.adding else prompt.about
        known = () if any(cell.here for cell in prompt.card) else prompt.card
        if about and about != self._about and (known or not _is_named(about, prompt.ask)):
            output.show("  " + " · ".join((about, *(f"{cell.name}: {cell.answer}" for cell in known))))
        self._about = about
        if prompt.back_to:
            output.show(f"  {say('talk.back_to', language, name=prompt.back_to)}")


def _tell_what_changed(prompt: Prompt, language: str) -> None:
    """Print why an answer should be looked at again."""
    if prompt.stale_because:
        output.show(say("talk.was_stale", language, reasons=", ".join(prompt.stale_because)))
    elif prompt.reworded:
        output.show(say("talk.was_reworded", language))
    for refusal in prompt.refusals:
        output.show(refusal.sentence(language))


def said_cell(cell: Cell, language: str, *, with_status: bool = True) -> str:
    """Return the line of one answer: its name, what was answered, and how it stands if not answered."""
    told = f"{cell.name}: {cell.answer}" if cell.answer else cell.name
    if cell.status == "answered" or not with_status:
        return told
    return f"{told} ({say(f'cli.plain.status.{cell.status}', language)})"


def _kind(prompt: Prompt) -> object:
    """Return what is explained once: a question, and its choices where they are not always the same."""
    return (prompt.slot.step, () if prompt.kind == "pick" else tuple(one.id for one in prompt.options))


def _how(prompt: Prompt) -> str:
    if prompt.adding:
        return "list_pick" if prompt.kind == "pick" else "list"
    return f"{prompt.kind}_optional" if prompt.optional and prompt.kind != "confirm" else prompt.kind


def _is_inside(slot: Slot, listed: Slot) -> bool:
    """Tell whether ``slot`` is the list ``listed``, or stands in one of its items."""
    inside = len(listed.frame)
    return slot == listed or (
        slot.frame[:inside] == listed.frame
        and len(slot.frame) > inside
        and slot.frame[inside][0] == listed.step
    )


def _is_named(about: str, question: str) -> bool:
    """Tell whether a question says the name of the item that it is about, with or without its short id."""
    _, _, name = about.partition(" ")
    return normal(name or about) in normal(question)


def _answer_now(prompt: Prompt) -> str:
    """Return what was answered before, in words."""
    chosen = [option.text for option in prompt.options if option.chosen]
    return ", ".join(chosen) if chosen and not prompt.adding else prompt.answer


def _show_sides(prompt: Prompt, language: str) -> None:
    """Print what copies of the session say differently here."""
    if prompt.sides:
        output.show(say("talk.disputed", language))
    for side in prompt.sides:
        output.show(f"  {side}")


def _show_options(prompt: Prompt, *, whole: bool) -> None:
    """Print the options: with their meanings where they are new, in a line where they are known.

    Items to pick from differ each time; what stands beside them are facts, and no explanation.
    """
    options = prompt.options
    if whole or prompt.kind == "pick":
        _show_meanings(options)
    elif options:
        output.show(f"  {_in_a_line(options)}")


def _show_meanings(options: Sequence[Option]) -> None:
    for option in options:
        meaning = f" – {option.help}" if option.help else ""
        output.show(f"  {option.number} {option.text}{meaning}")


def show_choices(question: Question) -> None:
    """Print what a small question in between lets choose, and what else can be typed."""
    _show_meanings(question.options)
    if question.hint:
        output.show(f"  {question.hint}")


def _in_a_line(options: Sequence[Option]) -> str:
    told = [f"{option.number} {option.text}" for option in options]
    if len(options) >= SHORTEST_SCALE and all(option.id.isdecimal() for option in options):
        return f"{told[0]} … {told[-1]}"
    return "; ".join(told)
