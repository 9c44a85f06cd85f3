"""Before a round is closed nobody learns more than how many: not from pages, stream, order or time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from bsc_coach.conversation.room_view import ResultLine, RoundResult, WallView
from bsc_coach.interview.live_round import Ballot
from bsc_coach.room.kept import KeptRoom
from bsc_coach.room.seats import new_codes
from bsc_coach.room.stream import FIRST, Hub
from tests.support.room_client import Phone, joined, open_room
from tests.support.room_host import VOTE, FakeHost, fixed_time

Votes = list[tuple[int, str]]
"""Which phone gives what, in this order."""
PUBLIC = ("/", "/part", "/state", "/wall", "/wall/part", "/seat", "/room.js")


async def seen_by_others(votes: Votes, leak: Callable[[FakeHost], WallView] | None = None) -> list[str]:
    """Return all that somebody who has not voted is sent, while and after others vote."""
    host = FakeHost(VOTE)
    if leak is not None:
        host.wall = lambda: leak(host)  # type: ignore[method-assign]
    seen: list[str] = []
    async with open_room(host, KeptRoom(new_codes()), now=fixed_time) as server:
        phones = [await joined(server) for _ in range(3)]
        bob = await joined(server, "Bob")
        for turn, (phone, value) in enumerate(votes, start=1):
            assert (await phones[phone].vote("f1", turn, value, "yes")).status == 303
            for path in PUBLIC:
                answer = await bob.get(path)
                kept = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
                seen.append(f"{path} {answer.status} {kept} {answer.text}")
    return seen


def leaking(host: FakeHost) -> WallView:
    """Show the outcome of a round that is still open: the fault that the tests have to find."""
    now = host.live.now
    given = [] if now is None else [ballot.values["sure[O1]"] for ballot in now.ballots.values()]
    line = ResultLine("O1", "Sure", len(given), " ".join(given), None)
    view = FakeHost.wall(host)
    return replace(view, hint=line.mean, result=RoundResult("f1", "Sure", "nobody", (line,)))


async def test_what_others_see_is_the_same_whatever_was_voted_and_in_whatever_order() -> None:
    one = await seen_by_others([(0, "1"), (1, "2"), (2, "1")])
    other = await seen_by_others([(2, "5"), (0, "4"), (1, "5")])
    assert one == other


async def test_the_control_a_wall_that_leaks_is_noticed() -> None:
    one = await seen_by_others([(0, "1")], leaking)
    other = await seen_by_others([(0, "5")], leaking)
    assert one != other


async def followed(hub: Hub, changes: int, told: list[str]) -> None:
    """Follow a hub as a stream does, and have it changed so often before the stream can send anything."""
    gone: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def send(line: bytes) -> None:
        told.append(line.decode())
        await asyncio.sleep(0)

    following = asyncio.ensure_future(hub.follow("seat", send, gone))
    while len(told) < 2:
        await asyncio.sleep(0)
    for _ in range(changes):
        hub.changed()
    for _ in range(10):
        await asyncio.sleep(0)
    hub.close()
    await following


@pytest.mark.parametrize("changes", [1, 2, 50])
async def test_however_many_hand_in_between_two_looks_one_thing_is_told(changes: int) -> None:
    told: list[str] = []
    await followed(Hub(lambda: "{}"), changes, told)
    assert told == [FIRST.decode(), "data: {}\n\n", "data: {}\n\n", "event: ended\ndata: {}\n\n"]


@pytest.mark.slow
async def test_the_stream_tells_how_many_and_never_who_or_what() -> None:
    """Two rooms with other votes in another order send the same, but for how many they are told at once."""

    async def stream_of(votes: Votes) -> set[str]:
        host = FakeHost(VOTE)
        async with open_room(host, now=fixed_time) as server:
            phones = [await joined(server) for _ in range(3)]
            bob = await joined(server)
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(bob.request("GET", "/events"))
            await reader.readuntil(b"data: ")
            for turn, (phone, value) in enumerate(votes, start=1):
                await phones[phone].vote("f1", turn, value, "no")
            async with asyncio.timeout(20):
                last = b""
                while b"3 of" not in last:
                    last = await reader.readuntil(b"}\n\n")
            writer.close()
        return set(re.findall(r"data: .*", last.decode()))

    assert await stream_of([(0, "1"), (1, "2"), (2, "3")]) == await stream_of([(2, "5"), (1, "5"), (0, "5")])


@pytest.mark.parametrize("count", [0, 1, 9])
async def test_the_state_has_no_room_for_a_ballot(count: int) -> None:
    """What everybody is told is six things, all of them the same for all."""
    host = FakeHost(VOTE)
    for number in range(count):
        host.live.hand_in(str(number), "f1", Ballot({"sure[O1]": "3", "worth": "no"}, turn=1))
    async with open_room(host, now=fixed_time) as server:
        told = (await (await joined(server)).get("/state")).told
    assert set(told) == {"key", "moved", "map", "said", "left", "seats", "own"}
    assert told["own"] == 0
    assert str(told["said"]).startswith(f"{count} of")


async def test_after_closing_a_phone_sees_what_the_driver_shows_and_no_more() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server)
        await phone.vote("f1", 1, "4", "yes")
        host.close()
        text = (await phone.get("/")).text
        assert "What you gave" not in text
        assert "from 1 answer" not in text
        host.change(
            result=RoundResult("f1", "How sure are we?", "nobody", (ResultLine("O1", "Sure", 1, "4", None),))
        )
        text = (await phone.get("/")).text
        assert "from 1 answer" in text
        assert "spread" not in text


async def test_the_own_page_shows_the_own_ballot_and_that_of_nobody_else() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        ann, bob = await joined(server, "Ann"), await joined(server, "Bob")
        await ann.vote("f1", 1, "5", "yes")
        await bob.vote("f1", 1, "2", "no")
        assert "Sure: <b>5</b>" in (await ann.get("/")).text
        assert "Sure: <b>2</b>" in (await bob.get("/")).text
        assert "Sure: <b>5</b>" not in (await bob.get("/")).text
        thief = Phone(server.port, cookie=ann.cookie)  # the control: with Ann's cookie it would be there
        assert "Sure: <b>5</b>" in (await thief.get("/")).text
