"""Provenance of one point of a strategy: who said what when, alternatives, and what depends on it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bsc_coach.strategy.model import Decision, Link
from bsc_coach.strategy.notes import KeptAnswer, Minute, NamedBallot, TakenOver


class Weighed(BaseModel):
    """A process improvement with its scores, and why it was chosen or not."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    title: str | None = None
    influence: int | None = None
    performance: int | None = None
    priority: int | None = None
    evidence: str | None = None
    reason: str | None = None
    selected: bool = False


class Named(BaseModel):
    """Something else, by its short id and what it is called."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    title: str | None = None


class VoteTaken(BaseModel):
    """One time that everybody voted on a point, and what it came to."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    at: str
    """ISO date and time, as the clock stood where it was, with its offset."""
    n: int
    mean: float | None = None
    """None where a ballot is a choice."""
    spread: float | None = None
    outcome: str
    """Mean, number of ballots and spread in words."""
    undone: bool = False


class VoteHistory(BaseModel):
    """What everybody's ballots said of a point: each time it was voted on, and what the talk made of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    asked: str
    """The question in short."""
    taken: tuple[VoteTaken, ...]
    stale: bool = False
    """Whether the point was reworded since."""
    afterwards: str | None = None
    """The answer to the question that was voted on, where it was given with the ballots or after them."""
    talked: bool = False
    """Whether that was answered in the talk, and not by the middle of the ballots."""
    named: tuple[NamedBallot, ...] = ()
    """Who gave which, where everyone knew beforehand that everyone could see it."""


class Explanation(BaseModel):
    """All that a session knows about one point of it: of the map, a KPI, a link, a decision and so on."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    kind: str
    """The list of the strategy that it stands in: objectives, kpis; empty for one of a script's own."""
    title: str | None = None
    gone: bool = False
    """It was taken off its list, or adding it was taken back."""
    owner: str | None = None
    said: tuple[Minute, ...] = ()
    """Everything that was answered about it, by question and then by time, also what was taken back; but for
    ballots, and what was written in silence."""
    originals: tuple[str, ...] = ()
    """What was written in a silent round that it was made of, as it was written."""
    voted: tuple[VoteHistory, ...] = ()
    heard: tuple[str, ...] = ()
    """The sentences that somebody wanted said when it was voted on, with the other points of its cluster."""
    kept: tuple[KeptAnswer, ...] = ()
    """Remarks of the coach that were overruled, each in the wording that it was about."""
    scores: Weighed | None = None
    decisions: tuple[Decision, ...] = ()
    """Those that speak of it, of what it measures, or of what it ties together."""
    links: tuple[Link, ...] = ()
    """From it and to it; for a link, itself."""
    themed: tuple[Named, ...] = ()
    """The theme that it belongs to; of a theme, what belongs to it."""
    risks: tuple[Named, ...] = ()
    """What threatens it."""
    kpis: tuple[Named, ...] = ()
    old_kpis: tuple[Named, ...] = ()
    """KPIs from before that stay for it, go into it, or go on as it."""
    initiatives: tuple[Named, ...] = ()
    dropped: tuple[Weighed, ...] = ()
    """The improvements of the same cluster that were not chosen."""
    removed: tuple[Named, ...] = ()
    """What was taken off the list that it stands in."""
    taken_over: TakenOver | None = None
    """Where it comes from, where it was not first said in this session."""
    earlier: Explanation | None = None
    """What the older session knows of it, where that is at hand."""
