"""docs/the-room.md as a reader follows it: what is typed there is taken, and the wall looks like that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bsc_coach.cli.main import build_parser
from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.session.notes_file import read_notes
from bsc_coach.tui.actions import shown
from tests.support.app import FRAMES
from tests.support.sessions import played, same_environment

MANUAL = (Path(__file__).parents[2] / "docs" / "the-room.md").read_text(encoding="utf-8")
TYPED = list(dict.fromkeys(re.findall(r"`(/(?:timer|note|notes|where)\b[^`]*)`", MANUAL)))


def test_what_is_typed_is_taken(tmp_path: Path) -> None:
    talk = start_talk(played(tmp_path / "s", 10, same_environment()))
    talk.resume()
    assert {"/timer 5", "/timer 2.5", "/timer +2", "/timer off", "/timer"} <= set(TYPED)
    for line in TYPED:
        assert not submit(talk, line).keep_text, line
    assert read_notes(talk.session.folder, talk.session.disk)[0].text == "the mayor has to leave at ten"
    assert submit(talk, "/timer a while").keep_text, "the control"
    talk.session.close()


def test_every_command_and_key_there_is_one() -> None:
    for name in re.findall(r"`/([a-z]+)", MANUAL):
        assert name in COMMAND_BY_NAME
    for key, name in re.findall(r"(Alt-[A-Z]) \(or `/([a-z]+)`\)", MANUAL):
        assert shown(COMMAND_BY_NAME[name].keys.split(",")[0]) == key


@pytest.mark.parametrize("line", re.findall(r"bsc-coach ((?:show|open)[^\n`]*)", MANUAL))
def test_every_command_line_there_can_be_read(line: str) -> None:
    words = line.split()
    options = build_parser().parse_args(words if len(words) > 1 else [*words, "our-strategy"])
    assert options.command == words[0]


def test_the_wall_looks_like_that() -> None:
    wall = MANUAL[MANUAL.index("\n## The wall\n") :]
    picture = re.findall(r"```text\n(.*?)```", wall, re.DOTALL)[0]
    assert picture.strip("\n") in (FRAMES / "wall-80x24.txt").read_text(encoding="utf-8")
