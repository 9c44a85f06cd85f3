"""What all tests of typed text start from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.support.sessions import same_environment
from tests.understanding.corpus import SAMPLES


@pytest.fixture(scope="module")
def sessions(
    sample_folder: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Session]]:
    """A copy of each recorded session, open, by language."""
    home = tmp_path_factory.mktemp("sessions")
    opened = {}
    for language, name in SAMPLES.items():
        shutil.copytree(sample_folder(name), home / name)
        opened[language] = open_session(home / name, same_environment())
    yield opened
    for session in opened.values():
        session.close()
