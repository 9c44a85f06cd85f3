"""What a typed line means."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.commands.handlers import HANDLERS
from bsc_coach.conversation.commands.registry import COMMANDS, read_line


@pytest.mark.parametrize("line", ["Korenaar", " two words ", "", "a /b", "1/2", "\n/next\nline", "–/x"])
def test_a_line_is_an_answer_as_it_was_typed(line: str) -> None:
    typed = read_line(line)
    assert (typed.text, typed.command, typed.unknown) == (line, None, "")


@pytest.mark.parametrize(("line", "text"), [("//", "/"), ("//a", "/a"), ("  //a", "  /a"), ("///a", "//a")])
def test_two_slashes_are_one_of_the_answer(line: str, text: str) -> None:
    typed = read_line(line)
    assert (typed.text, typed.command, typed.unknown) == (text, None, "")


@pytest.mark.parametrize("command", COMMANDS, ids=[command.name for command in COMMANDS])
def test_each_command_is_known_in_any_letters_and_says_what_it_does(command: object) -> None:
    assert command in COMMANDS
    name = getattr(command, "name", "")
    for line in (f"/{name}", f" /{name.upper()} ", f"/{name} with words"):
        typed = read_line(line)
        assert typed.command == command
        assert typed.text == ("with words" if "with" in line else "")
    assert COMMANDS[0].meaning("en") != ""


def test_each_command_is_carried_out_by_somebody() -> None:
    assert {command.name for command in COMMANDS if not command.screen} == set(HANDLERS)
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize(("line", "name"), [("/prak it", "prak"), ("/ x", ""), ("/", "")])
def test_what_is_no_command_is_named(line: str, name: str) -> None:
    typed = read_line(line)
    assert typed.command is None
    assert typed.unknown == name
