"""Sort, don't reject: what is good and in the wrong drawer is kept where it belongs, and asked for again."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.rule import Destination
from bsc_coach.coach.stated_targets import stated_target
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, parse_slot
from bsc_coach.session.opening import create_session
from tests.support.sessions import same_environment
from tests.support.typing_riverbend import next_line, riverbend_goal

OPERATIONS = parse_slot("clusters[operations]/candidates")


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Somebody who is listing candidates in the interview that comes with the program."""
    return start_talk(
        create_session(tmp_path / "session", bundled_source(), same_environment()), at=OPERATIONS
    )


def listed(talk: Talk, name: str) -> list[str]:
    """Return what the items of a list are called."""
    state = talk.plan.state
    return [talk.plan.label(state.frames[item]) for item in state.list_at(parse_slot(name)).live]


def answer(talk: Talk, step: str) -> object:
    """Return the answer to a step outside every list."""
    return talk.plan.answer(parse_slot(step))


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("Implement a new CRM system", "initiatives"),
        ("Answer 90% of all calls within 20 seconds", "parking"),
        ("Number of complaints per month", "parking"),
        ("Should we shorten delivery time?", "parking"),
    ],
)
def test_it_is_put_on_the_list_where_it_belongs(talk: Talk, said: str, where: str) -> None:
    reply = submit(talk, said)
    if said.endswith("?"):
        assert talk.asking is not None  # a question is asked back first; k takes it as it stands
        reply = submit(talk, "k")
    assert "/save" in reply.turns[-2].text
    here = talk.at
    reply = submit(talk, "/save")
    assert listed(talk, where) == [said]
    assert talk.at == here
    assert reply.turns[-1].text.startswith("Again, as something that gets better")
    submit(talk, "Shorten the wait for a first visit")
    assert listed(talk, str(OPERATIONS)) == ["Shorten the wait for a first visit"]
    assert listed(talk, where) == [said]


@pytest.mark.parametrize(
    ("said", "step"),
    [("Be the best hospital in the region", "organisation.ambition"), ("Respect", "organisation.values")],
)
def test_a_slogan_is_added_to_what_was_said_before(talk: Talk, said: str, step: str) -> None:
    talk.position.go_to(Slot(parse_slot(step).step))
    submit(talk, "Said before")
    talk.position.go_to(OPERATIONS)
    submit(talk, said)
    submit(talk, "/save")
    assert answer(talk, step) == f"Said before\n{said}"


def test_undo_takes_it_out_again(talk: Talk) -> None:
    submit(talk, "Implement a new CRM system")
    submit(talk, "/save")
    submit(talk, "/undo")
    assert listed(talk, "initiatives") == []
    assert listed(talk, str(OPERATIONS)) == ["Implement a new CRM system"]


def test_where_no_better_place_is_known_nothing_happens(talk: Talk) -> None:
    submit(talk, "Patient satisfaction")
    before = talk.session.actions[:]
    assert "no better place" in submit(talk, "/save").turns[-1].text
    assert talk.session.actions == before


def test_every_rule_with_a_drawer_looks_at_wordings() -> None:
    pointing = [rule for rule in rules().values() if rule.belongs_to]
    assert {rule.belongs_to for rule in pointing} == set(get_args(Destination))
    assert all({"objective", "kpi"} & set(rule.families) for rule in pointing)


def test_what_was_saved_is_not_saved_again(talk: Talk) -> None:
    submit(talk, "Implement a new CRM system")
    submit(talk, "/save")
    before = talk.session.actions[:]
    assert "no better place" in submit(talk, "/save").turns[-1].text
    assert talk.session.actions == before
    assert listed(talk, "initiatives") == ["Implement a new CRM system"]


def test_a_remark_quotes_the_word_as_it_was_written(talk: Talk) -> None:
    reply = submit(talk, "Implement a new CRM system")
    said = " ".join(turn.text for turn in reply.turns)
    assert "“CRM”" in said
    assert "“Implement”" in said


@pytest.mark.parametrize(
    ("language", "said", "target"),
    [
        ("en", "Cut lead time to 10 days by 2027", ("10", "days", "2027")),
        ("en", "Answer within 2.5 hours", ("2.5", "hours", "")),
        ("nl", "Levertijd verkorten naar 12,5 dagen in 2028", ("12,5", "dagen", "2028")),
        ("nl", "Verloop tot 5% terugbrengen", ("5", "%", "")),
        # A distance is no level, and a point before three digits says two things.
        ("en", "Cut the cost of a visit by 20%", ("", "", "")),
        ("nl", "Levertijd met 20% verkorten", ("", "", "")),
        ("en", "Grow to 1.234 orders", ("", "", "")),
        ("en", "Stay ahead to 2027", ("", "", "")),
        ("en", "Shorten the wait for a first visit", ("", "", "")),
    ],
)
def test_a_number_in_a_wording_is_the_target_of_the_measure(
    language: str, said: str, target: tuple[str, str, str]
) -> None:
    aim = stated_target(said, RuleContext(language))
    assert (aim.value, aim.unit, aim.year) == target


@pytest.mark.slow
def test_the_saved_measure_has_that_target(tmp_path: Path) -> None:
    session = create_session(tmp_path / "session", bundled_source(), same_environment())
    talk, goal = start_talk(session), riverbend_goal()
    talk.resume()
    while talk.at is None or talk.at.step != "objective.title":
        submit(talk, next_line(talk, goal) or "")
    submit(talk, "Cut lead time to 10 days by 2027")
    submit(talk, "/save")
    (kpi,) = session.strategy().kpis
    assert (kpi.target, kpi.unit, kpi.target_date) == (10, "days", "2027")


def test_the_record_says_that_the_coach_moved_it(talk: Talk) -> None:
    submit(talk, "Implement a new CRM system")
    submit(talk, "/save")
    told = {(one.said, one.origin) for one in talk.session.minutes().said}
    assert ("Implement a new CRM system", "save") in told
    assert ("Implement a new CRM system", "") in told
