"""What a typed line means, and what the registry knows of each command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from bsc_coach.cli.line_mode import run_plain
from bsc_coach.conversation.commands.registry import COMMANDS, SlashCommand
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.submit import read_line, submit
from tests.support.people import begins


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


def test_no_two_commands_have_one_name() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=[command.name for command in COMMANDS])
def test_each_command_has_words_in_both_languages(command: SlashCommand) -> None:
    english, dutch = command.meaning("en"), command.meaning("nl")
    assert english
    assert dutch
    assert english != dutch


def test_help_lists_every_command_with_what_it_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("/help\n/quit\n"))
    run_plain(begins(tmp_path).talk.session)
    lines = [line.strip().partition(" ") for line in capsys.readouterr().out.splitlines()]
    listed = {name: meaning.strip() for name, _, meaning in lines if name.startswith("/")}
    assert listed == {f"/{command.name}": command.meaning("en") for command in COMMANDS}


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if one.needs_it], ids=[one.name for one in COMMANDS if one.needs_it]
)
def test_a_command_that_needs_a_word_changes_nothing_without(command: SlashCommand, tmp_path: Path) -> None:
    person = begins(tmp_path)
    at = person.at
    person.types(f"/{command.name}")
    assert command.takes != "nothing"
    assert person.heard()
    assert (person.at, person.state.actions, person.talk.asking) == (at, (), None)


@pytest.mark.parametrize(
    "command",
    [one for one in COMMANDS if one.run is not None and one.takes == "nothing"],
    ids=lambda command: command.name,
)
def test_a_command_that_takes_nothing_does_not_read_the_rest(command: SlashCommand, tmp_path: Path) -> None:
    replies: list[tuple[Reply, str]] = []
    for rest in ("", " O1", " 2"):
        person = begins(tmp_path / str(len(replies)))
        person.types("Korenaar", "1")
        replies.append((submit(person.talk, f"/{command.name}{rest}"), person.at))
    assert replies[0] == replies[1] == replies[2]


@pytest.mark.parametrize(("line", "name"), [("/prak it", "prak"), ("/ x", ""), ("/", "")])
def test_what_is_no_command_is_named(line: str, name: str) -> None:
    typed = read_line(line)
    assert typed.command is None
    assert typed.unknown == name
