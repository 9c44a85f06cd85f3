"""Where a failure happened: its type and its stack as file, line and function, and nothing of what was said.

The message of an exception and the values of variables can hold an answer, and a line of source says little
more than its place does: none of them is ever asked for.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bsc_coach.errors import BscCoachError

MOST_PLACES = 120
"""Places of a stack that are told; those in the middle of an endless recursion say the same again."""


@dataclass(frozen=True)
class Failure:
    """One exception, by its type; ``key`` and ``errno`` where it is one of ours or of the system."""

    type: str
    places: tuple[str, ...]
    key: str | None = None
    errno: int | None = None


def failures_of(error: BaseException) -> Iterator[Failure]:
    """Yield an exception, then what led to it, down to the first cause."""
    seen, current = set[int](), error
    while id(current) not in seen:
        seen.add(id(current))
        key = current.key if isinstance(current, BscCoachError) else None
        errno = current.errno if isinstance(current, OSError) else None
        yield Failure(type(current).__qualname__, _places_of(current), key, errno)
        current = current.__cause__ or current.__context__ or current


def _places_of(error: BaseException) -> tuple[str, ...]:
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    half = MOST_PLACES // 2
    shown = frames if len(frames) <= MOST_PLACES else [*frames[:half], *frames[-half:]]
    return tuple(f"{_file(code.co_filename)}:{line}:{code.co_qualname}" for code, line in shown)


def _file(file: str) -> str:
    """Return the name of a source file without where on the machine it stands."""
    parts = Path(file).parts
    for package_folder in (
        "site-packages",
        "dist-packages",
        f"python{sys.version_info[0]}.{sys.version_info[1]}",
    ):
        if package_folder in parts:
            return "/".join(parts[parts.index(package_folder) + 1 :])
    if "bsc_coach" in parts:
        at = len(parts) - 1 - parts[::-1].index("bsc_coach")
        return "/".join(parts[at:])
    return parts[-1] if parts else ""
