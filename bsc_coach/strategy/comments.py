"""Comments of people in a strategy.toml, kept when a session writes it anew.

A comment belongs to the key, the block or the item that it stands before or behind. Items are known by their
ids, so it follows them wherever they go. What belongs to nothing any more stands at the end of the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from bsc_coach.strategy.holding import key_of
from bsc_coach.toml_places import Comment, Path, TomlPlaces, places_of
from bsc_coach.words import BASE_LANGUAGE, say

_MAYBE = re.compile(r"#(?!:schema )")
_DIRECTIVE = "#:schema "
NamedPath = tuple[object, ...]
"""A path in which items that have an id stand by it, and not by their number."""


def with_comments(old: str, new: str) -> str:
    """Return ``new`` with the comments of ``old``; those of what is gone at the end, under a line of ours.

    ``new`` must be valid TOML; what is none has no comments that could be told from its text.
    """
    if not _MAYBE.search(old):
        return new
    try:
        before = tomllib.loads(old)
    except (ValueError, RecursionError):
        return new
    # Every comment, and where what it belongs to stands in the new text.
    kept = [one for one in places_of(old).comments if not one.text.startswith(_DIRECTIVE)]
    if not kept:
        return new
    names = _Names(before)
    places, table = places_of(new), tomllib.loads(new)
    there = {_Names(table).named(path): path for path in places.lines}
    lines = new.split("\n")
    # Those that have a place there, and those whose place is gone.
    above: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    at_end: list[str] = []
    lost: list[str] = []
    for comment in kept:
        if comment.path is None:
            at_end.append(comment.text)
            continue
        path = there.get(names.named(comment.path))
        if path is None:
            lost.append(_with_place(comment, names))
        elif comment.behind:
            behind.setdefault(_last_line(places, path), []).append(comment.text)
        else:
            above.setdefault(places.lines[path], []).append(comment.text)
    gone = say("strategy.comments_gone", str(table.get("language", BASE_LANGUAGE)))
    return _put_together(lines, above, behind, _end(at_end, lost, f"# {gone}"))


class _Names:
    """The way from the numbers of items in a parsed file to their ids."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table

    def named(self, path: Path) -> NamedPath:
        """Return a path with ids in place of numbers, where items have ids."""
        found: Any = self.table
        told: list[object] = []
        for part in path:
            found = found[part]
            key = key_of(found) if isinstance(part, int) and isinstance(found, dict) else None
            told.append(part if key is None else ("item", key))
        return tuple(told)


def _last_line(places: TomlPlaces, path: Path) -> int:
    return places.ends.get(path, places.lines[path])


def _with_place(comment: Comment, names: _Names) -> str:
    """Say with a comment what it belonged to."""
    parts = [
        str(part[1]) if isinstance(part, tuple) else str(part) for part in names.named(comment.path or ())
    ]
    return f"# {'.'.join(parts)}: {comment.text.lstrip('#').strip()}"


def _end(at_end: list[str], lost: list[str], head: str) -> list[str]:
    if not lost:
        return at_end
    return [*at_end, *([] if head in at_end else [head]), *lost]


def _put_together(
    lines: list[str], above: dict[int, list[str]], behind: dict[int, list[str]], end: list[str]
) -> str:
    def all_lines() -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            indent = line[: len(line) - len(line.lstrip())]
            yield from (indent + text for text in above.get(number, ()))
            yield "  ".join([line, *behind.get(number, ())])

    text = "\n".join(all_lines())
    return text + "\n" + "".join(f"{line}\n" for line in end) if end else text
