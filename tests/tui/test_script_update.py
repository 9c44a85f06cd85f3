"""Another version of the questions, offered on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.script.loader import load_script
from bsc_coach.script.source import ScriptSource, bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.tui.app import CoachApp
from tests.support.app import frame, press, running
from tests.support.clock import Watch
from tests.support.sessions import played

NOW = load_script(bundled_source()).header.version


def next_version() -> ScriptSource:
    """Return the bundled questions as their next version, one of them asked otherwise."""
    bundled = bundled_source()
    base = bundled.base.replace(b"version = %d\n" % NOW, b"version = %d\n" % (NOW + 1), 1)
    base = base.replace(b'ask = "Which organisation', b'ask = "Tell us: which organisation', 1)
    assert base != bundled.base
    return ScriptSource(bundled.name, base)


@pytest.mark.parametrize(("key", "version"), [("1", NOW + 1), ("2", NOW), ("escape", NOW)])
async def test_another_version_of_the_questions_is_told_and_decided_about(
    key: str, version: int, tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, environment)
    app = CoachApp(session, script=next_version(), clock=Watch())
    async with running(app=app) as pilot:
        assert f"version {NOW + 1} of the questions" in frame(pilot)
        assert "answers stay in their places" in frame(pilot)
        await press(pilot, key)
        assert session.script.header.version == version
        if version > NOW:
            assert f"now runs on version {NOW + 1}" in frame(pilot)
            await press(pilot, "ctrl+t")
            assert session.script.header.version == NOW


async def test_questions_in_use_are_not_offered_again(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(app=CoachApp(session, script=bundled_source(), clock=Watch())) as pilot:
        assert "of the questions" not in frame(pilot)
