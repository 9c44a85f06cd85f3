"""What a strategy leaves open: homework as one table for each owner, and the points that are not settled.

What was parked is homework: somebody fills it in later. What is open, to be checked again, waiting or out of
its limits is told point by point, and what does not apply is settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bsc_coach.documents.context.sentences import within
from bsc_coach.documents.context.tables import Table, plain
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.notes import NotDiscussed, Point, PointKind, PointSide
from bsc_coach.text import normal, one_line
from bsc_coach.words import languages, say

POINT_ORDER: tuple[PointKind, ...] = ("disputed", "open", "stale", "parked", "waiting", "broken", "declined")

_HOMEWORK_COLUMNS = (
    ("about", "point"), ("fields_text", "to_fill_in"), ("due_text", "due"), ("reason", "reason"),
)  # fmt: skip
"""The columns of a table of homework: the field of its rows, and the name of its label."""


def points_by_kind(
    points: Iterable[Point], present: Sequence[Table], speak: DocumentWords
) -> tuple[Table, ...]:
    """Points that are not settled, grouped by kind; a kind without any is left out."""
    grouped = defaultdict(list)
    for point in points:
        told = plain(point, speak)
        told["by"] = who_said(told["by"], present)
        told["on_text"] = None if told["on"] is None else speak.date(told["on"])
        told["due_text"] = None if told["due"] is None else speak.date(told["due"])
        told["sides"] = tuple(_side(one, present, speak) for one in point.sides)
        grouped[point.kind].append(told)
    return tuple(
        {"kind": kind, "kind_text": speak.choice("point", kind), "items": tuple(grouped[kind])}
        for kind in POINT_ORDER
        if grouped[kind]
    )


def _side(side: PointSide, present: Sequence[Table], speak: DocumentWords) -> str:
    """Return what one copy of a session says of a point, and who said it when."""
    who, said = who_said(side.by, present), one_line(side.said)
    day, _, time = (side.at or "").partition("T")
    when = " ".join(part for part in (speak.date(day) if day else "", time[:5]) if part)
    told = ", ".join(part for part in (who, when) if part)
    return speak.say("format.side", said=said, who=told) if told else said


def who_said(by: str | None, present: Sequence[Table]) -> str | None:
    """Return who said something, or None for the login name of a machine at which nobody said who types.

    That is one word in small letters, by which nobody in the room goes.
    """
    if by is None or by != by.lower() or len(by.split()) != 1:
        return by
    names = (person[field] for person in present for field in ("name", "role") if person[field])
    return by if any(normal(by) in (normal(name), *normal(name).split()) for name in names) else None


def homework(points: Sequence[Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return what was parked of ``points`` (by kind) as a table for each owner; what nobody owns is last.

    A row tells which fields wait until the same date for the same reason, and of which items. That it is
    homework needs no reason. All tables have the same columns: those that somebody filled in.
    """
    parked = [one for group in points if group["kind"] == "parked" for one in group["items"]]
    by_owner: dict[str, list[Table]] = defaultdict(list)
    for point in parked:
        by_owner[normal(point["owner"] or "")].append(point)
    in_order = sorted(by_owner.values(), key=lambda owned: not owned[0]["owner"])
    tables = tuple(_owned(owned, speak) for owned in in_order)
    rows = [row for table in tables for row in table["rows"]]
    columns = tuple(pair for pair in _HOMEWORK_COLUMNS if any(row[pair[0]] for row in rows))
    return tuple({**table, "columns": columns} for table in tables)


def _owned(owned: Sequence[Table], speak: DocumentWords) -> Table:
    owner = one_line(owned[0]["owner"] or "") or None
    return {
        "owner": owner,
        "owner_text": owner or speak.say("homework.nobody"),
        "count": len(owned),
        "count_text": speak.say("homework.fields", n=len(owned)),
        "left": any(point["left"] for point in owned),
        "rows": tuple(_rows(owned, speak)),
    }


def _rows(points: Iterable[Table], speak: DocumentWords) -> Iterator[Table]:
    """Yield which fields wait until the same date for the same reason, and of which items."""
    no_reason = {normal(say("talk.homework.reason", language)) for language in languages()}
    by_item: dict[tuple[str, str | None, str | None, bool], list[Table]] = defaultdict(list)
    for point in points:
        reason = None if normal(point["reason"] or "") in no_reason else point["reason"]
        by_item[point["about"] or point["section"] or "", point["due_text"], reason, point["left"]].append(
            point
        )
    alike: dict[tuple[tuple[str, ...], str | None, str | None, bool], list[str]] = defaultdict(list)
    for (about, due, reason, left), together in by_item.items():
        alike[tuple(_field(point, speak) for point in together), due, reason, left].append(about)
    for (fields, due, reason, left), items in alike.items():
        yield {
            "about": "; ".join(items),
            "fields": fields,
            "fields_text": _listed(fields),
            "due_text": due,
            "reason": reason,
            "left": left,
        }


def _field(point: Table, speak: DocumentWords) -> str:
    """Return the short name of the question of a point, and what was answered to it so far."""
    name = one_line(point["short"] or point["question"] or "")
    return (
        speak.say("homework.so_far", field=name, answer=one_line(point["answer"]))
        if point["answer"]
        else name
    )


def _listed(fields: Sequence[str]) -> str:
    """Return names of fields after each other, with a capital in front only."""
    mark = "; " if any("," in field or "?" in field for field in fields) else ", "
    return mark.join((fields[0], *(field if "?" in field else within(field) for field in fields[1:])))


def open_points(points: Sequence[Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return the points (by kind) that are not settled, each with a title and a sheet of what is known.

    What nobody answered is told by item, with its questions as they are called in short.
    """
    return tuple(
        {
            "kind": group["kind"],
            "kind_text": group["kind_text"],
            "count": len(group["items"]),
            "items": tuple(
                _unanswered(group["items"], speak)
                if group["kind"] == "open"
                else (_point(one, speak) for one in group["items"])
            ),
        }
        for group in points
        if group["kind"] not in ("parked", "declined")
    )


def declined(points: Sequence[Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return what does not apply of ``points`` (by kind), each with a title and a sheet: that is settled."""
    found = (one for group in points if group["kind"] == "declined" for one in group["items"])
    return tuple(_point(one, speak) for one in found)


def not_discussed(left: Iterable[NotDiscussed], speak: DocumentWords) -> tuple[Table, ...]:
    """Return what nobody came to for lack of time, part by part; and what waits for a second sitting."""
    return tuple({"label": one.section, "text": _left_out(one, speak)} for one in left)


def _left_out(left: NotDiscussed, speak: DocumentWords) -> str:
    """Return the questions that were left out of a part in one line, those of the same items together."""
    by_items: dict[str, list[str]] = defaultdict(list)
    lists = {normal(one.of) for one in left.questions}
    for one in left.questions:
        clear = len(lists) == 1 or normal(one.of) == normal(left.section)
        items = speak.listing(one.some) or ("" if clear else within(one.of))
        by_items[items].append(one.name)
    told: list[str] = []
    for items, names in by_items.items():
        # A question that is called like its part, as a list of KPIs is, needs no name of its own.
        if [normal(name) for name in names] == [normal(left.section)]:
            form = "items" if items else "whole"
        else:
            form = "of" if items else "questions"
        said = speak.say(f"not_discussed.{form}", questions=_listed(names), items=items)
        told.append(within(said) if told else said)
    text = speak.say("format.semicolon").join(told) or speak.say("not_discussed.whole")
    return speak.say("not_discussed.sitting", questions=text) if left.second_sitting else text


def _unanswered(points: Iterable[Table], speak: DocumentWords) -> Iterator[Table]:
    """Yield the questions without an answer, each with the items of which they are asked."""
    for row in _rows(points, speak):
        known = {"about": row["about"]}
        yield {"title": row["fields_text"], "place": None, "sheet": _sheet(known, speak)}


def _point(point: Table, speak: DocumentWords) -> Table:
    """Return one point: its question, where that stands, and what is known of it."""
    due = speak.say("homework.due", date=point["due_text"]) if point["due_text"] else None
    known = {
        "given_answer": point["answer"],
        "reason": point["reason"],
        "owner_role": "; ".join(part for part in (point["owner"], due) if part),
        "said_by": f"{point['by']}, {point['on_text']}" if point["by"] and point["on_text"] else None,
    }
    sides = (
        {"field": "side", "label": speak.say("format.version", n=number), "text": text}
        for number, text in enumerate(point["sides"], start=1)
    )
    return {
        "title": point["question"] or "",
        "place": ": ".join(part for part in (point["section"], point["about"]) if part),
        "sheet": (*sides, *_sheet(known, speak)),
    }


def _sheet(known: Mapping[str, str | None], speak: DocumentWords) -> tuple[Table, ...]:
    """Return what is known as rows of a sheet; the names are those of the labels."""
    return tuple(
        {"field": name, "label": speak.say(f"label.{name}"), "text": text}
        for name, text in known.items()
        if text
    )
