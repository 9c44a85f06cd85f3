"""The stream of a room: what a phone is told that follows, and one that comes while the room closes."""

from __future__ import annotations

import asyncio

from bsc_coach.room.stream import Hub


async def told(hub: Hub) -> list[bytes]:
    """Follow a room until it ends, and for 20 turns of the loop at most; return the lines that came."""
    lines: list[bytes] = []

    async def send(line: bytes) -> None:
        lines.append(line)

    gone: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    following = asyncio.ensure_future(hub.follow("seat", send, gone))
    for _ in range(20):
        await asyncio.sleep(0)
    gone.cancel()
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    return lines


async def test_a_phone_that_comes_while_the_room_closes_is_told_that_it_has_ended() -> None:
    hub = Hub(lambda: "now")
    hub.close()
    assert hub.has_place_for("seat")
    assert (await told(hub))[-1].startswith(b"event: ended")


async def test_an_open_room_tells_what_holds() -> None:
    lines = await told(Hub(lambda: "now"))
    assert lines[-1] == b"data: now\n\n"
    assert not any(line.startswith(b"event: ended") for line in lines)
