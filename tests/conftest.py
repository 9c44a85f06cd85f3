"""What every test stands on: a home of its own, one language, one time zone, no colours from outside."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from bsc_coach.script.slots import ItemId
from bsc_coach.session.environment import Environment

LEAKING = (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "COLUMNS", "LINES",
    "LANGUAGE", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME", "TEXTUAL_LOG", "TEXTUAL_DEBUG",
    "SSH_CONNECTION", "SSH_TTY", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONIOENCODING",
)  # fmt: skip
settings.register_profile("same", derandomize=True)
settings.load_profile("same")
"""The same examples each time; --hypothesis-profile=default looks for new ones."""
STARTED = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


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


class Clock:
    """Ten seconds later at each look."""

    def __init__(self, start: datetime = STARTED) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=10)
        return self.now


def numbered_ids() -> Iterator[ItemId]:
    """Yield item ids in order: the same in each run."""
    return (ItemId(f"id{number:05d}") for number in count(1))


def same_environment(by: str = "Tester") -> Environment:
    """Return a clock, ids and a writer that are the same each time."""
    return Environment(clock=Clock(), ids=numbered_ids(), by=by, writer="test")


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
    shared = base.parent if hasattr(request.config, "workerinput") else base

    def folder_of(name: str) -> Path:
        home = shared / "sample" / name
        try:
            home.mkdir(parents=True)
        except FileExistsError:
            _wait_for(home / "ready")  # another process of this run is playing it
        else:
            _play(name, home / name)
            (home / "ready").touch()
        return home / name

    return folder_of


@pytest.fixture(scope="session")
def riverbend_folder(sample_folder: Callable[[str], Path]) -> Path:
    """The recorded session of the hospital. Look, do not touch."""
    return sample_folder("riverbend")


def _play(name: str, folder: Path) -> None:
    from bsc_coach.session.samples import play_sample

    session = play_sample(name, folder, Environment(by="Tester"))
    session.write_strategy()
    session.write_document()
    session.close()


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 120  # a guard against hanging
    while not path.exists():
        assert time.monotonic() < until, f"nobody made {path}"
        time.sleep(0.05)
