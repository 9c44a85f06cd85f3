"""Journals for tests: bodies of records like those of a workshop, nasty ones among them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bsc_coach.session.disk import Disk
from bsc_coach.session.journal import Journal, open_journal
from bsc_coach.session.line_format import encode_record, make_record
from bsc_coach.session.recovery import Recovery
from tests.support.clock import Clock

HOME = Path("/home")
PATH = HOME / "journal.jsonl"
TEXTS = (
    "Cut order lead time to two days",
    "Klanten kiezen ons omdat wij luisteren – altijd.",
    'He said "yes" \\ no {"c":"00000000","n":1}',
    "two\nlines\tand a tab",
    "separator \u2028 and \u2029, soft\xadhyphen\xa0blank",
    "عربي \u2066isolated\u2069 \u200f, 日本語, e\u0301, 👩\u200d🚀",
    "[@click=app.quit]x[/] \u200b",
    "",
    "x" * 700,
    "-5 % = +3; @sum; ﷽",
    "null true 1e9 NaN",
    "last words",
)


def body(text: str, at: int = 0) -> dict:
    """Return the body of an answer, as the interview would write it."""
    return {"by": "ann", "script": 3, "do": [{"t": "answered", "slot": f"value.{at}", "value": text}]}


def bodies(count: int, start: int = 0) -> list[dict]:
    """Return ``count`` different bodies."""
    return [body(TEXTS[at % len(TEXTS)], at) for at in range(start, start + count)]


def opened(
    path: Path = PATH, disk: Disk | None = None, *, writer: str = "w1", read_only: bool = False
) -> tuple[Journal, Recovery]:
    """Open a journal with a clock of its own."""
    return open_journal(path, writer=writer, clock=Clock(), disk=disk, read_only=read_only)


def bodies_in(path: Path = PATH, disk: Disk | None = None, *, read_only: bool = False) -> list[dict]:
    """Return the bodies of all records of a journal, and leave it closed."""
    journal, _ = opened(path, disk, read_only=read_only)
    found = [record.body for record in journal.records]
    journal.close()
    return found


def content(count: int, path: Path = PATH) -> bytes:
    """Return the bytes of a journal with ``count`` answers."""
    from tests.support.memory_disk import MemoryDisk

    disk = MemoryDisk(folders=(path.parent,))
    journal, _ = opened(path, disk)
    for one in bodies(count):
        journal.append(one)
    return disk.files()[path]


def append_action(folder: Path, *events: dict, **body: object) -> bytes:
    """Append an action of these events to the journal of a session, as another program would; its line."""
    path = folder / "journal.jsonl"
    lines = path.read_bytes().splitlines()
    moment = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    record = make_record(len(lines) + 1, "test", moment, {"by": "Zoe", "script": 1, **body, "do": [*events]})
    line = encode_record(record)
    path.write_bytes(path.read_bytes() + line)
    return line
