"""owners/ROLE.md: a page for every owner, to take home, fill in and bring back; and one for what nobody owns.

The way back and forth between a plan and those who carry it out is called catchball in hoshin kanri.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from bsc_coach.documents.context.columns import TABLES, filled, without
from bsc_coach.documents.context.document_context import build_context, objectives_in
from bsc_coach.documents.context.sheets import KPI_SHEET, WHERE_WANTED
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.reports.deadlines import DatedPoint, dated_points
from bsc_coach.documents.reports.filenames import file_names
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.interview.homework import NOBODY as HOMEWORK_OF_NOBODY
from bsc_coach.interview.homework import homework_command
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import normal, one_line
from bsc_coach.words import say, texts

PAGE = "owners/owner.md.j2"
NOBODY = "owners/nobody.md.j2"
FOLDER = PurePosixPath("owners")

_TO_FILL_IN = {
    "objectives": ("description", "horizon", "measured_by"),
    "enablers": ("horizon", "measured_by"),
    "kpis": (
        "name",
        *(
            part
            for field in KPI_SHEET
            if field not in {"measures_text", "owner_role", "gap_text", "origin_text"} | WHERE_WANTED
            for part in (("target", "target_date") if field == "target_text" else (field,))
        ),
    ),
    "initiatives": ("objectives", "start", "end", "resources"),
    "assumptions": ("test", "test_date"),
}  # fmt: skip
"""What each kind of thing needs from its owner before it is whole."""
EVERYONE = "\n"
"""In place of a role, which is on one line."""


def owner_pages(strategy: Strategy, notes: Notes) -> dict[PurePosixPath, str]:
    """Return a page for each owner role, by path, and one for what has no owner, where anything lacks one.

    While nothing could have an owner, there is that page alone; it says how a page for a role comes about.
    Roles are the same that differ in capitals and blanks only; they are spelled as first met.
    """
    context = build_context(strategy, notes)
    context["owners"] = texts("owners", strategy.language)
    owned = _by_owner(context)
    unowned = owned.pop("", {})
    roles = {role: _spelling(parts) for role, parts in owned.items()}
    nobody = say("owners.nobody.file", strategy.language) + ".md"
    fallback = say("owners.fallback", strategy.language)
    names = file_names(roles, ".md", fallback=fallback, taken=(nobody,))
    dates = _dates_by_owner(context)
    pages = {
        FOLDER / names[role]: tidy(
            render(PAGE, {**context, "page": _page(context, role, roles[role], parts, dates)})
        )
        for role, parts in owned.items()
    }
    if unowned or not owned:
        how = _how_in_session(unowned.get("questions"), HOMEWORK_OF_NOBODY, strategy.language)
        pages[FOLDER / nobody] = tidy(render(NOBODY, {**context, "unowned": unowned, "how": how}))
    return pages


def _by_owner(context: Table) -> dict[str, Table]:
    """Return what each owner has, by the role for comparing and by kind; "" has what nobody owns."""
    kinds = {
        "objectives": objectives_in(context),
        **{kind: context[kind] for kind in ("enablers", "kpis", "initiatives", "assumptions")},
        "parking": [one for one in context["parking"] if one["waits"]],
        "questions": [
            {**row, "question": row["fields_text"], "owner": group["owner"]}
            for group in context["homework"]
            for row in group["rows"]
            if not (row["left"] and group["owner"])
        ],
        "homework": [
            point
            for group in context["points"]
            if group["kind"] == "parked"
            for point in group["items"]
            if point["left"] and point["owner"]
        ],
    }
    found: dict[str, Table] = {}
    for kind, parts in kinds.items():
        for part in parts:
            owned = found.setdefault(normal(_owner(part) or ""), {name: [] for name in kinds})
            owned[kind].append(part)
    return found


def _owner(part: Table) -> str | None:
    """Return who owns a part; what was parked has an owner, everything else an owner role."""
    return part["owner_role"] if "owner_role" in part else part["owner"]  # type: ignore[no-any-return]


def _spelling(parts: Table) -> str:
    """Return how the role of ``parts`` is written where it stands first."""
    return one_line(next(_owner(part) or "" for some in parts.values() for part in some))


def _dates_by_owner(context: Table) -> Mapping[str, Sequence[DatedPoint]]:
    """Return the dates of each owner, and with them the review, which is everyone's; the earliest first.

    Under ``EVERYONE`` stands what an owner without a date has.
    """
    points = dated_points(context)
    roles = {normal(point.owner or "") for point in points if point.kind != "review"}
    found: dict[str, list[DatedPoint]] = {role: [] for role in (EVERYONE, *roles)}
    for point in points:
        for role in found if point.kind == "review" else (normal(point.owner or ""),):
            found[role].append(point)
    return found


def _page(
    context: Table, role: str, spelled: str, parts: Table, dates: Mapping[str, Sequence[DatedPoint]]
) -> Table:
    """Return what the page of an owner shows, beside the context of every document."""
    # What the owner carries, with why, and who it is in the room; then the parts of the page.
    speak = DocumentWords(context["language"])
    carried = [
        {
            **one,
            "reasons": tuple(
                link["sentence"]
                for link in context["links"]
                if link["cause"] == one["id"] and link["sentence"]
            ),
        }
        for one in (*parts["objectives"], *parts["enablers"])
    ]
    people = [
        one["name"] for one in context["participants"] if one["name"] and normal(one["role"] or "") == role
    ]
    return {
        **parts,
        "role": spelled,
        "people": speak.listing(people) or None,
        "carried": carried,
        "tasks": tuple(_tasks(parts["homework"])),
        "columns": {
            name: filled(without(TABLES[name], "owner_role", "process_text"), parts[name])
            for name in ("initiatives", "assumptions")
        },
        "dates": tuple(_dates(dates.get(role, dates[EVERYONE]), context["language"], speak)),
        "open": tuple(_open(parts, context)),
        "how": _how_in_session(parts["homework"] or parts["questions"], spelled, context["language"]),
    }


def _how_in_session(questions: Sequence[Table] | None, role: str, language: str) -> str | None:
    """Return how to answer questions in the session itself; None where there are none."""
    command = homework_command(say("owners.folder", language), role)
    return say("owners.how", language, command=command) if questions else None


def _dates(points: Sequence[DatedPoint], language: str, speak: DocumentWords) -> Iterator[Table]:
    """Yield dates as the page tells them."""
    for point in points:
        what = say(f"owners.date.{point.kind}", language, label=point.told)
        detail = point.detail if point.told == point.label else None
        yield {"date": speak.date(point.when), "what": what, "detail": detail}


def _tasks(points: Iterable[Table]) -> Iterator[Table]:
    """Yield the homework of an owner: what each item is asked, in full, to be answered on the page."""
    asked: dict[str, list[str]] = {}
    for point in points:
        choices = " / ".join(point["choices"])
        question = f"{point['question']} ({choices})" if choices else point["question"]
        asked.setdefault(point["about"] or point["section"], []).append(question)
    for about, questions in asked.items():
        yield {"about": about, "questions": tuple(questions)}


def _open(parts: Table, context: Table) -> Iterator[Table]:
    """Yield what an owner has still to fill in, but for what the session left aside."""
    labels = {**context["words"]["label"], **context["owners"]["label"]}
    left = {(one["item"], one["field"]) for one in context["left_aside"]}
    for kind, fields in _TO_FILL_IN.items():
        for part in parts[kind]:
            for field in fields:
                name = "kpis[]" if field == "measured_by" else f"{kind}[].{field.removesuffix('_text')}"
                aside = any(one == part["id"] and told.startswith(name) for one, told in left)
                if part[field] in (None, ()) and not aside:
                    yield {"about": part["label"], "part": labels[field.removesuffix("_text")]}
