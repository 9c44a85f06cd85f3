"""The findings page: what several items lack is said once, each can be gone to, and the counts agree."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.session.session import Session
from bsc_coach.tui.screens.findings import FindingsPage
from bsc_coach.tui.widgets.rows import Rows
from bsc_coach.words import say
from tests.support.app import enter, frame, press, running, session_screen
from tests.support.pages import whole
from tests.support.sessions import played, same_environment
from tests.support.small_map import add, small_map

VAGUE = ("I want you to be fast and friendly", "I want to be heard")


def promising(folder: Path) -> Session:
    """Return a session with two promises that nobody could be caught breaking."""
    session = small_map(folder)
    for title in VAGUE:
        add(session, "promises", title)
    return session


async def test_several_are_told_once_and_each_is_one_key_away(tmp_path: Path) -> None:
    session = promising(tmp_path)
    async with running(session, size=(80, 40)) as pilot:
        await press(pilot, "escape", "f4", "f4")
        assert isinstance(pilot.app.screen, FindingsPage)
        shown = frame(pilot)
        assert shown.count("V14") == 1
        assert "C3, C4: by what would anyone" in shown
        assert VAGUE[0] in shown
        assert VAGUE[1] in shown
        rows = pilot.app.screen.query_one(Rows)
        picked = []
        for _ in range(rows.places()):
            picked.append(rows.picked)
            await press(pilot, "down")
        ours = [slot for slot in session.plan.statuses if slot.step == "promises.title"][-2:]
        assert [slot for slot in picked if slot in ours] == ours
        await press(pilot, *["up"] * (rows.places() - 1 - picked.index(ours[1])), "enter")
        now = session_screen(pilot).now
        assert now is not None
        assert now.slot == ours[1]
        await enter(pilot, "I want to be rung back within a day")
        assert session.plan.answer(ours[1]) == "I want to be rung back within a day"
        assert isinstance(pilot.app.screen, FindingsPage)
        assert "C3, C4" not in frame(pilot)  # one is left, and told by its own sentence
        assert "V14" in frame(pilot)


async def test_the_panel_tells_them_in_one_line(tmp_path: Path) -> None:
    async with running(promising(tmp_path), size=(140, 40)) as pilot:
        await press(pilot, "escape", "f4")
        shown = frame(pilot)
        assert shown.count("V14") == 1
        assert "C3, C4" in shown


async def test_the_page_counts_what_is_not_settled_as_the_document_does(tmp_path: Path) -> None:
    session = played(tmp_path / "s", 120, same_environment())
    document = whole(session.strategy(), session.notes())
    async with running(session) as pilot:
        await press(pilot, "escape", "f4", "f4")
        shown = f" {_one_line(frame(pilot))}"
        (told,) = [n for n in range(500) if f" {say('tui.findings.unsettled', 'en', n=n)}" in shown]
    assert f" {say('document.summary.waiting', 'en', n=told)}" in document
    assert f" {say('document.summary.waiting', 'en', n=told + 1)}" not in document


def _one_line(shown: str) -> str:
    return " ".join(shown.split())


async def test_where_all_is_settled_nothing_is_counted(riverbend: Path) -> None:
    from bsc_coach.session.opening import open_session

    async with running(open_session(riverbend, same_environment())) as pilot:
        await press(pilot, "escape", "f4", "f4")
        assert "attention" not in frame(pilot)
