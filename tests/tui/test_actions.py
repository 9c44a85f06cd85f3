"""The one list of actions: keys that do not get in the way, words for all, and keys people choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME, COMMANDS
from bsc_coach.session.environment import Environment
from bsc_coach.tui.actions import ACTIONS, GROUPS, bindings, shown, shown_key
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.screens.help import GLOSSARY
from bsc_coach.tui.session.commands import _HANDLERS
from bsc_coach.tui.words import ui
from tests.support.app import enter, frame, press, running, session_screen
from tests.support.clock import Watch
from tests.support.sessions import new_session, played

NOT_OURS = {
    *("ctrl+a", "ctrl+b", "ctrl+c", "ctrl+d", "ctrl+e", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+k", "ctrl+m"),
    *("ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x", "ctrl+y", "ctrl+z", "f10", "f11", "escape", "tab", "enter"),
}


def keys_of(name: str) -> list[str]:
    return next(action.keys for action in ACTIONS if action.name == name).split(",")


def test_no_key_takes_what_people_or_tmux_need() -> None:
    taken = [key for action in ACTIONS for key in action.keys.split(",")]
    assert len(taken) == len(set(taken))
    assert not NOT_OURS & set(taken)
    assert all(key.startswith(("ctrl+", "alt+", "f")) for key in taken)
    assert keys_of("help") != ["f1"]


def test_every_action_has_words_a_group_and_something_that_does_it() -> None:
    for action in ACTIONS:
        assert action.label("en")
        assert action.meaning("en")
        assert action.group in GROUPS
        assert action.name in _HANDLERS or action.name in COMMAND_BY_NAME
    for term in GLOSSARY:
        assert ui(f"glossary.{term}.name", "en")
        assert ui(f"glossary.{term}.text", "en")


def test_every_command_of_the_screen_is_carried_out() -> None:
    assert {command.name for command in COMMANDS if command.screen} <= set(_HANDLERS)


@pytest.mark.parametrize(
    ("key", "said"), [("ctrl+o", "^O"), ("alt+k", "Alt-K"), ("f2", "F2"), ("escape", "Escape")]
)
def test_keys_are_shown_as_people_know_them(key: str, said: str) -> None:
    assert shown(key) == said


def test_bindings_can_be_mapped_by_name() -> None:
    assert {binding.id for binding in bindings()} == {action.name for action in ACTIONS}
    assert shown_key("back", {"back": "alt+left"}) == "Alt-LEFT"


async def test_a_mapped_key_acts_and_the_old_one_does_not(tmp_path: Path, environment: Environment) -> None:
    app = CoachApp(played(tmp_path / "s", 3, environment), clock=Watch())
    app.set_keymap({"example": "f9"})
    async with running(app=app) as pilot:
        said = len(session_screen(pilot).conversation.turns)
        await press(pilot, "ctrl+f")
        assert len(session_screen(pilot).conversation.turns) == said
        await press(pilot, "f9")
        assert len(session_screen(pilot).conversation.turns) > said


async def test_the_menu_finds_an_action_does_it_and_goes_away(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await press(pilot, "ctrl+p", "escape")
        assert pilot.app.screen is session_screen(pilot)
        said = len(session_screen(pilot).conversation.turns)
        await press(pilot, "escape")
        await enter(pilot, "poor example")
        assert pilot.app.screen is session_screen(pilot)
        assert len(session_screen(pilot).conversation.turns) > said


async def test_a_slash_before_a_name_does_not_hide_it(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await press(pilot, "escape", *"/example")
        assert "Show a good and a poor example" in frame(pilot)
