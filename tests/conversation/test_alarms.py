"""The few gravest findings of the coach, as documents and the end of a talk tell them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bsc_coach.coach.alarms import MOST_ALARMS, MOST_OF_ONE_RULE, alarms_of
from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.rule import RANK, rule
from bsc_coach.conversation.ending import alarm_slots, the_end
from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.facts.answers import Accept, Park, Reopen
from bsc_coach.interview.facts.coaching import MuteRule
from bsc_coach.interview.facts.lists import AddItem, RemoveItem
from bsc_coach.interview.open_findings import alarms
from bsc_coach.script.loader import load_script
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.session import Session
from tests.support.pages import whole
from tests.support.people import Person, begins

LINKS = parse_slot("links")


def slots(own: Session, step: str) -> list[Slot]:
    """Return the slots of a step that apply, in order."""
    return [slot for slot, status in own.plan.statuses.items() if slot.step == step and status.active]


def promise_more(own: Session) -> str:
    """Put an outcome on the map that nothing drives; return its short id."""
    own.do(AddItem(parse_slot("outcomes"), {StepId("outcomes.title"): "Win the county contract back"}))
    return own.strategy().outcomes[-1].id


def turn_round(own: Session) -> None:
    """Let the first KPI get worse: its target on the wrong side of today."""
    first = slots(own, "kpis.target")[0]
    direction = own.plan.answer(Slot(StepId("kpis.direction"), first.frame))
    own.do(Accept(Slot(StepId("kpis.baseline"), first.frame), 50))
    own.do(Accept(first, 10 if direction == "up" else 90))


def told(own: Session) -> list[str]:
    return [one.rule for one in own.notes().alarms]


def test_a_strategy_without_a_fault_has_no_alarm(own: Session) -> None:
    assert own.notes().alarms == ()


def test_what_is_wrong_is_not_drowned_by_what_is_missing(own: Session) -> None:
    promise_more(own)
    turn_round(own)
    for step in ("kpis.direction", "kpis.target_date", "objective.owner_role"):
        for slot in slots(own, step):
            own.do(Reopen(slot))
    found = Counter(one.rule for one in findings(own.plan))
    assert found["K04"] > MOST_OF_ONE_RULE  # so many of one kind that they would fill the page
    assert found["M23"] > MOST_OF_ONE_RULE
    alarms = own.notes().alarms
    assert len(alarms) == MOST_ALARMS
    assert max(Counter(told(own)).values()) <= MOST_OF_ONE_RULE
    assert "hint" not in {one.severity for one in alarms}
    ranks = [RANK[rules()[one.rule].severity] for one in alarms]
    assert ranks == sorted(ranks)


def test_the_two_that_a_board_must_hear_are_named_with_what_they_are_about(own: Session) -> None:
    outcome = promise_more(own)
    turn_round(own)
    for slot in slots(own, "kpis.guard"):
        own.do(Reopen(slot))
    kpi = own.strategy().kpis[0]
    assert told(own)[0] == "K05"
    assert "M05" in told(own)
    about = {one.rule: one.about for one in own.notes().alarms}
    assert about["K05"] == f"{kpi.id} {kpi.name}"
    assert about["M05"] == f"{outcome} Win the county contract back"


def test_a_direction_that_turns_a_target_into_a_step_back_is_an_alarm(own: Session) -> None:
    direction = slots(own, "kpis.direction")[0]
    right = own.plan.answer(direction)
    own.do(Accept(direction, "down" if right == "up" else "up"))
    assert told(own) == ["K05"]
    on_paper = whole(own.strategy(), own.notes())
    assert "is a step back" in on_paper[: len(on_paper) // 5]
    own.do(Accept(direction, right))
    assert told(own) == []


@pytest.mark.parametrize(
    ("reason", "owner", "alarms"),
    [("Homework", "", False), ("Huiswerk", "", False), ("nobody knows", "Head of Planning", False),
     ("nobody knows", "", True)],
)  # fmt: skip
def test_what_somebody_took_home_is_no_alarm(own: Session, reason: str, owner: str, alarms: bool) -> None:
    own.do(Park(slots(own, "kpis.direction")[0], reason, owner, ""))
    assert "K04" in {one.rule for one in findings(own.plan)}
    assert ("K04" in told(own)) == alarms


def test_a_wrong_answer_beside_homework_stays_an_alarm(own: Session) -> None:
    turn_round(own)
    for step in ("kpis.source", "kpis.red", "kpis.guard", "kpis.owner_role"):
        own.do(Park(slots(own, step)[0], "Homework", "Head of Planning", ""))
    assert told(own) == ["K05"]


def test_what_was_muted_is_no_alarm(own: Session) -> None:
    promise_more(own)
    assert told(own) == ["M05"]
    own.do(MuteRule("M05", "the county pays whatever we do"))
    assert told(own) == []


def test_the_alarm_of_a_low_vote_leads_to_what_is_in_the_way(own: Session) -> None:
    vote = slots(own, "participants.vote")[0]
    own.do(Accept(vote, "1"))
    assert told(own) == ["M37"]
    assert alarm_slots(own.plan) == (Slot(StepId("participants.concern"), vote.frame),)


def test_a_file_alone_has_the_alarms_of_its_session(own: Session) -> None:
    promise_more(own)
    turn_round(own)
    alone = own.strategy()
    assert alarms_of(check_strategy(alone), alone) == own.notes().alarms
    sound = alone.model_copy(update={"kpis": ()})
    assert alarms_of(check_strategy(sound), sound) != own.notes().alarms


def test_documents_in_another_language_have_the_same_alarms(own: Session) -> None:
    promise_more(own)
    turn_round(own)
    english, dutch = own.notes("en").alarms, own.notes("nl").alarms
    assert [one.rule for one in english] == [one.rule for one in dutch]
    assert [one.say for one in english] != [one.say for one in dutch]


def test_an_outcome_that_nothing_drives_is_heard_when_the_links_are_finished(own: Session) -> None:
    talk = start_talk(own, at=LINKS)
    person = Person(talk)
    promise_more(own)
    person.types("/done")
    assert "drives" in person.heard()
    assert talk.at == LINKS
    assert [one.rule for one in person.prompt.remarks] == ["M05"]
    person.types("")  # it is left as it is
    assert talk.at != LINKS


def test_nothing_is_said_of_links_that_are_sound(own: Session) -> None:
    talk = start_talk(own, at=LINKS)
    Person(talk).types("/done")
    assert talk.at != LINKS


def test_what_is_heard_of_a_list_is_kept_for_the_whole_map(own: Session) -> None:
    talk = start_talk(own, at=LINKS)
    person = Person(talk)
    promise_more(own)
    person.types("/done", "/keep because the county pays whatever we do")
    assert talk.at != LINKS
    assert told(own) == []
    assert "the county pays whatever we do" in str(own.notes().muted)


def test_a_question_that_was_passed_over_does_not_silence_the_map_for_ever(own: Session) -> None:
    promise_more(own)
    own.do(Reopen(slots(own, "objective.serves")[0]))
    assert told(own) == ["M05"]  # the team has confirmed what was read back
    own.do(Reopen(parse_slot("readback.confirm")))
    own.do(Reopen(parse_slot("closing.confirm")))
    assert told(own) == []  # as before the first look back: much has not been asked for yet


def test_every_field_that_a_rule_misses_is_asked_for() -> None:
    script = load_script(bundled_source())
    asked = {step.field for step in script.asked()}
    missed = {field for one in rules().values() for field in (*one.misses, one.mended_at) if field}
    assert missed <= asked
    assert rule("X01", "hint", "kpi", misses=("kpis[].colour",))(lambda _: None).misses[0] not in asked


def test_the_first_page_and_the_end_tell_the_same_as_the_coach(own: Session) -> None:
    promise_more(own)
    turn_round(own)
    for slot in slots(own, "kpis.source"):
        own.do(Park(slot, "Homework", "Head of Planning", ""))
    on_paper = whole(own.strategy(), own.notes())
    page = on_paper[: len(on_paper) // 5]
    at_the_end = [line.text for line in the_end(start_talk(own)).alarms[1:]]
    gravest = [one for one in findings(own.plan) if one.severity != "hint"]
    assert 0 < len(gravest) <= MOST_ALARMS
    assert sorted(one.rule for one in gravest) == sorted(told(own))
    for one, line in zip(own.notes().alarms, at_the_end, strict=True):
        assert one.say in line
        assert one.say in page
    # A control: what is no alarm stands in neither.
    hint = next(one for one in findings(own.plan) if one.severity == "hint")
    assert hint.say not in page
    assert hint.say not in "".join(at_the_end)


DAY = """
[script]
id = "day"
version = 1
title = "Day"
languages = ["en"]

[[step]]
id = "aims"
kind = "section"
title = "Aims"

[[step]]
id = "aims.question"
in = "aims"
kind = "text"
ask = "Which question must be answered by five o'clock?"
"""


def test_nothing_is_alarming_that_a_script_of_ones_own_never_asks_for(tmp_path: Path, own: Session) -> None:
    person = begins(tmp_path, DAY)
    person.types("Who stays")
    assert alarms(person.talk.plan) == ()
    # The control: the bundled script does ask for it.
    for item in own.plan.members[StepId("candidates")]:
        if ("clusters", "customer") in item:
            own.do(RemoveItem(item[-1][1]))
    assert any(one.rule == "M01" for one in alarms(own.plan))
