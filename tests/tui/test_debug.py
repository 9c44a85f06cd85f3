"""``--debug`` in the app: what was done stands in the log, and nothing that was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.talk import Talk
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.environment import Environment
from tests.support.app import enter, press, running
from tests.support.sessions import new_session

SECRETS = ("Geheimhaus", "Nightingale", "winterplan", "Quillfeather", "halfway")


def told(text: str) -> list[str]:
    """Return which of the secrets stand in a text."""
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


async def test_answers_typed_in_the_app_do_not_stand_in_its_log(
    tmp_path: Path, environment: Environment
) -> None:
    session = new_session(tmp_path / "s", environment)
    debug_log.start("open", ["folder"], [session.folder])
    async with running(session) as pilot:
        await enter(pilot, "Geheimhaus")
        await enter(pilot, "1")
        await enter(pilot, "Nightingale guests")
        await enter(pilot, "/park the winterplan is not ready")
        await enter(pilot, "Quillfeather")
        await enter(pilot, "2027-03")
        await press(pilot, *"halfway")
    path = debug_log.finish()
    assert path == session.folder / ".local" / "debug.log"
    log = path.read_text(encoding="ascii")
    assert "do command=Accept slot=organisation.name number=1" in log
    assert "slash command=park" in log
    assert "do command=Park slot=organisation.year" in log
    assert told(log) == []
    kept = told((session.folder / "journal.jsonl").read_text(encoding="utf-8"))
    assert kept == ["Geheimhaus", "Nightingale", "winterplan", "Quillfeather"]  # the control


async def test_a_fault_in_the_app_is_told_by_type_and_place(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(talk: Talk, line: str) -> None:
        raise ValueError(f"cannot take {line}")

    session = new_session(tmp_path / "s", environment)
    debug_log.start("open", ["folder"], [session.folder])
    monkeypatch.setattr("bsc_coach.tui.session.controller.submit", breaks)
    with pytest.raises(Exception, match="Geheimhaus"):
        async with running(session) as pilot:
            await enter(pilot, "Geheimhaus")
    path = debug_log.finish()
    assert path is not None
    log = path.read_text(encoding="ascii")
    assert "type=ValueError" in log
    assert "at place=tests/tui/test_debug.py:" in log or "at place=test_debug.py:" in log
    assert "at place=bsc_coach/" in log
    assert told(log) == []
