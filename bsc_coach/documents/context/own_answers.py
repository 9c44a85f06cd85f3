"""Answers to questions of a script of one's own, placed in the section of a document that they belong to.

What is about an item with a sheet (a KPI, an objective, a cluster, an initiative) is a row of that sheet. All
others stand below the section that tells the same part of the strategy, else in a section of their own under
the title of the part of the agenda, in its place.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.documents.context.tables import Table, label, plain_all
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line

SECTION_OF: Mapping[str, str] = {
    "organisation": "ambition", "missions": "ambition", "segments": "served", "proposition": "proposition",
    "promises": "promises", "outcomes": "outcomes", "processes": "processes", "clusters": "internal",
    "growth_levers": "internal", "objectives": "internal", "candidates": "selection", "enablers": "enablers",
    "links": "links", "kpis": "kpis", "old_kpis": "sorting", "initiatives": "initiatives",
    "assumptions": "assumptions",
    "decisions": "decisions", "agreement": "consensus", "participants": "consensus", "review": "review",
    "parking": "parking", "meeting": "review", "themes": "themes", "risks": "risks",
}  # fmt: skip
"""The section of a document that tells a part of the strategy."""


@dataclass(frozen=True)
class OwnSection:
    """Answers of one part of the agenda that no section of the document tells."""

    title: str
    after: str | None
    """The section that it follows; None where it stands before all of them."""
    groups: tuple[Table, ...]


@dataclass(frozen=True)
class OwnAnswers:
    """What stands where: below a section, by its name, and in sections of their own."""

    below: Mapping[str, tuple[Table, ...]]
    sections: tuple[OwnSection, ...]


def told_answers(strategy: Strategy, items: Mapping[str, Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return every such answer as text, with what it is about."""
    extra = plain_all(strategy.extra, speak)
    for told in extra:
        answer = told["answer"]
        if isinstance(answer, (int, float)):
            answer = speak.number(answer)
        elif isinstance(answer, tuple):
            answer = speak.listing([text for text in answer if text])
        elif told["kind"] == "date":
            answer = speak.date(answer)
        told["answer_text"] = told["said"] or answer
        known = told["about"] in items
        told["about_text"] = items[told["about"]]["label"] if known else told["said_about"] or told["about"]
        told["label"] = one_line(told["short"] or told["question"] or "").rstrip("?").rstrip()
    return extra


def put_into_sheets(context: Table) -> None:
    """Add what is about an item with a sheet to that sheet."""
    for part in _with_sheet(context):
        rows = tuple(
            {"field": "own", "step": one["step"], "label": one["label"], "text": one["answer_text"]}
            for one in context["extra"]
            if one["about"] == part["id"] and one["answer_text"]
        )
        part["own"] = rows
        part["sheet"] = (*part["sheet"], *rows)
    for kpi in context["kpis"]:
        kpi["has_sheet"] = kpi["has_sheet"] or bool(kpi["own"])


def place(context: Table, filled: Iterable[str]) -> OwnAnswers:
    """Return where all other answers stand in a document that has the sections called ``filled``."""
    there = set(filled)
    places = _places_of_items(context)
    below: dict[str, list[Table]] = {}
    apart: dict[tuple[str, str | None], list[Table]] = {}
    for one in context["extra"]:
        place_of_item = places.get(one["about"])
        if place_of_item == _SHEET or not one["answer_text"]:
            continue
        section = place_of_item or SECTION_OF.get(one["part"] or "")
        if section in there:
            below.setdefault(str(section), []).append(one)
        elif one["section"]:
            apart.setdefault((one["section"], section or SECTION_OF.get(one["after"] or "")), []).append(one)
        else:
            below.setdefault("extra", []).append(one)
    headings = context["words"]["heading"]
    return OwnAnswers(
        {name: tuple(_groups(told, headings[name], context, places)) for name, told in below.items()},
        tuple(
            OwnSection(title, after, tuple(_groups(told, title, context, places)))
            for (title, after), told in apart.items()
        ),
    )


_SHEET = "sheet"


def _places_of_items(context: Table) -> dict[str, str]:
    """Return by id of an item the section that tells it, or that it has a sheet."""
    places = {
        one["id"]: SECTION_OF[name]
        for name in SECTION_OF
        if isinstance(context.get(name), tuple)
        for one in context[name]
    }
    places |= {one["id"]: "selection" for name in ("vital_few", "trivial_many") for one in context[name]}
    places |= {one["id"]: "proposition" for one in context["proposition"]["attributes"]}
    return places | {one["id"]: _SHEET for one in _with_sheet(context)}


def _with_sheet(context: Table) -> Iterator[Table]:
    for cluster in context["clusters"]:
        yield from cluster["objectives"]
    yield from (*context["elsewhere"], *context["clusters"], *context["kpis"], *context["initiatives"])


def _groups(answers: Sequence[Table], heading: str, context: Table, known: Container[str]) -> Iterator[Table]:
    """Yield answers as they were asked: some one after the other, those about the items of a list as a table.

    A group has a ``title`` or None, and either ``answers``, ``points``, or ``columns`` with ``rows``.
    """
    groups: dict[str | None, list[Table]] = {}
    for one in answers:
        groups.setdefault(one["list"] if one["about"] else None, []).append(one)
    for title, told in groups.items():
        group: Table = {"title": None, "answers": (), "points": (), "columns": (), "rows": ()}
        if title is None:
            group["answers"] = tuple(
                {
                    "question": one["question"],
                    "label": f"{one['label']} ({one['about_text']})" if one["about_text"] else one["label"],
                    "about_text": one["about_text"],
                    "text": one["answer_text"],
                }
                for one in told
            )
        else:
            group |= _table(told, context["words"]["label"]["about"], known)
            group["title"] = title if one_line(title) != one_line(heading) else None
        yield group


def _table(answers: Sequence[Table], about: str, known: Container[str]) -> Table:
    """Return answers about items with a row for each item and a column for each question.

    The question that gives the items their names heads the first column; with no other, they are a list.
    """
    rows: dict[tuple[str, str | None], dict[str, Table]] = {}
    for one in answers:
        rows.setdefault((one["about"], one["within"]), {})[one["step"]] = one
    steps = _in_order([list(row) for row in rows.values()])
    naming = next(
        (step for step in steps if all(_names_its_item(row.get(step)) for row in rows.values())), None
    )
    others = [step for step in steps if step != naming]
    names = [_item(next(iter(row.values())), known) for row in rows.values()]
    if not others:
        return {"points": tuple(names)}
    heads = [_head([row[step] for row in rows.values() if step in row]) for step in others]
    first = about if naming is None else _head([row[naming] for row in rows.values()])
    return {
        "columns": (first, *heads),
        "rows": tuple(
            (name, *(row[step]["answer_text"] if step in row else "" for step in others))
            for name, row in zip(names, rows.values(), strict=True)
        ),
    }


def _in_order(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return all questions of some items, each behind the one it follows: an item may lack some of them."""
    order: list[str] = []
    for row in rows:
        at = 0
        for step in row:
            if step in order:
                at = order.index(step) + 1
            else:
                order.insert(at, step)
                at += 1
    return order


def _item(one: Table, known: Container[str]) -> str:
    """Return an item in words; with the one around it, where the document tells neither elsewhere."""
    around = one["within"] if one["about"] not in known else None
    return one_line(f"{one['about_text']} ({around})" if around else one["about_text"])


def _names_its_item(one: Table | None) -> bool:
    return one is not None and one_line(one["about_text"]) == label(one["about"], one["answer_text"])


def _head(answers: Sequence[Table]) -> str:
    """Return what a column is called: the question in short, without the name of an item where it has one."""
    first = answers[0]
    if first["short"] or len({one["question"] for one in answers}) == 1:
        return one_line(first["short"] or first["question"])
    name = one_line(first["about_text"]).removeprefix(first["about"]).strip()
    return one_line(first["question"]).replace(name, "…") if name else one_line(first["question"])
