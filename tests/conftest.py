"""What every test stands on: a home of its own, one language, one time zone, no colours from outside."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bsc_coach.coach.ear import encoders
from bsc_coach.room import address
from bsc_coach.session.environment import Environment
from tests.support.ports import own_first_port
from tests.support.sessions import play_once, same_environment

LEAKING = (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "COLUMNS", "LINES",
    "LANGUAGE", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME", "TEXTUAL_LOG", "TEXTUAL_DEBUG",
    "SSH_CONNECTION", "SSH_TTY", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONIOENCODING",
)  # fmt: skip
SAMPLES = "BSC_COACH_TEST_SAMPLES"
"""Names the folder in which the runs of ``.ci/run``, a process for each file, share the recorded sessions."""
ONCE = "--once"
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("small", derandomize=True, deadline=None, max_examples=3)
settings.load_profile("same")
"""The same examples each time, so that no change is refused for a fault that was there before it.

--hypothesis-profile=default looks for new ones in the slow tests, small takes the first few.
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(ONCE, action="store_true", help="run each test function once, with its first values")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by what they are given as: those of an archive hold the time, which each worker has anew."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)  # of those that -m and -k have left
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption(ONCE):
        first = {id(one) for one in {one.nodeid.partition("[")[0]: one for one in reversed(items)}.values()}
        config.hook.pytest_deselected(items=[one for one in items if id(one) not in first])
        items[:] = [one for one in items if id(one) in first]


@pytest.fixture(autouse=True, scope="session")
def _isolated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own settings out of the tests, and the tests out of the developer's home."""
    home = tmp_path_factory.mktemp("home")
    before = dict(os.environ)
    os.environ.update(
        HOME=str(home),
        USERPROFILE=str(home),
        XDG_CONFIG_HOME=str(home / "config"),
        XDG_STATE_HOME=str(home / "state"),
        XDG_DATA_HOME=str(home / "data"),
        XDG_CACHE_HOME=str(home / "cache"),
        LC_ALL="C.UTF-8",
        LANG="C.UTF-8",
        TZ="UTC",
        TERM="xterm-256color",
        LOGNAME="tester",
        USER="tester",
    )
    for name in LEAKING:
        os.environ.pop(name, None)
    time.tzset()
    yield
    os.environ.clear()
    os.environ.update(before)
    time.tzset()


@pytest.fixture(autouse=True, scope="session")
def _light_ear() -> Iterator[None]:
    """Have the coach listen by words in this process: the model of sentences takes time and memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoders, "has_library", lambda: False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_ports() -> Iterator[None]:
    """Have rooms listen where no other process of the tests does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(address, "FIRST_PORT", own_first_port())
        yield


@pytest.fixture
def environment() -> Environment:
    """A clock, ids and a writer that are the same in each test."""
    return same_environment()


@pytest.fixture
def environments() -> Callable[[], Environment]:
    """As many equal clocks and ids as a test wants to compare."""
    return same_environment


@pytest.fixture(scope="session")
def sample_folder(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[str], Path]:
    """Give the folder of a recorded session, played once and with its documents. Look, do not touch."""
    base = tmp_path_factory.getbasetemp()
    of_run = base.parent if hasattr(request.config, "workerinput") else base
    shared = Path(os.environ.get(SAMPLES) or of_run)

    def folder_of(name: str) -> Path:
        return play_once(name, shared / "sample" / name)

    return folder_of


@pytest.fixture(scope="session")
def riverbend_folder(sample_folder: Callable[[str], Path]) -> Path:
    """The recorded session of the hospital. Look, do not touch."""
    return sample_folder("riverbend")


@pytest.fixture
def riverbend(tmp_path: Path, riverbend_folder: Path) -> Path:
    """A copy of the recorded session of the hospital that a test may change."""
    folder = tmp_path / "riverbend"
    shutil.copytree(riverbend_folder, folder)
    return folder
