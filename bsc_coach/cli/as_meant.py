"""Reading what a request of ``apply`` answers as it is meant: as another value, or as no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bsc_coach.conversation.understood import choice_in_words, row_sentence, understood_sentence, wonder
from bsc_coach.interview.addresses import short_address
from bsc_coach.interview.facts.answers import Accept, Fill, Park
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.understanding.cells import cells_typed
from bsc_coach.interview.understanding.readings import AskBack, AsTyped, Passed, Today, Understood
from bsc_coach.interview.understanding.rows import read_row
from bsc_coach.interview.understanding.understand import understand, understand_date
from bsc_coach.script.model import CollectStep, LongTextStep, TextStep
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.words import say

_NEW = ItemId("new")
"""Stands for the item that is being added."""


class AskedBackError(Exception):
    """A text that is probably no answer; carries what is answered instead of taking it."""

    def __init__(self, refused: Mapping[str, str], meant: Mapping[str, object]) -> None:
        super().__init__(refused)
        self.refused = refused
        self.meant = meant


@dataclass
class RequestReading:
    """Reads the texts of a command as they are meant, and keeps what has to be said about it."""

    plan: Plan
    today: Today
    understood: list[dict[str, object]] = field(default_factory=list)

    def read(self, command: Command) -> Command:
        """Return the command with its texts as they are meant. Raises AskedBackError for one that is none."""
        match command:
            case Accept() if isinstance(command.value, str) and (cells := self._cells(command)):
                return Several(cells)
            case Accept():
                value = self._value(command.slot, command.value)
                return (
                    command
                    if value is command.value
                    else replace(command, value=value, typed=str(command.value))
                )
            case Fill():
                return Several(tuple(self.read(Accept(slot, value)) for slot, value in command.answers))
            case AddItem():
                return self._item(command)
            case Park() if command.due.strip():
                return replace(command, due=self._due(command.due))
            case _:
                return command

    def _item(self, command: AddItem) -> AddItem:
        frame = (*command.slot.frame, (command.slot.step, _NEW))
        row = self._row(command)
        if row is not None:
            return row
        answers: dict[StepId, JsonValue] = {}
        for name, value in command.answers.items():
            answers[name] = self._value(Slot(name, frame), value)
        first = next(iter(command.answers), None)
        changed = first is not None and answers[first] is not command.answers[first]
        return replace(
            command, answers=answers, typed=str(command.answers[first]) if changed and first else ""
        )

    def _cells(self, command: Accept) -> tuple[Accept, ...]:
        """Return an answer for each cell of a table, where several numbers were sent for them in a text.

        Raises RefusedError, which names the cell, for a number that is no choice, or too many.
        """
        typed = str(command.value)
        cells = cells_typed(self.plan, command.slot, typed)
        return tuple(Accept(cell, value, typed="" if n else typed) for n, (cell, value) in enumerate(cells))

    def _row(self, command: AddItem) -> AddItem | None:
        """Return the command with all the answers that its one text holds; None where it is one answer."""
        step, text = self.plan.script.by_id.get(command.slot.step), next(iter(command.answers.values()), None)
        if (
            not isinstance(step, CollectStep)
            or tuple(command.answers) != step.row[:1]
            or not isinstance(text, str)
        ):
            return None
        as_typed = isinstance(understand(self.plan, command.slot, text, self.today), AsTyped)
        row = read_row(self.plan, command.slot, text, self.today) if as_typed else None
        if row is None:
            return None
        frame = (*command.slot.frame, (step.id, _NEW))
        said = [(Slot(name, frame), value) for name, value in row]
        told: dict[str, object] = {
            "step": step.id,
            "value": dict(row),
            "typed": text,
            "say": row_sentence(self.plan, said),
        }
        self.understood.append(told)
        return replace(command, answers=dict(row), typed=text)

    def _value(self, slot: Slot, value: JsonValue) -> JsonValue:
        if not isinstance(value, str) or slot.step not in self.plan.script.by_id:
            return value
        reading = understand(self.plan, slot, value, self.today)
        match reading:
            case AsTyped():
                return value
            case Understood():
                sentence = understood_sentence(self.plan, slot, reading, value)
                told = {"value": reading.value, "typed": value, "say": sentence}
                self.understood.append({**_place(self.plan, slot), **told})
                return reading.value
            case Passed():
                raise self._asked_back(AskBack("not_known"), slot, value)
            case AskBack():
                raise self._asked_back(reading, slot, value)

    def _due(self, due: str) -> str:
        reading = understand_date(due, self.plan.language, self.today)
        return str(reading.value) if isinstance(reading, Understood) else due

    def _asked_back(self, asked: AskBack, slot: Slot, typed: str) -> AskedBackError:
        """Return why a text was not taken, with what it may mean, and the ways out."""
        language = self.plan.language
        sentences = [wonder(asked, typed, language)]
        if asked.choices:
            names = " · ".join(choice_in_words(self.plan, slot, one) for one in asked.choices)
            sentences.append(say("typed.which_in_apply", language, choices=names))
        in_words = isinstance(self.plan.script.step(slot.step), TextStep | LongTextStep | CollectStep)
        sentences.append(say("typed.literal_in_apply" if in_words else "typed.out_in_apply", language))
        choices = {"choices": list(asked.choices)} if asked.choices else {}
        return AskedBackError(
            {"key": "not_an_answer", "say": " ".join(sentences)}, {"why": asked.kind, **choices}
        )


def _place(plan: Plan, slot: Slot) -> dict[str, str]:
    return short_address(plan, slot) if slot.item != _NEW else {"step": slot.step}
