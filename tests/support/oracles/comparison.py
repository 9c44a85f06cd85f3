"""What changed between two strategies once more: part by part, item by item, field by field.

Two items are the same that have the same words; then, that have the same id. Two links are the same that tie
the same two points. What a strategy has twice is beyond this: every id and every wording must stand once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from bsc_coach.strategy.comparison import Change
from bsc_coach.strategy.model import CLUSTERS, AttributeId, Part, Strategy
from bsc_coach.text import without_accents
from bsc_coach.words import say
from tests.support.any_strategies import is_list, is_reference, parts

Told = tuple[str, ...]
"""("new", part, id), ("dropped", part, id), ("id", part, id now, id before) or ("field", part, id, name)."""
SINGLE = [part for part in parts() if not is_list(part)]
LETTERS = {"O": "operations", "CM": "customer", "I": "innovation", "S": "social"}


@dataclass
class Item:
    """One item of a part: its id, its words, and what is filled in of it, by name."""

    id: str
    words: object
    fields: dict[str, Any]
    becomes: Item | None = field(default=None, repr=False)


Items = Mapping[str, list[Item]]


def differences(old: Strategy, new: Strategy) -> set[Told]:
    """Return all that is not the same, as far as it is worth a word."""
    small = {word for one in (old, new) for word in say("diff.small_words", one.language).split()}
    before, after = items_of(old, small), items_of(new, small)
    for part in before:
        if part not in ("links", "extra"):
            match(before[part], after[part])
    refers = {one.id: one.becomes.id for items in before.values() for one in items if one.becomes}
    for items in before.values():
        for one in items:
            one.fields = {name: followed(name, told, refers) for name, told in one.fields.items()}
    match_links(before["links"], after["links"])
    for one in before["extra"]:
        step, _, about = one.id.partition(" ")
        one.id = f"{step} {refers.get(about, about)}".strip()
    match(before["extra"], after["extra"])
    return {told for part in before for told in within(part, before, after)}


def items_of(strategy: Strategy, small: set[str]) -> dict[str, list[Item]]:
    """Return every part as a list of items; what there is one of is a list of one."""
    found = {
        part: [
            item(part, one, small)
            for one in (getattr(strategy, part) if is_list(part) else [getattr(strategy, part)])
        ]
        for part in parts()
    }
    for part, listed, every in (
        ("attributes", strategy.proposition.attributes, get_args(AttributeId)),
        ("clusters", strategy.clusters, CLUSTERS),
    ):
        filled = {one.id: item(part, one, small) for one in listed}
        found[part] = [filled.get(one, Item(one, one, {})) for one in every]
    # The vital few: the objectives, and the chosen candidates that none describes yet; each with its cluster.
    candidates = {one.id: one for one in strategy.candidates}
    written = [one.id for one in found["objectives"]]
    chosen = [one.id for one in strategy.candidates if one.selected and one.id not in written]
    found["objectives"] += [Item(one, None, {}) for one in chosen]
    for one in found["objectives"]:
        candidate = candidates.get(one.id)
        title = one.fields.get("title") or (candidate.title if candidate else None)
        cluster = candidate.cluster if candidate else LETTERS.get(one.id.rstrip("0123456789."))
        one.fields |= {"title": title} if title else {}
        one.fields |= {"cluster": cluster} if cluster else {}
        one.words = words(title, small)
    return found


def item(part: str, one: Part, small: set[str]) -> Item:
    fields = {name: told for name, told in flat(one) if told not in (None, "", ())}
    own = fields.pop("id", part)
    for name in ("selected", "step", "about"):
        fields.pop(name, None)
    if part == "extra":
        own = " ".join(filter(None, (getattr(one, "step", None), getattr(one, "about", None))))
        fields = {"answer": fields["answer"]}  # where it was asked, and in which words, is no part of it
    title = (
        fields.get("title") or fields.get("name") or (fields.get("role") if part == "participants" else None)
    )
    named = title is not None and part not in SINGLE
    return Item(own, words(title, small) if named else None, fields)


def flat(part: Part, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield all that is filled in by its name; what stands in a part of a part with both names."""
    for name in type(part).model_fields:
        told = getattr(part, name)
        if isinstance(told, Part):
            yield from flat(told, f"{before}{name}.")
        elif isinstance(told, tuple):
            if name == "readings" or not any(isinstance(one, Part) for one in told):
                yield before + name, tuple(sorted(told, key=str))
        elif isinstance(told, str):
            yield before + name, told if told.strip() else None
        else:
            yield before + name, told


def words(title: str | None, small: set[str]) -> object:
    """Return the words of a title, whatever their order, case and accents; small ones do not count."""
    every = re.findall(r"\w+", without_accents((title or "").casefold()))
    return sorted([one for one in every if one not in small] or every) or None


def match(before: list[Item], after: list[Item]) -> None:
    """Find what each item has become: what has the same words, else what has the same id."""
    taken: list[Item] = []
    same_words = lambda one, other: one.words is not None and one.words == other.words  # noqa: E731
    for same in (
        lambda one, other: one.id == other.id and one.words == other.words,
        same_words,
        lambda one, other: one.id == other.id,
    ):
        for one in before:
            for other in after:
                if one.becomes is None and other not in taken and same(one, other):
                    one.becomes = other
                    taken.append(other)


def match_links(before: list[Item], after: list[Item]) -> None:
    """Find what each link has become: what ties the same two points, else the same id with one end kept."""
    taken: list[Item] = []
    for ends in (("cause", "effect"), ("cause",), ("effect",)):
        for one in before:
            for other in after:
                kept = all(one.fields.get(name) == other.fields.get(name) for name in ends)
                kept = kept and (len(ends) == 2 or one.id == other.id)
                if one.becomes is None and other not in taken and kept:
                    one.becomes = other
                    taken.append(other)


def followed(name: str, told: Any, refers: Mapping[str, str]) -> Any:
    """Return a reference as it reads once what it refers to has the id of today."""
    if not is_reference(name):
        return told
    return (
        tuple(sorted(refers.get(one, one) for one in told))
        if isinstance(told, tuple)
        else refers.get(told, told)
    )


def within(part: str, before: Items, after: Items) -> Iterator[Told]:
    """Yield what changed in one part."""
    is_long_list = part == "candidates"
    # A candidate that is chosen is told of as an objective; so is one that only now is one, or no longer is.
    chosen = {one.id for one in after["objectives"]}
    came = {one.id for one in new_in("objectives", before, after)}
    went = {one.id for one in before["objectives"] if one.becomes is None}
    for one in new_in(part, before, after):
        if not (is_long_list and one.id in chosen | went):
            yield "new", part, one.id
    for one in before[part]:
        other = one.becomes
        if other is None:
            if not (is_long_list and one.id in {point.id for point in before["objectives"]} | came):
                yield "dropped", part, one.id
            continue
        told_elsewhere = is_long_list and other.id in chosen
        unsaid = part in ("links", "participants") or (part == "kpis" and follows(one, other, before))
        if one.id != other.id and not told_elsewhere and not unsaid:
            yield "id", part, other.id, one.id
        for name in sorted({*one.fields, *other.fields}):
            silent = told_elsewhere and name in ("title", "cluster")
            if not silent and one.fields.get(name) != other.fields.get(name):
                yield "field", part, other.id, name


def new_in(part: str, before: Items, after: Items) -> list[Item]:
    """Return the items that nothing has become."""
    return [one for one in after[part] if not any(one is other.becomes for other in before[part])]


def follows(one: Item, other: Item, before: Items) -> bool:
    """Tell whether the id of a KPI changed only because that of what it measures did."""
    measured, _, number = one.id.rpartition(".")
    now = {point.id: point.becomes.id for items in before.values() for point in items if point.becomes}
    return other.id == f"{now.get(measured, measured)}.{number}"


def as_told(change: Change) -> set[Told]:
    """Return a change of the program as the oracle tells it."""
    own = change.id or change.part
    match change.what:
        case "new" | "dropped":
            return {(change.what, change.part, own)}
        case "settled":
            return {("dropped", change.part, own)}
        case "renumbered":
            return {("id", change.part, own, str(change.before))}
        case "moved":
            moved = {"target"} if change.before != change.after else set()
            moved |= {"target_date"} if change.date_before != change.date else set()
            return {("field", change.part, own, name) for name in moved}
        case _:
            return {("field", change.part, own, str(change.field))}
