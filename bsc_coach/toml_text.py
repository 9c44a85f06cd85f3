"""Line positions in a TOML file, and partial parsing of a broken one.

tomllib stops at the first fault and gives no places. So a broken file is read table by table, and a
place is looked for in the text only once there is a fault to tell: a sound script costs nothing.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' r"'''.*?'''" r'|"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'|#[^\n]*", re.DOTALL
)
_HEADER = re.compile(
    r"^[ \t]*\[{1,2}[ \t]*(?:(?P<plain>[\w-]+)|\"(?P<quoted>[^\"\n]+)\")[ \t]*\]{1,2}[ \t]*(?:#[^\n]*)?$",
    re.MULTILINE,
)
"""The head of a table that is not inside another one: [script], [[step]], ["value.promise"]."""
_NESTED_HEADER = r"^[ \t]*\[{{1,2}}[ \t]*[\w-]+(?:\.[\w-]+)*\.{name}[ \t]*\]{{1,2}}"
_ENTRY = re.compile(r"[ \t]*(?:[\w-]+|\"[^\"\n]*\")[ \t]*(?:\.[ \t]*[\w-]+[ \t]*)*=|[ \t]*\[")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_SALVAGED = re.compile(r"^[ \t]*(id|in|kind)[ \t]*=[ \t]*[\"']([a-z][a-z0-9_.]*)[\"']", re.MULTILINE)
MOST_FAULTS = 8
"""Syntax faults looked for in one table before the rest of it is given up."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Block:
    """One table of the file: its name and the part of the text from its head to the next one."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class SyntaxFault:
    """What tomllib says of a place, by line of the file."""

    line: int
    message: str


@dataclass(frozen=True)
class Salvaged:
    """What could be read of one table, and the names of entries that could not."""

    table: dict[str, Any]
    faults: tuple[SyntaxFault, ...] = ()
    lost: frozenset[str] = frozenset()
    given_up: bool = False
    """Only the ids were picked from the text; nothing can be said about the rest."""
    lines: tuple[str, ...] = ()
    """The lines of the table, with those blanked out that could not be read."""


class TomlText:
    """The text of a TOML file, with its places."""

    def __init__(self, text: str, *, sound: bool = True) -> None:
        self.text = text
        self.sound = sound
        """Whether the file is valid, so that its strings can be told from its tables."""

    @cached_property
    def masked(self) -> str:
        """The text with strings and comments blanked out, so that keys are not looked for in them."""
        return _TOKEN.sub(lambda found: re.sub(r"[^\n]", "~", found[0]), self.text)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The tables, in order; a broken file is cut at whatever looks like the head of a table."""
        heads = [
            found
            for found in _HEADER.finditer(self.text)
            if not self.sound or self.masked[self.text.index("[", found.start())] == "["
        ]
        ends = [found.start() for found in heads[1:]] + [len(self.text)] * bool(heads)
        return tuple(
            Block(found["plain"] or found["quoted"], found.start(), end)
            for found, end in zip(heads, ends, strict=True)
        )

    def line(self, offset: int) -> int:
        """Return the number of the line that an offset stands in, from 1."""
        return bisect_left(self._line_ends, offset) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def locate(self, block: Block | None, path: Path = (), value: str | None = None) -> int:
        """Return the line of a key (and a text in its value) inside a table: as near as it can be found."""
        position, end = (block.start, block.end) if block is not None else (0, len(self.text))
        for part in path:
            if isinstance(part, str):
                found = self._key(part, position, end)
            else:
                found = self._element(part, position, end)
            position = found if found is not None else position
        if value is not None:
            pattern = re.compile(rf"[\"']{re.escape(value)}[\"']")
            there = pattern.search(self.text, position, end)
            position = there.start() if there is not None else position
        return self.line(position)

    def _key(self, name: str, position: int, end: int) -> int | None:
        escaped = re.escape(name)
        pattern = re.compile(
            rf"(?<![\w.~-]){escaped}[ \t]*[=.]|{_NESTED_HEADER.format(name=escaped)}", re.MULTILINE
        )
        found = pattern.search(self.masked, position, end)
        if found is None:  # a key in quotes is masked like any string
            quoted = re.compile(rf"^[ \t]*[\"']{escaped}[\"'][ \t]*=", re.MULTILINE)
            found = quoted.search(self.text, position, end)
        if found is None:
            return None
        return found.start() + len(found[0]) - len(found[0].lstrip())

    def _element(self, number: int, position: int, end: int) -> int | None:
        """Return where the element with a number starts in the array or tables that stand at ``position``."""
        head = re.compile(r"\[\[[^\]\n]+\]\]").match(self.masked, position)
        if head is not None:
            same = [m.start() for m in re.finditer(re.escape(head[0]), self.masked[position:end])]
            return position + same[number] if number < len(same) else None
        depth, seen, awaiting = 0, -1, False
        for offset in range(self.masked.find("=", position, end) + 1, end):
            character = self.masked[offset]
            if awaiting and depth == 1 and not character.isspace() and character not in ",]":
                seen, awaiting = seen + 1, False
                if seen == number:
                    return offset
            if character in "[{":
                depth += 1
                awaiting = awaiting or depth == 1
            elif character in "]}":
                depth -= 1
                if depth <= 0:
                    return None
            elif character == "," and depth == 1:
                awaiting = True
        return None


def salvage(source: TomlText, block: Block) -> Salvaged:
    """Read one table of a broken file: entries that cannot be read are told and left out."""
    first = source.line(block.start)
    lines = source.text[block.start : block.end].split("\n")
    faults: list[SyntaxFault] = []
    lost: set[str] = set()
    while len(faults) < MOST_FAULTS:
        table, at, message = _try(lines)
        if table is not None:
            return Salvaged(table, tuple(faults), frozenset(lost), lines=tuple(lines))
        faults.append(SyntaxFault(first + at, message))
        mended = _without_fault(lines, at)
        if mended is None:
            break
        lines, names = mended
        lost |= names
    text = source.text[block.start : block.end]
    ids = dict(reversed(_SALVAGED.findall(text)))
    return Salvaged(ids, tuple(faults), frozenset(lost), given_up=True)


def _try(lines: list[str]) -> tuple[dict[str, Any] | None, int, str]:
    """Return the tables in ``lines``, or none with the line (from 0) and the fault."""
    try:
        return tomllib.loads("\n".join(lines)), len(lines), ""
    except (ValueError, RecursionError) as error:
        message = str(error)
        place = _PLACE.search(message)
        if place is not None and place[1] is not None:
            return None, min(int(place[1]), len(lines)) - 1, _PLACE.sub("", message)
        last = max((n for n, line in enumerate(lines) if _ENTRY.match(line)), default=0)
        return None, last, _PLACE.sub("", message)


def _without_fault(lines: list[str], at: int) -> tuple[list[str], set[str]] | None:
    """Return ``lines`` without the entry at fault, or None when no such entry can be told.

    The fault may stand in the entry of its line or in an open one before it: the attempt that gets
    further is kept.
    """
    if at == 0 and _HEADLIKE.match(lines[0]):
        return None
    first = 1 if _HEADLIKE.match(lines[0]) else 0
    entries = [number for number in range(first, at + 1) if _ENTRY.match(lines[number])]
    best: tuple[int, list[str], set[str]] | None = None
    if _UNFINISHED.match(lines[at]):
        tried = [*lines[:at], "", *lines[at + 1 :]]
        best = (_try(tried)[1], tried, {lines[at].split()[0]})
    for start in reversed(entries[-2:]):
        is_head = lines[start].lstrip().startswith("[")
        following = (
            number
            for number in range(start + 1, len(lines))
            if (_HEADLIKE if is_head else _ENTRY).match(lines[number])
        )
        stop = next(following, len(lines))
        tried = [*lines[:start], *[""] * (stop - start), *lines[stop:]]
        _, reached, _ = _try(tried)
        if best is None or reached > best[0]:
            best = (reached, tried, {_name_of(line) for line in lines[start:stop] if _ENTRY.match(line)})
    return (best[1], best[2]) if best is not None and best[0] > at else None


def _name_of(line: str) -> str:
    """Return the key that a line gives a value, or the last name in the head of a table."""
    return line.split("=", maxsplit=1)[0].strip(' \t"[]').split(".")[-1]


_UNFINISHED = re.compile(r"[ \t]*[\w-]+[ \t]+[\"'\d\[]")
"""An entry whose equals sign is missing."""
_HEADLIKE = re.compile(r"[ \t]*\[")
