"""The second ear in the talk: from when it is there, muted, kept, and unknown to documents and alarms."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.open_findings import alarms, open_findings
from bsc_coach.script.slots import Slot
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.support.ears import Listening
from tests.support.sessions import same_environment

TITLE = "Board ships before the tide turns"


@pytest.fixture
def titled(own: Session) -> tuple[Talk, Slot]:
    """A talk in which the title of an objective was given, that no rule remarks on."""
    slot = next(one for one in own.plan.order if one.step == "objective.title")
    talk = start_talk(own)
    talk.position.go_to(slot)
    talk.do(Accept(slot, TITLE))
    assert talk.remarks_on(slot) == ()
    return talk, slot


def heard(talk: Talk, slot: Slot) -> list[str]:
    return [one.rule for one in talk.remarks_on(slot)]


def listed(talk: Talk) -> list[str]:
    """Return the answers that findings by ear are about."""
    return [one.answer for one in findings(talk.plan, talk.ear) if one.rule == "E01"]


def test_it_is_heard_from_when_it_is_there(titled: tuple[Talk, Slot]) -> None:
    talk, slot = titled
    assert listed(talk) == []
    talk.listen_with(Listening("tide"))
    assert heard(talk, slot) == ["E01"]
    assert listed(talk) == [TITLE]
    talk.position.go_to(slot)
    prompt = talk.prompt()
    assert prompt is not None
    assert any("Be known for our service" in one.say for one in prompt.remarks)


def test_it_remarks_when_an_answer_is_given(titled: tuple[Talk, Slot]) -> None:
    talk, slot = titled
    talk.listen_with(Listening("turn"))
    talk.position.go_to(slot)
    reply = submit(talk, "Board ships while the tide is turning")
    assert any("Be known for our service" in turn.text for turn in reply.turns)
    talk.position.go_to(slot)
    reply = submit(talk, "Board ships before the ebb")
    assert not any("Be known for our service" in turn.text for turn in reply.turns)


def test_muted_it_keeps_silent(titled: tuple[Talk, Slot]) -> None:
    talk, slot = titled
    talk.listen_with(Listening("tide"))
    submit(talk, "/mute E01 we know what we mean")
    assert heard(talk, slot) == []
    assert listed(talk) == []
    submit(talk, "/mute E01")
    assert heard(talk, slot) == ["E01"]


@pytest.mark.parametrize("line", ["/keep pilots know what it means", "/keep E01 pilots know what it means"])
def test_kept_it_keeps_silent_about_this_wording(titled: tuple[Talk, Slot], line: str) -> None:
    talk, slot = titled
    talk.listen_with(Listening("tide"))
    talk.position.go_to(slot)
    submit(talk, line)
    assert heard(talk, slot) == []
    assert listed(talk) == []
    talk.do(Accept(slot, "Board ships while the tide rises"))
    assert heard(talk, slot) == ["E01"]


def test_what_was_kept_holds_without_the_ear(titled: tuple[Talk, Slot]) -> None:
    """The journal of somebody with the ear is read by somebody without it."""
    talk, slot = titled
    talk.listen_with(Listening("tide"))
    talk.position.go_to(slot)
    submit(talk, "/keep pilots know what it means")
    folder: Path = talk.session.folder
    talk.session.close()
    again = open_session(folder, same_environment())
    assert (slot, "E01") in again.plan.state.kept
    assert [one.reason for one in again.notes().kept if one.reason == "pilots know what it means"]
    again.close()


def test_alarms_and_documents_know_nothing_of_it(titled: tuple[Talk, Slot]) -> None:
    talk, _ = titled
    before = open_findings(talk.plan), alarms(talk.plan)
    talk.listen_with(Listening())
    assert listed(talk)
    assert (open_findings(talk.plan), alarms(talk.plan)) == before
    assert "E01" not in {one.finding.rule for one in open_findings(talk.plan)}
