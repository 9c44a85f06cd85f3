"""Render a comparison of two strategies as sentences, in Markdown too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bsc_coach import sizes
from bsc_coach.documents.context.dissent import ballots_text
from bsc_coach.documents.context.now import reading_told
from bsc_coach.documents.context.sentences import points_listed, within
from bsc_coach.documents.context.tables import CHOICES, DATES, label
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.strategy import closing, measures, model
from bsc_coach.strategy.comparison import PARTS, SINGLE, Change, Told
from bsc_coach.strategy.field_types import REFERENCES
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.strategy.part import Part
from bsc_coach.strategy.readings import reading_of
from bsc_coach.strategy.voted import ballots_in
from bsc_coach.text import one_line
from bsc_coach.words import say, texts

TEMPLATE = "record/changes.md.j2"
_MODELS: Mapping[str, type[Part]] = {
    "proposition": model.Proposition,
    "attributes": model.Attribute,
    "segments": model.Segment,
    "objectives": model.Objective,
    "missions": model.Mission,
    "outcomes": model.Outcome,
    "promises": model.Promise,
    "enablers": model.Enabler,
    "links": model.Link,
    "kpis": measures.Kpi,
    "initiatives": model.Initiative,
    "risks": model.Risk,
    "organisation": model.Organisation,
    "themes": model.Theme,
    "assumptions": model.Assumption,
    "decisions": model.Decision,
    "candidates": model.Candidate,
    "old_kpis": measures.OldKpi,
    "clusters": model.Cluster,
    "processes": model.Process,
    "review": closing.Review,
    "growth_levers": model.GrowthLever,
    "agreement": closing.Agreement,
    "meeting": closing.Meeting,
    "participants": model.Participant,
    "parking": model.Parked,
    "extra": Extra,
}
_WRITTEN = frozenset({"written", "keep_written", "change_written"})
"""What was written in silent rounds: how much it is says enough here."""
_AMOUNTS = frozenset({"baseline", "target", "red", "amber", "benchmark.value"})


@dataclass(frozen=True)
class Group:
    """The changes of one part of the strategy, under a heading."""

    heading: str
    lines: tuple[str, ...]
    count: int
    """How many changes there are; the last line tells of those that are not told one by one."""


def told_apart(
    changes: Iterable[Change], old: model.Strategy, new: model.Strategy, language: str
) -> tuple[Group, ...]:
    """Return ``changes`` from ``old`` to ``new`` in words, by part, in the same order.

    The first ones are told one by one, as many as anybody reads; of the others, how many each part has.
    """
    telling = _Telling(old, new, DocumentWords(language, new.names))
    lines: dict[str, list[str]] = {}
    for change in changes:
        lines.setdefault(change.part, []).append(telling.line(change))
    room, groups = sizes.CHANGES_TOLD, []
    for part in (part for part in PARTS if part in lines):
        told, count = lines[part], len(lines[part])
        if count > room:
            told = [*told[:room], say("diff.more", language, n=count - room)]
        room = max(room - count, 0)
        groups.append(Group(say(f"diff.part.{part}", language), tuple(told), count))
    return tuple(groups)


def as_markdown(groups: Sequence[Group], name: str | None, language: str) -> str:
    """Return groups of changes as a Markdown document about the organisation called ``name``."""
    title = say("diff.title", language, name=one_line(name)) if name else say("diff.title_bare", language)
    context = {"title": title, "summary": counted(groups, language), "groups": groups}
    return tidy(render(TEMPLATE, context))


def counted(groups: Iterable[Group], language: str) -> str:
    """Return how many changes there are, in words."""
    n = sum(group.count for group in groups)
    return say("diff.count", language, n=n) if n else say("diff.none", language)


class _Telling:
    """Two strategies and a language: what it takes to say a change."""

    def __init__(self, old: model.Strategy, new: model.Strategy, speak: DocumentWords) -> None:
        self.speak = speak
        self.titles = {**_titles(old), **_titles(new)}
        self.dates = {one.step for side in (old, new) for one in side.extra if one.kind == "date"}
        """The own questions that are answered with a date."""
        self.old_links = {link.id: link for link in old.links}
        self.new_links = {link.id: link for link in new.links}

    def line(self, change: Change) -> str:
        """Return one change as a sentence."""
        speak, language = self.speak, self.speak.language
        name = self._label(change)
        if change.what in ("renumbered", "settled"):
            before, after = str(change.before), self._reference(str(change.after))
        else:
            before = self._value(change, change.before, change.unit_before)
            after = self._value(change, change.after, change.unit)
        if change.what == "moved":
            before = self._by(before, change.date_before) if change.before is not None else before
            after = self._by(after, change.date) if change.after is not None else after
        what: str = change.what
        if what == "moved" and change.before is None and change.after is None:
            what, before, after = "moved_date", self._date(change.date_before), self._date(change.date)
        if what in ("new", "dropped") and (change.before is not None or change.after is not None):
            what += "_choice"
        told = {"label": name, "id": change.id, "before": before, "after": after}
        if change.part == "extra":
            told["about"] = name
        elif change.what == "changed" and change.field is not None:
            field = self._field_name(change.part, change.field)
            about = field[:1].upper() + field[1:] if change.part in SINGLE else None
            told["about"] = about or say("diff.about", language, label=name, field=field)
        return say(f"diff.said.{what}", speak.language, **told)

    def _field_name(self, part: str, field: str) -> str:
        """What a field is called inside a sentence: as its label in documents, or a name of its own."""
        own, last = texts("diff", self.speak.language)["field"], field.rpartition(".")[2]
        named = own.get(f"{part}_{field}") or own.get(field.replace(".", "_")) or own.get(last)
        return named or within(self.speak.say(f"label.{last}"))

    def _label(self, change: Change) -> str:
        if change.part == "attributes":
            return self.speak.choice("attribute", change.id)
        if change.part == "clusters":
            return self.speak.choice("cluster", change.id)
        links = self.old_links if change.what == "dropped" else self.new_links
        if change.part == "links" and (link := links.get(change.id or "")) is not None:
            ends = {"cause": self._reference(link.cause or ""), "effect": self._reference(link.effect or "")}
            return f"{link.id} {say('diff.arrow', self.speak.language, **ends)}"
        if change.part == "extra":
            return one_line(change.title or change.id or "")
        return label(change.id or "", change.title)

    def _value(self, change: Change, value: Told | None, unit: str | None) -> str:
        """Return what a field holds, in words: choices, dates and ids as a reader says them."""
        speak = self.speak
        if value is None:
            return say("diff.empty", speak.language)
        if isinstance(value, tuple):
            return self._several(change, value, unit)
        kind, name = _MODELS[change.part], change.field or "choice"
        if name.startswith("benchmark."):
            kind = measures.Benchmark
        last = name.rpartition(".")[2]
        group = "cluster" if last == "cluster" else CHOICES.get(kind, {}).get(last)
        if group is not None:
            return speak.choice(group, value)
        if last in DATES.get(kind, ()) or self._is_own_date(change):
            return speak.date(str(value))
        if isinstance(value, str):
            return self._text(change.part, last, value)
        if last.endswith("year"):
            return str(value)
        return speak.amount(value, unit) if name in _AMOUNTS else speak.number(value)

    def _several(self, change: Change, value: Sequence[str | float], unit: str | None) -> str:
        """Return what a field of several values holds: ballots by what they came to, texts by how many."""
        speak = self.speak
        if (voted := ballots_in(change.part, change.field or "", value)) is not None:
            return ballots_text(voted, speak)
        if change.part == "kpis" and change.field == "readings":
            readings = (found for line in value if (found := reading_of(str(line))) is not None)
            return speak.listing([reading_told(one, unit, speak) for one in readings])
        if change.part != "extra" and change.field in _WRITTEN:
            return say("diff.texts", speak.language, n=len(value))
        return speak.listing([self._value(change, one, unit) for one in value])

    def _text(self, part: str, field: str, value: str) -> str:
        """Return a text that is no choice and no date: an id by what it names, a role as it is, or quoted."""
        if field in REFERENCES:
            return self._reference(value)
        if part == "proposition" and field == "points":
            return points_listed(value, self.speak)
        return one_line(value) if field == "owner" or field.endswith("_role") else f"“{one_line(value)}”"

    def _date(self, date: str | None) -> str:
        return say("diff.empty", self.speak.language) if date is None else self.speak.date(date)

    def _is_own_date(self, change: Change) -> bool:
        return change.part == "extra" and (change.id or "").partition(" ")[0] in self.dates

    def _by(self, value: str, date: str | None) -> str:
        if date is None:
            return value
        return say("diff.by_when", self.speak.language, value=value, date=self.speak.date(date))

    def _reference(self, item_id: str) -> str:
        return label(item_id, self.titles.get(item_id)) if item_id else "…"


def _titles(strategy: model.Strategy) -> dict[str, str]:
    """Return what everything with an id is called; an objective before the candidate that it was."""
    found: dict[str, str] = {}
    for name in (*model.Strategy.model_fields, "objectives"):
        parts = getattr(strategy, name)
        for part in parts if isinstance(parts, tuple) else ():
            told = getattr(part, "title", None) or getattr(part, "name", None)
            if told and getattr(part, "id", None):
                found[part.id] = told
    return found
