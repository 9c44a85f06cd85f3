"""Provenance of one point of a strategy: who said what when, alternatives, and what depends on it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bsc_coach.strategy.model import Decision, Link
from bsc_coach.strategy.notes import KeptAnswer, Minute, TakenOver


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
    """Everything that was answered about it, by question and then by time, also what was taken back."""
    kept: tuple[KeptAnswer, ...] = ()
    """Remarks of the coach that were overruled, each in the wording that it was about."""
    scores: Weighed | None = None
    decisions: tuple[Decision, ...] = ()
    """Those that speak of it, of what it measures, or of what it ties together."""
    links: tuple[Link, ...] = ()
    """From it and to it; for a link, itself."""
    kpis: tuple[Named, ...] = ()
    initiatives: tuple[Named, ...] = ()
    dropped: tuple[Weighed, ...] = ()
    """The improvements of the same cluster that were not chosen."""
    removed: tuple[Named, ...] = ()
    """What was taken off the list that it stands in."""
    taken_over: TakenOver | None = None
    """Where it comes from, where it was not first said in this session."""
    earlier: Explanation | None = None
    """What the older session knows of it, where that is at hand."""
