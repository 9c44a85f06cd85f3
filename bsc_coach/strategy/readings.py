"""Readings of a KPI as a model: what was measured on which day."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from bsc_coach.strategy.field_types import Number, PartialDate
from bsc_coach.strategy.part import Part
from bsc_coach.strategy.reading_lines import in_order, read_line


class Reading(Part):
    """One value of a KPI, and the day or the period that it is of."""

    date: PartialDate
    value: Number
    note: str | None = None
    source: str | None = None
    """Who or what brought it: a file and the place in it."""


def reading_of(line: str) -> Reading | None:
    """Return the reading in a line as a session keeps it; None where it is none."""
    found = read_line(line)
    return None if found is None else Reading(**found._asdict())


def _read(told: object) -> object:
    """Return lines that a session keeps as readings; anything else, and where a line is none, as it is."""
    found = [reading_of(line) for line in told.split("\n")] if isinstance(told, str) else [None]
    return told if None in found else tuple(found)


Readings = Annotated[tuple[Reading, ...], BeforeValidator(_read), AfterValidator(in_order)]
"""Readings of one KPI in the order of their dates; also read from the lines that a session keeps."""
