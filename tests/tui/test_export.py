"""Documents from the app: chosen on a page with a preview, or named behind the command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.documents import formats
from bsc_coach.documents.formats import document_format, known_formats
from bsc_coach.session.environment import Environment
from bsc_coach.tui.screens.export import ExportPage
from tests.support.app import USUAL, enter, frame, press, running, session_screen
from tests.support.sessions import new_session


async def test_what_is_marked_is_written_where_the_note_says(
    tmp_path: Path, environment: Environment
) -> None:
    folder = tmp_path / "s"
    async with running(new_session(folder, environment)) as pilot:
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


async def test_all_at_once_and_none_again(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment), size=USUAL) as pilot:
        await enter(pilot, "Acme")
        await press(pilot, "ctrl+s", "space", "a")
        page = pilot.app.screen
        assert isinstance(page, ExportPage)
        assert page.marked == set(known_formats())
        await press(pilot, "a")
        assert page.marked == set()
        await press(pilot, "enter")
        assert pilot.app.screen is page  # there is nothing to write
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ExportPage)


def down_to(name: str) -> list[str]:
    """Return the keys that lead from the first format to this one."""
    return ["down"] * known_formats().index(name)


async def test_what_is_not_installed_is_told_with_the_way_out(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = replace(
        document_format("svg"), maker="no_such_module:never", library="a_library_that_nobody_has", extra="pdf"
    )
    monkeypatch.setitem(formats._FORMATS, "svg", missing)
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await press(pilot, "ctrl+s", *down_to("svg"), "space")
        page = pilot.app.screen
        assert isinstance(page, ExportPage)
        assert page.marked == {"md", "toml"}
        shown = frame(pilot)
        assert "[–] The strategy map as a picture: not installed" in shown
        assert "'bsc-coach[pdf]'" in shown
        await press(pilot, "a")
        assert page.marked == set(known_formats()) - {"svg"}
        await press(pilot, "a", "home", "space", *down_to("toml"), "space", "enter")
        said = [turn.text for turn in session_screen(pilot).conversation.turns][-1]
        assert said.endswith(": strategy.md, kpis.md, annex.md, strategy-map.svg, strategy.toml")


async def test_a_preview_shows_data_as_it_stands(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await enter(pilot, "**Acme** [b]")
        await press(pilot, "ctrl+s", *down_to("toml"))
        assert 'name = "**Acme** [b]"' in frame(pilot)
        await press(pilot, "down")
        assert "It is for a browser" in frame(pilot)
        assert "<svg" not in frame(pilot)


async def test_formats_can_be_named(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await enter(pilot, "Acme")
        await enter(pilot, "/export toml")
        assert "strategy.toml" in frame(pilot)
        await enter(pilot, "/export papyrus")
        assert "papyrus" in frame(pilot)
        assert "toml" in frame(pilot)
