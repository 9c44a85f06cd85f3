"""How well the coach tells good wordings from weak ones, on both halves of tests/coach/wordings.

Half "a" may be looked at while the rules change. Half "b" only counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bsc_coach.coach.check import Kind, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.strategy.points import Perspective

FOLDER = Path(__file__).parents[1] / "coach" / "wordings"
Half = Literal["a", "b"]
LANGUAGES = ("en", "nl")
KINDS: tuple[Kind, ...] = ("objective", "promise", "segment", "proposition")
ROWS: tuple[Perspective, ...] = ("customer", "financial", "learning")
"""Rows of the map whose objectives stand apart: their rules differ from those of processes."""


@dataclass(frozen=True)
class Case:
    """One wording; a weak one with the rules of which at least one must remark on it."""

    language: str
    kind: Kind
    text: str
    rules: frozenset[str] = frozenset()
    row: Perspective = "process"


@dataclass(frozen=True)
class Outcome:
    """What came of one half."""

    good: int
    warned: int
    hinted: int
    weak: int
    found: int
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of good wordings without a warning or worse."""
        return 1 - self.warned / self.good

    @property
    def hints(self) -> float:
        """The share of good wordings with nothing worse than a hint."""
        return self.hinted / self.good

    @property
    def recall(self) -> float:
        """The share of weak wordings with a remark of the right kind."""
        return self.found / self.weak


def cases(half: Half, language: str) -> Iterator[Case]:
    """Return the wordings of one half in one language."""
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    for kind in KINDS:
        yield from _cases(told[half][kind], language, kind, "process")
    for row in ROWS:
        yield from _cases(told[half]["objective"][row], language, "objective", row)


def _cases(told: Mapping[str, str], language: str, kind: Kind, row: Perspective) -> Iterator[Case]:
    for text in told["good"].strip().splitlines():
        yield Case(language, kind, text, row=row)
    for line in told["weak"].strip().splitlines():
        rules, _, text = line.partition(" | ")
        yield Case(language, kind, text, frozenset(rules.split()), row)


def outcome(half: Half, language: str) -> Outcome:
    """Check one half in one language."""
    good = warned = hinted = weak = found = 0
    missed = []
    for case in cases(half, language):
        findings = check_wording(case.kind, case.text, RuleContext(language, row=case.row))
        told = ", ".join(f"{one.rule} {one.word}" for one in findings)
        if case.rules:
            weak += 1
            right = any(one.rule in case.rules for one in findings)
            found += right
            if not right:
                missed.append(f"weak {case.kind} {sorted(case.rules)}: {case.text} [{told}]")
        else:
            good += 1
            worse = any(one.severity != "hint" for one in findings)
            warned += worse
            hinted += bool(findings) and not worse
            if findings:
                missed.append(f"good {case.kind}: {case.text} [{told}]")
    return Outcome(good, warned, hinted, weak, found, tuple(missed))
