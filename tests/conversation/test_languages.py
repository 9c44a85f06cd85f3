"""Another language for the conversation, for the documents, or for both."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.session import Session
from tests.support.pages import whole


def test_a_number_is_shown_as_the_language_writes_it(own: Session) -> None:
    own.do(SetLanguage("nl"))
    talk = start_talk(own, at=next(slot for slot in own.plan.statuses if slot.step == "kpis.baseline"))
    prompt = talk.prompt()
    assert prompt is not None
    assert prompt.answer == "0,8"


def test_documents_may_have_another_language_than_the_talk(own: Session) -> None:
    talk, here = start_talk(own), parse_slot("review.story")
    talk.position.go_to(here)
    submit(talk, "/language documents nl")
    assert (talk.language, own.strategy().language) == ("en", "nl")
    assert talk.at == here
    assert "strategie tot 2030" in whole(own.strategy(), own.notes())
    submit(talk, "/language nl")
    submit(talk, "/language documenten en")
    assert (talk.language, own.strategy().language) == ("nl", "en")
    assert "strategy towards 2030" in whole(own.strategy(), own.notes())


@pytest.mark.parametrize("line", ["/language documents xx", "/language please nl"])
def test_a_language_nobody_wrote_is_refused(own: Session, line: str) -> None:
    talk = start_talk(own)
    submit(talk, line)
    assert (talk.language, own.strategy().language) == ("en", "en")
