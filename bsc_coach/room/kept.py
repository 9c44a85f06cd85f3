"""What is kept of a room in ``.local/room.json``: its codes, its place, and digests of seats; never a ballot.

With it, phones that had joined find their seats again after the driver was killed and started anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from bsc_coach.conversation.room_view import SeatPart
from bsc_coach.room.limits import LONGEST_NAME, MOST_SEATS
from bsc_coach.room.seats import Codes, SeatRecord, new_codes
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.journal import LOCAL
from bsc_coach.text import clean, shorten

NAME = "room.json"
LONGEST_FILE = 200_000
_DIGEST = 64
_PARTS: dict[str, SeatPart] = {"member": "member", "scribe": "scribe", "observer": "observer"}


@dataclass(frozen=True)
class KeptRoom:
    """A room as it was when it was closed, or when its program ended."""

    codes: Codes = field(default_factory=new_codes)
    address: str = ""
    port: int = 0
    seats: tuple[SeatRecord, ...] = ()
    is_open: bool = False
    """Whether it was open when this was written: after a kill it still says so."""


def load_room(folder: Path, disk: Disk) -> KeptRoom:
    """Return what was kept in a session's folder; a new room where nothing readable was."""
    try:
        told = json.loads(disk.below(folder).read(folder / LOCAL / NAME, most=LONGEST_FILE))
    except (OSError, ValueError, RecursionError):
        return KeptRoom()
    match told:
        case {
            "code": str(code), "scribe": str(scribe), "address": str(address), "port": int(port),
            "seats": list(seats),
        } if _is_code(code) and _is_code(scribe) and 0 <= port < 65536:  # fmt: skip
            found = {seat.id: seat for one in seats[:MOST_SEATS] if (seat := _seat(one)) is not None}
            numbers = {seat.number: seat for seat in found.values()}
            seats_kept = tuple(numbers.values())
            return KeptRoom(Codes(code, scribe), address, port, seats_kept, told.get("open") is True)
    return KeptRoom()


def save_room(folder: Path, disk: Disk, room: KeptRoom) -> None:
    """Keep a room in a session's folder, for its owner only. Raises OSError."""
    told = {
        "code": room.codes.room,
        "scribe": room.codes.scribe,
        "address": room.address,
        "port": room.port,
        "open": room.is_open,
        "seats": [
            {"id": seat.id, "number": seat.number, "name": seat.name, "part": seat.part}
            for seat in room.seats
        ],
    }
    below = disk.below(folder)
    private_folder(below, folder / LOCAL)
    write_atomically(below, folder / LOCAL / NAME, json.dumps(told).encode("ascii"))


def _is_code(told: str) -> bool:
    return len(told) == 9 and told.isascii() and told[4] == "-"


def _seat(told: object) -> SeatRecord | None:
    match told:
        case {"id": str(digest), "number": int(number), "name": str(name), "part": str(part)}:
            if len(digest) == _DIGEST and number > 0 and part in _PARTS:
                return SeatRecord(digest, number, shorten(clean(name).text, LONGEST_NAME), _PARTS[part])
    return None
