"""Rule, Match and Finding: what a rule of the coach is, what it returns, and the remark made of that.

A rule is a small pure function with a stable id. All that the program knows about it stands in its
decorator; its words, the reason behind it with its source, and its examples are content (the files of
prompts/coach/LANGUAGE/). ``catalogue`` holds all rules there are.

All rules have one shape: a function of a subject that returns a Match or None, or yields any number of
Matches. The subject brings its context along. Which one it is depends on the family:

- ``objective``, ``promise``, ``proposition``, ``name`` (of a segment): a Wording; likewise what is no point
  of the map: ``ambition``, ``value``, ``benefit``, ``reason`` (a because), ``closing`` (a look back).
- ``segment``: a SegmentSheet.
- ``kpi``: a KpiSheet.
- ``choice`` (segments, proposition and promises together) and ``map``: a StrategyView.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypedDict, TypeVar, Unpack

Severity = Literal["settle", "warn", "hint"]
"""To be settled before the map is complete; to be answered or kept with a reason; shown once."""

RANK: Mapping[Severity, int] = {"settle": 0, "warn": 1, "hint": 2}
Text = Literal["objective", "promise", "proposition", "ambition", "value", "benefit", "reason", "closing"]
"""What a wording may be."""
Family = Literal[Text, "segment", "name", "choice", "kpi", "map"]
Destination = Literal["initiative", "measure", "ambition", "value", "question"]
"""Where in the strategy an answer belongs that is good, and was given to the wrong question."""

LOOK_BACK = "look back"
"""``heard_at`` of a rule that misses what later questions ask for."""
EVERY = "*"
"""In ``silences``: every other rule."""


@dataclass(frozen=True)
class Match:
    """Where a rule applies: the word it is about, the items it is about, and values for its words."""

    word: str = ""
    about: tuple[str, ...] = ()
    """Short ids of the items, the first the one to go to."""
    values: Mapping[str, object] = field(default_factory=dict)
    mild: bool = False
    """A hint whatever the rule is otherwise: the coach is less sure here."""
    saying: str = ""
    """Which other sentence of the rule tells it, where one does not fit all: "unowned" is ``say_unowned``."""


Subject = TypeVar("Subject")
Look: TypeAlias = Callable[[Subject], Match | Iterator[Match] | None]
"""The function of a rule."""


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One rule: what is known about it, and the function that looks."""

    id: str
    severity: Severity
    families: tuple[Family, ...]
    look: Look[Subject]
    heard_at: str = ""
    """When the talk asks it. A field of the strategy: at the answer to that field, for a rule on choices
    or on the map; a list ("links[]"): when that list is finished. LOOK_BACK: not in the talk, only with the
    whole strategy. Empty: at the answer that it judges, for a rule on a wording or a KPI, and else with the
    whole strategy."""
    one_item: bool = False
    """Heard at ``heard_at`` about the item around the answer; the others wait for the last such answer."""
    silences: tuple[str, ...] = ()
    """Ids of the rules whose remarks on the same wording this one makes superfluous, or EVERY."""
    first: bool = False
    """Its remark comes before others as serious."""
    belongs_to: Destination | None = None
    """Where an answer belongs that it remarks on."""
    over_budget: bool = False
    """It remarks on more being chosen than a strategy carries."""
    misses: tuple[str, ...] = ()
    """The fields of the strategy of which it says that they are missing: where somebody took one home,
    it is no alarm."""
    rests_on: tuple[str, ...] = ()
    """Further fields without which it cannot tell: it is silent where a session leaves one of them aside."""
    by_ear: bool = False
    """It listens with the ear of its context, and is asked only where no other rule remarks on the text:
    without an ear nobody can tell whether it would."""
    mended_at: str = ""
    """The field to go to, where that is neither the first answer about the item nor one that it misses."""

    def matches(self, subject: Subject) -> Iterator[Match]:
        """Yield where the rule applies to ``subject``."""
        found = self.look(subject)
        if isinstance(found, Match):
            yield found
        elif found is not None:
            yield from found

    @property
    def on_the_whole(self) -> bool:
        """Whether it looks at the strategy, not at one answer."""
        return bool({"choice", "map"} & set(self.families))

    @property
    def heard_together(self) -> bool:
        """Whether the talk asks it once all answers to a field are in, and it is about all of them."""
        at_an_answer = bool(self.heard_at) and not self.heard_at.endswith("[]")
        return self.on_the_whole and at_an_answer and not self.one_item


@dataclass(frozen=True)
class Finding:
    """A remark of the coach: which rule, how serious, what it says, about what, and what can be done."""

    rule: str
    severity: Severity
    say: str
    about: tuple[str, ...] = ()
    word: str = ""
    belongs_to: Destination | None = None
    over_budget: bool = False
    many: str = ""
    """What is said instead of several that miss the same, with places for {n}, {items} and {words}."""

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return RANK[self.severity]


class _Facts(TypedDict, total=False):
    """What a decorator may tell of a rule beside its name, severity and families: the fields of Rule."""

    heard_at: str
    one_item: bool
    silences: tuple[str, ...]
    first: bool
    belongs_to: Destination | None
    over_budget: bool
    misses: tuple[str, ...]
    rests_on: tuple[str, ...]
    by_ear: bool
    mended_at: str


def rule(
    name: str, severity: Severity, *families: Family, **facts: Unpack[_Facts]
) -> Callable[[Look[Subject]], Rule[Subject]]:
    """Make a function the rule ``name``; for what the rest means see the fields of Rule."""
    return lambda look: Rule(name, severity, families, look, **facts)
