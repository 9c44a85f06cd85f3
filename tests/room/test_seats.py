"""Seats: known by a token that is kept nowhere, found after a restart, given up where it costs nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.room.hand_in import ballot_in, turn_in
from bsc_coach.room.kept import KeptRoom, load_room, save_room
from bsc_coach.room.limits import LONGEST_NAME, MOST_SEATS, RateLimit
from bsc_coach.room.messages import Fields
from bsc_coach.room.seats import LETTERS, Seats, compact, new_codes
from bsc_coach.session.disk import Disk
from bsc_coach.text import clean, one_line
from tests.support.room_client import joined, open_room
from tests.support.room_host import VOTE, WRITING, FakeHost, fixed_time

NOW = fixed_time()


def nothing(seat: str) -> bool:
    return False


def join(seats: Seats, name: str = "", minutes: float = 0) -> str:
    """Join and return the token."""
    found = seats.join(
        seats.codes.room, name, follows=False, now=NOW + timedelta(minutes=minutes), has_ballot=nothing
    )
    assert not isinstance(found, str)
    return found[1]


def test_codes_are_easy_to_read_aloud_and_never_the_same() -> None:
    codes = [code for both in (new_codes() for _ in range(200)) for code in (both.room, both.scribe)]
    assert len(set(codes)) == 400
    assert set("".join(codes)) <= {*LETTERS, "-"}
    assert not set("01OILU") & set(LETTERS)


@given(st.text())
def test_nothing_but_a_code_gives_a_part(typed: str) -> None:
    codes = new_codes()
    part = codes.part_for(typed, follows=False)
    assert (part is None) == (compact(typed) not in (compact(codes.room), compact(codes.scribe)))
    assert codes.part_for(codes.room, follows=True) == "observer"
    assert codes.part_for(codes.scribe, follows=False) == "scribe"


@given(st.lists(st.text(), max_size=8))
def test_each_seat_has_a_token_and_a_number_of_its_own_and_a_name_on_one_line(names: list[str]) -> None:
    seats = Seats(new_codes())
    tokens = [join(seats, name) for name in names]
    assert len(set(tokens)) == len(names)
    assert [seat.number for seat in seats.records] == list(range(1, len(names) + 1))
    for token, number in zip(tokens, range(1, len(names) + 1), strict=True):
        seat = seats.find(token)
        assert seat is not None
        assert seat.number == number
        assert token not in seat.id
        assert len(seat.name) <= LONGEST_NAME
        assert seat.name == one_line(clean(seat.name).text)


def test_a_full_room_gives_up_a_silent_seat_without_a_ballot_and_no_other() -> None:
    seats = Seats(new_codes())
    tokens = [join(seats) for _ in range(MOST_SEATS)]

    def again(minutes: float, voted: set[str]) -> object:
        return seats.join(
            seats.codes.room,
            "",
            follows=False,
            now=NOW + timedelta(minutes=minutes),
            has_ballot=voted.__contains__,
        )

    assert again(1, set()) == "full"
    ids = {seat.id for seat in seats.records}
    assert again(5, ids) == "full"
    assert not isinstance(again(5, set()), str)
    assert sum(seats.find(token) is None for token in tokens) == 1


def test_a_room_is_found_again_with_its_codes_and_seats_and_without_tokens(tmp_path: Path) -> None:
    seats = Seats(new_codes())
    token = join(seats, "Ann")
    save_room(tmp_path, Disk(), KeptRoom(seats.codes, "192.168.1.5", 8421, seats.records))
    text = (tmp_path / ".local" / "room.json").read_text()
    assert token not in text
    assert (tmp_path / ".local" / "room.json").stat().st_mode & 0o077 == 0
    found = load_room(tmp_path, Disk())
    assert (found.codes, found.port, found.address) == (seats.codes, 8421, "192.168.1.5")
    seat = Seats(found.codes, found.seats).find(token)
    assert seat is not None
    assert seat.name == "Ann"


@pytest.mark.parametrize(
    "told",
    [
        "", "[]", "{}", "nonsense", "[" * 100_000, "x" * 300_000,
        '{"code": "A", "scribe": "B", "address": "", "port": 1, "seats": []}',
        '{"code": "AAAA-AAAA", "scribe": "BBBB-BBBB", "address": "", "port": 99999999, "seats": []}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_new_room(told: str, tmp_path: Path) -> None:
    (tmp_path / ".local").mkdir()
    (tmp_path / ".local" / "room.json").write_text(told)
    found = load_room(tmp_path, Disk())
    assert found.seats == ()
    assert found.codes.room not in told


def test_seats_of_a_file_that_somebody_changed_are_taken_only_where_they_are_seats(tmp_path: Path) -> None:
    (tmp_path / ".local").mkdir()
    good = {"id": "a" * 64, "number": 1, "name": "Ann\x1b[2J", "part": "member"}
    wrong = [{**good, "part": "driver"}, {**good, "number": 0}, {**good, "id": "a"}, [], None, {}]
    told = {"code": "AAAA-AAAA", "scribe": "BBBB-BBBB", "address": "", "port": 1, "seats": [*wrong, good]}
    (tmp_path / ".local" / "room.json").write_text(json.dumps(told))
    (seat,) = load_room(tmp_path, Disk()).seats
    assert seat.name == "Ann[2J"


async def test_whoever_was_given_a_token_is_known_after_a_kill_at_any_moment() -> None:
    """The seat is kept before its token is sent."""
    kept: list[KeptRoom] = []
    async with open_room(FakeHost(VOTE), keep=kept.append) as server:
        phones = [await joined(server, f"P{number}") for number in range(5)]
    async with open_room(FakeHost(VOTE), kept[-1]) as again:
        assert again.port == server.port
        for phone in phones:
            assert "How sure are we?" in (await phone.get("/")).text


async def test_a_disk_that_takes_nothing_keeps_nobody_out() -> None:
    def full(kept: KeptRoom) -> None:
        raise OSError(28, "full")

    async with open_room(FakeHost(VOTE), keep=full) as server:
        assert (await (await joined(server)).get("/")).status == 200


@given(st.lists(st.tuples(st.sampled_from(["v0", "v1", "text", "turn", "sentence", "x"]), st.text())))
def test_whatever_fields_come_they_make_a_ballot_without_control_bytes_or_line_ends(
    pairs: list[tuple[str, str]],
) -> None:
    for form in (VOTE, WRITING):
        ballot = ballot_in(form, Fields(tuple(pairs)), turn=1, named="Ann")
        for text in (*ballot.texts, *ballot.values.values(), ballot.sentence):
            assert text == one_line(clean(text).text)
        assert set(ballot.values) <= {line.id for line in form.lines}
        assert ballot.named == ""
    turn = turn_in(Fields(tuple(pairs)))
    assert turn is None or 0 < turn <= 1_000_000


@given(st.lists(st.floats(0, 100), max_size=300))
def test_a_bucket_never_gives_more_than_its_burst_and_what_came_back_since(moments: list[float]) -> None:
    now = [0.0]
    limit = RateLimit(5, 2, lambda: now[0])
    given_at = []
    for moment in sorted(moments):
        now[0] = moment
        if limit.allows("a"):
            given_at.append(moment)
    for first in range(len(given_at)):
        for last in range(first, len(given_at)):
            assert last - first + 1 <= 5 + 2 * (given_at[last] - given_at[first]) + 1e-6


def test_a_bucket_that_is_empty_is_empty_for_one_key_alone_and_forgets_old_keys() -> None:
    now = [0.0]
    limit = RateLimit(1, 1, lambda: now[0])
    assert [limit.allows("a"), limit.allows("a"), limit.allows("b")] == [True, False, True]
    for number in range(10_000):
        limit.allows(str(number))
    assert len(limit._left) < 3_000
