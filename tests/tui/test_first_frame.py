"""What a session shows first, what follows a moment later, and that nobody who types has to wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.conversation.transcript import transcript
from bsc_coach.interview.plan import Plan
from bsc_coach.session.environment import Environment
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.session import controller, screen
from bsc_coach.tui.view_model import SidePanels
from bsc_coach.tui.widgets.conversation import TurnView
from tests.support.app import USUAL, frame, running, session_screen, settled
from tests.support.sessions import played

ANSWERS = 12


class Held:
    """A function that a thread calls, and that answers only once it is let go."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.go = threading.Event()
        self.plans: list[Plan] = []
        self._function = function

    def __call__(self, plan: Plan, *arguments: object) -> object:
        self.plans.append(plan)
        assert self.go.wait(30)
        return self._function(plan, *arguments)


async def test_the_question_comes_before_the_conversation_and_the_panels(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(screen.latest_turns)
    monkeypatch.setattr(screen, "latest_turns", held)
    app = CoachApp(played(tmp_path / "s", ANSWERS, environment))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        first = frame(pilot)
        asked = session_screen(pilot).now
        assert asked is not None
        assert asked.prompt is not None
        assert asked.headline.section in first
        assert asked.prompt.ask[:30] in first
        said = next(turn for turn in transcript(asked.plan)[::-1] if turn.speaker == "team")
        assert said.text[:30] not in first
        await pilot.press("W", "e")
        assert "We" in frame(pilot)
        held.go.set()
        await settled(pilot)
        then = frame(pilot)
        assert said.text[:30] in then
        assert "We" in session_screen(pilot).composer.text
        assert session_screen(pilot).conversation.turns == transcript(asked.plan)


async def test_an_answer_before_the_conversation_is_there_comes_last_in_it(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(screen.transcript)
    monkeypatch.setattr(screen, "transcript", held)
    app = CoachApp(played(tmp_path / "s", ANSWERS, environment))
    async with app.run_test(size=USUAL) as pilot:
        await pilot.pause()
        await pilot.press(*"Soon", "enter")
        held.go.set()
        await settled(pilot)
        shown = session_screen(pilot)
        assert shown.now is not None
        assert [turn.text for turn in shown.conversation.turns if turn.speaker != "note"] == [
            turn.text for turn in transcript(shown.now.plan) if turn.speaker != "note"
        ]
        views = list(shown.conversation.query(TurnView))
        assert len(views) > 4
        assert [view.turn for view in views] == shown.conversation.turns[-len(views) :]
        assert [view.turn for view in views] == [shown.conversation.turns[view.number] for view in views]


async def test_no_answer_waits_for_the_coach_and_only_the_last_look_is_shown(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(played(tmp_path / "s", ANSWERS, environment), size=USUAL) as pilot:
        held = Held(controller.side_panels)
        monkeypatch.setattr(controller, "side_panels", held)
        shown: list[SidePanels] = []
        host = session_screen(pilot)
        monkeypatch.setattr(host, "beside", shown.append)
        assert host.now is not None
        begun = host.now.answers
        for number, keys in enumerate((["A", "enter"], ["B", "enter"], ["C", "enter"]), start=1):
            await pilot.press(*keys)
            await host.worker.do(lambda talk: None)
            await pilot.pause()
            assert host.now.answers == begun + number
        assert len(held.plans) == 1
        held.go.set()
        await settled(pilot)
        assert held.plans[-1] is host.now.plan
        assert len(held.plans) == 2
        assert len(shown) == 1
