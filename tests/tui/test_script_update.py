"""Another version of the questions, offered on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.script.source import ScriptSource, bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.tui.app import CoachApp
from tests.support.app import frame, press, running
from tests.support.clock import Watch
from tests.support.sessions import played


def next_version() -> ScriptSource:
    """Return the bundled questions as their next version, one of them asked otherwise."""
    bundled = bundled_source()
    base = bundled.base.replace(b"version = 1\n", b"version = 2\n", 1)
    base = base.replace(b'ask = "Which organisation', b'ask = "Tell us: which organisation', 1)
    assert base != bundled.base
    return ScriptSource(bundled.name, base)


@pytest.mark.parametrize(("key", "version"), [("1", 2), ("2", 1), ("escape", 1)])
async def test_another_version_of_the_questions_is_told_and_decided_about(
    key: str, version: int, tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, environment)
    app = CoachApp(session, script=next_version(), clock=Watch())
    async with running(app=app) as pilot:
        assert "version 2 of the questions" in frame(pilot)
        assert "answers stay in their places" in frame(pilot)
        await press(pilot, key)
        assert session.script.header.version == version
        if version == 2:
            assert "now runs on version 2" in frame(pilot)
            await press(pilot, "ctrl+t")
            assert session.script.header.version == 1


async def test_questions_in_use_are_not_offered_again(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(app=CoachApp(session, script=bundled_source(), clock=Watch())) as pilot:
        assert "of the questions" not in frame(pilot)
