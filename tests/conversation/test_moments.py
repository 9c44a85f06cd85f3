"""The moments that make the method work, as a team goes through them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.overview import balance
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.commands import Accept, RemoveItem, SetLanguage
from bsc_coach.interview.loading import bundled_source
from bsc_coach.interview.remarking import remarks
from bsc_coach.interview.slots import Slot, StepId, parse_slot
from bsc_coach.session.session import Session, create_session, open_session
from tests.conftest import same_outside

TYPE = parse_slot("proposition.type")


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Somebody who is at the choice of one proposition."""
    return Talk(create_session(tmp_path / "session", bundled_source(), same_outside()), at=TYPE)


@pytest.fixture
def own(tmp_path: Path, riverbend_folder: Path) -> Iterator[Session]:
    """A copy of the finished session of the hospital, to go on with."""
    shutil.copytree(riverbend_folder, tmp_path / "riverbend")
    session = open_session(tmp_path / "riverbend", same_outside())
    yield session
    session.close()


# The choice


@pytest.mark.parametrize("all_of_them", ["all of them", "All four!", "a mix"])
def test_who_wants_all_four_divides_ten_points_and_the_most_decide(talk: Talk, all_of_them: str) -> None:
    assert "10 points" in talk.submit(all_of_them).turns[-1].text
    talk.submit("2 5 2 1")
    assert talk.plan.answer(TYPE) == "leadership"


def test_in_dutch_too(talk: Talk) -> None:
    talk.do(SetLanguage("nl"))
    talk.at = TYPE
    assert "10 punten" in talk.submit("allemaal").turns[-1].text
    talk.submit("1 1 3 5")
    assert talk.plan.answer(TYPE) == "lock_in"


@pytest.mark.parametrize("points", ["5 3 3 1", "5 5", "most for the first", "10"])
def test_points_that_do_not_add_up_are_asked_again(talk: Talk, points: str) -> None:
    talk.submit("all")
    assert talk.submit(points).keep_text
    assert talk.asking is not None
    talk.submit("7 1 1 1")
    assert talk.plan.answer(TYPE) == "low_cost"


def test_a_draw_is_no_choice(talk: Talk) -> None:
    talk.submit("all")
    reply = talk.submit("4 4 1 1")
    assert reply.keep_text
    assert "Lowest total cost, Product leadership" in reply.turns[-1].text


def test_enter_leaves_the_choice_open(talk: Talk) -> None:
    talk.submit("all")
    talk.submit("")
    assert talk.asking is None
    assert talk.plan.answer(TYPE) is None


def test_all_is_no_answer_to_other_choices(talk: Talk) -> None:
    talk.at = parse_slot("organisation.kind")
    assert talk.submit("all").keep_text
    assert talk.asking is None


# Cause and effect


def test_a_whole_link_is_read_aloud_with_ways_out(own: Session) -> None:
    talk = Talk(own)
    slot = next(slot for slot in talk.plan.standings if slot.step == "links.delay")
    talk.at = slot
    reply = talk.do(Accept(slot, 7))
    sentence, ways = reply.turns[-2:]
    assert sentence.text.startswith("If we ")
    assert "because" in sentence.text
    assert "7 months" in sentence.text
    short = talk.plan.state.shorts[slot.frame[-1][1]]
    assert f"/edit {short}" in ways.text


def test_half_a_link_is_not_read(talk: Talk) -> None:
    assert len(talk.do(Accept(parse_slot("organisation.name"), "Acme")).turns) == 2


# Balance and findings


def test_the_balance_counts_loose_ends(own: Session) -> None:
    strategy = own.strategy()
    whole = balance(strategy)
    assert (whole.clusters, whole.unlinked, whole.unmeasured) == (4, 0, 0)
    first = strategy.objectives[0].id
    links = tuple(one for one in strategy.links if first not in (one.cause, one.effect))
    kpis = tuple(one for one in strategy.kpis if one.measures != first)
    loose = balance(strategy.model_copy(update={"links": links, "kpis": kpis}))
    assert loose.unlinked >= 1
    assert loose.unmeasured == 1


def test_a_finding_leads_to_its_answer(own: Session) -> None:
    assert findings(own.plan, own.strategy()) == ()
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    title = Slot(StepId("objective.title"), own.plan.state.frames[item])
    own.do(Accept(title, "Supplier reliability"))
    (found,) = [one for one in findings(own.plan, own.strategy()) if one.rule == "O01"]
    assert (found.slot, found.answer) == (title, "Supplier reliability")
    own.do(RemoveItem(item))
    assert [one for one in findings(own.plan, own.strategy()) if one.rule == "O01"] == []


def test_what_was_not_asked_yet_is_no_finding(talk: Talk) -> None:
    assert findings(talk.plan, talk.session.strategy()) == ()


# Dutch


def test_a_number_is_shown_as_the_language_writes_it(own: Session) -> None:
    own.do(SetLanguage("nl"))
    talk = Talk(own, at=next(slot for slot in own.plan.standings if slot.step == "kpis.baseline"))
    prompt = talk.prompt()
    assert prompt is not None
    assert prompt.answer == "0,8"


@pytest.mark.parametrize("typed", ["kpis", "KPI's", "kpi’s"])
def test_a_jump_needs_no_apostrophe(own: Session, typed: str) -> None:
    own.do(SetLanguage("nl"))
    talk = Talk(own)
    talk.submit(f"/jump {typed}")
    assert talk.at is not None
    assert own.plan.script.section_of(talk.at.step) == "measures"


# KPIs, field by field


@pytest.mark.parametrize(
    ("step", "value", "rule"),
    [
        ("kpis.name", "Number of meetings", "K15"),
        ("kpis.target", 900, "K03"),
        ("kpis.benchmark_value", 900, None),
        ("kpis.benchmark_year", 2025, None),
    ],
)
def test_a_kpi_is_looked_at_field_by_field(own: Session, step: str, value: object, rule: str | None) -> None:
    slot = next(slot for slot in own.plan.standings if slot.step == step)
    assert remarks(own.plan, slot) == ()
    own.do(Accept(slot, value))
    assert [one.rule for one in remarks(own.plan, slot)] == ([rule] if rule else [])
