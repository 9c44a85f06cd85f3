"""The real program in a terminal, with a room: killed in an open round, ended by a signal, hung up."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from bsc_coach.script.source import ScriptSource
from bsc_coach.session.opening import create_session
from tests.support.room_client import HERE, Phone
from tests.support.sessions import same_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
if sys.platform != "win32":
    from tests.support.terminal import Terminal, program_in

PARTY = Path(__file__).parents[1] / "support" / "party.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = ScriptSource("party.toml", PARTY.read_bytes())
    create_session(tmp_path / "s", source, same_environment()).close()
    return tmp_path / "s"


def opened(terminal: Terminal, folder: Path, first: bytes = b"what must go better") -> dict[str, object]:
    """Open the room on loopback once the ``first`` words are there; return what is kept of it."""
    terminal.read_until(first)
    terminal.read_quiet()
    terminal.write(b"/room 127.0.0.1\r")
    terminal.read_until(b"Scan it")
    terminal.read_quiet()
    told: dict[str, object] = json.loads((folder / ".local" / "room.json").read_text())
    return told


def refused(port: int) -> bool:
    """Tell whether nobody listens at a port."""

    async def ask() -> bool:
        try:
            _, writer = await asyncio.open_connection(HERE, port)
        except OSError:
            return True
        writer.close()
        return False

    return asyncio.run(ask())


async def round_of(phone: Phone) -> str:
    """Wait for a round, and return the id of its form."""
    async with asyncio.timeout(20):
        while not (key := str((await phone.part())["key"])).startswith("round-"):
            await asyncio.sleep(0.05)
    return key.removeprefix("round-").partition("~")[0]


def files_with(text: str, folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if text.encode() in path.read_bytes()]


@pytest.mark.slow
def test_a_driver_killed_in_an_open_round_finds_its_phones_and_their_texts_again(folder: Path) -> None:
    program = ("-m", "bsc_coach", "open", str(folder))
    phones: list[Phone] = []
    with program_in(*program) as terminal:
        room = opened(terminal, folder)
        terminal.write(b"\x1b")
        terminal.read_quiet()

        async def join_and_write() -> str:
            for number in range(8):
                phone = Phone(int(str(room["port"])))
                await phone.join(str(room["code"]), f"P{number}")
                phones.append(phone)
            terminal.write(b"\r")
            form = await round_of(phones[0])
            for number, phone in enumerate(phones):
                sent = [("form", form), ("turn", "1"), ("text", f"Zebra thought {number}")]
                assert (await phone.post("/hand-in", sent)).status == 303
            return form

        form = asyncio.run(join_and_write())
        terminal.read_quiet()
        os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
        terminal.pid = 0
    assert files_with("Zebra", folder) == [], "nothing that was handed in lies in the folder"
    with program_in(*program) as terminal:
        again = opened(terminal, folder, b"The room was open")
        assert (again["port"], again["code"]) == (room["port"], room["code"])
        assert b"0 of 8" in terminal.seen

        async def hand_in_again() -> None:
            for number, phone in enumerate(phones[:7]):
                assert await round_of(phone) == form, "the same round is still open"
                sent = [("form", form), ("turn", "1"), ("text", f"Zebra thought {number}")]
                assert (await phone.post("/hand-in", sent)).status == 303

        asyncio.run(hand_in_again())
        terminal.read_until(b"7 of 8 phones are back")
        assert files_with("Zebra", folder) == []
        for keys in (b"\x1b", b"\r"):  # from the page of the room to the round, and Enter closes it
            terminal.write(keys)
            terminal.read_quiet()
        terminal.read_until(b"7 texts were written")
        terminal.read_quiet()
        assert "journal.jsonl" in files_with("Zebra thought 6", folder)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["signal", "hang-up"])
def test_however_it_ends_nobody_listens_any_more(how: str, folder: Path) -> None:
    with program_in("-m", "bsc_coach", "open", str(folder)) as terminal:
        port = int(str(opened(terminal, folder)["port"]))
        assert not refused(port)  # the control
        if how == "signal":
            os.kill(terminal.pid, signal.SIGTERM)
            assert terminal.ended() == 128 + signal.SIGTERM
        else:
            terminal.close()
            assert terminal.ended(reading=False) == 128 + signal.SIGHUP
        assert refused(port)
