"""Parts of a strategy from the end of a session: how it is kept alive, how far people agree, how it went."""

from __future__ import annotations

from typing import Literal

from bsc_coach.strategy.field_types import Ballots, PartialDate, Vote
from bsc_coach.strategy.part import Part


class Review(Part):
    """How the map is kept alive."""

    first: PartialDate | None = None
    rhythm: Literal["weekly", "monthly", "quarterly", "half_yearly"] | None = None
    who: str | None = None
    act: str | None = None
    """What is changed when a number stays red, and who may decide that: the last of plan, do, check, act."""
    story: str | None = None
    contribution: str | None = None
    steering: str | None = None
    long_term: str | None = None


class Agreement(Part):
    """The lowest hand of a fist-to-five at the end of a stage; the last vote is with the participants."""

    proposition: Vote | None = None
    vital_few: Vote | None = None
    kpis: Vote | None = None
    map_votes: Ballots = ()
    """How many fingers each person gave the whole map, where that was done without names."""
    map_said: str | None = None
    """What somebody wanted said about the map, a line each."""
    links_said: str | None = None


class Meeting(Part):
    """How the meeting was: worth the time, what to keep, what to change."""

    sorting: Literal["now", "later"] | None = None
    """Whether the KPIs that were there before were sorted in it."""
    worth_votes: Ballots = ()
    keep: str | None = None
    change: str | None = None
    keep_written: tuple[str, ...] = ()
    """What everybody wrote for themselves, as it was written."""
    change_written: tuple[str, ...] = ()
