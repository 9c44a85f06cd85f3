"""What the owner of a KPI fills in later."""

from __future__ import annotations

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.session import Session


def test_the_rest_of_a_kpi_is_homework_of_its_owner(own: Session) -> None:
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    talk = start_talk(own, at=Slot(StepId("kpis"), own.plan.state.frames[item]))
    for line in ("Share of visits moved by us", "%", "2", "12", "4", "2028-06"):
        submit(talk, line if line != "4" else "4")
    while talk.at is not None and talk.at.step != "kpis.owner_role":
        submit(talk, "/next")
    told = submit(talk, "Head of Planning").turns[-1].text
    assert "/homework" in told
    assert "Head of Planning" in told
    submit(talk, "/homework")
    parked = [one for one in own.notes().points if one.kind == "parked" and one.reason == "Homework"]
    assert {one.owner for one in parked} == {"Head of Planning"}
    assert len(parked) >= 5
    assert talk.at is None or talk.at.step != "kpis.lead_lag"


def test_there_is_no_homework_off_a_card(talk: Talk) -> None:
    before = talk.session.actions
    submit(talk, "/homework")
    assert talk.session.actions == before


def test_homework_is_taken_home_by_a_role_in_the_room(own: Session) -> None:
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    talk = start_talk(own, at=Slot(StepId("kpis"), own.plan.state.frames[item]))
    submit(talk, "Share of visits moved by us")
    before = own.actions
    assert submit(talk, "/homework 4 dec").keep_text
    assert own.actions == before
    told = [turn.text for turn in submit(talk, "/homework Priya").turns]
    assert any("Priya" in text and "Chief Medical Officer" in text for text in told)
    parked = [one for one in own.notes().points if one.kind == "parked" and one.reason == "Homework"]
    assert {one.owner for one in parked} == {"Chief Medical Officer"}
