"""Structural diff of two strategies, point by point: by id, and by words where ids were given anew.

Two points are the same when they have the same id, or the same words in another order, spelling or
number. Points that are merely alike are never taken for each other: different objectives share words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from bsc_coach.strategy.field_types import REFERENCES
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import (
    CLUSTERS,
    Attribute,
    AttributeId,
    Cluster,
    Link,
    Participant,
    Strategy,
)
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.strategy.part import Part
from bsc_coach.strategy.points import ProcessPoint, vital_few
from bsc_coach.strategy.reading_lines import line_of
from bsc_coach.text import normal, without_accents
from bsc_coach.words import say

What = Literal[
    "new", "dropped", "settled", "renumbered", "reworded", "moved", "other_owner",
    "surer", "less_sure", "served", "not_served", "changed",
]  # fmt: skip
"""The kinds of change; "settled" is an assumption that went because a decision speaks of it."""
Told = str | int | float | tuple[str, ...] | tuple[int | float, ...]

PARTS = (
    "proposition", "attributes", "segments", "objectives", "missions", "outcomes", "promises", "enablers",
    "links", "kpis", "initiatives", "risks", "organisation", "themes",
    "assumptions", "decisions", "candidates", "old_kpis", "clusters",
    "growth_levers", "processes", "review", "agreement", "meeting", "participants", "parking",
    "extra",
)  # fmt: skip
"""What a strategy is made of, by the names of strategy.toml, the most important first."""
SINGLE = frozenset({"proposition", "organisation", "review", "agreement", "meeting"})
"""The parts that there is one of, which have no id."""
SERVED = frozenset({"primary", "target"})

_BY_ID_ALONE = SINGLE | {"attributes", "clusters", "extra"}
_NOT_REWORDED = SINGLE | {"participants"}
"""The parts that are called by a name and not by words of the team."""
_NOT_SAID_ALOUD = frozenset({"links", "participants"})
"""Whose ids nobody refers to: another one is no news."""
_TARGET = ("target", "target_date")
_SURENESS = ("low", "medium", "high")
_WORD = re.compile(r"\w+")


class Change(BaseModel):
    """One difference: what became new, was dropped, or is otherwise than before."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    part: str
    """Where in the strategy, by the name that strategy.toml has for it: one of PARTS."""
    what: What
    id: str | None = None
    """The id now; of what was dropped, the one it had."""
    title: str | None = None
    field: str | None = None
    """What about it, by its name in strategy.toml: owner_role, benchmark.value."""
    before: Told | None = None
    after: Told | None = None
    date_before: str | None = None
    """For a moved target: by when it was to be reached."""
    date: str | None = None
    unit_before: str | None = None
    """For a number of a KPI: the unit it was in."""
    unit: str | None = None


_Fields = Mapping[str, Told]


@dataclass(frozen=True)
class _Point:
    """One part of a strategy: its id, what it is called, and all that is filled in of it."""

    id: str
    title: str | None
    fields: _Fields


_Points = Mapping[str, Sequence[_Point]]
_Pair = tuple[_Point, _Point]
_Key = Callable[[_Point], Hashable]


def compare(old: Strategy, new: Strategy) -> tuple[Change, ...]:
    """Compare two strategies: the changes from ``old`` to ``new``, the most important part first.

    The order of a list and the language of the documents are no changes.
    """
    # Both by parts, what is the same point under another id told apart.
    before, after, small = _points(old), _points(new), _small_words(old, new)
    ids = _ids(before, after, small)
    before = {part: [_renamed(point, ids) for point in points] for part, points in before.items()}
    before["extra"] = [_own_point(one, ids) for one in old.extra]
    # Part by part: what is new, what is gone, and what changed of what stayed.
    changes: list[Change] = []
    chosen: _Chosen | None = None
    decided = _decided(before["decisions"], after["decisions"])
    for part in PARTS:
        pairs = _paired(before[part], after[part], _keys(part, small))
        stayed = {id(point) for pair in pairs for point in pair}
        come = [point for point in after[part] if id(point) not in stayed]
        gone = [point for point in before[part] if id(point) not in stayed]
        if part == "objectives":
            chosen = _Chosen.of(before[part], after[part], come, gone)
        elsewhere = chosen if part == "candidates" and chosen else _Chosen()
        changes += [_whole(part, "new", point) for point in come if point.id not in elsewhere.come]
        for point in gone:
            if point.id not in elsewhere.gone:
                settled = part == "assumptions" and _settled(point, decided)
                changes.append(settled or _whole(part, "dropped", point))
        for one, other in pairs:
            changes += _between(part, one, other, ids, is_chosen=other.id in elsewhere.now)
    # Own answers as people read them.
    said_before, said_after = _answers(old, ids), _answers(new, {})
    return tuple(
        change.model_copy(
            update={"before": said_before.get(change.id or ""), "after": said_after.get(change.id or "")}
        )
        if change.part == "extra"
        else change
        for change in changes
    )


def _answers(strategy: Strategy, ids: Mapping[str, str]) -> Mapping[str, Told]:
    """Return the answers to questions of one's own as people read them, by the ids that points have now."""
    return {_address(one, ids): one.said or one.answer for one in strategy.extra}


def _address(one: Extra, ids: Mapping[str, str]) -> str:
    """Return which question an answer is to, about which item: "own.weight O1.1"."""
    return f"{one.step} {ids.get(one.about, one.about)}" if one.about else one.step


@dataclass(frozen=True)
class _Chosen:
    """The candidates that are told of as objectives, and not once more as candidates, by their ids.

    Ids are those of one side: what was O1 last year may be O7 now, and O1 another.
    """

    now: frozenset[str] = frozenset()
    come: frozenset[str] = frozenset()
    """Of the candidates that are new: those chosen now, and those that were objectives and are no longer."""
    gone: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, before: Iterable[_Point], after: Iterable[_Point], come: Iterable[_Point], gone: Iterable[_Point]
    ) -> _Chosen:
        """Return what is chosen, of all objectives then and now, and those that came and went."""
        now, then = _ids_of(after), _ids_of(before)
        return cls(now, now | _ids_of(gone), then | _ids_of(come))


def _ids_of(points: Iterable[_Point]) -> frozenset[str]:
    return frozenset(point.id for point in points)


def _points(strategy: Strategy) -> _Points:
    """Every part of a strategy as points to compare; a process objective with its cluster."""
    found = {part: [_point(part, one) for one in _items(strategy, part)] for part in PARTS}
    found["extra"] = [_own_point(one, {}) for one in strategy.extra]
    found["objectives"] = [_process_point(point) for point in vital_few(strategy)]
    return found


def _process_point(point: ProcessPoint) -> _Point:
    fields = dict(_point("objectives", point.objective).fields)
    if point.cluster:
        fields["cluster"] = point.cluster
    if point.title:
        fields["title"] = point.title
    return _Point(point.id, point.title or None, fields)


def _items(strategy: Strategy, part: str) -> Sequence[Part]:
    """Return what stands in a part; of the attributes and the clusters every one there can be."""
    if part == "attributes":
        told = {one.id: one for one in strategy.proposition.attributes}
        return [told.get(one) or Attribute(id=one) for one in get_args(AttributeId)]
    if part == "clusters":
        reasons = {one.id: one for one in strategy.clusters}
        return [reasons.get(one) or Cluster(id=one) for one in CLUSTERS]
    found: Part | Sequence[Part] = getattr(strategy, part)
    return (found,) if isinstance(found, Part) else found


def _point(part: str, one: Part) -> _Point:
    fields = _flat(one.model_dump(exclude={"id", "selected", "attributes", "readings"}))
    if isinstance(one, Kpi) and one.readings:
        fields["readings"] = tuple(line_of(reading) for reading in one.readings)
    title = fields.get("title") or fields.get("name")
    if isinstance(one, Participant) and title is None:
        title = fields.get("role")
    if isinstance(one, Link):
        title = f"{one.cause or '…'} → {one.effect or '…'}"
    return _Point(getattr(one, "id", part), None if title is None else str(title), fields)


def _own_point(one: Extra, ids: Mapping[str, str]) -> _Point:
    """An answer to a question of one's own; where it was asked and how it was said is no part of it."""
    title = f"{one.question} ({one.said_about or one.about})" if one.about else one.question
    return _Point(_address(one, ids), title, _flat({"answer": one.answer}))


def _flat(table: Mapping[str, object], before: str = "") -> dict[str, Told]:
    """Flatten a table to what is filled in, by dotted name (``benchmark.value``); lists sorted."""
    told: dict[str, Told] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            told.update(_flat(value, f"{before}{name}."))
        elif isinstance(value, tuple) and value:
            told[before + name] = tuple(sorted(value))
        elif isinstance(value, (int, float)) or (isinstance(value, str) and value.strip()):
            told[before + name] = value
    return told


def _small_words(old: Strategy, new: Strategy) -> frozenset[str]:
    return frozenset(word for one in (old, new) for word in say("diff.small_words", one.language).split())


def _ids(before: _Points, after: _Points, small: Collection[str]) -> Mapping[str, str]:
    """Map each old id to the one that the same point has now."""
    ids: dict[str, str] = {}
    for part in PARTS:
        if part != "links":
            for one, other in _paired(before[part], after[part], _keys(part, small)):
                ids.setdefault(one.id, other.id)
    return ids


def _keys(part: str, small: Collection[str]) -> tuple[_Key, ...]:
    """Keys by which points of a part are matched, the surest first."""
    if part == "links":
        return (
            lambda one: (one.id, one.fields.get("cause"), one.fields.get("effect")),
            lambda one: (one.fields.get("cause"), one.fields.get("effect")),
            lambda one: (one.id, one.fields.get("cause")),
            lambda one: (one.id, one.fields.get("effect")),
        )
    if part in _BY_ID_ALONE:
        return (lambda one: one.id,)
    return (
        lambda one: (one.id, _words(one, small)),
        lambda one: _words(one, small) or None,
        lambda one: one.id,
    )


def _paired(before: Iterable[_Point], after: Sequence[_Point], keys: Iterable[_Key]) -> list[_Pair]:
    """Match old points with new ones that have the same key, by one key after the other; None is no key."""
    olds, news, pairs = list(before), list(after), []
    for key in keys:
        waiting: dict[Hashable, list[_Point]] = defaultdict(list)
        for point in news:
            waiting[key(point)].append(point)
        waiting.pop(None, None)
        pairs += [(point, same.pop(0)) for point in olds if (same := waiting.get(key(point)))]
        taken = {id(point) for pair in pairs for point in pair}
        olds = [point for point in olds if id(point) not in taken]
        news = [point for point in news if id(point) not in taken]
    places = {id(point): number for number, point in enumerate(after)}
    return sorted(pairs, key=lambda pair: places[id(pair[1])])


def _words(point: _Point, small: Collection[str]) -> tuple[str, ...]:
    """Return the words of a title for comparing: without case, accents, order and small words."""
    words = _WORD.findall(without_accents(normal(point.title or "")))
    return tuple(sorted([word for word in words if word not in small] or words))


def _renamed(point: _Point, ids: Mapping[str, str]) -> _Point:
    """An old point with its references rewritten to the ids of now."""
    told = dict(point.fields)
    for name in REFERENCES & told.keys():
        value = told[name]
        if isinstance(value, tuple):
            told[name] = tuple(sorted(ids.get(str(one), str(one)) for one in value))
        else:
            told[name] = ids.get(str(value), str(value))
    return _Point(point.id, point.title, told)


def _whole(part: str, what: What, point: _Point) -> Change:
    """Return a change of something that is new or gone; of a group of customers, with what was chosen."""
    choice = point.fields.get("choice") if part == "segments" else None
    side = "after" if what == "new" else "before"
    return Change(part=part, what=what, id=point.id, title=point.title, **{side: choice})


def _decided(before: Iterable[_Point], after: Iterable[_Point]) -> Mapping[str, str]:
    """Return all that each new decision says, for comparing, by its id."""
    known = _ids_of(before)
    return {
        decision.id: normal(" ".join(str(told) for told in decision.fields.values()))
        for decision in after
        if decision.id not in known
    }


def _settled(point: _Point, decided: Mapping[str, str]) -> Change | None:
    """Return an assumption that is gone as settled, where a new decision speaks of it."""
    names = [normal(name) for name in (point.id, point.title) if name]
    for short, text in decided.items():
        if any(name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names):
            return Change(part="assumptions", what="settled", id=point.id, title=point.title, after=short)
    return None


def _between(
    part: str, one: _Point, other: _Point, ids: Mapping[str, str], *, is_chosen: bool
) -> Iterator[Change]:
    """Yield the changes between two versions of the same point."""
    about = {"part": part, "id": None if part in SINGLE else other.id, "title": other.title}
    if one.id != other.id and not is_chosen and _is_news(part, one, other, ids):
        yield Change(what="renumbered", before=one.id, after=other.id, **about)
    skipped = {"title", "cluster"} if is_chosen else set()
    before, after = one.fields, other.fields
    units = {"unit_before": before.get("unit"), "unit": after.get("unit")} if part == "kpis" else {}
    if part == "kpis" and any(before.get(name) != after.get(name) for name in _TARGET):
        skipped.update(_TARGET)
        dates = {"date_before": before.get("target_date"), "date": after.get("target_date")}
        told = {"before": before.get("target"), "after": after.get("target"), **dates, **units}
        yield Change(what="moved", field="target", **told, **about)
    for name in dict.fromkeys((*after, *before)):
        was, now = before.get(name), after.get(name)
        if name == "readings":
            was, now = _apart(was, now), _apart(now, was)
        if was != now and name not in skipped:
            is_number = any(isinstance(told, (int, float)) for told in (was, now))
            shown = units if is_number or name == "readings" else {}
            what = _what(part, name, was, now)
            yield Change(what=what, field=name, before=was, after=now, **shown, **about)


def _apart(these: Told | None, others: Told | None) -> Told | None:
    """Return the readings that only one side has: a row of years is no news."""
    known = others if isinstance(others, tuple) else ()
    return tuple(str(one) for one in these if one not in known) if isinstance(these, tuple) else these


def _what(part: str, name: str, was: Told | None, now: Told | None) -> What:
    if name in ("title", "name") and part not in _NOT_REWORDED and was and now:
        return "reworded"
    if name in ("owner_role", "owner"):
        return "other_owner"
    if part == "links" and name == "confidence" and was in _SURENESS and now in _SURENESS:
        return "surer" if _SURENESS.index(str(now)) > _SURENESS.index(str(was)) else "less_sure"
    if part == "segments" and name == "choice":
        if now in SERVED and was not in SERVED:
            return "served"
        if now == "not_served":
            return "not_served"
    return "changed"


def _is_news(part: str, one: _Point, other: _Point, ids: Mapping[str, str]) -> bool:
    """Whether another id is worth a word: not when that of a KPI only follows its objective's."""
    measured, _, number = one.id.rpartition(".")
    follows = f"{ids.get(measured, measured)}.{number}"
    return part not in _NOT_SAID_ALOUD and not (part == "kpis" and other.id == follows)
