"""A case made fit to be shown to others: names become pseudonyms, numbers become coarse.

Everything that is free text goes through here, whatever field it stands in, so that a field that is
added later is covered as well. A person must still read the result: places, products, competitors and
people who were not in the room are not known by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bsc_coach.documents.formats import DocumentInput
from bsc_coach.documents.redaction.banding import Amounts, banded, banded_kpi
from bsc_coach.documents.redaction.pseudonyms import (
    Alias,
    Pseudonyms,
    alias_of_organisation,
    alias_of_person,
    alias_of_source,
)
from bsc_coach.strategy.measures import Kpi, OldKpi
from bsc_coach.strategy.model import Initiative
from bsc_coach.strategy.notes import Minutes, TakenOver
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.text import normal, one_line
from bsc_coach.words import say

_NOT_SAID = frozenset(
    (
        "at", "on", "session_date", "confirmed", "as_of", "digest", "step", "rule", "field", "item",
        "how", "begin", "end", "ballot", "code",
    )
)  # fmt: skip
"""Texts that hold a time or an id."""
_OFTEN = 2
"""A word that stands somewhere once in small letters may be a name that was typed so."""
_RATIO = 3
_WORD = re.compile(r"[^\W\d_]+")
_Model = TypeVar("_Model", bound=BaseModel)


def redact(material: DocumentInput) -> DocumentInput:
    """Return ``material`` with names replaced and numbers made coarse; the same one gives the same."""
    redacting = _Redacting(material)
    notes = redacting.part(material.notes).model_copy(update={"redacted": True})
    if notes.part_of is not None:  # folders are called after organisations
        notes = notes.model_copy(update={"part_of": notes.part_of.model_copy(update={"of": ""})})
    if notes.taken_over is not None:  # and so are the files that lists come in
        notes = notes.model_copy(update={"taken_over": redacting.origin(notes.taken_over)})
    strategy, minutes = redacting.part(material.strategy), redacting.part(material.minutes)
    return DocumentInput(strategy, notes, minutes, redacting.part(material.paper))


class _Redacting:
    """What stands instead of what in one case."""

    def __init__(self, material: DocumentInput) -> None:
        self.strategy = material.strategy
        self.language = material.strategy.language
        self.particles = frozenset(say("redact.name_words", self.language).split())
        self.names: dict[str, str] = {}
        """What stands instead of a name, by the name without case."""
        aliases = [
            *self._organisation(material),
            *self._people(material),
            *self._accounts(material),
            *self._sources(material),
        ]
        self.pseudonyms = Pseudonyms(
            aliases,
            email=say("redact.email", self.language),
            web=say("redact.web", self.language),
            phone=say("redact.phone", self.language),
        )
        units = {one_line(kpi.unit) for kpi in self.strategy.kpis if kpi.unit}
        self.amounts = Amounts(self.language, units)

    def _organisation(self, material: DocumentInput) -> Iterator[Alias]:
        name = self.strategy.organisation.name
        if name and name.strip():
            instead = say("redact.organisation", self.language)
            ordinary = self.particles | _ordinary(text for text in _texts(material) if text != name)
            for one in dict.fromkeys((name, *_said_to_the_same(material.minutes, [name]))):
                self.names[normal(one)] = instead
                yield alias_of_organisation(one, instead, ordinary)

    def _people(self, material: DocumentInput) -> Iterator[Alias]:
        """Yield the participants, and then whoever typed: in the order of appearance."""
        present = [one.name for one in self.strategy.participants if one.name]
        roles = {normal(one.role) for one in self.strategy.participants if one.role}
        notes, minutes = material.notes, material.minutes
        typed = [
            *(one.by for one in minutes.said),
            *(one.by for one in notes.kept),
            *(one.by for one in notes.muted),
            *(one.by for one in notes.points if one.by),
            *(side.by for one in notes.points for side in one.sides if side.by),
            *(ballot.name for one in notes.voted for ballot in one.named),
            *([notes.taken_over.by] if notes.taken_over is not None else ()),
        ]
        typed = [name for name in typed if normal(name) not in roles]
        for name, instead in self._new("person", (*present, *_said_to_the_same(minutes, present), *typed)):
            yield alias_of_person(name, instead, self.particles)

    def _accounts(self, material: DocumentInput) -> Iterator[Alias]:
        known = [lever.account for lever in self.strategy.growth_levers if lever.account]
        for name, instead in self._new("account", (*known, *_said_to_the_same(material.minutes, known))):
            yield alias_of_source(name, instead)

    def _sources(self, material: DocumentInput) -> Iterator[Alias]:
        measured: tuple[Kpi | OldKpi, ...] = (*self.strategy.kpis, *self.strategy.old_kpis)
        sheets = [kpi.source for kpi in measured if kpi.source]
        others = [kpi.benchmark.source for kpi in self.strategy.kpis if kpi.benchmark.source]
        earlier = [text for known in (sheets, others) for text in _said_to_the_same(material.minutes, known)]
        for name, instead in self._new("source", (*sheets, *others, *earlier)):
            yield alias_of_source(name, instead)

    def _new(self, kind: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each name that has no pseudonym yet, with a new one of its kind."""
        number = 0
        for name in names:
            if name.strip() and normal(name) not in self.names:
                number += 1
                self.names[normal(name)] = say(f"redact.{kind}", self.language, n=number)
                yield name, self.names[normal(name)]

    def text(self, text: str) -> str:
        """Return a text without names; one that is nothing but a name becomes its pseudonym."""
        return self.names.get(normal(text)) or self.pseudonyms.replace(text, self.amounts.coarse)

    def origin(self, origin: TakenOver) -> TakenOver:
        """Return where answers were taken over from, without the name of the file."""
        source = say("redact.file", self.language) if origin.source else ""
        return origin.model_copy(update={"source": source})

    def part(self, part: _Model) -> _Model:
        """Return a part of a case, and all parts inside it, made fit to be shown."""
        told: dict[str, Any] = {}
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if isinstance(value, BaseModel):
                told[name] = self.part(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
                told[name] = tuple(self.part(one) for one in value)
            elif isinstance(value, str) and _is_free_text(name, field):
                told[name] = self.text(value)
            elif isinstance(value, tuple) and field.annotation == tuple[str, ...]:
                told[name] = tuple(self.text(one) for one in value)
        if isinstance(part, Extra):
            told["answer"] = self._answer(part.answer)
        if isinstance(part, Initiative) and part.amount is not None:
            told["amount"] = banded(part.amount)
        changed = part.model_copy(update=told)
        return cast(_Model, banded_kpi(changed)) if isinstance(changed, Kpi) else changed

    def _answer(self, answer: str | float | tuple[str, ...]) -> str | float | tuple[str, ...]:
        if isinstance(answer, tuple):
            return tuple(self.text(one) for one in answer)
        return self.text(answer) if isinstance(answer, str) else banded(answer)


def _said_to_the_same(minutes: Minutes, known: Iterable[str]) -> list[str]:
    """Return all that was answered to the question that was first answered with one of ``known``.

    Names that were worded anew, and those of people who were taken off the list, stand in the record.
    """
    wanted = {normal(one) for one in known}
    answers = [one for one in minutes.said if one.question and one.kind in ("answered", "reworded")]
    question = next((one.question for one in answers if normal(one.said) in wanted), None)
    return [text for one in answers if one.question == question for text in (one.before, one.said) if text]


def _is_free_text(name: str, field: FieldInfo) -> bool:
    """Tell whether people write what they like in a field: no id, no choice, no date."""
    return field.annotation in (str, str | None) and not field.metadata and name not in _NOT_SAID


def _texts(material: DocumentInput) -> Iterator[str]:
    """Yield all free texts of a case."""
    waiting: list[BaseModel] = [material.strategy, material.notes, material.minutes, material.paper]
    while waiting:
        part = waiting.pop()
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if isinstance(value, str) and _is_free_text(name, field):
                yield value
            elif isinstance(value, BaseModel):
                waiting.append(value)
            elif isinstance(value, tuple):
                waiting += [one for one in value if isinstance(one, BaseModel)]


def _ordinary(texts: Iterable[str]) -> frozenset[str]:
    """Return what is a word in a case and no name: small more than once, and in a good part of its places."""
    seen = Counter(word for text in texts for word in _WORD.findall(text))
    return frozenset(
        word
        for word, times in seen.items()
        if word.islower() and times >= _OFTEN and _RATIO * times >= seen[word.capitalize()]
    )
