"""Nothing that a person wrote is read as markup, and nothing of it can act on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from bsc_coach.conversation.transcript import Turn
from bsc_coach.session.environment import Environment
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.safe_output import DANGEROUS, SafeLines, harmless
from bsc_coach.tui.screens.dialogs import ChoiceWindow, LineWindow, Way
from bsc_coach.tui.views.text_fit import cut, fitted, plain, wrapped
from bsc_coach.tui.widgets.bars import Banner, HintLine, PinnedLine
from bsc_coach.tui.widgets.composer import Composer
from bsc_coach.tui.widgets.conversation import TurnView
from bsc_coach.tui.widgets.rows import ListEntry, Rows
from bsc_coach.tui.widgets.static_text import Plain
from tests.support.app import enter, frame, press, running, session_screen
from tests.support.sessions import new_session

MARKUP = [
    "[@click=app.quit]here[/]",
    "KPI [target] 5",
    "[/]",
    "[b]bold",
    "\\[b]",
    "[[a]]",
    "100 [EUR]\\",
    "[red",
    "$mark",
]
BYTES = [
    "\x1b[2J",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "\x9d0;t\x9c",
    "\x00",
    "\x7f",
    "\x85",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u200b",
]


class Stage(App[None]):
    """An app that shows some widgets, with our last wall before the terminal or without it."""

    CSS = "Sheet, Composer { height: auto; }"

    def __init__(self, *widgets: Widget, wall: bool = True) -> None:
        super().__init__()
        self.widgets = widgets
        self.wall = SafeLines() if wall else None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return CoachApp().get_theme_variable_defaults()

    def get_line_filters(self) -> Sequence[object]:  # type: ignore[override]
        return [*super().get_line_filters(), *([self.wall] if self.wall else [])]

    def compose(self) -> ComposeResult:
        yield from self.widgets


def shown_by(app: App[None]) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def composer(text: str) -> Widget:
    made = Composer()
    made.load_text(text)
    return made


def hinted(text: str) -> Widget:
    made = Composer()
    made.hint(text)
    return made


def banner(text: str) -> Widget:
    made = Banner()
    made.text = text
    return made


def pinned(text: str) -> Widget:
    made = PinnedLine()
    made.parts = (text,)
    return made


def hints(text: str) -> Widget:
    made = HintLine()
    made.hints = [(text, text)]
    return made


WIDGETS = {
    "plain": Plain,
    "turn": lambda text: TurnView(Turn("team", text), 0, "en"),
    "rows": lambda text: Rows([ListEntry(lambda width: wrapped(text, width), text)]),
    "composer": composer,
    "placeholder": hinted,
    "banner": banner,
    "pinned": pinned,
    "hints": hints,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", WIDGETS)
async def test_brackets_are_shown_as_they_were_written(kind: str) -> None:
    app = Stage(*(WIDGETS[kind](payload) for payload in MARKUP))
    async with app.run_test(size=(60, 40), tooltips=True, notifications=True) as pilot:
        await pilot.pause()
        shown = shown_by(app)
        assert [payload for payload in MARKUP if payload not in shown] == []
        for widget in app.widgets:
            await pilot.click(widget, offset=(3, 0))
        await pilot.pause()
        assert app.is_running


async def test_a_widget_with_markup_does_lose_words() -> None:
    app = Stage(Static("KPI [target] 5"))
    async with app.run_test(size=(60, 8)):
        assert "[target]" not in shown_by(app), "if this holds no more, the tests above prove nothing"


@pytest.mark.parametrize("kind", WIDGETS)
async def test_no_dangerous_character_leaves_a_widget(kind: str) -> None:
    app = Stage(WIDGETS[kind](f"a{''.join(BYTES)}z"))
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.pause()
        assert not DANGEROUS.search(shown_by(app).replace("\n", ""))


async def test_without_the_filter_dangerous_characters_do_get_through() -> None:
    app = Stage(TurnView(Turn("team", "a\x1b[2J\x9b31mz"), 0, "en"), wall=False)
    async with app.run_test(size=(60, 8)):
        assert DANGEROUS.search(shown_by(app).replace("\n", ""))


def test_the_filter_keeps_widths_and_control_segments() -> None:
    lines = [Segment("a\x1bb\x07"), Segment("\x1b[5A", None, [(1, 2)])]  # type: ignore[list-item]
    first, second = SafeLines().apply(lines, Color.parse("black"))
    assert Segment.get_line_length([first]) == Segment.get_line_length([lines[0]])
    assert not DANGEROUS.search(first.text)
    assert second is lines[1]
    assert harmless("می\u200cخواهم 👩\u200d⚕️") == "می\u200cخواهم 👩\u200d⚕️"


async def test_brackets_in_answers_reach_every_screen_unchanged(
    tmp_path: Path, environment: Environment
) -> None:
    name = "Acme [b]Ltd[/b] [@click=app.quit]x[/]"
    async with running(new_session(tmp_path / "s", environment), size=(160, 45)) as pilot:
        await enter(pilot, name)
        await press(pilot, "2")
        await enter(pilot, "guests [of] ours")
        for keys in ((), ("f6",), ("escape", "f3", "f3"), ("escape", "f1"), ("escape", "f2")):
            await press(pilot, *keys) if keys else None
            if keys[-1:] not in (("f1",), ("f2",)):
                assert name in frame(pilot), keys
        assert session_screen(pilot).is_attached


async def test_windows_and_notices_show_brackets(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        pilot.app.push_screen(ChoiceWindow("[q]?", [Way("a", "[way]")], details=["[detail]"]))
        await pilot.pause()
        assert all(text in frame(pilot) for text in ("[q]?", "[way]", "[detail]"))
        pilot.app.push_screen(LineWindow("[line]", text="[text]", explanation="[why]"))
        await pilot.pause()
        assert all(text in frame(pilot) for text in ("[line]", "[text]", "[why]"))


@pytest.mark.parametrize("text", ["漢字かな交じり文", "e\u0301" * 8, "👩\u200d⚕️ visit", "كتاب", "plain"])
def test_widths_are_counted_in_cells(text: str) -> None:
    for width in range(1, 20):
        assert plain(fitted(text, width)).cell_length == width
        assert plain(cut(text, width)).cell_length <= width
    assert all(line.cell_length <= 12 for line in wrapped(text * 4, 12, first=Content("> ")))
