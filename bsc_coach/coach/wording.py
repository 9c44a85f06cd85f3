"""Wording and SegmentSheet: the subjects of the rules on texts and on segments of customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.ear.heard import Beside, Place
from bsc_coach.coach.lexicon.matcher import words_in
from bsc_coach.coach.lexicon.word_lists import Wordlists
from bsc_coach.coach.plain_form import plain_form
from bsc_coach.coach.sentence import Sentence, sentence_of
from bsc_coach.strategy.model import Segment
from bsc_coach.strategy.points import Perspective
from bsc_coach.text import normal

_NAME = re.compile(
    r"[A-Z][\w'’-]*(?: (?:of|the|and|van|de|het|aan|en|in|te|op))* [A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*(?= )"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")


@dataclass(frozen=True)
class Wording:
    """A text with its context, tokenised when asked."""

    written: str
    context: RuleContext
    beside: Beside | None = None
    """What the text is, where it is no objective."""

    @cached_property
    def text(self) -> str:
        """The text, normalised."""
        return normal(self.written)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the text."""
        return tuple(_WORD.findall(self.text))

    @cached_property
    def sentence(self) -> Sentence:
        """The text as a sentence of its language."""
        return sentence_of(self.text, self.context.language)

    @cached_property
    def plain(self) -> Sentence:
        """The sentence in the one shape in which rules on objectives read it."""
        return plain_form(self.sentence, self._subject)

    @property
    def _subject(self) -> tuple[str, ...]:
        """The name that the text begins with: the organisation's own, or a run of capitals."""
        own = self.context.organisation_words
        if own and self.sentence.words[: len(own)] == own:
            return own
        named = _NAME.match(self.written)
        return words_in(normal(named[0])) if named else ()

    @property
    def row(self) -> Perspective:
        """The row of the map that the text stands in."""
        return self.context.row

    @property
    def place(self) -> Place:
        """Where the text stands: the row of an objective, or what it is otherwise."""
        return self.beside or self.row

    @property
    def lists(self) -> Wordlists:
        """The word lists and thresholds of the language."""
        return self.context.lists

    def means_customer(self, word: str) -> bool:
        """Tell whether a word means those whom the team serves: by any name, or by the team's own."""
        own = self.context.customers
        return self.sentence.among("customers", word) or word in own or word.removesuffix("s") in own


@dataclass(frozen=True)
class SegmentSheet:
    """A segment of customers with its traits; for a bare wording one with only a name."""

    segment: Segment
    context: RuleContext

    @cached_property
    def name(self) -> Wording:
        """The name as a wording."""
        return Wording(self.segment.name or "", self.context)
