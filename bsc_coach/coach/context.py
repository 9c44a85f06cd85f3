"""RuleContext: what a rule may know beside its subject (language, perspective, day, the team's own words)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bsc_coach.coach.lexicon.matcher import words_in
from bsc_coach.coach.lexicon.word_lists import Wordlists, wordlists
from bsc_coach.text import normal
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.coach.ear.heard import Ear
    from bsc_coach.strategy.points import Perspective


@dataclass(frozen=True)
class RuleContext:
    """Language, perspective, day and vocabulary around a text, KPI or strategy that is checked."""

    language: str
    row: Perspective = "process"
    customers: tuple[str, ...] = ()
    """What the team calls its customers, singular and plural, case folded."""
    customer_word: str = ""
    """The same as the team typed it, a plural; empty while it has no word of its own."""
    cluster: str = ""
    subprocess: str = ""
    explains: str = ""
    """What a reason explains: the wordings of the point, segment or decision that it is about."""
    today: date | None = None
    horizon_year: int | None = None
    ear: Ear | None = None
    """The second ear, which is asked where the rules are silent; None where only they speak."""
    organisation: str = ""
    """What the organisation is called, as the team typed it."""

    @property
    def organisation_words(self) -> tuple[str, ...]:
        """The words of the organisation's name, as they stand in a sentence."""
        return words_in(normal(self.organisation))

    @property
    def lists(self) -> Wordlists:
        """The word lists and thresholds of the language."""
        return wordlists(self.language)

    @property
    def called_customers(self) -> str:
        """What remarks call the people whom the team serves: its own word, else "customers"."""
        return self.customer_word or customers_in_general(self.language)


def customers_in_general(language: str) -> str:
    """Return what customers are called where no team has told its own word."""
    return say("document.summary.customers", language)


def customer_names(customers: str, language: str) -> tuple[str, ...]:
    """Return what a team calls its customers as rules look for it: singular and plural, case folded."""
    plural = normal(customers)
    singular = plural.removesuffix("s" if language == "en" else "en")
    return tuple(dict.fromkeys(word for word in (singular, plural) if word))
