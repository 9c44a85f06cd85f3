"""RuleContext: what a rule may know beside its subject (language, perspective, day, the team's own words)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bsc_coach.coach.lexicon.word_lists import Wordlists, wordlists
from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.strategy.points import Perspective


@dataclass(frozen=True)
class RuleContext:
    """Language, perspective, day and vocabulary around a text, KPI or strategy that is checked."""

    language: str
    row: Perspective = "process"
    customers: tuple[str, ...] = ()
    """What the team calls its customers, singular and plural, case folded."""
    glossary: frozenset[str] = field(default_factory=frozenset)
    """Abbreviations that the team has explained."""
    cluster: str = ""
    subprocess: str = ""
    today: date | None = None
    horizon_year: int | None = None

    @property
    def lists(self) -> Wordlists:
        """The word lists and thresholds of the language."""
        return wordlists(self.language)


def customer_names(customers: str, language: str) -> tuple[str, ...]:
    """Return what a team calls its customers as rules look for it: singular and plural, case folded."""
    plural = normal(customers)
    singular = plural.removesuffix("s" if language == "en" else "en")
    return tuple(dict.fromkeys(word for word in (singular, plural) if word))
