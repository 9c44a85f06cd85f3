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


@pytest.mark.parametrize(
    ("language", "typed", "step"),
    [
        ("en", "/edit SEG1 choice", "segments.choice"),
        ("en", "/edit o1 owner", "objective.owner_role"),
        ("nl", "/edit O1 eigenaar", "objective.owner_role"),
    ],
)
def test_a_part_of_an_item_is_edited_by_what_it_is_called(
    own: Session, language: str, typed: str, step: str
) -> None:
    own.do(SetLanguage(language))
    talk = start_talk(own)
    talk.resume()
    before = talk.at
    submit(talk, typed)
    assert talk.at is not None
    assert talk.at.step == step
    assert [back.slot for back in talk.position.returns] == ([] if before is None else [before])


def test_a_part_that_an_item_does_not_have_leads_nowhere(own: Session) -> None:
    talk = start_talk(own)
    talk.resume()
    before = talk.at
    assert submit(talk, "/edit SEG1 formula").turns
    assert talk.at == before
