"""What nobody filled in takes no room in any format: no column, no row, and no sheet that repeats a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import docx
import pytest

from bsc_coach.documents.context.columns import TABLES
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import (
    Attribute,
    Candidate,
    Enabler,
    Objective,
    Outcome,
    Participant,
    Process,
    Promise,
    Proposition,
    Strategy,
)
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say
from tests.documents.templating.test_render import section
from tests.support.full_depth import with_all_that_full_depth_asks
from tests.support.strategies import RIVERBEND, RIVERBEND_NOTES

BARE = Strategy(
    proposition=Proposition(
        attributes=(
            Attribute(id="service", role="differentiator"),
            Attribute(id="availability", role="threshold", good_enough="Ready in two days"),
            Attribute(id="price"),
        )
    ),
    promises=(Promise(id="C1", title="My tool is ready"),),
    outcomes=(Outcome(id="F1", title="Earn more"),),
    processes=(Process(id="P1", name="Join"), Process(id="P2", name="Hand out")),
    candidates=(
        Candidate(id="O1", cluster="operations", title="Halve the wait", influence=4, selected=True),
    ),
    objectives=(Objective(id="O1", title="Halve the wait", owner_role="Workshop lead"),),
    enablers=(Enabler(id="L1", title="One list of tools"),),
    kpis=(Kpi(id="O1.1", measures="O1", name="Days", owner_role="Workshop lead", baseline=12, target=5),),
    participants=(Participant(id="T1", name="Ines", role="Director"),),
)  # fmt: skip
FILLED = BARE.model_copy(
    update={
        "promises": (Promise(id="C1", title="My tool is ready", horizon="short", attribute="service"),),
        "outcomes": (Outcome(id="F1", title="Earn more", lever="new_revenue", horizon="long"),),
        "processes": (Process(id="P1", name="Join", value_type="waste"), Process(id="P2", name="Hand out")),
        "candidates": (BARE.candidates[0].model_copy(update={"reason": "Members wait"}),),
        "enablers": (Enabler(id="L1", title="One list", capital="information", owner_role="Director"),),
        "kpis": (BARE.kpis[0].model_copy(update={"formula": "Days from return to ready"}),),
    }
)
EMPTY_COLUMNS = {
    "promises": ("attribute", "horizon"),
    "outcomes": ("lever", "horizon"),
    "enablers": ("capital", "horizon", "owner_role"),
    "selection": ("reason",),
}
"""Labels of the columns that nobody filled in of the bare strategy, by the section of their table."""


def made(strategy: Strategy, name: str) -> str:
    """Return a document as text without its links; strategy.md with the book and the annex behind it."""
    names = ("md", "kpis", "annex") if name == "md" else (name,)
    made = [data for one in names for data in document_format(one).make(DocumentInput(strategy)).values()]
    text = "\n".join(data.decode("utf-8-sig") for data in made)
    if name != "md":
        return text
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r'<a id="[^"]*"></a>', "", text))


def heads_of_word_tables(strategy: Strategy) -> Iterator[tuple[str, ...]]:
    (data,) = document_format("docx").make(DocumentInput(strategy)).values()
    for table in docx.Document(BytesIO(data)).tables:
        yield tuple(cell.text for cell in table.rows[0].cells)


def label(name: str, language: str = "en") -> str:
    return say(f"document.label.{name}", language)


@pytest.mark.parametrize("where", EMPTY_COLUMNS)
def test_a_column_that_nobody_filled_in_stands_neither_in_markdown_nor_in_a_page(where: str) -> None:
    heading = say(f"document.heading.{where}", "en", customers="customers")
    markdown = section(made(BARE, "md"), f"## {heading}")
    page = made(BARE, "html").partition(f'id="{where}"')[2].partition("</section>")[0]
    for name in EMPTY_COLUMNS[where]:
        assert f"| {label(name)} |" not in markdown
        assert f'scope="col">{label(name)}<' not in page


def test_a_column_that_somebody_filled_in_stands_there() -> None:
    markdown, page = made(FILLED, "md"), made(FILLED, "html")
    for name in ("attribute", "lever", "capital", "reason"):
        assert f"| {label(name)} |" in markdown
        assert f'scope="col">{label(name)}<' in page


def test_word_leaves_the_same_columns_out() -> None:
    bare, filled = set(heads_of_word_tables(BARE)), set(heads_of_word_tables(FILLED))
    assert (label("id"), label("promise")) in bare
    assert (label("id"), label("promise"), label("attribute"), label("horizon")) in filled


def test_the_columns_that_name_a_row_stay_whatever_stands_in_them() -> None:
    nameless = Strategy(promises=(Promise(id="C1", horizon="short"),))
    assert [field for field, _ in build_context(nameless, Notes())["columns"]["promises"]] == [
        "id", "title", "horizon_text",
    ]  # fmt: skip


def test_a_vote_without_a_concern_is_told_as_such() -> None:
    silent = BARE.participants[0]
    voted = BARE.model_copy(update={"participants": (silent.model_copy(update={"vote": 4}),)})
    assert label("concern") not in section(made(BARE, "md"), "## Consensus")
    assert label("concern") in section(made(voted, "md"), "## Consensus")


def test_nothing_that_is_filled_in_is_left_out() -> None:
    """The control: a strategy that fills every column has every one; nothing of it was taken over."""
    told = build_context(with_all_that_full_depth_asks(RIVERBEND), RIVERBEND_NOTES)["columns"]
    of_full_depth = ("promises", "outcomes", "enablers", "initiatives", "themes", "risks")
    for name in (*of_full_depth, "assumptions", "participants"):
        assert told[name] == tuple(one for one in TABLES[name] if one != ("origin_text", "origin"))


def test_steps_of_which_only_the_names_are_known_stand_in_one_line() -> None:
    line = "P1 Join → P2 Hand out"
    assert section(made(BARE, "md"), "## From first contact to cash").strip() == line
    assert f"<p>{line}</p>" in made(BARE, "html")
    assert (label("id"), label("step")) not in set(heads_of_word_tables(BARE))
    table = section(made(FILLED, "md"), "## From first contact to cash")
    assert "| P1 | Join | waste |" in table
    assert "→" not in table


def test_an_attribute_that_nobody_said_anything_about_has_no_row() -> None:
    told = section(made(BARE, "md"), "## Value proposition")
    assert "| Service | makes the difference |  |" in told
    assert "Ready in two days" in told
    assert "Price" not in told
    assert "Price" not in made(BARE, "html").partition('id="promises"')[0].partition('id="proposition"')[2]


def test_a_kpi_has_a_sheet_only_where_it_tells_more_than_the_table() -> None:
    bare, filled = made(BARE, "md"), made(FILLED, "md")
    assert "### O1.1 Days" not in bare
    assert 'class="card kpi"' not in made(BARE, "html")
    assert "### O1.1 Days" in filled
    assert '<article class="card kpi" id="O1.1">' in made(FILLED, "html")


def test_a_table_of_kpis_without_sheets_says_what_they_show() -> None:
    bare = section(made(BARE, "md"), "## KPIs")
    assert "| O1.1 | Days | O1 Halve the wait | 12 | 5 | Workshop lead |" in bare
    sheets = section(made(FILLED, "md"), "## KPI sheets")
    assert "| O1.1 | Days | 12 | 5 | Workshop lead |" in sheets
    assert "| Shows | O1 Halve the wait |" in sheets


def test_a_count_in_which_everything_is_unsettled_is_not_drawn() -> None:
    horizons = say("page.balance.horizons", "en")
    settled = BARE.objectives[0].model_copy(update={"horizon": "short"})
    assert horizons not in made(BARE, "html")
    assert horizons in made(BARE.model_copy(update={"objectives": (settled,)}), "html")


def test_all_of_it_is_a_pdf_as_well() -> None:
    for strategy in (BARE, FILLED):
        (data,) = document_format("pdf").make(DocumentInput(strategy)).values()
        assert data.startswith(b"%PDF")
