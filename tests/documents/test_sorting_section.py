"""The section on KPIs that were there before: what became of each, what is missing, in every document."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bsc_coach.documents.board.pages import render_annex, render_strategy
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.office.blocks import TableBlock, TextBlock, outline
from bsc_coach.documents.web.html import render_html
from bsc_coach.strategy.closing import Meeting
from bsc_coach.strategy.measures import Kpi, OldKpi
from bsc_coach.strategy.model import Candidate, Objective, Strategy
from bsc_coach.strategy.sorting import ends_nowhere, without_kpi
from tests.documents.filling import with_text
from tests.documents.structure import caught_without_escaping, same_structure
from tests.support.hostile import FIXED, Seen, as_read, see
from tests.support.strategies import NO_NOTES, RIVERBEND, RIVERBEND_NOTES

SORTED = Strategy(
    candidates=(Candidate(id="O1", cluster="operations", title="Answer at once", selected=True),),
    objectives=(Objective(id="O1", title="Answer at once"), Objective(id="O2", title="Lose nothing")),
    kpis=(Kpi(id="O1.1", measures="O1", name="Days until answered"),),
    old_kpis=(
        OldKpi(id="K1", name="Meetings held", verdict="retire", because="Nobody decides by it"),
        OldKpi(
            id="K2",
            name="Days until answered",
            unit="days",
            target="< 3",
            owner_role="Head of Desk",
            formula="Sum of days ÷ letters",
            note="Since 2019\nNot in 2021",
            source="kpis.xlsx, row 3",
            verdict="keep",
            keeps_for="O1",
        ),
        OldKpi(id="K3", name="Days per letter", verdict="merge", merged_into="O1.1"),
        OldKpi(id="K4", name="Sick leave"),
        OldKpi(id="K5", name="Overtime", verdict="later"),
    ),
)


def section_of(markdown: str, heading: str) -> str:
    """Return the section of the annex, with its links and anchors as their words alone."""
    section = markdown.partition(f'\n## <a id="sorting"></a>{heading}\n')[2].partition("\n## ")[0]
    return re.sub(r'\[([^]]+)\]\([^)]*\)|<a id="[^"]*"></a>', r"\1", section)


def test_what_became_of_each_is_told_those_that_stay_first() -> None:
    told = section_of(render_annex(SORTED, NO_NOTES), "KPIs from before")
    rows = [line for line in told.split("\n") if line.startswith("| K")]
    assert [row.split(" | ")[:3] for row in rows] == [
        ["| K2", "Days until answered", "stays: O1 Answer at once, as O1.1"],
        ["| K3", "Days per letter", "goes into another: O1.1 Days until answered"],
        ["| K1", "Meetings held", "is retired: Nobody decides by it"],
        ["| K5", "Overtime", "is decided later"],
        ["| K4", "Sick leave", "not sorted yet"],
    ]
    for known in ("days", "Target: \\< 3", "Head of Desk", "Sum of days", "2019; Not in 2021", "kpis.xlsx"):
        assert known in rows[0]
    assert "Without any KPI, old or new: O2 Lose nothing." in told


def test_the_pages_for_the_board_tell_how_many_and_what_is_missing() -> None:
    told = render_strategy(SORTED, NO_NOTES)
    assert "[KPIs from before](annex.md#sorting): 5 KPIs were there before. Stays: 1;" in told
    assert "Without any KPI, old or new: [O2]" in told
    assert "from before" not in render_strategy(RIVERBEND, RIVERBEND_NOTES)


def test_in_dutch_too() -> None:
    told = render_annex(SORTED.model_copy(update={"language": "nl"}), NO_NOTES)
    section = section_of(told, "KPI's die er al waren")
    assert "Er waren al 5 KPI's. Blijft: 1; gaat op in een andere: 1; vervalt: 1;" in section
    assert "blijft: O1 Answer at once, als O1.1" in section


def test_what_was_left_for_another_time_is_told() -> None:
    later = SORTED.model_copy(update={"meeting": Meeting(sorting="later")})
    assert "another time" in render_annex(later, NO_NOTES)
    assert "another time" not in render_annex(SORTED, NO_NOTES)


def test_without_old_kpis_there_is_no_such_section() -> None:
    names = [section["name"] for section in build_context(RIVERBEND, RIVERBEND_NOTES)["sections"]]
    assert "sorting" not in names
    assert "sorting" in [section["name"] for section in build_context(SORTED, NO_NOTES)["sections"]]


def test_html_and_office_tell_the_same() -> None:
    markdown = section_of(render_annex(SORTED, NO_NOTES), "KPIs from before")
    page = render_html(SORTED, NO_NOTES)
    blocks = list(outline(build_context(SORTED, NO_NOTES)))
    cells = {cell for block in blocks if isinstance(block, TableBlock) for row in block.rows for cell in row}
    texts = {block.text for block in blocks if isinstance(block, TextBlock)}
    for told in build_context(SORTED, NO_NOTES)["old_kpis"]:
        assert told["became_text"] in markdown
        assert told["became_text"] in cells
        assert f'id="{told["id"]}"' in page
    assert set(build_context(SORTED, NO_NOTES)["sorting"]) <= texts


def test_an_objective_with_an_old_kpi_that_stays_is_not_missing() -> None:
    assert [one.id for one in without_kpi(SORTED)] == ["O2"]
    kept = SORTED.old_kpis[1].model_copy(update={"keeps_for": "O2"})
    assert without_kpi(SORTED.model_copy(update={"old_kpis": (kept,)})) == ()
    retired = kept.model_copy(update={"verdict": "retire"})
    assert [one.id for one in without_kpi(SORTED.model_copy(update={"old_kpis": (retired,)}))] == ["O2"]


def test_of_a_map_with_nothing_on_it_nothing_is_said_to_be_whole() -> None:
    listed = Strategy(old_kpis=SORTED.old_kpis)
    assert len(build_context(listed, NO_NOTES)["sorting"]) == 1


def test_what_goes_round_in_a_circle_ends_nowhere() -> None:
    def goes(short: str, into: str) -> OldKpi:
        return OldKpi(id=short, verdict="merge", merged_into=into)

    circle = Strategy(old_kpis=(goes("K1", "K2"), goes("K2", "K3"), goes("K3", "K2"), goes("K4", "O1.1")))
    assert [old.id for old in ends_nowhere(circle)] == ["K1", "K2", "K3"]


# Hostile words


@cache
def filled_with(text: str) -> Seen:
    return see(render_annex(Strategy.model_validate(with_text(SORTED.model_dump(), text)), NO_NOTES))


@pytest.mark.parametrize("text", FIXED)
def test_hostile_words_leave_the_section_as_it_is(text: str) -> None:
    same_structure(filled_with(text), filled_with("word"))
    assert as_read(text) in filled_with(text).texts


def test_the_check_catches_a_section_without_escaping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.documents.templating.linking.escape", str)
    caught_without_escaping(filled_with.__wrapped__, filled_with("word"), monkeypatch)
