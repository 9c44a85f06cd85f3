"""What a rule of the coach is: what it looks at, how serious it is, and the function that looks.

A rule is a small pure function with a stable id. Its words, the reason behind it with its source, and
its examples are content (the files of prompts/coach/LANGUAGE/). ``catalogue`` holds all rules there are.

What a rule is given depends on its family:

- ``objective``, ``promise``, ``proposition``: a Wording and the RuleContext; it returns a Match or None.
- ``segment``: a Segment of the strategy (for a bare wording one with only a name) and the RuleContext;
  it returns a Match or None.
- ``choice``: the Strategy and the RuleContext, for what segments, proposition and promises say together;
  it returns any number of Matches.
- ``kpi`` and ``map``: see the modules of those rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["settle", "warn", "hint"]
"""To be settled before the map is complete; to be answered or kept with a reason; shown once."""

RANK: Mapping[Severity, int] = {"settle": 0, "warn": 1, "hint": 2}
Family = Literal["objective", "segment", "name", "proposition", "promise", "choice", "kpi", "map"]
Look = Callable[..., Any]
"""What a rule is given, and what it returns, depends on its family."""


@dataclass(frozen=True)
class Match:
    """Where a rule applies: the word it is about, the items it is about, and values for its words."""

    word: str = ""
    about: tuple[str, ...] = ()
    """Short ids of the items, the first the one to go to."""
    values: Mapping[str, object] = field(default_factory=dict)
    mild: bool = False
    """A hint whatever the rule is otherwise: the coach is less sure here."""


@dataclass(frozen=True)
class Rule:
    """One rule: its id, how serious its remark is, what it looks at, and the function that looks."""

    id: str
    severity: Severity
    families: tuple[Family, ...]
    look: Look


@dataclass(frozen=True)
class Finding:
    """A remark of the coach: which rule, how serious, what it says, and about what."""

    rule: str
    severity: Severity
    say: str
    about: tuple[str, ...] = ()
    word: str = ""

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return RANK[self.severity]


def rule(name: str, severity: Severity, *families: Family) -> Callable[[Look], Rule]:
    """Make the rule ``name`` of a function."""
    return lambda look: Rule(name, severity, families, look)
