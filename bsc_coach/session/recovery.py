"""Crash recovery: reading a journal whatever its state, and reporting in words what was found.

``read_lines`` is pure and never raises, for any bytes at all. ``Recovery`` is what opening a journal
found and did.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bsc_coach.errors import FolderError
from bsc_coach.session.line_format import Fault, Record, decode_line
from bsc_coach.words import BASE_LANGUAGE, say

FORMAT = 1
_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_JUNK = b" \t\r\x00\x1a"
_START = b'{"c":"'
_OURS = re.compile(rb'\{"c":"[0-9a-f]{8}",')
_OURS_TORN = re.compile(rb'\{"c":"[0-9a-f]{0,8}"?')
_GIT = re.compile(rb"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
"""What git writes between two versions of lines that it could not put together."""
_SIGNS = (b'"c":"', b'"n":', b'"w":"', b'"t":"')

_REASONS = {
    "full": (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    "read_only": (errno.EROFS,),
    "denied": (errno.EACCES, errno.EPERM),
    "gone": (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV, errno.ENXIO),
    "link": (errno.ELOOP, errno.EINVAL),
}


def reason(error: OSError) -> str:
    """Return the words key that says why something could not be saved; its text takes ``n``."""
    for name, numbers in _REASONS.items():
        if error.errno in numbers:
            return f"session.trouble.{name}"
    return "session.trouble.device"


class BadLine(NamedTuple):
    """A line that gave no record: where it stood (from 1), why, and its bytes."""

    line: int
    fault: Fault
    piece: bytes


@dataclass
class ReadJournal:
    """What a journal's bytes hold. ``lines[i]`` are the bytes of ``records[i]``, without newline."""

    records: list[Record] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    duplicates: int = 0
    disorder: bool = False
    marks: set[str] = field(default_factory=set)
    foreign: bool = False
    newer: object = None
    ends_whole: bool = True

    @property
    def needs_repair(self) -> bool:
        """Tell whether the file should be written anew; line ends and a mark alone are left as they are."""
        return bool(self.bad or self.duplicates or self.disorder or self.marks & {"utf16", "zeros", "git"})


def read_lines(data: bytes) -> ReadJournal:
    """Recover every record that ``data`` holds, in the order of their numbers, and tell what else it saw."""
    reading = ReadJournal()
    text = _as_utf8(data, reading.marks)
    if b"\x00" in text:
        reading.marks.add("zeros")
    seen: set[bytes] = set()
    pieces = text.split(b"\n")
    for at, raw in enumerate(pieces, start=1):
        if raw.endswith(b"\r"):
            reading.marks.add("returns")
        _read_piece(reading, at, _bare(raw), seen)
    reading.ends_whole = not _bare(pieces[-1])
    _put_in_order(reading)
    reading.foreign = not reading.records and not _resembles(text)
    versions = (record.body.get("v", FORMAT) for record in reading.records)
    reading.newer = next((version for version in versions if not _known(version)), None)
    return reading


def _known(version: object) -> bool:
    return version == FORMAT and isinstance(version, int) and not isinstance(version, bool)


def _as_utf8(data: bytes, marks: set[str]) -> bytes:
    """Return ``data`` without what an editor may have put around it."""
    if data.startswith(_UTF16_MARKS):
        marks.add("utf16")
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    if data.startswith(_MARK):
        marks.add("mark")
    return data


def _bare(raw: bytes) -> bytes:
    return raw.strip(_JUNK).removeprefix(_MARK).strip(_JUNK)


def _read_piece(reading: ReadJournal, at: int, piece: bytes, seen: set[bytes]) -> None:
    if not piece:
        return
    if _GIT.fullmatch(piece):
        reading.marks.add("git")
        return
    verdict = decode_line(piece)
    if isinstance(verdict, Record):
        _take(reading, verdict, piece, seen)
        return
    reading.bad.append(BadLine(at, verdict, piece))
    for inner in _buried(piece):
        salvaged = decode_line(inner)
        if isinstance(salvaged, Record):
            _take(reading, salvaged, inner, seen)


def _take(reading: ReadJournal, record: Record, piece: bytes, seen: set[bytes]) -> None:
    if piece in seen:
        reading.duplicates += 1
        return
    seen.add(piece)
    reading.records.append(record)
    reading.lines.append(piece)


def _buried(piece: bytes) -> list[bytes]:
    """Return the whole lines that may stand inside a garbled one, when a newline was lost or overwritten.

    The start of a line cannot stand inside a text: its quotes would be escaped there.
    """
    starts = [found.start() for found in re.finditer(re.escape(_START), piece)]
    ends = [*starts[1:], len(piece)]
    inner = (piece[start:end] for start, end in zip(starts, ends, strict=False))
    return [part[: part.rfind(b"}") + 1] for part in inner if b"}" in part]


def _put_in_order(reading: ReadJournal) -> None:
    numbers = [record.number for record in reading.records]
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    reading.disorder = order != list(range(len(numbers)))
    if reading.disorder:
        reading.records = [reading.records[at] for at in order]
        reading.lines = [reading.lines[at] for at in order]


def _resembles(text: bytes) -> bool:
    """Tell whether bytes without any record may yet be a journal of ours: empty, torn or damaged."""
    bare = _bare(text.strip(b"\n" + _JUNK))
    if not bare or _START.startswith(bare):
        return True
    if _OURS.match(bare) or _OURS_TORN.fullmatch(bare):
        return True
    return sum(sign in bare for sign in _SIGNS) >= 3


def refuse_what_is_not_ours(path: Path, reading: ReadJournal) -> None:
    """Raise FolderError for a file of another program, or of a later version of this one."""
    if reading.newer is not None:
        raise FolderError("session.newer_format", path=path)
    if reading.foreign:
        raise FolderError("session.foreign_journal", path=path)


def gaps_in(records: list[Record]) -> tuple[tuple[int, int], ...]:
    """Find gaps: the first and last of each run of numbers that is missing."""
    gaps = []
    expected = 1
    for record in records:
        if record.number > expected:
            gaps.append((expected, record.number - 1))
        expected = max(expected, record.number + 1)
    return tuple(gaps)


@dataclass(frozen=True)
class Recovery:
    """What opening a journal found, and what was done about it.

    ``kept`` counts the records in use. ``dropped`` and ``doubtful`` are line numbers of the file as it
    was: torn or garbled ones, and ones that somebody edited. ``copy`` is where the original went before
    the repair. ``memory_only`` is the words key of the reason why nothing can be written for now. With
    ``unread`` there is a file that could not even be read, so earlier answers may exist that are not here.
    """

    path: Path
    kept: int = 0
    dropped: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    duplicates: int = 0
    disorder: bool = False
    marks: tuple[str, ...] = ()
    copy: Path | None = None
    memory_only: str | None = None
    unread: bool = False

    @classmethod
    def of(cls, path: Path, reading: ReadJournal, *, copy: Path | None, memory_only: str | None) -> Recovery:
        """Return the report on ``reading``."""
        edited = tuple(bad.line for bad in reading.bad if bad.fault is Fault.EDITED)
        dropped = tuple(bad.line for bad in reading.bad if bad.fault is not Fault.EDITED)
        return cls(
            path=path,
            kept=len(reading.records),
            dropped=dropped,
            doubtful=edited,
            gaps=gaps_in(reading.records),
            duplicates=reading.duplicates,
            disorder=reading.disorder,
            marks=tuple(sorted(reading.marks)),
            copy=copy,
            memory_only=memory_only,
        )

    @property
    def as_expected(self) -> bool:
        """Tell whether there is nothing to say."""
        return not self.sentences(BASE_LANGUAGE)

    def sentences(self, language: str) -> list[str]:
        """Return what people should know, each sentence with a way out; empty when all is well."""
        told = []
        if self.unread:
            told.append(say("session.recovery.unread", language, path=self.path))
        if self.memory_only:
            told.append(say("session.recovery.memory_only", language, path=self.path))
            told.append(say(self.memory_only, language, n=0))
        for name, lines in (("dropped", self.dropped), ("doubtful", self.doubtful)):
            if lines:
                listed = _listed(lines)
                told.append(say(f"session.recovery.{name}", language, n=len(lines), lines=listed))
        # Between git's marks stand the lines of both sides: twice where they are the same, and in no order.
        if self.duplicates and "git" not in self.marks:
            told.append(say("session.recovery.duplicates", language, n=self.duplicates))
        if self.disorder and "git" not in self.marks:
            told.append(say("session.recovery.disorder", language))
        told.extend(say(f"session.recovery.marks.{mark}", language) for mark in self.marks)
        if self.gaps:
            told.append(
                say("session.recovery.gaps", language, n=_missing(self.gaps), numbers=_ranges(self.gaps))
            )
        if told and not self.memory_only:
            told.append(say("session.recovery.kept", language, n=self.kept))
        if self.copy:
            told.append(say("session.recovery.copy", language, copy=self.copy))
        return told


def _missing(gaps: tuple[tuple[int, int], ...]) -> int:
    return sum(last - first + 1 for first, last in gaps)


def _ranges(gaps: tuple[tuple[int, int], ...], most: int = 8) -> str:
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in gaps[:most]]
    return ", ".join(shown) + ("…" if len(gaps) > most else "")


def _listed(numbers: tuple[int, ...], most: int = 8) -> str:
    return _ranges(tuple((number, number) for number in numbers), most)
