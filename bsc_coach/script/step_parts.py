"""Parts of the steps of a script: choices, limits, counts, sources, variants, the names of their texts."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from bsc_coach.script.header import StepRef
from bsc_coach.script.predicates import Predicate
from bsc_coach.script.tables import Check, ReadBefore, ScriptTable

Prefix = Annotated[str, Check(pattern=r"^[A-Z]{1,4}$")]
ChoiceId = Annotated[str, Check(pattern=r"^[a-z0-9][a-z0-9_]*$")]

TextRole = Literal["title", "ask", "more", "short", "help", "good", "poor", "reason", "offer", "stand_in"]
TEXT_ROLES: tuple[TextRole, ...] = get_args(TextRole)


class Choice(ScriptTable):
    """One possible answer: its id never changes, its text may."""

    id: ChoiceId
    text: str
    help: str | None = None
    when: Predicate | None = None
    """Offered only where this holds (a sub-process only in its own cluster)."""


class FixedItem(ScriptTable):
    """An item of a list whose items the script names."""

    id: ChoiceId
    text: str
    prefix: Prefix | None = None
    """Letters of the short ids of items collected under this one."""


class Bounds(ScriptTable):
    """How many items or picks are wanted."""

    min: Annotated[int, Check(ge=0)] = 0
    max: Annotated[int, Check(ge=1)] | None = None


class Scale(ScriptTable):
    """The whole numbers that one ballot may give."""

    min: Annotated[int, Check(ge=0)]
    max: Annotated[int, Check(ge=1)]


NamesRule = Literal["nobody", "team", "everyone"]
"""Who can see who said what: nobody; the team while it looks at the outcome; everyone, for good."""


class Limit(ScriptTable):
    """What makes an answer impossible to accept; the typed text stays where it was."""

    min_chars: Annotated[int, Check(ge=1)] | None = None
    max_chars: Annotated[int, Check(ge=1)] | None = None
    unique_in: StepRef | None = None
    min: float | None = None
    max: float | None = None
    integer: bool = False


PointAnswer = Literal["objective", "outcome", "mission", "enabler", "promise", "segment", "proposition"]
"""A text that stands on the map, or for whom and why it is made."""
POINT_ANSWERS = frozenset(get_args(PointAnswer))
Coached = Literal[PointAnswer, "ambition", "value", "benefit", "reason", "closing", "kpi"]
"""What an answer is to the coach: a text of the map, one that is no point of it, or part of a KPI."""


Depth = Literal["room", "full"]
"""At which depth a question is asked: in every session, or only in one that has the time for everything."""
Late = Literal["shorten", "homework", "leave", "drop"]
"""What happens to a question for which there is no time: asked in its least minutes, taken home by the owner
of its item, left out of the document as not discussed, or left out without a word."""


class Source(ScriptTable):
    """A list to take items from, and which of them."""

    list: StepRef
    each_when: Predicate | None = None
    depth: Depth = "room"
    """At which depth its items are gone over."""
    typical: Annotated[float, Check(gt=0)] | None = None
    """How many of them there usually are; without it, as many as the list usually has."""


def _as_source(value: object) -> object:
    return {"list": value} if isinstance(value, str) else value


SourceEntry: TypeAlias = Annotated[Source, ReadBefore(_as_source)]


class Variant(ScriptTable):
    """Other words for a step where a condition holds; the first that holds wins."""

    when: Predicate
    ask: str | None = None
    more: str | None = None
    help: str | None = None
    good: str | None = None
    poor: str | None = None
    reason: str | None = None
    offer: str | None = None
