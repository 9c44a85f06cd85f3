"""A conversation of any length: the same number of widgets, the latest at the bottom, all of it reachable."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.transcript import Turn
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.environment import Environment
from bsc_coach.tui.widgets.conversation import SHOWN, STEP, TurnView
from tests.support.app import frame, press, running, session_screen, settled
from tests.support.sessions import new_session

SLOT = Slot(StepId("organisation.name"))


def many(count: int) -> list[Turn]:
    return [
        Turn("team" if number % 2 else "coach", f"Contribution {number}", SLOT) for number in range(count)
    ]


async def test_five_thousand_turns_cost_what_fifty_do(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        screen = session_screen(pilot)
        talk = screen.conversation
        talk.add(many(50))
        await settled(pilot)
        few = len(list(screen.walk_children()))
        talk.add(many(5_000))
        await settled(pilot)
        assert len(list(screen.walk_children())) == few
        assert "Contribution 4999" in frame(pilot)
        for number in range(5_000, 5_060, 2):
            talk.add([Turn("coach", f"Question {number}"), Turn("team", f"Answer {number}")])
        await settled(pilot)
        assert len(list(screen.walk_children())) == few
        assert "Answer 5058" in frame(pilot)


async def test_adding_two_turns_mounts_two_widgets(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        talk = session_screen(pilot).conversation
        talk.add(many(500))
        await settled(pilot)
        before = set(talk.query(TurnView))
        talk.add([Turn("coach", "Why?"), Turn("team", "Because.")])
        await settled(pilot)
        after = set(talk.query(TurnView))
        assert len(after - before) == 2
        assert len(after) == SHOWN


async def test_paging_up_reaches_the_beginning_with_a_bounded_window(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        talk = session_screen(pilot).conversation
        talk.add(many(150))
        await settled(pilot)
        for _ in range(25):
            await talk.page(-1)
            await pilot.pause()
            assert len(talk.query(TurnView)) <= 2 * SHOWN + STEP
        assert "Contribution 0" in frame(pilot)
        for _ in range(25):
            await talk.page(1)
            await pilot.pause()
        assert "Contribution 149" in frame(pilot)


async def test_the_keys_for_pages_work_while_the_composer_has_the_focus(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        talk = session_screen(pilot).conversation
        talk.add(many(150))
        await settled(pilot)
        await press(pilot, "pageup")
        assert "Contribution 149" not in frame(pilot)
        assert session_screen(pilot).composer.has_focus
        talk.add([Turn("team", "And one more.")])
        await settled(pilot)
        assert "And one more." in frame(pilot)


async def test_selecting_goes_back_through_all_answers(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        screen = session_screen(pilot)
        before = len(screen.conversation.turns)
        screen.conversation.add(many(200))
        await settled(pilot)
        for _ in range(60):
            at = screen.conversation.beside(screen.conversation.selected, -1)
            screen.keys.select(at)
        await settled(pilot)
        assert screen.conversation.selected == before + 81
        assert "▸Team  Contribution 81" in frame(pilot)
        await press(pilot, "escape")
        assert "Contribution 199" in frame(pilot)


@pytest.mark.parametrize("key", ["escape", "enter", "H"])
async def test_from_a_panel_one_goes_on_with_the_conversation(
    key: str, tmp_path: Path, environment: Environment
) -> None:
    async with running(new_session(tmp_path / "s", environment), size=(80, 24)) as pilot:
        screen = session_screen(pilot)
        await press(pilot, "f2")
        assert screen.panel.has_focus
        await press(pilot, key)
        assert screen.composer.has_focus
        assert not screen.panel.has_class("open")
        assert screen.composer.text == ("H" if key == "H" else "")
