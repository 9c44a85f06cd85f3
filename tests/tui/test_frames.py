"""What the screens look like, as plain text. Look at a frame before you take it with WRITE_FRAMES=1."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bsc_coach.session.outside import Outside
from bsc_coach.session.session import open_session
from bsc_coach.tui.app import CoachApp
from tests.tui.driving import SMALL, USUAL, WIDE, new_session, played, press, running, same_frame, settled

SIZES = pytest.mark.parametrize("size", [WIDE, USUAL, SMALL], ids=lambda size: f"{size[0]}x{size[1]}")
BEFORE = {"choice": 1, "table": 60, "several": 91}
"""How many recorded commands lead to a question of each kind."""


@SIZES
async def test_a_new_session(tmp_path: Path, outside: Outside, size: tuple[int, int]) -> None:
    async with running(new_session(tmp_path / "s", outside), size=size) as pilot:
        same_frame(pilot, f"start-{size[0]}x{size[1]}")


@SIZES
async def test_a_table(tmp_path: Path, outside: Outside, size: tuple[int, int]) -> None:
    async with running(played(tmp_path / "s", BEFORE["table"], outside), size=size) as pilot:
        same_frame(pilot, f"table-{size[0]}x{size[1]}")


@SIZES
async def test_a_choice_with_its_meanings(tmp_path: Path, outside: Outside, size: tuple[int, int]) -> None:
    async with running(played(tmp_path / "s", BEFORE["choice"], outside), size=size) as pilot:
        await press(pilot, "down")
        same_frame(pilot, f"choice-{size[0]}x{size[1]}")


async def test_several_to_mark(tmp_path: Path, outside: Outside) -> None:
    async with running(played(tmp_path / "s", BEFORE["several"], outside)) as pilot:
        await press(pilot, "down", "space", "down", "space")
        same_frame(pilot, "several-120x40")


async def test_a_selected_answer(tmp_path: Path, outside: Outside) -> None:
    async with running(played(tmp_path / "s", 3, outside)) as pilot:
        await press(pilot, "up", "up")
        same_frame(pilot, "selected-120x40")


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        (("f2",), "map-panel-80x24"),
        (("f5",), "agenda-80x24"),
        (("f2", "f2"), "map-80x24"),
        (("f6",), "review-80x24"),
        (("f3", "f3"), "document-80x24"),
        (("f1",), "help-80x24"),
        (("ctrl+p",), "menu-80x24"),
        (("f4", "f4"), "findings-80x24"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_other_screens(
    tmp_path: Path, outside: Outside, riverbend_folder: Path, keys: tuple[str, ...], name: str
) -> None:
    folder = tmp_path / "riverbend"
    shutil.copytree(riverbend_folder, folder)
    async with running(open_session(folder, outside), size=USUAL) as pilot:
        await press(pilot, *keys)
        same_frame(pilot, name)


async def test_the_home_screen(tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    played(tmp_path / "hospital", 20, outside).close()
    async with running(app=CoachApp(folder=Path(), outside=outside), size=USUAL) as pilot:
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        same_frame(pilot, "home-80x24")
