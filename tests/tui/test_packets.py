"""Keys that arrive together act in their order: on a slow line a packet holds several."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import TextArea

from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.pastes import PasteParser
from bsc_coach.tui.screens.dialogs import LineWindow
from bsc_coach.tui.screens.menu import MenuScreen
from bsc_coach.tui.widgets.composer import Composer
from tests.support.app import running, session_screen
from tests.support.sessions import played, same_environment

KEYS = {
    "ctrl+u": "\x15",
    "ctrl+w": "\x17",
    "ctrl+k": "\x0b",
    "ctrl+a": "\x01",
    "ctrl+e": "\x05",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+left": "\x1b[1;5D",
    "ctrl+right": "\x1b[1;5C",
    "shift+home": "\x1b[1;2H",
    "ctrl+j": "\n",
}
"""What terminals send for the keys of editing."""


def arrive(pilot: Pilot[object], data: str) -> None:
    """Let the driver have what one read of the terminal brought."""
    driver = pilot.app._driver
    assert driver is not None
    for event in PasteParser().feed(data):
        driver.process_message(event)


async def typed(
    pilot: Pilot[object], line: TextArea, keys: list[str], *, together: bool
) -> tuple[str, object]:
    """Type into an emptied line, all in one packet or key by key; return text and place of the cursor."""
    line.load_text("")
    await pilot.pause()
    for packet in ["".join(keys)] if together else keys:
        arrive(pilot, packet)
        await pilot.pause()
    return line.text, line.selection


def some_keys(chance: random.Random) -> list[str]:
    """Return keys of editing among letters; the first is a letter, because others choose at an empty line."""
    kinds: list[Callable[[], str]] = [
        lambda: chance.choice("ab cé7"),
        lambda: chance.choice([*KEYS.values()]),
    ]
    return ["a", *(chance.choice(kinds)() for _ in range(chance.randint(2, 12)))]


@pytest.mark.parametrize(
    ("where", "rounds"),
    [
        ("answer", 3),
        *(pytest.param(where, 60, marks=pytest.mark.slow) for where in ("answer", "window", "menu")),
    ],
)
async def test_one_packet_does_what_its_keys_do_one_by_one(
    tmp_path: Path, environment: Environment, where: str, rounds: int
) -> None:
    chance = random.Random(rounds)
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        over: dict[str, Screen[str] | None] = {
            "answer": None,
            "window": LineWindow("?"),
            "menu": MenuScreen("en"),
        }
        if (window := over[where]) is not None:
            await pilot.app.push_screen(window)
        line = pilot.app.screen.query_one(Composer)
        for _ in range(rounds):
            keys = some_keys(chance)
            apart = await typed(pilot, line, keys, together=False)
            assert await typed(pilot, line, keys, together=True) == apart, keys


@pytest.mark.parametrize(
    "key",
    ["ctrl+u", *(pytest.param(key, marks=pytest.mark.slow) for key in ("ctrl+a", "backspace", "ctrl+j"))],
)
async def test_what_is_typed_while_a_panel_has_the_focus(
    tmp_path: Path, environment: Environment, key: str
) -> None:
    expected = {"ctrl+u": "new", "ctrl+a": "newold", "backspace": "olnew", "ctrl+j": "old\nnew"}[key]
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        screen = session_screen(pilot)
        screen.panel.focus()
        await pilot.pause()
        arrive(pilot, f"old{KEYS[key]}new")
        await pilot.pause()
        assert screen.composer.text == expected
        screen.panel.focus()
        await pilot.pause()
        arrive(pilot, KEYS["down"])
        await pilot.pause()
        assert screen.panel.has_focus, "its own keys are its own again"


class Bare(App[None]):
    """The text area of Textual as it is."""

    def compose(self) -> ComposeResult:
        yield TextArea()


async def test_a_text_area_of_textual_does_not() -> None:
    async with Bare().run_test() as pilot:
        line = pilot.app.query_one(TextArea)
        keys = [*"old", KEYS["ctrl+u"], *"new"]
        apart = await typed(pilot, line, keys, together=False)
        assert apart[0] == "new"
        assert await typed(pilot, line, keys, together=True) != apart, "if this fails, ours is needed no more"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    "packet",
    [
        pytest.param("\x15New words typed", marks=pytest.mark.slow),
        pytest.param("\x01\x0bNew words typed", marks=pytest.mark.slow),
        pytest.param("\x17\x17New words typed", marks=pytest.mark.slow),
    ],
)
def test_in_a_terminal(tmp_path: Path, environment: Environment, packet: str) -> None:
    from tests.support.terminal import app_in

    played(tmp_path / "s", 5, environment).close()
    with app_in(tmp_path / "s") as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.write(b"old words")
        terminal.read_until(b"words")
        terminal.write(packet.encode())
        terminal.read_until(b"typed")
        terminal.read_quiet()
        terminal.write(b"\r")
        terminal.read_until(b"help you decide")
        terminal.write(b"\x11")
        assert terminal.ended() == 0
    session = open_session(tmp_path / "s", same_environment())
    assert session.actions[-1].do[0].value == "New words typed"  # type: ignore[union-attr]
    session.close()
