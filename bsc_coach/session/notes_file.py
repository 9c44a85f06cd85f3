"""Private notes of whoever drives a session: ``.local/notes.jsonl``, one line a note, flushed to the disk.

They are in no document and no journal, and version control leaves them out; only the console shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.session.disk import Disk, close_quietly, private_folder, write_all, write_atomically, write_new
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.line_format import encode_record, make_record
from bsc_coach.session.recovery import ReadJournal, read_lines
from bsc_coach.text import clean

NAME = "notes.jsonl"
_WRITER = "note"


@dataclass(frozen=True)
class PrivateNote:
    """A note: when it was made, at which question, and what it says."""

    at: datetime
    slot: str
    text: str


def keep_note(folder: Path, note: PrivateNote, disk: Disk) -> None:
    """Add a note; it is on the disk on return. Raises OSError."""
    path = folder / LOCAL / NAME
    reading = _read(path, disk)
    last = max((record.number for record in reading.records), default=0) if reading is not None else 0
    body = {"slot": note.slot, "text": clean(note.text).text}
    line = encode_record(make_record(last + 1, _WRITER, note.at, body))
    if reading is None:
        private_folder(disk, path.parent)
        write_new(disk, path, line)
        disk.fsync_folder(path.parent)
        return
    fd = disk.open_append(path)
    try:
        write_all(disk, fd, line if reading.ends_whole else b"\n" + line)
        disk.fsync(fd)
    finally:
        close_quietly(disk, fd)


def read_notes(folder: Path, disk: Disk) -> tuple[PrivateNote, ...]:
    """Return the notes of a session, the first one first; a damaged one is left out. Never raises."""
    try:
        reading = _read(folder / LOCAL / NAME, disk)
    except OSError:
        return ()
    notes = []
    for record in reading.records if reading is not None else ():
        slot, text = record.body.get("slot"), record.body.get("text")
        if isinstance(slot, str) and isinstance(text, str):
            notes.append(PrivateNote(datetime.fromisoformat(record.at), slot, text))
    return tuple(notes)


def copy_notes(folder: Path, target: Path, disk: Disk) -> None:
    """Take the notes along to another folder. Raises OSError."""
    try:
        data = disk.below(folder).read(folder / LOCAL / NAME, most=sizes.NOTES_FILE)
    except FileNotFoundError:
        return
    below = disk.below(target)
    private_folder(below, target / LOCAL)
    write_atomically(below, target / LOCAL / NAME, data)


def _read(path: Path, disk: Disk) -> ReadJournal | None:
    """Return what the file holds; None where there is none."""
    try:
        return read_lines(disk.read(path, most=sizes.NOTES_FILE))
    except FileNotFoundError:
        return None
