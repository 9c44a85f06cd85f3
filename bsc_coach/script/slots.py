"""Slots, the identity of an answer: a step of the script in the frame of the items that enclose it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, NewType

StepId = NewType("StepId", str)
"""Dotted slug of a step, unique in its script and never reused for something else."""

ItemId = NewType("ItemId", str)
"""Random id of an item that people added, or the id that the script gives a fixed item."""

Frame = tuple[tuple[StepId, ItemId], ...]
"""The (list, item) pairs around a slot, outermost first."""

_SEGMENT = re.compile(r"([a-z][a-z0-9_.]*)\[([A-Za-z0-9_-]+)\]")
_ITEM = re.compile(r"[A-Za-z0-9_-]+")
_STEP = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


class Slot(NamedTuple):
    """The place of one answer.

    Prints and parses as ``clusters[operations]/candidates[k7m2]/candidates.title``.
    """

    step: StepId
    frame: Frame = ()

    def __str__(self) -> str:
        around = "".join(f"{list_id}[{item}]/" for list_id, item in self.frame)
        return f"{around}{self.step}"

    @property
    def item(self) -> ItemId | None:
        """The innermost item around this slot, if it stands in a list."""
        return self.frame[-1][1] if self.frame else None


def is_item_id(text: str) -> bool:
    """Tell whether a slot can name an item so."""
    return _ITEM.fullmatch(text) is not None


def is_step_id(text: str) -> bool:
    """Tell whether a slot can name a step so."""
    return _STEP.fullmatch(text) is not None


@lru_cache(maxsize=1 << 15)
def parse_slot(path: str) -> Slot:
    """Parse a slot from its path, the inverse of ``str(slot)``. Raises ValueError if it is none."""
    *around, step = path.split("/")
    if not _STEP.fullmatch(step):
        raise ValueError(path)
    frame = []
    for segment in around:
        found = _SEGMENT.fullmatch(segment)
        if found is None:
            raise ValueError(path)
        frame.append((StepId(found[1]), ItemId(found[2])))
    return Slot(StepId(step), tuple(frame))
