"""The wall on a screen: in place of the console, in a terminal of its own, and what a timer costs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.wall import tell_followers
from bsc_coach.session.environment import Environment
from bsc_coach.session.following import Follower
from bsc_coach.session.opening import open_session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.screens.wall import FollowingWall, WallPage
from bsc_coach.tui.session import wall_flow
from bsc_coach.tui.view_model import timer_of
from bsc_coach.tui.wall_app import WallApp
from tests.support.app import enter, frame, press, running, same_frame, session_screen, settled
from tests.support.canaries import DRAFT, NOTE, PRIVATE, in_an_open_round
from tests.support.clock import SetClock, Watch
from tests.support.following import looked_until
from tests.support.people import begins
from tests.support.rounds import ROUNDS, votes
from tests.support.sessions import new_session, played, same_environment
from tests.support.waiting import until

WALL, CONSOLE = (COMMAND_BY_NAME[name].keys for name in ("wall", "console"))
SIZES = ((80, 24), (120, 40), (200, 60))


@asynccontextmanager
async def wall_of(
    follower: Follower, size: tuple[int, int] = (120, 40), clock: SetClock | None = None
) -> AsyncIterator[Pilot[int]]:
    """Run the app of a wall."""
    app = WallApp(follower)
    app.environment = replace(same_environment(), clock=clock or SetClock())
    async with app.run_test(size=size) as pilot:
        yield pilot


def driven(folder: Path, count: int = 57) -> Talk:
    """Return the talk of a driver who has told where they are."""
    talk = start_talk(played(folder, count, replace(same_environment(), clock=SetClock())))
    talk.resume()
    return talk


def told(talk: Talk) -> Follower:
    """Return a follower who knows where the driver is."""
    follower = Follower(talk.session.folder)
    looked_until(follower, tell_followers(talk).moved)
    return follower


async def shows(pilot: Pilot[int], text: str) -> None:
    """Wait until the wall shows a text: another thread looks for it."""
    try:
        await until(lambda: text in " ".join(frame(pilot).split()))
    except TimeoutError:
        raise AssertionError(frame(pilot)) from None


# In a terminal of its own


async def test_the_wall_in_three_sizes(tmp_path: Path) -> None:
    talk = driven(tmp_path / "s")
    async with wall_of(told(talk)) as pilot:
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            same_frame(pilot, f"wall-{width}x{height}")
    talk.session.close()


async def test_the_wall_follows_the_question_the_list_and_the_end(tmp_path: Path) -> None:
    talk = driven(tmp_path / "s", 3)
    async with wall_of(told(talk)) as pilot:
        submit(talk, "/jump customers")
        submit(talk, "/edit segments")
        submit(talk, "Families in the old town")
        talk.position.jump(next(slot for slot in talk.plan.order if str(slot) == "segments"))
        tell_followers(talk)
        await shows(pilot, "SEG1 Families in the old town")
        talk.session.close()
        await shows(pilot, "The session has been left.")
        away = talk.session.folder.rename(tmp_path / "away")
        await shows(pilot, "is gone. The wall waits for it to come back.")
        assert "Families in the old town" in frame(pilot)
        away.rename(talk.session.folder)
        await shows(pilot, "The session has been left.")
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.return_code == 0


async def test_a_wall_before_its_session(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    async with wall_of(Follower(tmp_path / "s")) as pilot:
        await shows(pilot, "There is no session in")
        talk = start_talk(new_session(tmp_path / "s"))
        talk.prompt()
        tell_followers(talk)
        await shows(pilot, "Which organisation, or which part of it")
        talk.session.close()


async def test_nothing_private_is_on_a_following_wall(tmp_path: Path) -> None:
    talk = in_an_open_round(tmp_path)
    async with wall_of(told(talk), (200, 60)) as pilot:
        await shows(pilot, "1 of 3 is in")
        assert not [secret for secret in PRIVATE if secret in frame(pilot)]
    talk.session.close()


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (72, 20)])
async def test_a_wall_of_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    talk = driven(tmp_path / "s")
    submit(talk, "/timer 5")
    async with wall_of(told(talk), size) as pilot:
        assert len(frame(pilot).splitlines()) <= size[1]
        assert "left" in frame(pilot)
    talk.session.close()


# In place of the console


async def test_one_key_hides_everything_private_until_it_is_pressed_again(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 57, environment)
    session.drafts.put("clusters[operations]/candidates[i00029]/candidates.influence", f"{DRAFT} half")
    async with running(session) as pilot:
        await enter(pilot, f"/note {NOTE}")
        await press(pilot, CONSOLE)
        await enter(pilot, "/notes")
        assert NOTE in frame(pilot), "the control: the console tells it"
        await press(pilot, WALL)
        assert isinstance(pilot.app.screen, WallPage)
        for key in ("escape", "q", "enter", "f4", "x"):
            await press(pilot, key)
            assert isinstance(pilot.app.screen, WallPage)
        assert not [secret for secret in PRIVATE if secret in frame(pilot)]
        await shows(pilot, "Operations")
        await press(pilot, WALL)
        assert pilot.app.screen is session_screen(pilot)
        assert NOTE in frame(pilot)


async def test_it_hides_at_once_also_while_the_disk_is_slow(tmp_path: Path, environment: Environment) -> None:
    app, free = CoachApp(played(tmp_path / "s", 57, environment), clock=Watch()), Event()
    async with running(app=app) as pilot:
        assert app.worker is not None
        app.worker.put(lambda talk: free.wait(30))
        await pilot.press(WALL)
        await pilot.pause()
        assert isinstance(app.screen, WallPage)
        assert "Coach" not in frame(pilot)
        free.set()
        await shows(pilot, "Fund our own renewal")
        await press(pilot, WALL, WALL)
        assert isinstance(app.screen, WallPage)


async def test_it_hides_a_page_that_lies_over_the_session_too(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 57, environment)) as pilot:
        await press(pilot, "f1")
        page = pilot.app.screen
        await press(pilot, WALL)
        assert isinstance(pilot.app.screen, WallPage)
        await press(pilot, WALL)
        assert pilot.app.screen is page


@pytest.mark.parametrize("over", ["f1", WALL])
async def test_leaving_takes_away_what_lies_over_the_session(
    tmp_path: Path, environment: Environment, over: str
) -> None:
    new_session(tmp_path / "s", environment).close()
    app = CoachApp(folder=tmp_path, environment=same_environment(), clock=Watch())
    async with running(app=app) as pilot:
        home = app.screen
        app.open_session(open_session(tmp_path / "s", same_environment()))
        await settled(pilot)
        await press(pilot, over)
        await press(pilot, "ctrl+q")
        assert app.screen is home


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_console_tells_what_comes_next_and_the_notes(tmp_path: Path, size: tuple[int, int]) -> None:
    session = played(tmp_path / "s", 57, replace(same_environment(), clock=SetClock()))
    async with running(session, size=size) as pilot:
        await enter(pilot, "/note the mayor leaves at ten")
        await press(pilot, CONSOLE)
        same_frame(pilot, f"console-{size[0]}x{size[1]}")


async def test_the_count_of_ballots_goes_up_while_the_wall_is_shown(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/jump worth", "/open", "/jump points")
    person.talk.remember()
    folder = person.talk.session.folder
    person.talk.session.close()
    app = CoachApp(open_session(folder, same_environment()), clock=Watch())
    async with running(app=app) as pilot:
        await press(pilot, WALL)
        await shows(pilot, "0 are in")
        before = frame(pilot)
        assert "Yes" in before  # what can be answered, and not what was
        assert app.worker is not None
        await app.worker.do(lambda talk: votes(talk, first="yes"))
        await shows(pilot, "1 is in")
        assert frame(pilot).split() == before.replace("0 are in", "1 is in").split()


# The timer


async def test_a_timer_is_in_the_heading_and_ticks_only_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall_flow, "TICK_SECONDS", 0.01)
    clock = SetClock()
    session = played(tmp_path / "s", 3, replace(same_environment(), clock=clock))
    looks: list[object] = []
    monkeypatch.setattr(wall_flow, "timer_of", lambda talk: looks.append(talk) or timer_of(talk))
    async with running(session) as pilot:
        screen = session_screen(pilot)
        await pilot.pause(0.1)
        assert looks == [], "nobody looks at a timer where there is none"
        actions = len(session.actions)
        await enter(pilot, "/timer 5")
        assert "5:00 left" in frame(pilot)
        clock.on(1)
        await shows(pilot, "4:00 left")
        clock.on(-60 * 24)
        await shows(pilot, "5:00 left")
        clock.on(60 * 24 + 5)
        await shows(pilot, "Time is up")
        await settled(pilot)
        at_the_end = len(looks)
        await pilot.pause(0.1)
        assert len(looks) == at_the_end
        over = [turn for turn in screen.conversation.turns if "The timer is over" in turn.text]
        assert len(over) == 1
        assert len(session.actions) == actions
        await enter(pilot, "/where")
        assert "Time is up" not in frame(pilot)


async def test_a_wall_ticks_only_while_a_timer_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk, clock = driven(tmp_path / "s"), SetClock()
    monkeypatch.setattr("bsc_coach.tui.screens.wall.TICK_SECONDS", 0.01)
    async with wall_of(told(talk), clock=clock) as pilot:
        wall = pilot.app.screen
        assert isinstance(wall, FollowingWall)
        assert wall._tick is None
        submit(talk, "/timer 5")
        tell_followers(talk)
        await shows(pilot, "5:00 left")
        assert wall._tick is not None
        clock.on(1)
        await shows(pilot, "4:00 left")
        clock.on(5)
        await shows(pilot, "Time is up")
        await pilot.pause()
        assert wall._tick is None
    talk.session.close()


# A second one, for reading


async def test_a_session_that_is_open_elsewhere_goes_where_its_driver_goes(tmp_path: Path) -> None:
    talk = driven(tmp_path / "s")
    told(talk)
    reader = open_session(talk.session.folder, same_environment(), read_only=True)
    async with running(reader) as pilot:
        await shows(pilot, "strongly does it decide")
        submit(talk, "4")
        prompt = talk.prompt()
        assert prompt is not None
        tell_followers(talk)
        await shows(pilot, " ".join(prompt.ask.split())[:40])
        assert reader.plan.state.actions == talk.session.plan.state.actions
    talk.session.close()
