"""In a pseudo-terminal: no escape sequence, and what answers hold stays text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import UNPLANNED, Run
from tests.support.cli import bsc_coach, in_terminal

HOSTILE = "Ac\x1b]52;c;aGk=\x07me \x9b2J [@click=app.quit]x[/] \u202egnp.exe"


@pytest.mark.parametrize(
    ("command", "colour"),
    [
        *((command, {"NO_COLOR": "1"}) for command in ("--version", "--help", "status", "render --check")),
        ("status --json", {}),
        ("schema", {}),
    ],
)
def test_plain_commands_write_no_escape_sequence(command: str, colour: dict[str, str], begun: Path) -> None:
    name, *rest = command.split()
    folder = [begun] if name in ("status", "render") else []
    code, heard = in_terminal([name, *folder, *rest], **colour)
    assert code == 0
    assert b"\x1b" not in heard
    assert heard or rest == ["--check"]


def test_line_mode_in_a_terminal(tmp_path: Path) -> None:
    code, heard = in_terminal(["new", tmp_path / "a", "--plain"], typed="/where\rAcme\r/quit\r", NO_COLOR="1")
    assert code == 0
    assert b"\x1b" not in heard
    assert b"> " in heard
    assert b"What is the organisation there for" in heard


def test_what_was_answered_never_acts_on_the_terminal(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    run("new", folder, "--plain", typed=UNPLANNED + HOSTILE + "\n")
    for command in (["status", folder], ["open", folder, "--plain"]):
        _, heard = in_terminal(
            command, typed="/document\r/review\r/history\r/quit\r" if "open" in command else ""
        )
        assert not set(heard) & {0x1B, 0x07, 0x9B}
        assert "\u202e" not in heard.decode("utf-8")
        assert b"[@click=app.quit]x[/]" in heard


@pytest.mark.parametrize("command", [[], ["open", "begun"], ["new", "other"]], ids=" ".join)
def test_without_a_terminal_a_screen_is_refused_in_words(command: list[str], begun: Path) -> None:
    ran = bsc_coach(*command, cwd=begun.parent, typed="Acme\n")
    assert ran.code == 2
    assert "--plain" in ran.err
    assert ran.out == ""
    assert not (begun.parent / "other").exists()
