"""The breakout.toml in the folder of a part: what it is a part of, for which clusters, and who does the others.

A plain file and no fact of the journal: a fact would come back with the answers, and the whole session would
then take itself for a part.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from pydantic import Field, ValidationError

from bsc_coach import sizes
from bsc_coach.session.disk import Disk
from bsc_coach.strategy.field_types import Moment
from bsc_coach.strategy.notes import PartOf
from bsc_coach.strategy.part import Part
from bsc_coach.text import clean, shorten

BREAKOUT = "breakout.toml"


class Breakout(Part):
    """What the folder of a part tells of the split that it comes from."""

    of: str = Field(max_length=sizes.SHORT_TEXT)
    """Name of the folder that was split."""
    organisation: str = Field(default="", max_length=sizes.TEXT)
    part: tuple[str, ...] = Field(min_length=1, max_length=sizes.CHOICES)
    """Ids of the clusters that are worked out in it."""
    others: tuple[tuple[str, ...], ...] = Field(default=(), max_length=sizes.CHOICES)
    """Ids of the clusters of each of the other parts."""
    at: Moment
    by: str = Field(default="", max_length=sizes.SHORT_TEXT)
    heads: tuple[str, ...] = Field(default=(), max_length=sizes.ENTRIES)
    """The last actions of the log at the split, as the journal names them."""

    @property
    def part_of(self) -> PartOf:
        """What documents and questions go by."""
        of = shorten(clean(self.of).text, sizes.SHORT_TEXT)
        day = datetime.fromisoformat(self.at).date().isoformat()
        return PartOf(of=of, clusters=self.part, on=day)


class BreakoutFaultError(ValueError):
    """A breakout.toml that cannot be read as one."""


def breakout_as_toml(breakout: Breakout, comment: str) -> bytes:
    """Return the bytes of a breakout.toml that opens with a comment for whoever looks into it."""
    import tomli_w

    lines = "".join(f"# {line}\n" for line in comment.splitlines())
    return (lines + tomli_w.dumps(breakout.model_dump(mode="json", exclude_defaults=True))).encode()


def read_breakout(data: bytes) -> Breakout:
    """Return what the bytes of a breakout.toml tell. Raises BreakoutFaultError where they are none."""
    try:
        breakout = Breakout.model_validate(tomllib.loads(data.decode("utf-8-sig")))
        datetime.fromisoformat(breakout.at)
    except (ValidationError, ValueError, RecursionError) as error:
        raise BreakoutFaultError(str(error)) from error
    return breakout


def breakout_in(folder: Path, disk: Disk) -> Breakout | None:
    """Return what a folder is a part of; None for a whole session. Raises BreakoutFaultError."""
    try:
        data = disk.below(folder).read(folder / BREAKOUT, most=sizes.SCRIPT_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:  # a link in its place, among others
        raise BreakoutFaultError(error.strerror or "") from error
    return read_breakout(data)
