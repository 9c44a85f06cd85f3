"""A file in the folder of a session, which the session writes, and other copies of it may have written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.plan import Plan
from bsc_coach.session.disk import Disk

MOST_COPIES = 12
"""So many writers, the last ones, may have written the file that stands in the folder."""


@dataclass(frozen=True)
class FileOnDisk:
    """What its session knows of such a file."""

    folder: Path
    disk: Disk
    plan: Plan
    actions: Sequence[Action]

    @property
    def number(self) -> int:
        """The number of the last action, 0 before the first."""
        return self.actions[-1].number if self.actions else 0

    def ends_of_copies(self) -> list[Action]:
        """Return the last action of each writer, the latest first: each may have written the file then."""
        last = {action.writer: action for action in self.actions}
        return sorted(last.values(), key=lambda one: one.number, reverse=True)[:MOST_COPIES]
