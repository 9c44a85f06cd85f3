"""What the coach still wonders about, each with the answer that it is about."""

from __future__ import annotations

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import RemoveItem
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.session import Session


def test_a_finding_leads_to_its_answer(own: Session) -> None:
    assert findings(own.plan) == ()
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    title = Slot(StepId("objective.title"), own.plan.state.frames[item])
    own.do(Accept(title, "Supplier reliability"))
    (found,) = [one for one in findings(own.plan) if one.rule == "O01"]
    assert (found.slot, found.answer) == (title, "Supplier reliability")
    own.do(RemoveItem(item))
    assert [one for one in findings(own.plan) if one.rule == "O01"] == []


def test_what_was_not_asked_yet_is_no_finding(talk: Talk) -> None:
    assert findings(talk.plan) == ()


def test_a_finding_on_the_map_is_kept_by_its_rule(own: Session) -> None:
    horizons = [slot for slot in own.plan.statuses if slot.step == "objective.horizon"]
    talk = start_talk(own, at=horizons[-1])
    for slot in horizons:
        own.do(Accept(slot, "short"))
    rules = {one.rule for one in findings(own.plan)}
    assert {"M14", "M15"} <= rules
    submit(talk, "/keep M15 because the owners sell within three years")
    rules = {one.rule for one in findings(own.plan)}
    assert "M14" in rules
    assert "M15" not in rules
    assert "the owners sell within three years" in str(own.notes())
