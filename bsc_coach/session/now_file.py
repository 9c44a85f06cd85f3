"""The now-file: where the driver of a session is at this moment, for those who follow in other processes.

``.local/now.json`` is one line in the form of a line of the journal, replaced in one step at each move and at
most four times a second. It is never flushed and never waited for: a thread of its own writes it. What it
holds anybody in the room may see: no answer, draft, finding, note or ballot.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.disk import Disk, private_folder, sweep, write_passing
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.line_format import Record, decode_line, encode_record, make_record

NAME = "now.json"
PAUSE = 0.25
"""Seconds between two writings at least."""
LONGEST_GOODBYE = 0.3
"""Seconds that closing waits for a disk that does not answer."""
_TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class DriverNow:
    """Where the driver of a session is, as far as everybody may see it."""

    slot: str = ""
    """The path of the question that is asked; nothing at the end."""
    ended: bool = False
    """Whether the interview has come to its end."""
    left: bool = False
    """Whether the driver has left the session."""
    timer_ends: datetime | None = None
    """When the timer that runs ends, in UTC."""
    timer_minutes: float = 0
    form: str = ""
    """The id of the round that is open."""
    handed_in: int = 0
    seats: int = 0
    address: str = ""
    """Where phones join."""
    result: Mapping[str, JsonValue] | None = None
    """The outcome of a closed round that the driver shows, as plain data."""
    moved: int = 0
    """Grows with each move."""


def now_body(now: DriverNow) -> dict[str, JsonValue]:
    """Return it as plain data, without what is as usual."""
    body: dict[str, JsonValue] = {
        "slot": now.slot,
        "ended": now.ended,
        "left": now.left,
        "timer_ends": None if now.timer_ends is None else now.timer_ends.astimezone(UTC).isoformat(),
        "timer_minutes": now.timer_minutes,
        "form": now.form,
        "handed_in": now.handed_in,
        "seats": now.seats,
        "address": now.address,
        "result": None if now.result is None else dict(now.result),
        "moved": now.moved,
    }
    return {name: value for name, value in body.items() if value}


def now_from(body: Mapping[str, JsonValue]) -> DriverNow:
    """Return what plain data tells; what is of another kind counts as not told."""
    result = body.get("result")
    minutes = body.get("timer_minutes")
    return DriverNow(
        slot=_text(body.get("slot")),
        ended=body.get("ended") is True,
        left=body.get("left") is True,
        timer_ends=_moment(body.get("timer_ends")),
        timer_minutes=minutes if isinstance(minutes, int | float) else 0,
        form=_text(body.get("form")),
        handed_in=_count(body.get("handed_in")),
        seats=_count(body.get("seats")),
        address=_text(body.get("address")),
        result=result if isinstance(result, dict) else None,
        moved=_count(body.get("moved"), most=2**53),
    )


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


def _count(value: JsonValue, most: int = _MOST_PEOPLE) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else 0


def _moment(value: JsonValue) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def read_now(folder: Path, disk: Disk) -> DriverNow | None:
    """Return what the now-file of a session tells; None where there is none or it cannot be read."""
    try:
        record = decode_line(disk.read(folder / LOCAL / NAME, most=sizes.NOW_FILE).strip())
    except OSError:
        return None
    return now_from(record.body) if isinstance(record, Record) else None


class NowWriter:
    """Writes the now-file of a session in a thread of its own, which sleeps as long as nobody moves.

    That it cannot be written is noted in the debug log and told to nobody: only followers miss it.
    """

    def __init__(self, folder: Path, disk: Disk, *, read_only: bool) -> None:
        self._folder = folder
        self._disk = disk
        self._told = DriverNow()
        self._closed = read_only
        self._waiting = False
        self._thread: threading.Thread | None = None
        self._changed = threading.Condition()

    def tell(self, now: DriverNow) -> DriverNow:
        """Have ``now`` written soon, and return it with its number; at once, and never raises."""
        with self._changed:
            if self._thread is None and not self._closed:
                self._begin()
            if replace(now, moved=self._told.moved) != self._told:
                self._told, self._waiting = replace(now, moved=self._told.moved + 1), True
                self._changed.notify()
            return self._told

    def move_to(self, folder: Path) -> None:
        """Go on in another folder."""
        with self._changed:
            self._folder, self._disk = folder, self._disk.below(folder)
            self._waiting = self._thread is not None
            self._changed.notify()

    def close(self) -> None:
        """Tell that the driver has left, and end; returns once that is written or takes too long."""
        with self._changed:
            thread, was_closed, self._closed = self._thread, self._closed, True
            if thread is None or was_closed:
                return
            self._told = replace(self._told, left=True, moved=self._told.moved + 1)
            self._waiting = True
            self._changed.notify()
        thread.join(LONGEST_GOODBYE)

    def _begin(self) -> None:
        before = read_now(self._folder, self._disk)
        sweep(self._disk, self._folder / LOCAL / NAME)
        # Whoever drove before has left: the first move is one, wherever it leads.
        self._told = DriverNow(left=True, moved=0 if before is None else before.moved)
        self._thread = threading.Thread(target=self._write_moves, name="now-file", daemon=True)
        self._thread.start()

    def _write_moves(self) -> None:
        """Write the latest move, then rest; what moves on meanwhile is one move more."""
        closing = False
        while not closing:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                told, folder, disk, self._waiting = self._told, self._folder, self._disk, False
                closing = self._closed
            self._write(told, folder, disk)
            if not closing:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed, PAUSE)

    def _write(self, told: DriverNow, folder: Path, disk: Disk) -> None:
        record = make_record(1, "now", _TIMELESS, now_body(told))
        try:
            private_folder(disk, folder / LOCAL)
            write_passing(disk, folder / LOCAL / NAME, encode_record(record))
        except OSError as error:
            debug_log.log("now_file", errno=error.errno)
