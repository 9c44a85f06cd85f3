"""A change made from the review, or from the findings, returns to its line there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.tui.screens.findings import FindingsPage
from bsc_coach.tui.screens.review import ReviewPage
from bsc_coach.tui.widgets.rows import Rows
from tests.support.app import enter, press, running, session_screen
from tests.support.sessions import played, same_environment


async def test_a_change_from_the_review_returns_to_its_line(tmp_path: Path) -> None:
    session = played(tmp_path / "s", 40, same_environment())
    async with running(session) as pilot:
        here = session_screen(pilot).now
        await press(pilot, "f6")
        rows = pilot.app.screen.query_one(Rows)
        while str(rows.picked) != "organisation.customers":
            await pilot.press("down")
        picked = rows.picked
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, ReviewPage)
        await enter(pilot, "visitors")
        assert session.strategy().organisation.customer_word == "visitors"
        assert isinstance(pilot.app.screen, ReviewPage)
        assert pilot.app.screen.query_one(Rows).picked == picked
        await press(pilot, "escape")
        now = session_screen(pilot).now
        assert here is not None
        assert now is not None
        assert now.slot == here.slot


async def test_a_page_key_scrolls_the_review_by_a_page(tmp_path: Path) -> None:
    async with running(played(tmp_path / "s", 127, same_environment())) as pilot:
        await press(pilot, "f6")
        rows = pilot.app.screen.query_one(Rows)
        first, top = rows.picked, rows.scroll_offset.y
        await press(pilot, "down")
        assert rows.scroll_offset.y == top, "the control: one line further is in view already"
        await press(pilot, "up", "pagedown")
        assert rows.scroll_offset.y > top
        seen = rows.picked
        await press(pilot, *["pagedown"] * 60)
        last = rows.picked
        assert last not in (first, seen)
        await press(pilot, "down")
        assert rows.picked == last, "at the end there is nothing further"
        await press(pilot, *["pageup"] * 60)
        assert rows.picked == first


@pytest.mark.parametrize("keys", [("escape",), ("f6", "escape")])
async def test_who_only_looked_is_not_brought_back(tmp_path: Path, keys: tuple[str, ...]) -> None:
    session = played(tmp_path / "s", 40, same_environment())
    async with running(session) as pilot:
        await press(pilot, "f6", *keys)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ReviewPage | FindingsPage)
