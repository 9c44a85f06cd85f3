"""owners/ROLE.docx: the page of every owner in Word, the form on the first page and the sheets behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.columns import Columns
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.office.blocks import Block, Heading, TableBlock, TextBlock, grid, labelled
from bsc_coach.documents.office.sanitise import date_of, xml_safe
from bsc_coach.documents.office.word_file import WordFile
from bsc_coach.documents.reports.owner_front import FORM, GLANCE, SHARES, STANDING
from bsc_coach.documents.reports.owners import TIED, OwnersPages, pages_of
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import normal

_TOLD = ("horizon_text", "serves_text", "scores_text", "evidence", "bottleneck", "protected")
"""What a sheet tells of something that an owner looks after."""


def owner_documents(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> dict[PurePosixPath, bytes]:
    """Return a Word document for each owner role, by path, and one for what has no owner."""
    strategy, notes = xml_safe(strategy), xml_safe(notes)
    made = pages_of(strategy, notes)
    paths, nobody = made.named(".docx")

    def written(title: str, blocks: Iterator[Block]) -> bytes:
        paper = WordFile(strategy, title, date_of(notes), brand, dense=True)
        paper.title(title)
        for block in blocks:
            paper.put(block)
        return paper.data()

    files = {
        paths[normal(page["role"])]: written(page["role"], _page(page, made.context)) for page in made.pages
    }
    if made.unowned is not None:
        files[nobody] = written(made.context["owners"]["nobody"]["title"], _unowned(made))
    return files


def _page(page: Table, context: Table) -> Iterator[Block]:
    """Yield the front page of an owner, and then the sheets on pages of their own."""
    words = context["owners"]
    who = [words["lead"], *([f"{words['now']} {page['people']}."] if page["people"] else [])]
    yield TextBlock(" ".join(who))
    yield TextBlock(f"{context['title']}. {context['status']}")
    yield from _front(page, words)
    behind = list(_sheets(page, context))
    if behind:
        yield TextBlock("", look="page")
        yield from behind


def _front(page: Table, words: Table) -> Iterator[Block]:
    """Yield what is theirs, the form, the next dates."""
    # What is theirs; what does not fit is counted.
    front, label, heading = page["front"], words["label"], words["heading"]
    if front["glance"]:
        yield Heading(heading["glance"], 2)
        rows = tuple(tuple(row[field] for field in GLANCE) for row in front["glance"])
        yield TableBlock((label["what"], label["goal"], label["date"]), rows, shares=SHARES["glance"])
    if front["glance_more"]:
        yield TextBlock(words["glance_more"].replace("{n}", str(front["glance_more"])))
    # The form: what is asked of this owner, and then what every owner is asked.
    yield Heading(heading["answer"], 2)
    told = [words["fill_in"] if front["form"] else words["nothing_open"], page["how"] or ""]
    yield TextBlock(" ".join(one for one in told if one))
    asked = [(one["about"], one["question"], "") for one in front["form"]]
    asked += [(label["all_of_it"], words["question"][name], "") for name in STANDING]
    yield _form(asked, label)
    if front["behind"]:
        yield TextBlock(words["form_more"].replace("{n}", str(len(front["behind"]))))
    if front["dates"]:
        yield Heading(heading["next"], 2)
        days = tuple((point["date"], point["what"]) for point in front["dates"])
        yield TableBlock((label["date"], label["what"]), days, shares=SHARES["dates"])


def _form(rows: Sequence[tuple[str, str, str]], label: Table) -> TableBlock:
    names = tuple(label[name] for name in FORM)
    return TableBlock(names, tuple(rows), shares=SHARES["form"], to_write=True)


def _sheets(page: Table, context: Table) -> Iterator[Block]:
    """Yield the rest of the form, what the owner looks after, KPIs, work and all dates."""
    words, own = context["words"], context["owners"]
    label, heading = own["label"], own["heading"]
    # What did not fit on the front, what is looked after, and the KPIs: those of others come as a line each.
    if behind := page["front"]["behind"]:
        yield Heading(heading["homework"], 2)
        yield _form([(one["about"], one["question"], "") for one in behind], label)
    if page["carried"]:
        yield Heading(heading["carried"], 2)
    for one in page["carried"]:
        yield from _carried(one, words, label)
    if page["kpis"]:
        yield Heading(heading["kpis"], 2)
    for kpi in page["kpis"]:
        yield Heading(kpi["label"], 3)
        rows = tuple((row["label"], row["text"]) for row in kpi["sheet"] if row["field"] != "owner_role")
        yield TableBlock((words["label"]["field"], words["label"]["definition"]), rows, is_sheet=True)
    if page["figures"]:
        yield Heading(heading["figures"], 2)
    for one in page["figures"]:
        yield TextBlock(one["does"], one["label"], "point")
    # Work, risks and assumptions as tables, and all dates in a row.
    for name, title in (
        ("initiatives", words["heading"]["initiatives"]),
        ("risks", words["heading"]["risks"]),
        ("assumptions", heading["assumptions"]),
    ):
        columns: Columns = page["columns"][name]
        if page[name]:
            yield Heading(title, 2)
            yield from grid(page[name], columns, words)
    if page["dates"]:
        yield Heading(heading["dates"], 2)
        days = tuple((one["date"], one["what"], one["detail"] or "") for one in page["dates"])
        yield TableBlock((label["date"], label["what"], label["detail"]), days)


def _carried(one: Table, words: Table, label: Table) -> Iterator[Block]:
    """Yield the sheet of something that an owner looks after."""
    yield Heading(one["label"], 3)
    if one.get("description"):
        yield TextBlock(one["description"])
    yield from labelled(one, [name for name in _TOLD if name in one], words, "point")
    for reason in one["reasons"]:
        yield TextBlock(reason, label["leads_to"], "point")
    yield from labelled(one, TIED, words, "point")
    for row in one.get("own", ()):
        yield TextBlock(row["text"], row["label"], "point")


def _unowned(made: OwnersPages) -> Iterator[Block]:
    """Yield what nobody owns, kind by kind, with room for a name."""
    words, due = made.context["owners"], made.context["words"]["label"]["due"]
    label, unowned = words["label"], made.unowned or {}
    yield TextBlock(f"{made.context['title']}. {made.context['status']}")
    for kind, parts in unowned.items():
        if parts:
            yield Heading(words["kind"][kind], 2)
            rows = tuple((_called(part), "", part.get("due_text") or "") for part in parts)
            yield TableBlock((label["what"], label["who"], due), rows, to_write=True)
    if made.how:
        yield TextBlock(made.how)
    if not unowned:
        yield TextBlock(words["nobody"]["empty"])


def _called(part: Table) -> str:
    """Return what something without an owner is called: a question with what it is about."""
    if "question" not in part:
        return str(part["label"])
    return f"{part['question']} ({part['about']})" if part["about"] else str(part["question"])
