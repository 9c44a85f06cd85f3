"""Where the conversation is: it returns from a jump only to what still applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.interview.commands import Accept
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.samples import read_sample
from tests.support.sessions import played, same_environment


@pytest.mark.parametrize(("answer", "returns"), [("target", False), ("not_served", True)])
def test_one_returns_from_a_jump_only_to_a_question_that_applies(
    tmp_path: Path, answer: str, *, returns: bool
) -> None:
    """The reason is asked of segments that are not served; the control changes nothing about that."""
    session = played(tmp_path / "s", len(read_sample("riverbend").commands), same_environment())
    choice = next(slot for slot in session.plan.order if slot.step == "segments.choice")
    reason = Slot(StepId("segments.reason"), choice.frame)
    assert session.do(Accept(choice, "not_served")).accepted
    talk = start_talk(session, reason)
    talk.position.go_to(choice, come_back=True)
    submit(talk, answer)
    if talk.asking is not None:
        submit(talk, "")
    assert talk.at is not None
    assert session.plan.statuses[talk.at].active
    assert (talk.at == reason) is returns
