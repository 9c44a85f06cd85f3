"""Seats of a room: who has joined with the session's code, known by a random token that only their phone has.

Of a token only its digest is kept, and that is the id of the seat: a file that somebody sees lets nobody in.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from bsc_coach.conversation.room_view import Seat, SeatPart
from bsc_coach.room.limits import LONGEST_NAME, MOST_SEATS
from bsc_coach.text import clean, shorten

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that look alike when read aloud or from the last row."""
CODE_LENGTH = 8
TOKEN_BYTES = 24
AWAY = timedelta(minutes=2)
"""After how long a seat without a ballot makes room for somebody else, where all are taken."""
_NEVER = datetime.min.replace(tzinfo=UTC)
JoinFault = Literal["wrong_code", "full"]


@dataclass(frozen=True)
class Codes:
    """What lets people in: one code for everybody, and one for the scribe."""

    room: str
    scribe: str

    def part_for(self, typed: str, *, follows: bool) -> SeatPart | None:
        """Return which part a typed code gives, or None for a wrong one; as fast for any code."""
        given = compact(typed).encode("ascii", "replace")
        room = hmac.compare_digest(given, compact(self.room).encode("ascii"))
        scribe = hmac.compare_digest(given, compact(self.scribe).encode("ascii"))
        if scribe:
            return "scribe"
        if room:
            return "observer" if follows else "member"
        return None


def new_codes() -> Codes:
    """Return two codes that nobody can guess."""
    return Codes(_code(), _code())


def _code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def compact(typed: str) -> str:
    """Return a code as it is compared: capitals and digits only."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


@dataclass(frozen=True)
class SeatRecord:
    """What is kept of a seat."""

    id: str
    """The digest of its token."""
    number: int
    name: str
    part: SeatPart


def digest_of_token(token: str) -> str:
    """Return the id of the seat that a token belongs to."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Seats:
    """The seats of one room; used by the server's event loop alone."""

    def __init__(self, codes: Codes, kept: Iterable[SeatRecord] = ()) -> None:
        self.codes = codes
        self._seats = {seat.id: seat for seat in kept}
        self._last_seen: dict[str, datetime] = {}
        self.version = 0
        """Grows with each seat that is given."""

    @property
    def records(self) -> tuple[SeatRecord, ...]:
        """What is to be kept, by number."""
        return tuple(sorted(self._seats.values(), key=lambda seat: seat.number))

    def join(
        self, typed: str, name: str, *, follows: bool, now: datetime, has_ballot: Callable[[str], bool]
    ) -> tuple[SeatRecord, str] | JoinFault:
        """Give a seat and its token to whoever has typed the right code, or return why not."""
        part = self.codes.part_for(typed, follows=follows)
        if part is None:
            return "wrong_code"
        if len(self._seats) >= MOST_SEATS and not self._make_room(now, has_ballot):
            return "full"
        token = secrets.token_urlsafe(TOKEN_BYTES)
        number = max((seat.number for seat in self._seats.values()), default=0) + 1
        seat = SeatRecord(digest_of_token(token), number, shorten(clean(name).text, LONGEST_NAME), part)
        self._seats[seat.id] = seat
        self._last_seen[seat.id] = now
        self.version += 1
        return seat, token

    def _make_room(self, now: datetime, has_ballot: Callable[[str], bool]) -> bool:
        """Give up the seat that was silent longest, if it has nothing in the open round."""
        by_silence = sorted(self._seats, key=lambda one: self._last_seen.get(one, _NEVER))
        for one in by_silence:
            seen = self._last_seen.get(one)
            if seen is not None and now - seen < AWAY:
                return False
            if not has_ballot(one):
                del self._seats[one]
                self._last_seen.pop(one, None)
                return True
        return False

    def find(self, token: str) -> SeatRecord | None:
        """Return the seat of a token, or None."""
        digest = digest_of_token(token)
        seat = self._seats.get(digest)
        return seat if seat is not None and hmac.compare_digest(seat.id, digest) else None

    def seen(self, seat: SeatRecord, now: datetime) -> None:
        """Note that somebody is here."""
        if seat.id in self._seats:
            self._last_seen[seat.id] = now

    def shown(self, has_ballot: Callable[[str], bool]) -> tuple[Seat, ...]:
        """Return the seats for the driver's console, without their ids."""
        return tuple(
            Seat(seat.number, seat.name, seat.part, self._last_seen.get(seat.id), has_ballot(seat.id))
            for seat in self.records
        )
