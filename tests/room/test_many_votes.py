"""Thousands of votes with reloads, retries, replays, sleeps and killed drivers: none lost, none doubled."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

import pytest

from bsc_coach.conversation.live_rounds import LiveRounds
from bsc_coach.interview.live_round import Ballot, HandInFault
from bsc_coach.room.kept import KeptRoom
from bsc_coach.room.server import RoomServer
from tests.support.room_client import HERE, Phone
from tests.support.room_host import VOTE, FakeHost

KILLS = 3


@dataclass
class Voter:
    """A phone that keeps what it sent until it knows that it arrived, as the script of the page does."""

    phone: Phone
    turn: int = 0
    value: str = ""
    sent: list[tuple[int, str]] = field(default_factory=list)
    confirmed: bool = True

    async def vote(self, randomly: random.Random) -> None:
        """Hand something in, in one of the ways in which that goes in a room."""
        self.turn, self.value, self.confirmed = self.turn + 1, str(randomly.randint(1, 5)), False
        self.sent.append((self.turn, self.value))
        way = randomly.random()
        if way < 0.15:
            await self._and_lose_the_network()
        elif way < 0.25:
            await asyncio.gather(self.send(), self.send())  # pressed twice
        elif way < 0.35:
            await self.send()
            with suppress(OSError):
                await self.phone.get("/")  # a reload
        elif way < 0.45:
            await asyncio.gather(self.send(), self.replay(randomly))
        elif way < 0.5:
            return  # it slept: the vote waits on the phone
        else:
            await self.send()

    async def send(self) -> None:
        """Send what was given last; know that it arrived where the server says so."""
        turn, value = self.turn, self.value
        try:
            told = await self.phone.vote("f1", turn, value, "yes")
        except OSError:
            return  # nobody there just now
        if told.status == 303 and turn == self.turn:
            self.confirmed = True

    async def replay(self, randomly: random.Random) -> None:
        """Somebody, or a proxy, sends an older request once more."""
        turn, value = randomly.choice(self.sent)
        with suppress(OSError):
            await self.phone.vote("f1", turn, value, "yes")

    async def _and_lose_the_network(self) -> None:
        """Send it, and hear no answer."""
        try:
            _, writer = await asyncio.open_connection(HERE, self.phone.port)
        except OSError:
            return
        body = f"form=f1&turn={self.turn}&v0={self.value}&v1=yes".encode()
        writer.write(self.phone.request("POST", "/hand-in", body))
        writer.close()


class Forgetful(LiveRounds):
    """The control: it takes whatever comes last, whatever its turn."""

    def hand_in(self, seat: str, form_id: str, ballot: Ballot) -> HandInFault | None:
        self.take_back(seat)
        with self._lock:
            self._held = type(self._held)(self._held.round)
        return super().hand_in(seat, form_id, ballot)


def rushing() -> Callable[[], float]:
    """Return a clock that lets nobody be too often."""
    moments = count(0, 10)
    return lambda: float(next(moments))


async def play(phones: int, votes: int, seed: int, rounds: type[LiveRounds] = LiveRounds) -> tuple[int, int]:
    """Play so many votes; return how many are lost or wrong, and how many there are too many."""
    randomly = random.Random(seed)
    kept = [KeptRoom()]

    def opened() -> tuple[FakeHost, RoomServer]:
        host = FakeHost()
        host.live = rounds()
        host.open(VOTE)
        return host, RoomServer(host, kept[-1], keep=kept.append, clock=rushing())

    host, server = opened()
    await server.open(HERE)
    voters = [Voter(Phone(server.port)) for _ in range(phones)]
    for voter in voters:
        await voter.phone.join(server.seats.codes.room)
    kills = {votes * (number + 1) // (KILLS + 1) for number in range(KILLS)}
    done = 0
    while done < votes:
        some = [randomly.choice(voters) for _ in range(8)]
        if kills and done >= min(kills):
            kills.remove(min(kills))
            going_on = [
                asyncio.ensure_future(one.vote(randomly)) for one in {id(v): v for v in some}.values()
            ]
            await asyncio.sleep(0)
            server.abort()  # as when the process is killed: in the middle of what was being sent
            await asyncio.gather(*going_on)
            done += len(going_on)
            host, server = opened()
            await server.open(HERE)
            assert server.port == voters[0].phone.port
            for voter in voters:
                voter.confirmed = False  # each hands in again what it has, by itself
        different = list({id(voter): voter for voter in some}.values())
        await asyncio.gather(*(voter.vote(randomly) for voter in different))
        done += len(different)
    for voter in voters:
        for _ in range(5):
            if voter.turn and not voter.confirmed:
                await voter.send()
    for voter in voters:  # and whatever was sent before comes once more at the end
        if voter.sent:
            await voter.replay(randomly)
    lost = 0
    for voter in voters:
        seat = server.seats.find(voter.phone.cookie.partition("=")[2])
        own = None if seat is None else host.own(seat.id)
        given = None if own is None else own.values["sure[O1]"]
        lost += given != (voter.value or None)
    too_many = host.live.count - sum(1 for voter in voters if voter.turn)
    await server.close()
    return lost, too_many


async def test_none_of_some_hundred_votes_is_lost_or_doubled() -> None:
    assert await play(phones=20, votes=400, seed=1) == (0, 0)


@pytest.mark.slow
async def test_none_of_ten_thousand_votes_is_lost_or_doubled() -> None:
    assert await play(phones=200, votes=10_000, seed=2) == (0, 0)


@pytest.mark.slow
async def test_the_control_a_holder_that_takes_what_comes_last_loses_votes() -> None:
    lost, _ = await play(phones=20, votes=400, seed=1, rounds=Forgetful)
    assert lost > 0
