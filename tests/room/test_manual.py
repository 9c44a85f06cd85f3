"""docs/the-room.md and docs/room-privacy.md: what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME
from bsc_coach.conversation.proposals import LONGEST_PROPOSAL
from bsc_coach.room.kept import NAME
from bsc_coach.room.seats import CODE_LENGTH
from bsc_coach.tui.session.room_flow import NEW, NOBODY_SECONDS, OFF
from tests.support.room_client import joined, open_room
from tests.support.room_host import VOTE, FakeHost

DOCS = Path(__file__).parents[2] / "docs"
ROOM = (DOCS / "the-room.md").read_text(encoding="utf-8")
PRIVACY = (DOCS / "room-privacy.md").read_text(encoding="utf-8")


def test_every_command_that_is_shown_is_one() -> None:
    shown = re.findall(r"`/([a-z]+)( [a-z]+)?", ROOM + PRIVACY)
    known = {*COMMAND_BY_NAME, "wall"}
    assert {name for name, _ in shown} <= known
    assert {rest.strip() for name, rest in shown if name == "room" and rest} == {OFF, NEW}
    assert COMMAND_BY_NAME["queue"].keys == "alt+q"


def test_the_numbers_are_those_of_the_program() -> None:
    assert CODE_LENGTH == 8
    assert "eight letters and digits" in PRIVACY
    assert f".local/{NAME}" in PRIVACY
    assert f"{LONGEST_PROPOSAL} characters" in ROOM
    assert NOBODY_SECONDS == 20
    assert "After twenty seconds" in " ".join(ROOM.split())


async def test_the_pages_that_are_shown_are_there() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        for theme in re.findall(r"\?theme=(\w+)", ROOM):
            assert f'data-theme="{theme}"' in (await phone.get(f"/wall?theme={theme}")).text


def test_the_script_of_the_pages_is_one_that_old_browsers_read() -> None:
    script = (Path(__file__).parents[2] / "templates" / "room" / "room.js").read_text(encoding="utf-8")
    newer = r"=>|\blet\b|\bconst\b|`|\basync\b|\bclass\s|\.\.\.|\bfetch\(|\?\.|\?\?|\.includes\(|\.closest\("
    assert re.findall(newer, script) == []
    assert re.findall(newer, "const a = (b) => `c`;"), "the control"
