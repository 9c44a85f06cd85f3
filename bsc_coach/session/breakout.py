"""The breakout.toml in the folder of a part: what it is a part of, for which clusters, and what others do.

A plain file and no fact of the journal: a fact would come back with the answers, and the whole session would
then take itself for a part.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach import sizes
from bsc_coach.interview.facts.log import ActionId, ids_as_text, read_ids
from bsc_coach.session.disk import Disk
from bsc_coach.text import clean, shorten

if TYPE_CHECKING:
    from bsc_coach.strategy.notes import PartOf

BREAKOUT = "breakout.toml"
_LONGEST_ID = 64


@dataclass(frozen=True)
class Breakout:
    """What the folder of a part tells of the split that it comes from."""

    of: str
    """Name of the folder that was split."""
    organisation: str
    part: tuple[str, ...]
    """Ids of the clusters that are worked out in it."""
    others: tuple[tuple[str, ...], ...]
    """Ids of the clusters of each of the other parts."""
    at: str
    """ISO date and time of the split, with its offset."""
    by: str
    heads: tuple[ActionId, ...]
    """The last actions of the log at the split."""

    @property
    def part_of(self) -> PartOf:
        """What documents and questions go by."""
        from bsc_coach.strategy.notes import PartOf

        day = datetime.fromisoformat(self.at).date().isoformat()
        return PartOf(of=self.of, clusters=self.part, on=day)


class BreakoutFaultError(ValueError):
    """A breakout.toml that cannot be read as one."""


def breakout_as_toml(breakout: Breakout, comment: str) -> bytes:
    """Return the bytes of a breakout.toml that opens with a comment for whoever looks into it."""
    import tomli_w

    lines = "".join(f"# {line}\n" for line in comment.splitlines())
    return (lines + tomli_w.dumps({**asdict(breakout), "heads": ids_as_text(breakout.heads)})).encode()


def read_breakout(data: bytes) -> Breakout:
    """Return what the bytes of a breakout.toml tell. Raises BreakoutFaultError where they are none."""
    import tomllib

    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
        at = datetime.fromisoformat(_text(told.get("at"))).isoformat()
        heads = read_ids(told.get("heads", []))
    except (ValueError, RecursionError) as error:
        raise BreakoutFaultError(str(error)) from error
    part, others = _ids(told.get("part")), told.get("others", [])
    if not part or not isinstance(others, list):
        raise BreakoutFaultError("part")
    return Breakout(
        of=_text(told.get("of")),
        organisation=_text(told.get("organisation", "")),
        part=part,
        others=tuple(_ids(one) for one in others),
        at=at,
        by=_text(told.get("by", "")),
        heads=heads,
    )


def _text(value: object) -> str:
    """Read a text of one line. Raises BreakoutFaultError for anything else."""
    if not isinstance(value, str):
        raise BreakoutFaultError(repr(value)[:80])
    return shorten(clean(value).text, sizes.SHORT_TEXT)


def _ids(value: object) -> tuple[str, ...]:
    """Read a list of ids, each once. Raises BreakoutFaultError for anything else."""
    if not isinstance(value, list) or len(value) > sizes.CHOICES:
        raise BreakoutFaultError(repr(value)[:80])
    return tuple(dict.fromkeys(_text(one)[:_LONGEST_ID] for one in value))


def breakout_in(folder: Path, disk: Disk) -> Breakout | None:
    """Return what a folder is a part of; None for a whole session. Raises BreakoutFaultError."""
    try:
        data = disk.below(folder).read(folder / BREAKOUT, most=sizes.SCRIPT_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:  # a link in its place, among others
        raise BreakoutFaultError(error.strerror or "") from error
    return read_breakout(data)
