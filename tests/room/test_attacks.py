"""Attacks on the room over real sockets; each kind has a control that shows that the test would notice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bsc_coach.room import limits
from bsc_coach.room.address import addresses
from bsc_coach.room.answers import RoomAnswers
from bsc_coach.room.messages import HEADERS
from bsc_coach.room.server import RoomServer
from tests.support.room_client import HERE, Answered, Phone, exchange, joined, open_room
from tests.support.room_host import VOTE, WRITING, FakeHost
from tests.support.waiting import until

SECRET = "Close the north site"


async def gone(server: RoomServer, *, most: int = 0) -> None:
    """Wait until no more than ``most`` connections are left."""
    await until(lambda: server.connections <= most)


async def there(server: RoomServer, number: int) -> None:
    """Wait until there are so many connections."""
    await until(lambda: server.connections >= number)


@asynccontextmanager
async def half_open(port: int, number: int, begun: bytes) -> AsyncIterator[list[asyncio.StreamReader]]:
    """Open connections that begin a request and never end it."""
    pairs = [await asyncio.open_connection(HERE, port) for _ in range(number)]
    for _, writer in pairs:
        writer.write(begun)
    try:
        yield [reader for reader, _ in pairs]
    finally:
        for _, writer in pairs:
            writer.close()


@pytest.mark.parametrize(
    "begun", [b"", b"GET / HT", b"POST /hand-in HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nform="]
)
async def test_half_open_and_slow_requests_are_ended_and_hold_nobody_up(
    begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bsc_coach.room.connection.READ_SECONDS", 0.5)
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server)
        async with half_open(server.port, 60, begun):
            assert (await phone.vote("f1", 1, "3", "yes")).status == 303
            await gone(server)


@pytest.mark.slow
async def test_the_control_without_a_deadline_they_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_room(FakeHost(VOTE)) as server:
        monkeypatch.setattr("bsc_coach.room.connection.READ_SECONDS", 600)
        async with half_open(server.port, 20, b"GET / HT"):
            await there(server, 20)
            assert (await Phone(server.port).get("/")).status == 200  # so all of them are being read
            monkeypatch.setattr("bsc_coach.room.connection.READ_SECONDS", 0.3)
            async with half_open(server.port, 1, b"GET / HT"):
                await there(server, 21)
                await gone(server, most=20)
            assert server.connections == 20


@pytest.mark.slow
async def test_one_byte_at_a_time_is_too_slow_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.room.connection.READ_SECONDS", 0.5)
    async with open_room(FakeHost(VOTE)) as server:
        reader, writer = await asyncio.open_connection(HERE, server.port)
        ended = asyncio.ensure_future(reader.read())
        for letter in b"GET / HTTP/1.1\r\nHost: " + b"x" * 5000:
            if ended.done():
                break
            writer.write(bytes([letter]))
            await asyncio.sleep(0.02)
        assert ended.done(), "ended long before the last letter"
        # Letters that came behind the end are answered by a reset, which says the same.
        assert isinstance(ended.exception(), ConnectionError) or ended.result() == b""
        writer.close()


async def test_more_connections_than_there_may_be_cost_the_slowest_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bsc_coach.room.server.most_connections", lambda: 30)
    async with open_room(FakeHost(VOTE)) as server, half_open(server.port, 100, b"GET"):
        assert (await (await joined(server)).get("/")).status == 200
        assert server.connections <= 30


@pytest.mark.slow
async def test_a_reader_that_reads_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.room.connection.WRITE_SECONDS", 0.3)
    host = FakeHost(VOTE)
    host.change(items=tuple((f"C{n}", "x" * 2000) for n in range(2000)))
    host.close()
    async with open_room(host) as server:
        phone = await joined(server)
        _, writer = await asyncio.open_connection(HERE, server.port)
        writer.write(phone.request("GET", "/"))
        await writer.drain()
        await gone(server)
        writer.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "localhost:1"}, 421),
        ({"Host": ""}, 400),  # HTTP wants one
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "", "Referer": "http://evil.example/"}, 403),
        ({"Origin": ""}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": ""}, 415),
    ],
)
async def test_what_was_sent_to_another_name_from_elsewhere_or_otherwise_is_refused(
    headers: dict[str, str], status: int
) -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server)
        told = await phone.vote("f1", 1, "3", "yes", **headers)
        assert told.status == status
        assert host.live.count == 0
        # The control: the same without these headers is taken.
        assert (await phone.vote("f1", 1, "3", "yes")).status == 303


async def test_an_old_browser_that_sends_no_origin_is_known_by_the_page_it_came_from() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        page = f"http://{HERE}:{server.port}/"
        assert (await phone.vote("f1", 1, "3", "yes", Origin="", Referer=page)).status == 303


@pytest.mark.parametrize(
    ("path", "size"),
    [("/join", 1_000_000), ("/hand-in", 1_000_000), ("/propose", 100_000), ("/take-back", 5_000)],
)
async def test_a_body_that_is_too_large_is_refused_before_it_is_read(path: str, size: int) -> None:
    host = FakeHost(WRITING)
    async with open_room(host) as server:
        phone = await joined(server)
        assert (await phone.post(path, [("text", "x" * size)])).status == 413
        chunked = phone.request("POST", path, b"", {"Content-Length": "", "Transfer-Encoding": "chunked"})
        body = b"%x\r\n" % size + b"x" * size + b"\r\n0\r\n\r\n"
        assert (await exchange(server.port, chunked + body)).status in (413, 0)
        assert host.live.count == 0


async def test_a_header_that_is_too_large_is_refused() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        assert (await phone.get("/", **{"X-Much": "x" * 9_000})).status == 431
        assert (await phone.get("/", **{"X-Much": "x" * 200_000})).status == 431
        assert (await phone.get("/", **{"X-Much": "x" * 4_000})).status == 200  # the control


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 300,  # somebody tries https
        b"hello\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 400 + b"\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\r\n" * 3000,
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 3000 + b"\r\n",
    ],
)
@pytest.mark.slow
async def test_what_is_no_request_of_ours_is_refused_and_breaks_nothing(data: bytes) -> None:
    async with open_room(FakeHost(VOTE)) as server:
        told = await exchange(server.port, data)
        assert told.status in (0, 400, 413, 421, 431)
        assert (await (await joined(server)).get("/")).status == 200


async def test_too_many_fields_are_refused() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        assert (await phone.post("/hand-in", [("a", "")] * 5000)).status == 400


async def test_one_seat_cannot_send_without_end_and_others_go_on() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        loud, calm = await joined(server), await joined(server)
        told = [(await loud.vote("f1", turn, "3", "yes")).status for turn in range(1, 40)]
        assert told.count(429) >= 10
        assert told[:10] == [303] * 10
        assert (await calm.vote("f1", 1, "3", "yes")).status == 303


async def test_wrong_codes_close_the_door_for_a_while_also_to_a_lucky_guess() -> None:
    clock = [0.0]
    async with open_room(FakeHost(VOTE), clock=lambda: clock[0]) as server:
        stranger = Phone(server.port)
        told = [(await stranger.join(f"AAAA-{n:04}")).status for n in range(80)]
        assert told.count(403) == 60
        assert (await stranger.join(server.seats.codes.room)).status == 429
        clock[0] += 60
        assert (await stranger.join(server.seats.codes.room)).status == 303


async def test_five_hundred_joins_in_a_minute_fill_the_seats_and_no_more() -> None:
    clock = [0.0]
    host = FakeHost(VOTE)
    async with open_room(host, clock=lambda: clock[0]) as server:
        code = server.seats.codes.room

        async def one() -> int:
            clock[0] += 0.12
            return (await Phone(server.port).join(code)).status

        told = [status for _ in range(50) for status in await asyncio.gather(*(one() for _ in range(10)))]
        assert told.count(303) == limits.MOST_SEATS
        assert told.count(503) == 500 - limits.MOST_SEATS
        assert len({seat.id for seat in server.seats.records}) == limits.MOST_SEATS


async def test_another_seats_id_lets_nobody_in() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        ann = await joined(server, "Ann")
        await ann.vote("f1", 1, "5", "yes")
        (seat,) = server.seats.records
        name = ann.cookie.partition("=")[0]
        for forged in (seat.id, "", "x" * 5000, str(seat.number), ann.cookie.partition("=")[2][:-1]):
            thief = Phone(server.port, cookie=f"{name}={forged}")
            assert "Join the session" in (await thief.get("/")).text
            assert (await thief.vote("f1", 2, "1", "no")).status in (401, 431)
        own = host.own(seat.id)
        assert own is not None
        assert own.values["sure[O1]"] == "5"
        # The control: with the cookie itself it is Ann.
        assert (await Phone(server.port, cookie=ann.cookie).vote("f1", 2, "1", "no")).status == 303


async def test_a_vote_that_is_replayed_counts_once_and_an_older_one_never_wins() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server)
        for _ in range(3):
            assert (await phone.vote("f1", 1, "3", "yes")).status == 303
        assert host.live.count == 1
        assert (await phone.vote("f1", 2, "5", "no")).status == 303
        assert (await phone.vote("f1", 1, "3", "yes")).status == 409
        await phone.post("/take-back", [("form", "f1"), ("turn", "1")])
        (seat,) = server.seats.records
        own = host.own(seat.id)
        assert own is not None
        assert own.values["sure[O1]"] == "5"
        assert (await phone.vote("f0", 9, "1", "no")).status == 409, "an earlier round"
        host.close()
        assert (await phone.vote("f1", 9, "1", "no")).status == 409, "closed"
        assert host.live.count == 0


@pytest.mark.parametrize("turn", ["0", "-1", "x", "", "9" * 50, "٣", "1e3"])
async def test_a_turn_that_is_no_number_is_refused(turn: str) -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server)
        sent = [("form", "f1"), ("turn", turn), ("v0", "3"), ("v1", "yes")]
        assert (await phone.post("/hand-in", sent)).status == 400
        assert host.live.count == 0


HOSTILE = "<script>alert(1)</script>\x1b]0;x\x07\u202e\x00\ud83d"


async def test_no_response_holds_markup_control_bytes_tokens_or_what_others_gave() -> None:
    host = FakeHost(WRITING)
    told: list[tuple[str, Answered]] = []
    async with open_room(host) as server:
        phones = {}
        for name in ("Ann", "Bob"):
            phones[name] = Phone(server.port)
            await phones[name].join(
                server.seats.codes.room, f"{name} {HOSTILE}".encode("utf-8", "replace").decode()
            )
        scribe = Phone(server.port)
        await scribe.join(server.seats.codes.scribe, "Sam")
        text = HOSTILE.encode("utf-8", "replace").decode()
        sent = [("form", "f4"), ("turn", "1"), ("text", SECRET), ("text", text)]
        told.append(("Ann", await phones["Ann"].post("/hand-in", sent)))
        told.append(("Ann", await phones["Ann"].get("/")))
        await scribe.post("/propose", [("kind", "note"), ("proposal", text)])
        host.change(items=(("C1", text),), title=text, section=text)
        for path in ("/", "/part", "/state", "/wall", "/wall/part", "/?change=1", "/nothing"):
            told.append(("Bob", await phones["Bob"].get(path)))
        told.append(
            ("Bob", await phones["Bob"].post("/hand-in", [("form", "f4"), ("turn", "1"), ("text", text)]))
        )
        told.append(("Sam", await scribe.get("/seat")))
        tokens = {name: phone.cookie.partition("=")[2] for name, phone in phones.items()}
        ids = [seat.id for seat in server.seats.records]
        host.close()
        for path in ("/", "/wall"):
            told.append(("Bob", await phones["Bob"].get(path)))
    for name, answer in told:
        assert "<script>alert" not in answer.text
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", answer.text)
        for other, token in tokens.items():
            assert other == name or token not in answer.text + str(answer.headers)
        assert not any(one in answer.text for one in ids)
        if name != "Ann":
            assert SECRET not in answer.text
    # The control: whoever wrote it does see it.
    assert any(name == "Ann" and SECRET in answer.text for name, answer in told)


async def test_every_answer_has_the_headers_that_keep_a_browser_in_bounds() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        stranger = Phone(server.port)
        for answer in (
            await phone.get("/"),
            await phone.get("/room.js"),
            await phone.get("/state"),
            await phone.get("/favicon.ico"),
            await phone.get("/nothing"),
            await stranger.get("/"),
            await stranger.get("/state"),
            await phone.vote("f1", 1, "3", "yes"),
        ):
            for name, value in HEADERS:
                assert answer.headers[name] == value, (name, answer)
            assert "unsafe" not in answer.headers["content-security-policy"]
        page = (await phone.get("/")).text
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|\sstyle=|https?://", page)


async def test_a_fault_of_the_server_costs_an_answer_and_never_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faults: list[Exception] = []
    host = FakeHost(VOTE)
    from bsc_coach.room.kept import KeptRoom

    server = RoomServer(host, KeptRoom(), failed=faults.append)
    await server.open(HERE)
    try:
        phone = await joined(server)
        good = RoomAnswers.answer

        def broken(self, request):  # type: ignore[no-untyped-def]
            raise ZeroDivisionError

        monkeypatch.setattr(RoomAnswers, "answer", broken)
        assert (await phone.get("/")).status == 500
        monkeypatch.setattr(RoomAnswers, "answer", good)
        monkeypatch.setattr(host, "wall", lambda: 1 / 0)
        assert (await phone.get("/")).status in (0, 500)
        monkeypatch.undo()
        assert (await phone.get("/")).status == 200
    finally:
        await server.close()
    assert {type(fault) for fault in faults} == {ZeroDivisionError}


async def test_closing_ends_every_connection_whatever_it_waits_for() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        streams = [
            asyncio.ensure_future(exchange(server.port, phone.request("GET", "/events"))) for _ in range(3)
        ]
        async with half_open(server.port, 20, b"GET"):
            await there(server, 23)
            await server.close()
            assert server.connections == 0
            for told in await asyncio.gather(*streams):
                assert "event: ended" in told.text
                assert told.text.endswith("\r\n0\r\n\r\n"), "browsers drop the end of what is cut off"


async def test_a_seat_has_so_many_streams_and_no_more() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = await joined(server)
        streams = [
            asyncio.ensure_future(exchange(server.port, phone.request("GET", "/events"))) for _ in range(3)
        ]
        await there(server, 3)
        assert (await phone.get("/events")).status == 204
        await server.close()
        await asyncio.gather(*streams)


def test_the_addresses_of_this_machine_are_found_without_asking_anybody() -> None:
    found = addresses()
    assert found
    assert any(one.is_loopback for one in found)
    assert [one.is_loopback for one in found] == sorted(one.is_loopback for one in found)
