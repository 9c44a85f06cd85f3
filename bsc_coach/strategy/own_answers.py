"""Answers to questions of a script of one's own that have no place of their own in the model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bsc_coach.strategy.field_types import Number
from bsc_coach.strategy.part import Part

Name = Annotated[str, Field(pattern=r"^[a-z_]+$")]
"""A part of the strategy by the name it has in strategy.toml, or a kind of question."""


class Extra(Part):
    """An answer to a question of one's own that has no place of its own in the model."""

    step: str
    about: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.]+$")] | None = None
    """Short id of the item it is about, or the id of one that the script names."""
    question: str
    kind: Name | None = None
    """What sort of question it is, as scripts name it: a date is printed as one."""
    section: str | None = None
    """The title of the part of the agenda that it was asked in."""
    part: Name | None = None
    """The part of the strategy that the same part of the agenda fills: kpis for one asked among KPIs."""
    after: Name | None = None
    """Where its part of the agenda fills none: the part of the strategy that the agenda filled before it."""
    list: str | None = None
    """The title of the list or round of whose items it was asked."""
    within: str | None = None
    """The item around the one it is about, as people read it: O1 where a lesson is about O1."""
    short: str | None = None
    """The question in two or three words, where the script has them."""
    answer: str | Number | tuple[str, ...]
    said: str | None = None
    """The answer as people read it, where it is kept as ids of choices or items."""
    said_about: str | None = None
    """The item it is about as people read it, where that is more than its id."""
