"""The time of a session on the screen: asked for, told in the heading, planned on a page, and late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.interview.replans import ways_out
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.screens.question import ChoicePage, PausePage
from bsc_coach.tui.screens.schedule import SchedulePage
from bsc_coach.tui.session import controller
from tests.support.app import USUAL, WIDE, enter, frame, press, running, same_frame, session_screen, settled
from tests.support.clock import Clock, Watch
from tests.support.odd_scripts import HEAD, step
from tests.support.sessions import new_session, played, same_environment
from tests.support.waiting import until

SLOT = "/clock 9:00-12:30 7 people, break 10:30 15"
HEADING = 0


@pytest.fixture
def clock() -> Clock:
    """A time of day, nine o'clock, that stands still until it is set."""
    return Clock(seconds=0)


@pytest.fixture
def set_environment(clock: Clock) -> Environment:
    return replace(same_environment(), clock=clock)


def made_anew(session: Session, watch: Watch | None = None) -> CoachApp:
    return CoachApp(session, new=True, clock=watch or Watch())


def shown(pilot: Pilot[int]) -> str:
    """Return the screen as one line of words."""
    return " ".join(frame(pilot).replace("▌", " ").replace("│", " ").split())


def heading_of(pilot: Pilot[int]) -> str:
    return frame(pilot).splitlines()[HEADING]


# Asked for


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_a_new_session_is_asked_first_how_long_there_is(
    tmp_path: Path, environment: Environment, size: tuple[int, int]
) -> None:
    session, watch = new_session(tmp_path / "s", environment), Watch()
    async with running(app=made_anew(session, watch), size=size) as pilot:
        told = shown(pilot)
        assert "How long have we, how many are we, and which breaks?" in told
        for preset in ("1 90 minutes", "2 Half a day", "3 Two sittings", "4 Everything"):
            assert preset in told
        assert "9:00-12:30, 7 people, break 10:30 15" in told
        assert "…" not in told, "everything can be read"
        same_frame(pilot, f"time-{size[0]}x{size[1]}")
        watch.time += 1
        await enter(pilot, "")
        assert session.state.agenda.preset == "half_day"
        assert "Which organisation" in shown(pilot)


async def test_what_is_typed_to_it_is_the_slot(tmp_path: Path, environment: Environment) -> None:
    session = new_session(tmp_path / "s", environment)
    async with running(app=made_anew(session)) as pilot:
        await enter(pilot, "as long as it takes, really")
        assert not session.state.agenda.preset
        assert "How long is that?" in shown(pilot)
        await press(pilot, "ctrl+u")
        await enter(pilot, "10:00-12:30, 7 people, break 11:00 15")
        assert (session.state.agenda.minutes, session.state.agenda.people) == (150, 7)


async def test_undo_asks_it_again(tmp_path: Path, environment: Environment) -> None:
    session = new_session(tmp_path / "s", environment)
    async with running(app=made_anew(session)) as pilot:
        await enter(pilot, "4:00-7:30, 7 people")
        assert "Which organisation" in shown(pilot)
        await enter(pilot, "/undo")
        assert "How long have we, how many are we, and which breaks?" in shown(pilot)
        await enter(pilot, "9:00-12:30, 7 people")
        assert session.state.agenda.minutes == 210
        assert session.strategy().organisation.name is None


async def test_a_session_that_is_opened_again_is_not_asked(tmp_path: Path, environment: Environment) -> None:
    session = new_session(tmp_path / "s", environment)
    async with running(session) as pilot:
        assert "How long have we" not in shown(pilot)
        assert "Which organisation" in shown(pilot)


# In the heading


async def test_the_heading_tells_minutes_and_the_part(tmp_path: Path, set_environment: Environment) -> None:
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session, size=USUAL) as pilot:
        await enter(pilot, SLOT)
        for width in (60, 80, 120):
            await pilot.resize_terminal(width, 24)
            await settled(pilot)
            told = heading_of(pilot)
            assert "minutes left" in told
            assert "part 1 of 17" in told
            assert "saved 09:00" in told
            assert "late" not in told


async def test_it_is_true_while_people_talk(
    tmp_path: Path, clock: Clock, set_environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controller, "CLOCK_SECONDS", 0.01)
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session, size=USUAL) as pilot:
        await enter(pilot, SLOT)
        assert "late" not in heading_of(pilot)
        clock.now += timedelta(minutes=75)
        await until(lambda: "late" in heading_of(pilot))
        now = session_screen(pilot).now
        assert now is not None
        assert now.clock is not None
        assert f"{now.clock.behind} min late: /late" in heading_of(pilot)


@pytest.mark.parametrize("slot", ["", "/clock everything", "/clock 13:00-17:00"])
async def test_nobody_looks_at_the_clock_while_none_runs(
    tmp_path: Path, set_environment: Environment, monkeypatch: pytest.MonkeyPatch, slot: str
) -> None:
    monkeypatch.setattr(controller, "CLOCK_SECONDS", 0.01)
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session) as pilot:
        await enter(pilot, slot or "/where")
        looks: list[object] = []
        monkeypatch.setattr(session_screen(pilot), "clock_read", looks.append)
        await pilot.pause(0.1)
        assert looks == []
        await enter(pilot, SLOT)  # the control
        await until(lambda: looks)


async def test_questions_that_tell_no_minutes_leave_them_out(
    tmp_path: Path, environment: Environment
) -> None:
    session = create_session(
        tmp_path / "s", ScriptSource("script.toml", (HEAD + step("name", "text")).encode()), environment
    )
    async with running(app=made_anew(session)) as pilot:
        assert "How long have we" not in shown(pilot), "whatever the time, the same is asked"
        assert "part 1 of 1" in heading_of(pilot)
        assert "left" not in heading_of(pilot)


# The agenda


async def test_parts_tell_their_minutes_and_what_is_not_asked_now(
    tmp_path: Path, set_environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session) as pilot:
        await enter(pilot, SLOT)
        now = session_screen(pilot).now
        assert now is not None
        lines = {line[3:23].strip(): line[23:25].strip() for line in frame(pilot).splitlines()[1:18]}
        for entry in now.agenda:
            here = (entry.step, entry.item) == now.here
            minutes = round(entry.minutes_left) if here else entry.minutes_planned
            if not entry.left_out:
                assert lines[entry.title] == str(minutes)
        assert any(entry.left_out for entry in now.agenda)
        assert frame(pilot).count("not now") == sum(entry.left_out for entry in now.agenda)
        assert "/17" not in frame(pilot)


async def test_the_schedule_adds_up_to_the_slot(tmp_path: Path, set_environment: Environment) -> None:
    session = played(tmp_path / "s", 57, set_environment)
    async with running(session, size=USUAL) as pilot:
        await enter(pilot, SLOT)
        await press(pilot, "f5", "f5")
        page = pilot.app.screen
        assert isinstance(page, SchedulePage)
        same_frame(pilot, "schedule-80x24")
        [sitting] = page.schedule.sittings
        *rows, whole = sitting.lines
        assert sum(row.minutes for row in rows) == whole.minutes == 210
        assert (rows[0].time, whole.time) == ("09:00", "12:30")
        minutes = [int(row.time[:2]) * 60 + int(row.time[3:]) for row in sitting.lines]
        assert [b - a for a, b in pairwise(minutes)] == [row.minutes for row in rows]
        gone = {block.title: dict(block.told) for block in page.schedule.not_asked}
        assert "Formula" in gone["Goes home with its owner"]["KPIs"]
        assert "Not discussed" in gone


async def test_from_the_schedule_one_goes_to_a_part(tmp_path: Path, set_environment: Environment) -> None:
    session = played(tmp_path / "s", 57, set_environment)
    async with running(session) as pilot:
        await enter(pilot, SLOT)
        await press(pilot, "f5", "f5", "down", "enter")
        now = session_screen(pilot).now
        assert now is not None
        assert now.headline.section == "Customer management"
        await press(pilot, "f5", "f5", "escape")
        assert now.headline.section == "Customer management"


# Late


async def late(pilot: Pilot[int], clock: Clock) -> None:
    await enter(pilot, SLOT)
    clock.now += timedelta(minutes=75)
    await enter(pilot, "/late")


async def test_three_ways_out_on_one_screen(
    tmp_path: Path, clock: Clock, set_environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session, size=USUAL) as pilot:
        await late(pilot, clock)
        assert isinstance(pilot.app.screen, ChoicePage)
        same_frame(pilot, "late-80x24")
        told = shown(pilot)
        now = session_screen(pilot).now
        assert now is not None
        for way in ways_out(session.plan, clock.now, now.slot):
            assert f"Saves {way.saved} minutes, and then it fits" in told
            for lost in way.lost:
                assert lost.part in told
                assert all(name in told for name in lost.questions)


async def test_one_is_chosen_by_its_number_and_undone(
    tmp_path: Path, clock: Clock, set_environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session, size=USUAL) as pilot:
        await late(pilot, clock)
        before = session.state.agenda
        await press(pilot, "2")
        assert "processes" in session.state.agenda.cut
        assert "Replanned: what can wait is left out." in shown(pilot)
        assert "late" not in heading_of(pilot)
        await press(pilot, "ctrl+t")
        assert session.state.agenda == before


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_who_only_looks_changes_nothing(
    tmp_path: Path, clock: Clock, set_environment: Environment, key: str
) -> None:
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session, size=USUAL) as pilot:
        await late(pilot, clock)
        before = len(session.actions)
        await press(pilot, key)
        assert len(session.actions) == before
        now = session_screen(pilot).now
        assert now is not None
        assert now.asking is None
        assert "Left as it was" in shown(pilot)


@pytest.mark.parametrize(("line", "why"), [("/break", "break"), ("/talk the merger", "talk")])
async def test_a_break_is_a_calm_page_until_one_goes_on(
    tmp_path: Path, clock: Clock, set_environment: Environment, line: str, why: str
) -> None:
    session = played(tmp_path / "s", 3, set_environment)
    async with running(session, size=USUAL) as pilot:
        clock.now += timedelta(minutes=31)
        await enter(pilot, line)
        assert isinstance(pilot.app.screen, PausePage)
        assert "since 09:31" in shown(pilot)
        clock.now += timedelta(minutes=12)
        await press(pilot, "x", "2")
        assert isinstance(pilot.app.screen, PausePage), "only Enter goes on"
        await press(pilot, "enter")
        [apart] = session.state.apart
        assert (apart.why, apart.end - apart.begin) == (why, timedelta(minutes=12))
        assert session_screen(pilot).composer.text == ""


# Homework


async def test_on_a_card_with_an_owner_the_homework_key_is_told(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 203, environment)
    async with running(session) as pilot:
        await enter(pilot, "/jump kpis")
        await enter(pilot, "Share of visits that begin on time")
        now = session_screen(pilot).now
        assert now is not None
        assert now.slot is not None
        assert now.slot.step.startswith("kpis.")
        assert "Alt-W homework" in frame(pilot).splitlines()[-1]
        await enter(pilot, "/jump ambition")
        assert "Alt-W" not in frame(pilot)
