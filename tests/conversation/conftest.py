"""Sessions that many tests of the conversation begin from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from tests.support.sessions import same_environment


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Somebody who is at the choice of one proposition."""
    return start_talk(
        create_session(tmp_path / "session", bundled_source(), same_environment()),
        at=parse_slot("proposition.type"),
    )


@pytest.fixture
def own(riverbend: Path) -> Iterator[Session]:
    """A copy of the finished session of the hospital, to go on with."""
    session = open_session(riverbend, same_environment())
    yield session
    session.close()
