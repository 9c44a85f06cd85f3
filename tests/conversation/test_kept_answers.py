"""Keeping an answer against the coach: with a reason, and said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from tests.support.people import Person
from tests.support.sessions import same_environment


@pytest.mark.parametrize("said", ["/keep because", "/keep  because ", "/keep"])
def test_because_alone_is_no_reason(tmp_path: Path, said: str) -> None:
    session = create_session(tmp_path / "session", bundled_source(), same_environment())
    person = Person(start_talk(session))
    person.types("/jump segments", "Everyone", said)
    assert "Keep it, because …?" in person.heard()
    person.types("because we start wide")
    assert {kept.reason for kept in session.plan.state.kept.values()} == {"we start wide"}


def test_one_reason_against_two_remarks_is_said_once(tmp_path: Path) -> None:
    session = create_session(tmp_path / "session", bundled_source(), same_environment())
    person = Person(start_talk(session))
    person.types("/jump operations", "Implement the new planning system and dashboards for every ward")
    assert len(person.prompt.remarks) == 2
    person.types("/keep it is decided already")
    assert person.heard().count("Keep it, because it is decided already") == 1
    assert len(session.plan.state.kept) == 2
