"""Scanner of valid TOML text: the line of every table, key and element, and the comments people wrote.

tomllib keeps neither. The text must have been parsed by it before: nothing is checked here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""Names of keys and numbers of elements, from the top of the file."""

_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'", re.DOTALL
)
_COMMENT = re.compile(r"#[^\n]*")
_SPACE = re.compile(r"[ \t\r\n]*")
_BARE_KEY = re.compile(r"[\w-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


@dataclass(frozen=True)
class Comment:
    """A comment of a file, with the key or table that it stands before or behind."""

    text: str
    line: int
    path: Path | None
    """What it belongs to; None for one after everything else."""
    behind: bool = False
    """Whether it stands on the same line, behind what it belongs to."""


@dataclass
class TomlPlaces:
    """Where everything stands in a TOML file, by line, from 1."""

    lines: dict[Path, int] = field(default_factory=dict)
    """Where each table, key and element begins: for a key that has several parts, for each of them."""
    ends: dict[Path, int] = field(default_factory=dict)
    """The line that the value of a key or an element ends in; of a table, the line of its head."""
    comments: tuple[Comment, ...] = ()

    def line(self, path: Path) -> int:
        """Return the line of what stands at ``path``, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def places_of(text: str) -> TomlPlaces:
    """Scan ``text``, which must be valid TOML, for its places and comments."""
    return _Scanner(text).scan()


class _Scanner:
    """One pass over the text, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = TomlPlaces()
        self.breaks = [one.start() for one in re.finditer("\n", text)]
        self.waiting: list[tuple[str, int]] = []
        """Comments on lines of their own that nothing has followed yet."""
        self.told: list[Comment] = []
        self.last: Path | None = None
        """What ended last, so that a comment behind it is known to be its own."""
        self.counts: dict[Path, int] = {}
        """The number of the last element of each array of tables."""

    def scan(self) -> TomlPlaces:
        around: Path = ()
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                around = self._head()
            else:
                self._entry(around)
            self._skip()
        self.told.extend(Comment(text, line, None) for text, line in self.waiting)
        self.found.comments = tuple(sorted(self.told, key=lambda one: one.line))
        return self.found

    def _line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1

    def _skip(self) -> None:
        """Go past white space and comments, and keep the comments."""
        while True:
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found is not None else self.at
            comment = _COMMENT.match(self.text, self.at)
            if comment is None:
                return
            line = self._line()
            text = comment[0].rstrip()
            if self.last is not None and self.found.ends[self.last] == line:
                self.told.append(Comment(text, line, self.last, behind=True))
            else:
                self.waiting.append((text, line))
            self.at = comment.end()

    def _begins(self, path: Path, line: int) -> None:
        self.found.lines.setdefault(path, line)
        self.told.extend(Comment(text, at, path) for text, at in self.waiting)
        self.waiting.clear()

    def _ends(self, path: Path) -> None:
        self.found.ends[path] = self._line()
        self.last = path

    def _head(self) -> Path:
        """Read the head of a table: [name], [[name]], [name.name]."""
        line, is_list = self._line(), self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        names = self._key()
        path: Path = ()
        for number, name in enumerate(names):
            path = (*path, name)
            self.found.lines.setdefault(path, line)
            if is_list and number == len(names) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        self.at = self.text.index("]", self.at) + (2 if is_list else 1)
        self._begins(path, line)
        self._ends(path)
        return path

    def _key(self) -> list[str]:
        """Read the parts of a key, up to what follows it."""
        names = []
        while True:
            self._blank()
            quoted = _STRING.match(self.text, self.at)
            if quoted is not None:
                names.append(_unquoted(quoted[0]))
                self.at = quoted.end()
            elif (bare := _BARE_KEY.match(self.text, self.at)) is not None:
                names.append(bare[0])
                self.at = bare.end()
            self._blank()
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def _blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def _entry(self, around: Path) -> None:
        """Read a key and its value."""
        line = self._line()
        names = self._key()
        for length in range(1, len(names) + 1):
            path = (*around, *names[:length])
            self._begins(path, line)
        self.at = self.text.index("=", self.at) + 1
        self._blank()
        self._value((*around, *names))
        self._ends((*around, *names))

    def _value(self, path: Path) -> None:
        string = _STRING.match(self.text, self.at)
        if string is not None:
            self.at = string.end()
        elif self.text[self.at] == "[":
            self._within(path, "]")
        elif self.text[self.at] == "{":
            self._within(path, "}")
        elif (bare := _BARE_VALUE.match(self.text, self.at)) is not None:
            self.at = self.at + len(bare[0].rstrip())

    def _within(self, path: Path, end: str) -> None:
        """Read the elements of an array, or the entries of an inline table."""
        self.at += 1
        number = 0
        self._skip()
        while self.at < len(self.text) and self.text[self.at] != end:
            if end == "}":
                self._entry(path)
            else:
                element = (*path, number)
                self._begins(element, self._line())
                self._value(element)
                self._ends(element)
                number += 1
            self._skip()
            if self.text.startswith(",", self.at):
                self.at += 1
                self._skip()
        self.at += 1


def _unquoted(text: str) -> str:
    if text[0] == "'":
        return text.strip("'")
    return _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])
