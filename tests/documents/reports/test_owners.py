"""owners/ROLE.md: what an owner finds on the page, and what stands on the page of what nobody owns."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bsc_coach.documents.reports import owner_front
from bsc_coach.documents.reports.owners import owner_pages
from bsc_coach.strategy.measures import Benchmark, Kpi
from bsc_coach.strategy.model import Assumption, Enabler, Initiative, Objective, Parked, Strategy
from bsc_coach.strategy.notes import Notes, Point
from tests.documents.templating.test_render import section, with_text
from tests.support.hostile import FIXED, Seen, as_read, hostile_text, see
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

NOBODY = "owners/nobody.md"
FORM = "## What we ask you"


@cache
def pages(strategy: Strategy = RIVERBEND, notes: Notes = RIVERBEND_NOTES) -> dict[str, str]:
    return {str(path): page for path, page in owner_pages(strategy, notes).items()}


def test_every_owner_has_a_page_and_nobody_has_one() -> None:
    assert sorted(pages()) == [
        "owners/ceo.md",
        "owners/cfo.md",
        "owners/chief-medical-officer.md",
        "owners/chief-nursing-officer.md",
        "owners/director-outpatient-care.md",
        "owners/medical-director-chronic-care.md",
        "owners/nobody.md",
        "owners/programme-lead-hospital-at-home.md",
    ]


def test_a_page_tells_what_its_objective_leads_to_and_why() -> None:
    told = section(pages()["owners/director-outpatient-care.md"], "## What you look after")
    assert "### O1 Shorten the wait for a first specialist visit" in told
    assert "  - If we shorten the wait for a first specialist visit (O1), then we keep the promise" in told
    assert "because fewer days waiting is the promise itself" in told


def test_a_page_has_the_kpis_initiatives_assumptions_and_dates_of_its_owner() -> None:
    page = pages()["owners/director-outpatient-care.md"]
    assert "| Target | 14 days by December 2027 |" in section(page, "## Your KPIs")
    assert "| N1 | Open the schedule 10 weeks ahead |" in section(page, "## Initiatives")
    dates = section(page, "## Your dates")
    assert "| June 2027 | To be finished: N1 Open the schedule 10 weeks ahead |" in dates
    assert dates.index("15 February 2027 | We look at the map") < dates.index("| June 2027 |")
    assert "N2" not in dates
    cfo = pages()["owners/cfo.md"]
    assert "| A1 | Waiting is the main reason for leaving |" in section(cfo, "## What you find out for us")
    assert "At the table in this role: Luis Ortega." in cfo


def test_what_was_parked_stands_with_whoever_brings_it_back() -> None:
    parked = "| PK1 Merge with the county clinic? | What shall become of it? (by March 2027) |  |"
    assert parked in pages()["owners/ceo.md"]
    asked = section(pages()["owners/chief-medical-officer.md"], FORM)
    assert "| C3 Tell me by tomorrow | What does C3 need? (by January 2027) |  |" in asked


def test_a_page_with_questions_names_the_command_that_asks_them() -> None:
    command = "bsc-coach homework FOLDER 'Chief Medical Officer'"
    assert command in section(pages()["owners/chief-medical-officer.md"], FORM)
    assert "bsc-coach" not in pages()["owners/ceo.md"]  # only a subject for another day
    asked = Point(kind="parked", section="KPIs", question="In which unit do you read it?")
    assert "bsc-coach homework FOLDER --nobody" in pages(RIVERBEND, Notes(points=(asked,)))[NOBODY]
    assert "bsc-coach" not in pages()[NOBODY]


def test_what_is_open_is_a_form_to_fill_in() -> None:
    form = section(pages()["owners/cfo.md"], FORM)
    assert "| F1.1 Cost per adjusted discharge | How is it calculated? |  |" in form
    assert "| F1.1 Cost per adjusted discharge | Where shall it stand? |" not in form
    assert "| All of it | What will you stop doing to make room for it? |  |" in form


def front_of(page: str) -> str:
    return page.partition("\n---\n")[0]


def test_the_form_stands_on_the_first_page_and_the_sheets_behind_it() -> None:
    for path, page in pages().items():
        if path != NOBODY:
            assert FORM in front_of(page)
            assert "### " not in front_of(page)
    assert "### O1 Shorten the wait" in pages()["owners/director-outpatient-care.md"]
    glance = section(pages()["owners/director-outpatient-care.md"], "## What is yours")
    assert "| O1 Shorten the wait for a first specialist visit | O1.1 31 days → 14 days |" in glance


def test_what_does_not_fit_on_the_first_page_goes_on_behind_it() -> None:
    kpis = tuple(whole_kpi(id=f"O1.{n}", name=f"Days {n}", formula=None, source=None) for n in range(1, 41))
    page = pages(Strategy(kpis=kpis), NO_NOTES)["owners/cfo.md"]
    asked = section(page, FORM) + section(page, "## What we ask you, continued")
    assert [line.split(" | ")[0] for line in asked.splitlines() if "How is it calculated?" in line] == [
        f"| {one.id} {one.name}" for one in kpis
    ]
    assert "more questions stand on the sheets behind." in front_of(page)
    assert len(front_of(page).splitlines()) < 66
    few = pages(Strategy(kpis=kpis[:2]), NO_NOTES)["owners/cfo.md"]  # the control
    assert "continued" not in few
    assert "sheets behind" not in few


def whole_kpi(**changed: object) -> Kpi:
    told: dict[str, object] = {
        "id": "O1.1", "measures": "O1", "name": "Days", "process": "P1", "owner_role": "CFO",
        "formula": "a/b", "unit": "days", "direction": "down", "baseline": 0, "target": 0,
        "target_date": "2027", "red": 0,
        "benchmark": Benchmark(found="none"), "frequency": "weekly", "source": "log", "lead_lag": "lead",
        "kind": "efficiency", "guard": "x", "gaming": "y", "decision": "z",
    }  # fmt: skip
    return Kpi.model_validate({**told, **changed})


def test_zero_is_a_value_and_a_whole_sheet_has_nothing_open() -> None:
    page = pages(Strategy(kpis=(whole_kpi(),)), NO_NOTES)["owners/cfo.md"]
    assert "Everything on this page has been filled in." in page


@pytest.mark.parametrize(
    ("field", "told"), [("red", "From which value"), ("target", "Where shall"), ("guard", "What may not")]
)
def test_a_field_that_is_missing_is_asked_for(field: str, told: str) -> None:
    """The control."""
    page = pages(Strategy(kpis=(whole_kpi(**{field: None}),)), NO_NOTES)["owners/cfo.md"]
    assert f"| O1.1 Days | {told}" in section(page, FORM)


def test_roles_are_the_same_whatever_their_capitals_and_blanks() -> None:
    strategy = Strategy(
        objectives=(
            Objective(id="O1", owner_role="Head of  IT"),
            Objective(id="O2", owner_role="head of it "),
        ),
        enablers=(Enabler(id="L1", owner_role="HEAD OF\nIT"),),
    )
    made = pages(strategy, NO_NOTES)
    assert sorted(made) == ["owners/head-of-it.md"]
    assert made["owners/head-of-it.md"].startswith("# Head of IT\n")
    assert all(f"### {name}" in made["owners/head-of-it.md"] for name in ("O1", "O2", "L1"))


def test_whoever_only_gathers_or_enters_figures_has_a_page_of_them() -> None:
    kpi = whole_kpi(owner_role="CFO", collector_role="Controller", updater_role="cfo", source="Ledger")
    made = pages(Strategy(objectives=(Objective(id="O1", owner_role="CFO"),), kpis=(kpi,)), NO_NOTES)
    assert sorted(made) == ["owners/cfo.md", "owners/controller.md"]
    for part in (front_of(made["owners/controller.md"]), made["owners/controller.md"].partition("---")[2]):
        assert "You gather its figures; " in part
        assert "Ledger" in part
    assert "You gather its" not in made["owners/cfo.md"]
    assert "You enter its" not in made["owners/cfo.md"]


def test_roles_that_give_the_same_name_get_a_number_and_nobody_keeps_its_own() -> None:
    roles = ("R&D", "R-D", "Nobody", "nul")
    strategy = Strategy(
        objectives=tuple(Objective(id=f"O{at}", owner_role=role) for at, role in enumerate(roles, 1))
    )
    made = pages(strategy, NO_NOTES)
    assert sorted(made) == ["owners/nobody-2.md", "owners/owner-nul.md", "owners/r-d-2.md", "owners/r-d.md"]
    assert made["owners/nobody-2.md"].startswith("# Nobody\n")
    made = pages(strategy.model_copy(update={"enablers": (Enabler(id="L1"),)}), NO_NOTES)
    assert made[NOBODY].startswith("# Without an owner\n")


def test_what_nobody_owns_is_listed_by_kind() -> None:
    strategy = Strategy(
        objectives=(Objective(id="O1", title="Halve rework"),),
        enablers=(Enabler(id="L1", title="One plan", owner_role="  "),),
        kpis=(Kpi(id="O1.1", measures="O1", name="Rework"),),
        initiatives=(Initiative(id="N1", title="Five whys"),),
        assumptions=(Assumption(id="A1", title="It sells"),),
        parking=(Parked(id="Q1", title="Merge?", due="2027-03"),),
    )
    page = pages(strategy, NO_NOTES)[NOBODY]
    for heading, row in (
        ("## Objectives", "| O1 Halve rework |"),
        ("## Enablers", "| L1 One plan |"),
        ("## KPIs", "| O1.1 Rework |"),
        ("## Initiatives", "| N1 Five whys |"),
        ("## Assumptions to test", "| A1 It sells |"),
        ("## Parking lot", "| Q1 Merge? |  | March 2027 |"),
    ):
        assert row in section(page, heading)


def test_there_is_no_page_of_nobody_where_everything_has_an_owner() -> None:
    owned = Strategy(objectives=(Objective(id="O1", owner_role="COO"),))
    assert sorted(pages(owned, NO_NOTES)) == ["owners/coo.md"]
    more = owned.model_copy(update={"enablers": (Enabler(id="L1"),)})  # the control
    assert sorted(pages(more, NO_NOTES)) == ["owners/coo.md", NOBODY]


def test_an_empty_strategy_has_one_page_that_says_so_in_its_language() -> None:
    assert "Nothing has been settled yet" in pages(EMPTY, NO_NOTES)[NOBODY]
    assert "name a role, and that role gets a page" in pages(EMPTY, NO_NOTES)[NOBODY]
    dutch = pages(Strategy(language="nl"), NO_NOTES)
    assert list(dutch) == ["owners/niemand.md"]
    assert "Er ligt nog niets vast" in dutch["owners/niemand.md"]


def filled_with(text: str) -> list[Seen]:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))
    # However long the words are, all of them have room: where the page ends is none of this.
    with patch.multiple(owner_front, LINES=10**9, GLANCE_LINES=10**9):
        made = owner_pages(strategy, notes)
    assert all(path.parent == PurePosixPath("owners") for path in made)
    return [see(page) for page in made.values()]


@cache
def expected() -> list[Seen]:
    return filled_with("word")


def check(text: str) -> None:
    found = filled_with(text)
    assert [page.blocks for page in found] == [page.blocks for page in expected()]
    assert [page.inlines for page in found] == [page.inlines for page in expected()]


@pytest.mark.parametrize("text", FIXED)
def test_known_attacks_leave_the_pages_as_they_are(text: str) -> None:
    check(text)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=hostile_text)
def test_hostile_words_leave_the_pages_as_they_are(text: str) -> None:
    assume(as_read(text))
    check(text)


def test_pages_without_escaping_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    expected()
    monkeypatch.setattr("bsc_coach.documents.templating.environment.escape", str)
    for text in ("a\n\n# b", "*a*"):
        with pytest.raises(AssertionError):
            check(text)
