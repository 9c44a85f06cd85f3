"""Pastes that a terminal does not mark, and pastes that hold ESC: they are text, and hand in nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.pastes import BEGIN, END, SAME_PASTE, PasteFinder, PasteParser
from tests.support.sessions import played, same_environment
from tests.support.terminal import app_in


def events_of(reads: list[str], parser: XTermParser | None = None) -> list[Message]:
    """Return the events that the parser makes of what was read, piece by piece."""
    parser = parser or PasteParser()
    return [event for read in reads for event in parser.feed(read)]


def keys_of(found: list[Message]) -> list[str]:
    return [event.key for event in found if isinstance(event, events.Key)]


def pasted(found: list[Message]) -> str:
    return "".join(event.text for event in found if isinstance(event, events.Paste))


@pytest.mark.parametrize(
    "typed",
    [
        "Acme\r",
        "\r",
        "a",
        "\x1b[A",
        "\r\x1b[B",
        "two\nlines\r",
        "\x1b[<35;10;10M\r",
        "2\r\r",
        "\x1bk",
        f"{BEGIN}Ann\rBob{END}\r",
    ],
)
def test_what_is_typed_is_read_as_before(typed: str) -> None:
    ours, theirs = events_of([typed]), events_of([typed], XTermParser())
    assert keys_of(ours) == keys_of(theirs)
    assert pasted(ours) == pasted(theirs)


@pytest.mark.parametrize("text", ["Ann\rBob\rCyd", "Ann\rBob\rCyd\r", "\rAnn\rBob", "Ann\r\n\tBob\x1b[2J\r"])
def test_lines_in_one_read_are_a_paste(text: str) -> None:
    assert "enter" not in keys_of(events_of([text]))
    assert "Bob" in pasted(events_of([text]))
    assert "enter" in keys_of(events_of([text], XTermParser())), "the control: Textual reads keys"


def test_a_long_paste_without_marks_goes_on_in_the_next_read() -> None:
    now = [0.0]
    finder = PasteFinder(lambda: now[0])
    assert list(finder.parts("Ann\rBo")) == [("Ann\rBo", True)]
    now[0] += SAME_PASTE / 2
    assert list(finder.parts("b\r")) == [("b\r", True)]
    now[0] += SAME_PASTE * 2
    assert list(finder.parts("c\r")) == [("c\r", False)], "by now somebody has pressed Enter"


@pytest.mark.parametrize(
    "evil", ["\x1b", "\x1b[2J", f"{END}/quit\r", f"{END}\r{BEGIN}", "\x1b\x1b[201", "\x1b[20"]
)
def test_a_paste_that_holds_escape_is_text_to_its_end(evil: str) -> None:
    found = events_of([f"{BEGIN}before{evil}/undo\rafter{END}x"])
    assert keys_of(found) == ["x"]
    assert pasted(found).startswith("before")
    assert pasted(found).endswith("/undo\rafter")


def test_textual_by_itself_reads_keys_behind_an_escape() -> None:
    found = events_of([f"{BEGIN}before\x1b[A\x1b{END}/undo\r{END}"], XTermParser())
    assert "enter" in keys_of(found), "if this fails, our parser is needed no more"


@given(st.text(alphabet="ab \r\n\x1b[~0123;"), st.integers(0, 40), st.integers(0, 40))
def test_however_a_marked_paste_is_cut_into_reads_no_key_comes_of_it(text: str, one: int, two: int) -> None:
    data = f"{BEGIN}{text.replace(END, '')}{END}"
    first, second = sorted((max(one, 3), max(two, 3)))
    found = events_of([*filter(None, (data[:first], data[first:second], data[second:])), "z"])
    assert keys_of(found) == ["z"]


# In a terminal


@pytest.fixture
def folder(tmp_path: Path, environment: Environment) -> Path:
    """A session in which the next question takes a text."""
    played(tmp_path / "s", 5, environment).close()
    return tmp_path / "s"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"Nobody waits.\rNobody pays twice.\r", "Nobody waits.\nNobody pays twice."),
        (b"\x1b[200~Nobody \x1b[31mwaits.\x1b\r/undo\rAll.\x1b[201~", "Nobody [31mwaits.\n/undo\nAll."),
    ],
    ids=["no marks", "escape inside"],
)
def test_a_paste_hands_in_nothing_until_enter(folder: Path, sent: bytes, kept: str) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.seen = b""
        terminal.write(sent)
        terminal.read_until(kept[-4:].encode())
        terminal.read_quiet()
        assert len(open_session(folder, same_environment(), read_only=True).actions) == 5
        terminal.write(b"\r")
        terminal.read_until(b"help you decide")
        terminal.write(b"\x11")
        assert terminal.ended() == 0
    session = open_session(folder, same_environment())
    assert str(session.actions[-1].do[0].value).strip() == kept  # type: ignore[union-attr]
    assert len(session.actions) == 6
    session.close()
