"""What a session adds to a strategy in its documents: where it comes from, open points, overruled remarks.

strategy.toml carries all of it but the minutes (``strategy_file``), so that a document made from the file
says the same as one made from the session.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bsc_coach.strategy.field_types import Moment, PartialDate
from bsc_coach.strategy.part import Part

PointKind = Literal["disputed", "open", "parked", "stale", "declined", "waiting", "broken"]


class PointSide(Part):
    """What one copy of a session says of a point, where copies put together say different things."""

    said: str
    by: str | None = None
    at: str | None = None
    """ISO date and time, as the clock stood there."""


class Point(BaseModel):
    """A question that is not simply answered, as a reader of the document needs it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: PointKind
    section: str
    question: str
    short: str = ""
    """The question in two or three words, as a column of a card has it."""
    about: str | None = None
    """Short id and title of the item that the question is about."""
    answer: str | None = None
    """What was answered, where something was (stale, waiting, broken)."""
    reason: str | None = None
    owner: str | None = None
    due: str | None = None
    by: str | None = None
    """Who gave or put off the answer, where something was said."""
    on: str | None = None
    """ISO date on which that was."""
    left: bool = False
    """Whether it was left to its owner by the depth of the session, so that nobody put it off."""
    choices: tuple[str, ...] = ()
    """What can be answered to one that was left, where the answer is a choice."""
    sides: tuple[PointSide, ...] = ()
    """What was said of it in different copies of the session, where nobody has decided yet."""


class LeftAside(BaseModel):
    """A field of the strategy that a session did not come to, and where it went instead."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    field: str
    """As the script names it: "kpis[].formula"; the whole list for one that was not made: "kpis[]"."""
    items: tuple[str, ...] = ()
    """Short ids of its items, or ids that the script names; none for a field that is in no list."""
    to_owner: bool = False
    """Whether it is homework; what is not was not discussed."""


class Unconfirmed(BaseModel):
    """A field of the strategy that was taken over from an earlier one, and that nobody has confirmed here."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    field: str
    """As the script names it; for a question of one's own its step."""
    section: str
    name: str
    """The question in short."""
    items: tuple[str, ...] = ()


class TakenOver(BaseModel):
    """Where a session that did not begin empty has its first answers from."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    source: str = ""
    """Name of the file or folder; nothing where the journal of an older version does not tell."""
    as_of: PartialDate | None = None
    """ISO date of the last answer in it, where it told."""
    on: PartialDate
    """ISO date on which it was taken over."""
    by: str
    digest: str = ""
    """Of the bytes of the strategy.toml that was taken over."""
    redacted: bool = False
    """Whether it was a redacted case: names replaced and numbers rounded."""
    edited: bool = False
    """Whether it was changed by hand since its session wrote it."""
    unconfirmed_there: int = 0
    """How many of its answers were older still, and had not been confirmed there either."""
    answers: int = 0
    """How many answers came from it."""
    unconfirmed: int = 0
    """How many of them nobody has confirmed here."""


class PartOf(Part):
    """What the folder of a breakout is a part of: which session, which clusters of it, and since when."""

    of: str
    """Name of the folder that was split."""
    clusters: tuple[str, ...]
    """Ids of the clusters that are worked out in it."""
    on: PartialDate
    """ISO date of the split."""


class Sitting(BaseModel):
    """One stretch of time in which a session was held."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    begin: Moment
    """ISO date and time of its first answer, as the clock stood where it was held, with its offset."""
    end: Moment
    answers: int = 0


class LeftQuestion(BaseModel):
    """A question that nobody came to, or not for all of its items."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    name: str
    """In short."""
    of: str = ""
    """The list whose items it is asked of."""
    some: tuple[str, ...] = ()
    """The items that nobody came to, where the others were asked: by their short ids, or else by name."""


class NotDiscussed(BaseModel):
    """Questions of one part of the agenda that nobody came to: neither open nor declined, but left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    section: str
    questions: tuple[LeftQuestion, ...]
    """None where it is the whole part."""
    second_sitting: bool = False
    """Whether they wait for a second sitting, rather than that there was no time for them."""


class NamedBallot(BaseModel):
    """Who gave which ballot, where everyone knew beforehand that everyone could see it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    item: str
    """Short id of the point; the field, where that is about no point."""
    name: str
    ballot: str


class Voted(BaseModel):
    """A field of the strategy that holds ballots: their scale, and which are about earlier words."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    field: str
    """As the script names it: "candidates[].dots"; for a question of one's own its step."""
    low: int
    high: int
    stale: tuple[str, ...] = ()
    """Short ids of what was reworded since; the field, where that is about no point."""
    named: tuple[NamedBallot, ...] = ()
    """Told by a session only: no strategy.toml carries it."""


class KeptAnswer(BaseModel):
    """An answer kept against the coach's remark, with the reason given."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    answer: str
    remark: str
    reason: str
    by: str


class MutedRule(BaseModel):
    """A rule of the coach that was told to be silent, with the reason given."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    rule: str
    reason: str
    by: str


class Alarm(BaseModel):
    """One of the gravest findings of the coach that were neither followed nor overruled."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    rule: str
    severity: str
    say: str
    about: str | None = None
    """Short id and title of the item that it is about."""


class SectionState(BaseModel):
    """How far one section of the interview got, and whether the team confirmed it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: str
    settled: int
    possible: int
    minutes_planned: int
    minutes_elapsed: int


class Notes(BaseModel):
    """Everything that a document tells beyond the strategy itself."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    recorded: bool = False
    """Whether the record of a session stands behind it; without one nobody knows what was confirmed."""
    edited: bool = False
    """Whether it was changed by hand in strategy.toml since the session wrote that."""
    session_date: str | None = None
    """ISO date of the last answer, where the session was held."""
    answers: int = 0
    """How many answers were given in the session."""
    sittings: tuple[Sitting, ...] = ()
    taken_over: TakenOver | None = None
    part_of: PartOf | None = None
    """What its folder is a part of; a whole session is part of nothing."""
    unconfirmed: tuple[Unconfirmed, ...] = ()
    points: tuple[Point, ...] = ()
    not_discussed: tuple[NotDiscussed, ...] = ()
    left_aside: tuple[LeftAside, ...] = ()
    voted: tuple[Voted, ...] = ()
    kept: tuple[KeptAnswer, ...] = ()
    muted: tuple[MutedRule, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    confirmed: str | None = None
    """ISO date on which the closing read-back was confirmed, where nothing changed since."""
    redacted: bool = False
    """Whether names were replaced and numbers rounded, so that others may read it."""
    theme: str | None = None
    """The strategic theme whose points alone are told; None for the whole strategy."""


MinuteKind = Literal[
    "answered", "taken_over", "reworded", "affirmed", "affirmed_together", "reopened", "parked", "declined",
    "kept", "muted", "removed", "restored", "left_empty", "confirmed",
]  # fmt: skip


class Minute(BaseModel):
    """One thing that was said in a session: when, by whom, to which question, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    at: str
    """ISO date and time, as the clock stood where it was said, with its offset."""
    by: str
    origin: Literal["", "edit", "save", "taken", "filled"] = ""
    """Where it came from when it was not said in the talk: edited by hand, saved by the coach, taken over."""
    kind: MinuteKind
    section: str = ""
    question: str = ""
    short: str = ""
    """The question in two or three words."""
    about: str | None = None
    """Short id and title of the item that it is about."""
    said: str = ""
    """The answer; what was removed or is back; the id of the rule that was kept against or muted."""
    before: str | None = None
    """The wording that it took the place of."""
    remark: str | None = None
    """What the coach had said of that wording, or why there is the rule that was kept against or muted."""
    reason: str | None = None
    owner: str | None = None
    due: str | None = None
    """Who brings back what was parked, and an ISO date by when, where something was said."""
    undone: bool = False
    """Whether it was taken back: it was said, and no longer counts."""


class TimeMinute(BaseModel):
    """One decision about the time there is, or time that was spent on no question."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    at: str
    """ISO date and time with its offset: when it was decided, or when a break or talk began."""
    kind: Literal["planned", "replanned", "in_full", "break", "talk", "round"]
    how: str = ""
    """The id of a preset, of what was done about being late, or of who could see what in a round."""
    about: str = ""
    """The part that is asked in full; what the talk, or the round, was about."""
    begin: str = ""
    """ISO date and time with its offset at which a slot that was planned begins, where that was said."""
    minutes: int = 0
    """How long the slot, the break or the talk is."""
    people: int = 0
    breaks: int = 0
    """Minutes of a slot that are planned for breaks."""
    undone: bool = False


class Minutes(BaseModel):
    """The record of a session: everything that was said, in order, and where the time went."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    said: tuple[Minute, ...] = ()
    sections: tuple[SectionState, ...] = ()
    time: tuple[TimeMinute, ...] = ()
