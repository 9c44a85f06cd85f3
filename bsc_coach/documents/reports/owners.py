"""owners/ROLE.md: a page for every owner, to take home, fill in and bring back; and one for what nobody owns.

On one page stands what is theirs at a glance and the form that they bring back; the sheets are behind it.
The way back and forth between a plan and those who carry it out is called catchball in hoshin kanri.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from bsc_coach.documents.context.columns import TABLES, filled, without
from bsc_coach.documents.context.deadlines import DatedPoint, dated_points
from bsc_coach.documents.context.document_context import build_context, objectives_in
from bsc_coach.documents.context.sheets import KPI_SHEET, WHERE_WANTED
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.reports.filenames import file_names
from bsc_coach.documents.reports.owner_front import STANDING, front_of, questions_of
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

_NOT_ASKED = WHERE_WANTED | {
    "measures_text", "owner_role", "gap_text", "now_text", "readings_text", "origin_text",
}  # fmt: skip
"""Parts of the sheet of a KPI that its owner is not asked to fill in on a page."""
_TO_FILL_IN = {
    "objectives": ("description", "horizon", "measured_by"),
    "enablers": ("horizon", "measured_by"),
    "kpis": (
        "name",
        *(
            part
            for field in KPI_SHEET
            if field not in _NOT_ASKED
            for part in (("target", "target_date") if field == "target_text" else (field,))
        ),
    ),
    "initiatives": ("objectives", "start", "end", "resources"),
    "risks": ("threatens", "answer"),
    "assumptions": ("test", "test_date"),
}  # fmt: skip
"""What each kind of thing needs from its owner before it is whole."""
_CARRIED = ("missions", "outcomes", "promises", "objectives", "enablers")
"""The kinds of points that somebody looks after; the upper ones where they have an owner."""
TIED = (
    "theme_text", "strengthened_by", "holds_back", "held_back_by", "risks_text", "measured_by", "initiatives",
)  # fmt: skip
"""What is told of a point that somebody looks after, of what it is tied to."""
EVERYONE = "\n"
"""In place of a role, which is on one line."""


class OwnersPages(NamedTuple):
    """What the pages of all owners are made from, whatever they are written in."""

    context: Table
    pages: tuple[Table, ...]
    """In the order in which owners are met."""
    unowned: Table | None
    """What nobody owns, by kind; nothing is in it while nothing could have an owner."""
    how: str | None
    """How what nobody owns is answered in the session itself."""

    def named(self, ending: str) -> tuple[Mapping[str, PurePosixPath], PurePosixPath]:
        """Return the path of each page by its role, as roles are compared, and that of what nobody owns."""
        language = self.context["language"]
        nobody = say("owners.nobody.file", language) + ending
        fallback = say("owners.fallback", language)
        roles = {normal(page["role"]): page["role"] for page in self.pages}
        names = file_names(roles, ending, fallback=fallback, taken=(nobody,))
        return {role: FOLDER / names[role] for role in roles}, FOLDER / nobody


def by_our_templates(name: str, context: Table) -> str:
    """Return what one of our templates makes."""
    return tidy(render(name, context))


def owner_pages(
    strategy: Strategy, notes: Notes, rendered: Callable[[str, Table], str] = by_our_templates
) -> dict[PurePosixPath, str]:
    """Return a page for each owner role, by path, and one for what has no owner, where anything lacks one.

    While nothing could have an owner, there is that page alone; it says how a page for a role comes about.
    Roles are the same that differ in capitals and blanks only; they are spelled as first met.
    """
    made = pages_of(strategy, notes)
    paths, nobody = made.named(".md")
    pages = {
        paths[normal(page["role"])]: rendered(PAGE, {**made.context, "page": page}) for page in made.pages
    }
    if made.unowned is not None:
        unowned = {**made.context, "unowned": made.unowned, "how": made.how}
        pages[nobody] = rendered(NOBODY, unowned)
    return pages


def pages_of(strategy: Strategy, notes: Notes) -> OwnersPages:
    """Return what the page of each owner shows, beside the context of every document."""
    context = build_context(strategy, notes)
    context["owners"], context["standing"] = texts("owners", strategy.language), STANDING
    context["tied"] = TIED
    owned = _by_owner(context)
    unowned = owned.pop("", {})
    dates = _dates_by_owner(context)
    pages = tuple(_page(context, role, _spelling(parts), parts, dates) for role, parts in owned.items())
    how = _how_in_session(unowned.get("questions"), HOMEWORK_OF_NOBODY, strategy.language)
    return OwnersPages(context, pages, unowned if unowned or not owned else None, how)


def _by_owner(context: Table) -> dict[str, Table]:
    """Return what each owner has, by the role for comparing and by kind; "" has what nobody owns."""
    # What there is of each kind.
    kinds = {
        **{
            kind: [one for one in context[kind] if one.get("owner_role")]
            for kind in ("missions", "outcomes", "promises")
        },
        "objectives": objectives_in(context),
        **{kind: context[kind] for kind in ("enablers", "kpis", "initiatives", "risks", "assumptions")},
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
        "figures": tuple(_figures(context)),
    }
    # The same by owner, in the order in which owners are met.
    found: dict[str, Table] = {}
    for kind, parts in kinds.items():
        for part in parts:
            owned = found.setdefault(normal(_owner(part) or ""), {name: [] for name in kinds})
            owned[kind].append(part)
    return found


def _figures(context: Table) -> Iterator[Table]:
    """Yield the KPIs whose figures somebody else than their owner gathers or enters, as that role's work."""
    between = DocumentWords(context["language"]).say("format.semicolon")
    for field in ("collector_role", "updater_role"):
        for kpi in context["kpis"]:
            if kpi[field] and normal(kpi[field]) != normal(kpi["owner_role"] or ""):
                told = (context["owners"]["figures"][field], kpi["frequency_text"], kpi["source"])
                does = between.join(one for one in told if one)
                yield {"owner_role": kpi[field], "label": kpi["label"], "does": does}


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
        for kind in _CARRIED
        for one in parts[kind]
    ]
    people = [
        one["name"] for one in context["participants"] if one["name"] and normal(one["role"] or "") == role
    ]
    language, own_dates = context["language"], tuple(_dates(dates.get(role, dates[EVERYONE]), context, speak))
    page = {
        **parts,
        "role": spelled,
        "people": speak.listing(people) or None,
        "carried": carried,
        "columns": {
            name: filled(without(TABLES[name], "owner_role", "process_text"), parts[name])
            for name in ("initiatives", "risks", "assumptions")
        },
        "dates": own_dates,
        "how": _how_in_session(parts["homework"] or parts["questions"], spelled, language),
    }
    asked = questions_of(page, _open(parts, context), language)
    return {**page, "front": front_of(page, asked, own_dates, context["kpis"], language)._asdict()}


def _how_in_session(questions: Sequence[Table] | None, role: str, language: str) -> str | None:
    """Return how to answer questions in the session itself; None where there are none."""
    command = homework_command(say("owners.folder", language), role)
    return say("owners.how", language, command=command) if questions else None


def _dates(points: Sequence[DatedPoint], context: Table, speak: DocumentWords) -> Iterator[Table]:
    """Yield dates as the page tells them."""
    for point in points:
        what = say(f"owners.date.{point.kind}", context["language"], label=point.told)
        detail = point.detail if point.told == point.label else None
        yield {"date": speak.date(point.when), "what": what, "detail": detail}


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
                    plain = field.removesuffix("_text")
                    yield {"about": part["label"], "field": plain, "part": labels[plain]}
