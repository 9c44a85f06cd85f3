"""/room in the app: opens nothing before it is asked for, shows how to join, and is gone with the session."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.interview.live_round import RoundForm
from bsc_coach.room.address import NetworkAddress
from bsc_coach.room.server import RoomServer
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.tui.session.room_flow import OpenRoom
from bsc_coach.tui.session.talk_room import TalkRoom
from bsc_coach.words import say
from tests.support.app import box, enter, frame, paste, press, running, session_screen, settled
from tests.support.room_client import HERE, Phone, exchange
from tests.support.sessions import played
from tests.support.waiting import until

WRITING = RoundForm("a-round-of-its-own", "round", "What must go better?")
PARTY = Path(__file__).parents[1] / "support" / "party.toml"
WRITTEN = "Zebra crossings 4711"


def opened(pilot) -> OpenRoom:  # type: ignore[no-untyped-def]
    found = session_screen(pilot).controller.room
    assert isinstance(found, OpenRoom)
    return found


async def room_behind(pilot: Pilot[int]) -> RoomServer:
    """Open the room on this machine alone, and go back from its page to the question."""
    await enter(pilot, "/room 127.0.0.1")
    await press(pilot, "escape")
    return opened(pilot).server


def files_with(text: str, folder: Path) -> list[Path]:
    """Return the files of a folder in which a text can be read."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if text.encode() in path.read_bytes()]


@pytest.fixture
def no_socket(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each socket of the network that is made."""
    made: list[str] = []
    original = socket.socket.__init__

    def noting(self, family=-1, *more, **named) -> None:  # type: ignore[no-untyped-def]
        if family in (socket.AF_INET, socket.AF_INET6):
            made.append("made")
        original(self, family, *more, **named)

    monkeypatch.setattr(socket.socket, "__init__", noting)
    return made


async def test_no_socket_is_opened_without_the_command(
    tmp_path: Path, environment: Environment, no_socket: list[str]
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await press(pilot, "f2", "f6", "escape")
        await enter(pilot, "/why")
        assert session_screen(pilot).controller.room is None
    assert no_socket == []


@pytest.mark.slow
async def test_the_control_with_the_command_there_is_one(
    tmp_path: Path, environment: Environment, no_socket: list[str]
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        assert no_socket != []


async def test_the_room_shows_how_to_join_and_phones_see_the_question(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(session) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        server = opened(pilot).server
        shown = frame(pilot)
        assert server.seats.codes.room in shown
        assert f"http://127.0.0.1:{server.port}" in shown
        assert server.seats.codes.scribe not in shown, "everybody may be looking"
        await press(pilot, "s")
        assert server.seats.codes.scribe in frame(pilot)
        await press(pilot, "s")
        assert server.seats.codes.scribe not in frame(pilot)
        assert "█▀▀▀▀▀█" in shown
        phone = Phone(server.port)
        await phone.join(server.seats.codes.room, "Ann")
        await until(lambda: "1 phone is here" in frame(pilot))
        now = session_screen(pilot).now
        assert now is not None
        assert now.prompt is not None
        from html import escape

        assert escape(now.prompt.ask).replace("&#x27;", "&#39;") in (await phone.get("/")).text
        await press(pilot, "escape")
        await enter(pilot, "/room off")
        assert session_screen(pilot).controller.room is None
        with pytest.raises(OSError):  # noqa: PT011  refused, or reset: nobody listens
            await asyncio.open_connection(HERE, server.port)
        assert say("room.console.closed", "en") in frame(pilot)


async def test_what_a_phone_hands_in_is_counted_shown_nowhere_and_in_no_file(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        server = await room_behind(pilot)
        talk = await session_screen(pilot).worker.do(lambda talk: talk)
        talk.live.open(WRITING)
        phone = Phone(server.port)
        await phone.join(server.seats.codes.room)
        sent = [("form", WRITING.id), ("turn", "1"), ("text", WRITTEN)]
        assert (await phone.post("/hand-in", sent)).status == 303
        assert talk.live.count == 1
        await until(lambda: opened(pilot).room.wall().handed_in == 1)
        await settled(pilot)
        assert WRITTEN not in frame(pilot)
        written = files_with(WRITTEN, tmp_path / "s")
        # The control: what is typed to a question, and not handed in, is in a file within a second.
        await paste(pilot, WRITTEN)
        await enter(pilot, "")
        found = files_with(WRITTEN, tmp_path / "s")
    assert written == []
    assert found != []


async def test_leaving_closes_the_room_and_tells_phones(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        server = await room_behind(pilot)
        phone = Phone(server.port)
        await phone.join(server.seats.codes.room)
        stream = asyncio.ensure_future(exchange(server.port, phone.request("GET", "/events")))
        assert server.hub is not None
        await until(lambda: bool(server.hub and server.hub.seats))
        await pilot.press("ctrl+q")
        told = (await stream).text
        assert "event: ended" in told
    assert server.connections == 0


@pytest.mark.slow
async def test_the_app_that_ends_by_itself_takes_the_room_with_it(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        server = opened(pilot).server
        pilot.app.exit(3)
    with pytest.raises(OSError):  # noqa: PT011
        await asyncio.open_connection(HERE, server.port)


@pytest.mark.slow
async def test_another_code_sends_everybody_back_to_join(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        await press(pilot, "escape")
        before = opened(pilot).server
        phone = Phone(before.port)
        await phone.join(before.seats.codes.room)
        await enter(pilot, "/room new")
        await press(pilot, "escape")
        after = opened(pilot).server
        assert after.port == before.port
        assert after.seats.codes.room != before.seats.codes.room
        assert "Join the session" in (await phone.get("/")).text
        assert (await phone.join(before.seats.codes.room)).status == 403


async def test_seats_and_code_are_those_of_before_after_the_program_was_started_again(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        before = opened(pilot).server
        phone = Phone(before.port)
        await phone.join(before.seats.codes.room, "Ann")
        await Phone(before.port).join(before.seats.codes.room, "", ("to", "wall"))
        room = opened(pilot)
        room.abort()
        from bsc_coach.tui.session.room_flow import close_room

        await close_room(session_screen(pilot))
        await press(pilot, "escape")
        await enter(pilot, "/room 127.0.0.1")
        assert opened(pilot).server.port == before.port
        assert "0 of 1 phone is back" in frame(pilot)  # a wall or an observer is nobody to wait for
        assert "Join the session" not in (await phone.get("/")).text
        await until(lambda: "1 of 1 phone is back" in frame(pilot))


async def test_a_room_that_was_open_when_the_program_ended_is_told_of_and_not_opened_by_itself(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(session) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        kept = (tmp_path / "s" / ".local" / "room.json").read_bytes()
        await press(pilot, "escape")
        await enter(pilot, "/room off")
    # As a kill would have left it.
    (tmp_path / "s" / ".local" / "room.json").write_bytes(kept)
    async with running(open_session(tmp_path / "s", environment)) as pilot:
        assert "The room was open when the program ended" in flowing(frame(pilot))
        assert session_screen(pilot).controller.room is None
        await enter(pilot, "/room")  # at the same address, though it would not be offered
        await until(lambda: session_screen(pilot).controller.room is not None)
        assert opened(pilot).server.place.startswith(f"http://{HERE}:")


@pytest.mark.slow
async def test_the_control_one_that_was_closed_is_not_told_of(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        await press(pilot, "escape")
        await enter(pilot, "/room off")
    async with running(open_session(tmp_path / "s", environment)) as pilot:
        assert "The room was open" not in flowing(frame(pilot))


def flowing(shown: str) -> str:
    """Return a screen as running text."""
    return " ".join(shown.split())


@pytest.mark.slow
async def test_after_twenty_seconds_without_a_phone_the_way_out_is_told(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room 127.0.0.1")
        await press(pilot, "escape")
        opened(pilot).look_for_phones()
        await pilot.pause()
        assert "hotspot" in frame(pilot)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.slow
async def test_with_several_networks_one_is_chosen_and_with_none_the_way_out_is_told(
    language: str, tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback, docker = NetworkAddress("lo", HERE), NetworkAddress("docker0", "172.17.0.1")
    several = (NetworkAddress("en0", "127.0.0.2"), NetworkAddress("en1", "127.0.0.3"), docker, loopback)
    monkeypatch.setattr(NetworkAddress, "is_loopback", property(lambda one: one.interface == "lo"))
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, f"/language {language}")
        monkeypatch.setattr("bsc_coach.room.address.addresses", lambda: (loopback,))
        await enter(pilot, "/room")
        assert "hotspot" in frame(pilot)
        monkeypatch.setattr("bsc_coach.room.address.addresses", lambda: several)
        await enter(pilot, "/room")
        assert "127.0.0.3" in frame(pilot)
        assert "172.17.0.1" not in frame(pilot), "containers are no room"
        await press(pilot, "2")
        await until(lambda: session_screen(pilot).controller.room is not None)
        assert opened(pilot).server.place.startswith("http://127.0.0.3:")


async def test_a_fault_of_the_server_is_told_once_and_the_session_goes_on(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        server = await room_behind(pilot)
        phone = Phone(server.port)
        await phone.join(server.seats.codes.room)

        def broken(self: TalkRoom, seat: str) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(TalkRoom, "own", broken)
        for _ in range(3):
            assert (await phone.get("/")).status == 500
        monkeypatch.undo()
        await settled(pilot)
        assert frame(pilot).count("ZeroDivisionError") == 1
        assert (await phone.get("/")).status == 200
        before = len(session_screen(pilot).conversation.turns)
        await enter(pilot, "/why")
        assert len(session_screen(pilot).conversation.turns) > before


async def test_without_the_libraries_one_sentence_tells_how_to_get_them(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bsc_coach.room.address.find_spec", lambda name: None)
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "/room")
        assert "bsc-coach[room]" in frame(pilot)
        assert session_screen(pilot).controller.room is None


@pytest.mark.parametrize(
    ("line", "said"), [("/room 10.255.0.77", "is not an address"), ("/room off", "not open")]
)
@pytest.mark.slow
async def test_what_cannot_be_is_told(line: str, said: str, tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, line)
        assert said in frame(pilot)


async def test_a_wording_of_the_scribe_comes_into_the_line_with_one_key(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        server = await room_behind(pilot)
        scribe = Phone(server.port)
        await scribe.join(server.seats.codes.scribe, "Sam")
        await scribe.post("/propose", [("kind", "wording"), ("proposal", "Bread at every door")])
        await until(lambda: "1 proposal waits: /queue" in frame(pilot))
        await press(pilot, "alt+q")
        assert "from Sam" in frame(pilot)
        await press(pilot, "1")
        assert box(pilot) == "Bread at every door"


async def test_a_key_for_the_queue_is_no_answer_to_the_question_behind_it(
    tmp_path: Path, environment: Environment
) -> None:
    source = ScriptSource("party.toml", PARTY.read_bytes())
    async with running(create_session(tmp_path / "s", source, environment)) as pilot:
        server = await room_behind(pilot)
        scribe = Phone(server.port)
        await scribe.join(server.seats.codes.scribe, "Sam")
        await scribe.post("/propose", [("kind", "wording"), ("proposal", "Bread at every door")])
        await until(lambda: "1 proposal waits: /queue" in frame(pilot))
        await press(pilot, "alt+q", "1")  # a round takes no wording: refused, and asked again
        assert box(pilot) == "1"
        await press(pilot, "delete", "l")
        assert box(pilot) == ""


def test_the_app_does_without_the_libraries_of_the_room_until_it_is_opened() -> None:
    import subprocess

    code = "import sys; import bsc_coach.tui.app; print([m for m in ('h11', 'segno') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_whole_silent_round_and_a_vote_by_phones_in_the_app(
    tmp_path: Path, environment: Environment
) -> None:
    source = ScriptSource("party.toml", PARTY.read_bytes())
    async with running(create_session(tmp_path / "s", source, environment)) as pilot:
        server = await room_behind(pilot)
        phones = [Phone(server.port) for _ in range(4)]
        for number, phone in enumerate(phones):
            await phone.join(server.seats.codes.room, f"P{number}")
        assert "Nothing is asked of this phone now" in (await phones[0].get("/")).text
        # A silent round: opened by Enter, written on the phones, closed by Enter.
        await enter(pilot, "")
        await page_has(phones[0], "Each for yourself: what must go better?")
        for number, phone in enumerate(phones):
            form = (await phone.part())["key"].removeprefix("round-").partition("~")[0]
            sent = [("form", form), ("turn", "1"), ("text", f"Thought {number}")]
            assert (await phone.post("/hand-in", sent)).status == 303
        await until(lambda: server.answers is not None and "4 of 4" in str(server.answers.state()["said"]))
        assert files_with("Thought", tmp_path / "s") == []
        # What the facilitator types meanwhile stays as it is while the count goes up.
        await paste(pilot, "A slip of paper")
        form = (await phones[0].part())["key"].removeprefix("round-").partition("~")[0]
        await phones[0].post("/hand-in", [("form", form), ("turn", "2"), ("text", "Thought 0, again")])
        await until(lambda: not opened(pilot)._counting)
        await settled(pilot)
        assert box(pilot) == "A slip of paper"
        session_screen(pilot).composer.clear()
        await enter(pilot, "")
        await page_has(phones[1], "Thought 2")
        assert files_with("Thought 2", tmp_path / "s") != []


async def test_the_wall_tells_where_to_join_and_phones_see_the_timer(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        server = await room_behind(pilot)
        phone = Phone(server.port)
        await phone.join(server.seats.codes.room, "Ann")
        now_file = tmp_path / "s" / ".local" / "now.json"
        await until(lambda: server.url in now_file.read_text())
        await press(pilot, "alt+p")
        await until(lambda: "█▀▀▀▀▀█" in frame(pilot))
        assert server.seats.codes.room in frame(pilot)
        await press(pilot, "alt+p")
        await enter(pilot, "/timer 5")
        async with asyncio.timeout(20):
            while (await phone.get("/state")).told["left"] is None:
                await asyncio.sleep(0.02)
        seats = await session_screen(pilot).worker.do(lambda talk: talk.seats)
        assert [seat.name for seat in seats] == ["Ann"]
        await enter(pilot, "/room off")
        await until(lambda: server.url not in now_file.read_text())


async def page_has(phone: Phone, text: str) -> None:
    """Wait until a phone shows something."""
    async with asyncio.timeout(20):
        while text not in (await phone.get("/")).text:
            await asyncio.sleep(0.02)
