"""What the screens look like, as plain text. Look at a frame before you take it with WRITE_FRAMES=1."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.app import CoachApp
from tests.support.app import SMALL, USUAL, WIDE, press, running, same_frame, settled
from tests.support.sessions import new_session, played

SIZES = (WIDE, USUAL, SMALL)
BEFORE = {"choice": 1, "table": 57, "several": 91}
"""How many recorded commands lead to a question of each kind."""


async def same_frames(pilot: Pilot[int], name: str) -> None:
    """Compare a screen with its pictures in all three sizes."""
    for width, height in SIZES:
        await pilot.resize_terminal(width, height)
        await settled(pilot)
        same_frame(pilot, f"{name}-{width}x{height}")


async def test_a_new_session(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await same_frames(pilot, "start")


async def test_a_table(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", BEFORE["table"], environment)) as pilot:
        await same_frames(pilot, "table")


async def test_a_choice_with_its_meanings(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", BEFORE["choice"], environment)) as pilot:
        await press(pilot, "down")
        await same_frames(pilot, "choice")


async def test_several_to_mark(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", BEFORE["several"], environment)) as pilot:
        await press(pilot, "down", "space", "down", "space")
        same_frame(pilot, "several-120x40")


async def test_a_selected_answer(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await press(pilot, "up", "up")
        same_frame(pilot, "selected-120x40")


OTHERS = {
    "agenda": ("f5",),
    "map-panel": ("escape", "f2"),
    "map": ("f2",),
    "review": ("escape", "f6"),
    "document": ("escape", "f3", "f3"),
    "help": ("escape", "f1"),
    "menu": ("escape", "ctrl+p"),
    "findings": ("escape", "f4", "f4"),
}
"""The keys that lead from each screen to the next."""


async def test_other_screens(environment: Environment, riverbend: Path) -> None:
    async with running(open_session(riverbend, environment), size=USUAL) as pilot:
        for name, keys in OTHERS.items():
            for key in keys:
                await press(pilot, key)
            same_frame(pilot, f"{name}-80x24")


async def test_the_home_screen(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))  # nothing was opened lately
    played(tmp_path / "hospital", 20, environment).close()
    async with running(app=CoachApp(folder=Path(), environment=environment), size=USUAL) as pilot:
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        same_frame(pilot, "home-80x24")
