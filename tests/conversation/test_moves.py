"""Going to a part of the agenda by its name."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.session.session import Session


@pytest.mark.parametrize("typed", ["kpis", "KPI's", "kpi’s"])
def test_a_jump_needs_no_apostrophe(own: Session, typed: str) -> None:
    own.do(SetLanguage("nl"))
    talk = start_talk(own)
    submit(talk, f"/jump {typed}")
    assert talk.at is not None
    assert own.plan.script.section_of(talk.at.step) == "measures"
