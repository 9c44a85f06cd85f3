"""Breakouts in the app: a part that asks its own questions, and the plenary by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.session.copies import merge_into
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.parts_back import add_parts_back, parts_back
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from tests.support.app import USUAL, WIDE, enter, frame, running
from tests.support.breakouts import split_in, works
from tests.support.clock import Watch
from tests.support.two_facilitators import begin, copied


@pytest.fixture(scope="module")
def acme_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session, and its parts in which two groups said something: look, do not touch."""
    folder = begin(tmp_path_factory.mktemp("app") / "acme")
    for part, who in zip(split_in(folder), ("Ann", "Bob", None), strict=True):
        if who is not None:
            cluster = part.name.removeprefix("acme-")
            works(part, who, [
                {"do": "add", "list": "candidates", "of": cluster,
                 "answers": {"candidates.title": f"Shorten the wait {who} means"}},
                {"do": "accept", "step": "organisation.year", "value": 2031 if who == "Ann" else 2032},
            ])  # fmt: skip
    return folder.parent


@pytest.fixture
def acme(acme_once: Path, tmp_path: Path) -> Path:
    """The same, to go on with."""
    return copied(acme_once, tmp_path / "here") / "acme"


def opened(folder: Path) -> Session:
    return open_session(folder, Environment(by="Ann"))


def came_back(acme: Path) -> Session:
    parts = [acme.parent / name for name in ("acme-operations", "acme-customer")]
    came = merge_into(acme, parts, Environment(by="Ann"))
    add_parts_back(acme, came, [{}, {}], Environment().disk)
    return opened(acme)


def flat(text: str) -> str:
    """Return what a frame says, with its lines joined."""
    return " ".join(text.replace("│", " ").replace("▌", " ").split())


async def seen(pilot: Pilot[int]) -> None:
    """Press Enter alone once the question has been on the screen for a while."""
    assert isinstance(pilot.app, CoachApp)
    assert isinstance(pilot.app.clock, Watch)
    pilot.app.clock.time += 5
    await enter(pilot, "")


async def test_a_part_says_what_it_is_and_shows_its_own_agenda(acme: Path) -> None:
    async with running(opened(acme.parent / "acme-operations"), size=WIDE) as pilot:
        shown = frame(pilot)
        assert "Acme Housing – Operations" in shown
        assert "This folder is a part of Acme Housing: Operations." in flat(shown)
        assert "KPIs" not in shown
        await enter(pilot, "/jump KPIs")
        assert "This is outside the part that you work on (Operations)" in flat(frame(pilot))
        await enter(pilot, "/end")
        assert "give this folder back to the session “acme”" in flat(frame(pilot))


@pytest.mark.slow
async def test_a_whole_session_shows_all_of_it(acme: Path) -> None:
    """The control of the test above."""
    async with running(opened(acme), size=WIDE) as pilot:
        assert "Acme Housing –" not in frame(pilot)
        assert "KPIs" in frame(pilot)
        await enter(pilot, "/jump KPIs")
        assert "outside the part" not in flat(frame(pilot))


async def test_the_plenary_by_keys(acme: Path) -> None:
    session = came_back(acme)
    async with running(session, size=USUAL) as pilot:
        assert "2 parts came back" in flat(frame(pilot))
        await seen(pilot)
        assert "Decide together: /take" in flat(frame(pilot))
        await enter(pilot, "4 4")
        assert "a tie: that decides nothing" in flat(frame(pilot))
        assert session.state.disputed
        await enter(pilot, "4 5")
        assert not session.state.disputed
        assert "Shorten the wait Ann means" in flat(frame(pilot))
        await seen(pilot)
        assert "Shorten the wait Bob means" in flat(frame(pilot))
        await seen(pilot)
        assert "The plenary is through" in flat(frame(pilot))
    assert [part.walked for part in parts_back(acme, Environment().disk)] == [True, True]


@pytest.mark.slow
async def test_the_plenary_is_put_off_and_taken_up(acme: Path) -> None:
    session = came_back(acme)
    async with running(session, size=USUAL) as pilot:
        await enter(pilot, "n")
        assert "Later, then: /plenary" in flat(frame(pilot))
        await enter(pilot, "/take 1")
        await enter(pilot, "/plenary")
        assert "Shorten the wait Ann means" in flat(frame(pilot))
        await enter(pilot, "what is that")
        assert "Shorten the wait Ann means" in flat(frame(pilot))  # it is asked again
        await enter(pilot, "y")
    assert [part.walked for part in parts_back(acme, Environment().disk)] == [True, False]
