"""Drafts and cursor: half-typed answers, and the question where the person was.

Both live in ``.local/``, are best effort, and never stand in the way of the session: what cannot be
written is kept in memory, what cannot be read is left out. A draft is a line like those of the journal,
``{"slot": …, "text": …}``; the latest line of a slot counts, and one without text drops the draft. What was
handed in and not taken says so (``"handed_in": true``): what is typed next takes its place.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.session.disk import Disk, close_quietly, private_folder, sweep, write_all, write_atomically
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.line_format import (
    Record,
    decode_line,
    encode_record,
    make_record,
)
from bsc_coach.session.recovery import read_lines

# Drafts are saved about once a second while somebody types: old ones are thrown out now and then.
COMPACT_FROM = 1024 * 1024
BETWEEN = "?"
"""Behind the slot of what was typed to a small question that came in between there."""
_WRITER = "draft"
_TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)


def _now() -> datetime:
    return datetime.now(UTC)


class Drafts:
    """The half-typed answers of a session by slot. Made by ``load``; any thread may put and drop."""

    def __init__(self, path: Path, clock: Callable[[], datetime], disk: Disk) -> None:
        self._path = path
        self._clock = clock
        self._disk = disk
        self._texts: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._handed_in: set[str] = set()
        self._number = 0
        self._fd: int | None = None
        self._size = 0
        self._compact_at = COMPACT_FROM
        self._read_only = False
        self._unread = False
        self._closed = False
        self._changing = threading.Lock()

    @classmethod
    def load(
        cls,
        folder: Path,
        *,
        clock: Callable[[], datetime] = _now,
        disk: Disk | None = None,
        read_only: bool = False,
    ) -> Drafts:
        """Load the drafts of the session in ``folder``; a damaged one is left out. Never raises.

        With ``read_only`` nothing is written, now or later.
        """
        used = (Disk() if disk is None else disk).below(folder)
        drafts = cls(folder / LOCAL / "drafts.jsonl", clock, used)
        drafts._read_only = read_only
        try:
            if not read_only:
                private_folder(used, drafts._path.parent)
            size, rewrite = drafts._read()
        except OSError:
            drafts._unread = True
            return drafts
        if not read_only:
            sweep(used, drafts._path)
            drafts._open(size, rewrite=rewrite or size > COMPACT_FROM)
        return drafts

    def get(self, slot: str) -> str | None:
        """Return the half-typed answer of ``slot``, or None."""
        return self._texts.get(slot)

    def was_handed_in(self, slot: str) -> bool:
        """Tell whether the draft of ``slot`` was handed in whole, and not taken."""
        return slot in self._handed_in

    def slots(self) -> tuple[str, ...]:
        """Return the slots that have a draft, the longest untouched first."""
        return tuple(self._texts)

    def typed_since(self, at: str) -> str | None:
        """Return the slot typed into last, if that was at ``at`` (a stamp as in the journal) or later."""
        newest = next(reversed(self._texts), None)
        return newest if newest is not None and self._typed[newest] >= at else None

    def put(self, slot: str, text: str, *, handed_in: bool = False) -> bool:
        """Keep ``text`` as the draft of ``slot``; True if it would survive a power cut."""
        with self._changing:
            return self._add(_body(slot, text, handed_in=handed_in))

    def drop(self, slot: str) -> bool:
        """Forget the draft of ``slot``; True if that is durable."""
        with self._changing:
            return slot not in self._texts or self._add({"slot": slot})

    def move_to(self, folder: Path) -> None:
        """Go on in another folder, with every draft; a disk that does not take them is asked at the next."""
        with self._changing:
            self._let_go()
            self._disk, self._path = self._disk.below(folder), folder / LOCAL / self._path.name
            self._unread = False
            self._rewrite()

    def close(self) -> None:
        """Give the file back; nothing is kept any more, because the session may be somebody else's now."""
        with self._changing:
            self._closed = True
            self._let_go()

    # Inside

    def _let_go(self) -> None:
        close_quietly(self._disk, self._fd)
        self._fd = None

    def _read(self) -> tuple[int, bool]:
        """Take the drafts of the file; return its size and whether it should be written anew."""
        try:
            present = self._disk.read(self._path, most=sizes.DRAFTS_FILE)
        except FileNotFoundError:
            return 0, False
        reading = read_lines(present)
        typed_since = dict(self._texts)
        for record in reading.records:
            self._apply(record)
        self._texts.update(typed_since)
        self._unread = False
        return len(present), reading.needs_repair or not reading.ends_whole

    def _apply(self, record: Record) -> None:
        self._number = max(self._number, record.number)
        slot, text = record.body.get("slot"), record.body.get("text")
        if not isinstance(slot, str):
            return
        self._texts.pop(slot, None)
        self._handed_in.discard(slot)
        if isinstance(text, str):
            self._texts[slot] = text
            if record.body.get("handed_in") is True:
                self._handed_in.add(slot)
            self._typed[slot] = record.at

    def _add(self, body: dict[str, JsonValue]) -> bool:
        record = make_record(self._number + 1, _WRITER, self._clock(), body)
        self._apply(record)
        if self._read_only or self._closed:
            return False
        line = encode_record(record)
        if len(line) > sizes.JOURNAL_LINE:
            return False
        if self._fd is None or self._size + len(line) > self._compact_at:
            return self._rewrite()
        try:
            self._append(line)
        except OSError:
            return self._rewrite()
        return True

    def _append(self, line: bytes) -> None:
        assert self._fd is not None
        write_all(self._disk, self._fd, line)
        self._disk.fsync(self._fd)
        self._size += len(line)
        facts = self._disk.facts(self._fd)
        if facts.size != self._size or self._disk.facts_at(self._path).identity != facts.identity:
            raise OSError(errno.EIO, "drafts")

    def _rewrite(self) -> bool:
        """Write the living drafts to a new file; True if they are durable."""
        self._let_go()
        try:
            private_folder(self._disk, self._path.parent)
            if self._unread:
                self._read()  # it could not be read before: what it holds must not be overwritten
            lines = b"".join(self._living())
            write_atomically(self._disk, self._path, lines)
        except OSError:
            return False
        # Twice what lives, so that one long draft is not rewritten at each key.
        self._compact_at = max(COMPACT_FROM, 2 * len(lines))
        self._open(len(lines), rewrite=False)
        return True

    def _living(self) -> list[bytes]:
        lines = []
        for number, (slot, text) in enumerate(self._texts.items(), start=1):
            body = _body(slot, text, handed_in=slot in self._handed_in)
            record = make_record(number, _WRITER, self._clock(), body)
            lines.append(encode_record(record))
        self._number = len(lines)
        return lines

    def _open(self, size: int, *, rewrite: bool) -> None:
        if rewrite:
            self._rewrite()
            return
        try:
            self._fd = self._disk.open_append(self._path)
            self._size = size
            if self._disk.facts(self._fd).size != size:
                self._let_go()
        except OSError:
            self._let_go()


def _body(slot: str, text: str, *, handed_in: bool) -> dict[str, JsonValue]:
    body: dict[str, JsonValue] = {"slot": slot, "text": text}
    return {**body, "handed_in": True} if handed_in else body


@dataclass(frozen=True)
class Cursor:
    """Where the person was: the slot, the way there, where to return to, and the side panel.

    ``actions`` is how many there were: after others, the person was somewhere else.
    """

    slot: str | None = None
    trail: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    panel: str | None = None
    actions: int = 0


def save_cursor(folder: Path, cursor: Cursor, *, disk: Disk | None = None) -> bool:
    """Keep ``cursor`` for the next time; True if it is durable. Never raises."""
    used = (Disk() if disk is None else disk).below(folder)
    path = _cursor_path(folder)
    trail: list[JsonValue] = [*cursor.trail]
    returns: list[JsonValue] = [*cursor.returns]
    body: dict[str, JsonValue] = {
        "slot": cursor.slot,
        "trail": trail,
        "returns": returns,
        "panel": cursor.panel,
        "actions": cursor.actions,
    }
    try:
        private_folder(used, path.parent)
        write_atomically(used, path, encode_record(make_record(1, "cursor", _TIMELESS, body)))
    except OSError:
        return False
    return True


def load_cursor(folder: Path, *, disk: Disk | None = None) -> Cursor | None:
    """Load the cursor kept last; None if there is none or it is damaged. Never raises."""
    used = (Disk() if disk is None else disk).below(folder)
    try:
        record = decode_line(used.read(_cursor_path(folder), most=sizes.JOURNAL_LINE).strip())
    except OSError:
        return None
    if not isinstance(record, Record):
        return None
    slot, panel = record.body.get("slot"), record.body.get("panel")
    actions = record.body.get("actions", 0)
    trail, returns = _texts(record.body.get("trail")), _texts(record.body.get("returns"))
    if trail is None or returns is None:
        return None
    if not isinstance(slot, str | None) or not isinstance(panel, str | None):
        return None
    return Cursor(slot, trail, returns, panel, actions if isinstance(actions, int) else 0)


def _texts(value: JsonValue) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts = tuple(one for one in value if isinstance(one, str))
    return texts if len(texts) == len(value) else None


def _cursor_path(folder: Path) -> Path:
    return folder / LOCAL / "cursor.json"
