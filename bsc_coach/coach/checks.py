"""The checks that a script can ask for by name; each is a pure function with examples of its own.

A check cannot be registered without one wording that it must remark on and one near miss that it
must leave alone: the tests run both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bsc_coach.coach.lexicon import Lexicon, lexicon
from bsc_coach.text import normal
from bsc_coach.words import say

Severity = Literal["settle", "warn", "hint"]
_RANK: Mapping[Severity, int] = {"settle": 0, "warn": 1, "hint": 2}
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True)
class Finding:
    """A remark on one wording: which check made it, how serious it is, and what the coach says."""

    check: str
    severity: Severity
    say: str

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return _RANK[self.severity]

    def saying(self, words: str) -> Finding:
        """Return the finding in the script's own words."""
        return replace(self, say=words)


Looker = Callable[[list[str], str, Lexicon], str | None]
"""Takes the words, the whole normalised text and the word lists; returns the offending word, or None."""


@dataclass(frozen=True)
class Check:
    """A named check, how serious its remark is, and the examples it must live up to."""

    name: str
    severity: Severity
    look: Looker
    fires_on: Mapping[str, tuple[str, ...]]
    silent_on: Mapping[str, tuple[str, ...]]


CHECKS: dict[str, Check] = {}


def _check(
    severity: Severity,
    *,
    fires_on: Mapping[str, tuple[str, ...]],
    silent_on: Mapping[str, tuple[str, ...]],
) -> Callable[[Looker], Looker]:
    if not fires_on or set(fires_on) != set(silent_on) or not all((*fires_on.values(), *silent_on.values())):
        raise ValueError("a check needs a wording it remarks on and one it leaves alone in each language")

    def register(look: Looker) -> Looker:
        name = look.__name__
        CHECKS[name] = Check(name, severity, look, fires_on, silent_on)
        return look

    return register


@_check(
    "warn",
    fires_on={"en": ("Customer complaints handling", "Supplier reliability")},
    silent_on={"en": ("Shorten complaint handling", "Welcome each guest within a minute")},
)
def starts_with_verb(words: list[str], text: str, known: Lexicon) -> str | None:
    """An objective is a change: it begins with a verb, not with a topic."""
    if not words or words[0] in known.result_verbs:
        return None
    return words[0] if words[-1].endswith(tuple(known.topic_endings)) else None


@_check(
    "warn",
    fires_on={"en": ("Achieve operational excellence", "Optimise and secure processes")},
    silent_on={"en": ("Halve rework hours per order", "Keep the optics line running")},
)
def vague_word(words: list[str], text: str, known: Lexicon) -> str | None:
    """A word that everybody fills in differently."""
    return next((word for word in words if word in known.vague_words), None)


@_check(
    "warn",
    fires_on={"en": ("Implement a new planning system", "Roll out the dashboard")},
    silent_on={"en": ("Plan orders a week earlier", "Set prices a season ahead")},
)
def one_off(words: list[str], text: str, known: Lexicon) -> str | None:
    """Something that is done once is an initiative."""
    if words and words[0] in known.one_off_verbs:
        return words[0]
    return next((phrase for phrase in known.one_off_phrases if text.startswith(f"{phrase} ")), None)


def run_check(name: str, text: str, language: str) -> Finding | None:
    """Return what check ``name`` says of ``text``, or None when it is fine or the language unknown.

    Raises KeyError for a check that does not exist.
    """
    check = CHECKS[name]
    known = lexicon(language)
    if known is None:
        return None
    text = normal(text)
    word = check.look(_WORD.findall(text), text, known)
    if word is None:
        return None
    return Finding(name, check.severity, say(f"coach.{name}.say", language, word=word))


def reason_for(name: str, language: str) -> str:
    """Return why a check exists."""
    return say(f"coach.{name}.reason", language)
