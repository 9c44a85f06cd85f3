"""Copies of a session in the app: offered when it opens, and what they say differently decided by keys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from tests.support.app import USUAL, enter, frame, press, running, settled
from tests.support.clock import Watch

NAME, YEAR, KIND = (parse_slot(f"organisation.{one}") for one in ("name", "year", "kind"))
AMBITION = parse_slot("organisation.ambition")
SEGMENTS = Slot(StepId("segments"))
LONG = "Everybody who rents from us {who} pays less for heat than today, and nobody waits for a repair."
COPY = "journal (Bob's conflicted copy).jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ann's copy, and Bob's journal beside it."""
    session = create_session(tmp_path / "s", bundled_source(), Environment(by="Ann"))
    for slot, value in ((NAME, "Acme Housing"), (KIND, "business"), (YEAR, 2030)):
        assert session.do(Accept(slot, value)).accepted
    session.close()
    shutil.copytree(tmp_path / "s", tmp_path / "bob")
    for by, where in (("Ann", "s"), ("Bob", "bob")):
        session = open_session(tmp_path / where, Environment(by=by))
        session.do(Accept(NAME, f"{by}'s Homes"))
        session.do(Accept(AMBITION, LONG.format(who=by)))
        session.do(AddItem(SEGMENTS, {StepId("segments.name"): f"{by}'s tenants"}))
        session.close()
    shutil.copy(tmp_path / "bob" / "journal.jsonl", tmp_path / "s" / COPY)
    return tmp_path / "s"


def opened(folder: Path) -> Session:
    return open_session(folder, Environment(by="Ann"))


def flat(text: str) -> str:
    """Return what a frame says, with its lines joined."""
    return " ".join(text.replace("│", " ").replace("▌", " ").split())


@pytest.mark.parametrize(
    ("key", "taken"),
    [
        ("1", True),
        ("2", False),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in (("enter", True), ("escape", False))),
    ],
)
async def test_a_copy_beside_the_journal_is_offered(key: str, taken: bool, folder: Path) -> None:
    session = opened(folder)
    async with running(session, size=USUAL) as pilot:
        shown = frame(pilot)
        for line in (
            f"Beside this session lies {COPY}, a copy",
            "with 3 actions by Bob that are not in it. Put",
        ):
            assert line in shown
        assert "[y/n]" not in shown
        await press(pilot, key)
        assert bool(session.state.disputed) == taken
        assert ("/take 2" in frame(pilot)) == taken
        assert ("bsc-coach merge" in flat(frame(pilot))) != taken
        assert "Somebody else added" not in flat(frame(pilot))


@pytest.mark.slow
async def test_nothing_is_offered_where_there_is_nothing_new(folder: Path) -> None:
    (folder / COPY).write_bytes((folder / "journal.jsonl").read_bytes())
    async with running(opened(folder), size=USUAL) as pilot:
        assert "Put them together" not in frame(pilot)


@pytest.mark.slow
async def test_it_is_offered_in_dutch(folder: Path) -> None:
    session = opened(folder)
    session.do(SetLanguage("nl"))
    async with running(session, size=USUAL) as pilot:
        assert "3 handelingen van Bob die er niet in staan." in frame(pilot)
        await press(pilot, "1")
        shown = flat(frame(pilot))
        assert "spreken elkaar hier tegen" in shown
        assert "/take 2" in shown


async def test_all_of_a_contested_answer_fits_in_a_usual_terminal(folder: Path) -> None:
    session = opened(folder)
    async with running(session, size=USUAL) as pilot:
        await press(pilot, "1")
        for answer in ("/take 1", ""):
            shown = flat(frame(pilot))
            assert "Decide together: /take and a number, or say it anew." in shown
            for number in (1, 2):
                assert f"/take {number} " in shown
            if answer:
                assert "Ann's Homes (Ann, " in shown
                assert "Bob's Homes (Bob, " in shown
                await enter(pilot, answer)
            else:
                for who in ("Ann", "Bob"):
                    assert LONG.format(who=who) in shown


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("/take 2", 1),
        ("", 2),
        pytest.param("/take 1", 1, marks=pytest.mark.slow),
        pytest.param("/take 3", 2, marks=pytest.mark.slow),
        pytest.param("Our Homes", 1, marks=pytest.mark.slow),
    ],
)
async def test_it_is_decided_by_keys(typed: str, left: int, folder: Path) -> None:
    session = opened(folder)
    async with running(session, size=USUAL) as pilot:
        await press(pilot, "1")
        sides = [side.value for side in session.state.disputed[NAME][0].sides]
        await enter(pilot, typed)
        assert len(session.state.disputed) == left
        wanted = {"/take 1": sides[0], "/take 2": sides[1], "Our Homes": "Our Homes"}
        assert session.plan.answer(NAME) == wanted.get(typed, sides[0])  # until then the first stands
        shown = flat(frame(pilot))
        if typed == "/take 3":
            assert "Choose a number from 1 to 2." in shown
        elif left == 2:
            assert shown.count("Decide together") == 2  # said again, and it is still the question
        else:
            assert "It is 2030, and it worked" in shown  # the next one comes


@pytest.mark.slow
async def test_it_is_put_off_with_a_key(folder: Path) -> None:
    session = opened(folder)
    async with running(session, size=USUAL) as pilot:
        await press(pilot, "1")
        await press(pilot, "f8")
        for line in ("the board decides", "Ann", "2027-02"):
            await enter(pilot, line)
        assert list(session.state.disputed) == [AMBITION]
        assert session.plan.statuses[NAME].answer_state == "parked"
        await press(pilot, "ctrl+t")
        assert len(session.state.disputed) == 2


@pytest.mark.slow
async def test_what_was_called_the_same_is_told_and_both_stand_on_the_list(folder: Path) -> None:
    session = opened(folder)
    async with running(session) as pilot:
        await press(pilot, "1")
        await settled(pilot)
        shorts = sorted(session.state.shorts.values())
        assert shorts == ["SEG1", "SEG2"]
        assert "A short id was used in two copies of this session" in flat(frame(pilot))


async def test_the_home_screen_tells_of_copies(folder: Path, environment: Environment) -> None:
    app = CoachApp(folder=folder.parent, environment=environment, clock=Watch())
    async with running(app=app, size=USUAL) as pilot:
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        shown = frame(pilot)
        assert "+ 1 copy to put together" in shown
        assert shown.count("to put together") == 1  # the control: Bob's own folder lies beside it
