"""Documents from the app: chosen on a page with a preview, or named behind the command."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.documents.formats import known_formats
from bsc_coach.session.outside import Outside
from bsc_coach.tui.screens.export import ExportPage
from tests.tui.driving import USUAL, enter, frame, new_session, press, running, session_screen


async def test_what_is_marked_is_written_where_the_note_says(tmp_path: Path, outside: Outside) -> None:
    folder = tmp_path / "s"
    async with running(new_session(folder, outside)) as pilot:
        await enter(pilot, "Acme")
        await press(pilot, "ctrl+s")
        page = pilot.app.screen
        assert isinstance(page, ExportPage)
        assert page.rows.picked == "md"
        assert "Acme: strategy" in frame(pilot)
        await press(pilot, "space", "enter")
        assert not isinstance(pilot.app.screen, ExportPage)
        said = [turn.text for turn in session_screen(pilot).conversation.turns][-1]
        assert said == f"Written in {folder}: strategy.toml"
    assert (folder / "strategy.toml").is_file()


async def test_all_at_once_and_none_again(tmp_path: Path, outside: Outside) -> None:
    async with running(new_session(tmp_path / "s", outside), size=USUAL) as pilot:
        await enter(pilot, "Acme")
        await press(pilot, "ctrl+s", "space", "a")
        page = pilot.app.screen
        assert isinstance(page, ExportPage)
        assert page.marked == set(known_formats())
        await press(pilot, "a")
        assert page.marked == set()
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ExportPage)


async def test_formats_can_be_named(tmp_path: Path, outside: Outside) -> None:
    async with running(new_session(tmp_path / "s", outside)) as pilot:
        await enter(pilot, "Acme")
        await enter(pilot, "/export toml")
        assert "strategy.toml" in frame(pilot)
        await enter(pilot, "/export papyrus")
        assert "papyrus" in frame(pilot)
        assert "toml" in frame(pilot)
