"""The screens in Dutch: where there is no session yet, and where there is a Dutch one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.session.outside import Outside
from bsc_coach.tui.app import CoachApp
from tests.tui.driving import WIDE, frame, played, running, settled


async def test_the_home_screen_speaks_the_language_of_the_environment(
    tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    played(tmp_path / "hospital", 20, outside).close()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "journal.jsonl").write_text("no journal of ours", encoding="utf-8")
    async with running(app=CoachApp(folder=Path(), outside=outside), size=WIDE) as pilot:
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        shown = frame(pilot)
        for told in (
            "Nieuwe sessie",
            "Sessies in",
            "Beginnen",
            "laatst 20",
            "niet te lezen",
            "kleuren",
            "sluit af",
        ):
            assert told in shown
        for english in ("New session", "Begin ", "last 20", "cannot be read", "leave"):
            assert english not in shown
