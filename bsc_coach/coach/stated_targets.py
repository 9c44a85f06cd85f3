"""Extract the target level and year that an objective's wording states: "to 10 days by 2027"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.coach.context import RuleContext

_LEVEL = re.compile(
    r"(?P<before>[^\W\d_]+)\s+(?P<value>\d+(?:[.,]\d{1,2})?)(?!\d|[.,]\d)\s?(?P<unit>%|[^\W\d_]+)?"
)
"""A number that means one thing in every language: none with three digits behind a point or comma."""
_YEAR = re.compile(r"20\d\d")
_DEADLINE = re.compile(r"(?P<before>[^\W\d_]+)\s+(?P<year>20\d\d)\b")


@dataclass(frozen=True)
class StatedTarget:
    """Level, unit and year for the target of a KPI; each empty where the wording does not state it."""

    value: str = ""
    """A number as it was written."""
    unit: str = ""
    year: str = ""


def stated_target(written: str, context: RuleContext) -> StatedTarget:
    """Extract the level and the year that a wording states.

    Only what is plainly a level counts: "to 10 days", not "by 20%", which is a distance.
    """
    text, words = normal(written), context.lists
    level = next((one for one in _LEVEL.finditer(text) if one["before"] in words.words("aims_at")), None)
    year = next(
        (one["year"] for one in _DEADLINE.finditer(text) if one["before"] in words.words("deadlines")), ""
    )
    if level is None or (not level["unit"] and _YEAR.fullmatch(level["value"])):
        return StatedTarget(year=year)
    unit = level["unit"] or ""
    return StatedTarget(level["value"], unit if unit in words.words("units") else "", year)
