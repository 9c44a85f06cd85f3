"""Sentence: a tokenised wording with where its verbs stand, by a small grammar of English and Dutch.

An English objective begins with its verb. A Dutch one has it nearly anywhere: as an infinitive at the
end ("levertijd verkorten"), as an order at the start ("verkort de levertijd"), or split in two ("los
storingen op"). No list has all verbs, so that what is not on it is unknown, not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bsc_coach.coach.lexicon.matcher import Matcher, matcher, words_in
from bsc_coach.coach.lexicon.word_lists import Wordlists, wordlists
from bsc_coach.coach.misspelt import respelt

MOST_WORDS = 400
"""Words that are looked at: nobody's objective has more."""
_OTHERS = {"en": ("nl",), "nl": ("en",)}
_STRANGE = ("foreign_words", "foreign_letters")
_GROUPED = re.compile(r"(?<=\d),(?=\d)")
"""The comma inside a number, which would part it."""
_VOWELS = "aeiou"
_NOT_DOUBLED = ("er", "el", "em", "en", "ig")


@dataclass(frozen=True)
class Sentence:
    """The words of a wording with the word lists of its language."""

    words: tuple[str, ...]
    lists: Wordlists
    language: str

    def list(self, name: str) -> Matcher:
        """Return a word list, ready for looking."""
        return matcher(self.lists.words(name))

    def first(self, name: str) -> str:
        """Return the first entry of a list that stands in the sentence; empty for none."""
        return self.list(name).first(self.words)

    def among(self, name: str, word: str) -> bool:
        """Tell whether a word is on a list."""
        return self.list(name).is_one(word)

    def has(self, name: str) -> bool:
        """Tell whether one of its words is on a list; a phrase is found by ``first``."""
        return self.list(name).any_of(self.words)

    def begins(self, name: str) -> str:
        """Return the entry of a list that the sentence begins with; empty for none."""
        length = self.list(name).at(self.words, 0) if self.words else 0
        return " ".join(self.words[:length])

    def only(self, *names: str, but: Collection[str] = ()) -> bool:
        """Tell whether every word is on one of the lists or in ``but``."""
        return all(word in but or any(self.among(name, word) for name in names) for word in self.words)

    @cached_property
    def verb_first(self) -> bool:
        """Tell whether the language puts the verb of an objective first."""
        return bool(self.lists.thresholds.get("verb_first"))

    @cached_property
    def start(self) -> int:
        """Where the sentence begins after its adverbs."""
        for index, word in enumerate(self.words[:3]):
            adverb = self.among("adverbs", word) or self.among("amounts", word)
            if not (adverb or (self.verb_first and word.endswith("ly") and len(word) > 4)):
                return index
        return 0

    @cached_property
    def lead(self) -> int | None:
        """Where a verb leads the sentence; None where none that is known does."""
        if self.start >= len(self.words):
            return None
        known = self._english_verb if self.verb_first else self._dutch_order
        return next((at for at in dict.fromkeys((0, self.start)) if known(at)), None)

    @cached_property
    def verbs(self) -> tuple[int, ...]:
        """Where its verbs stand: the leading one, and in Dutch every whole verb and auxiliary."""
        found = {self.lead} if self.lead is not None else set()
        if not self.verb_first:
            found |= {at for at in range(len(self.words)) if self._dutch_verb(at)}
        return tuple(sorted(found))

    def clause_before(self, at: int) -> bool:
        """Tell whether a clause of its own begins before ``at``: "recipes that fail at scale"."""
        return any(self.among("clause_words", word) for word in self.words[:at])

    def verb_words(self) -> frozenset[str]:
        """Return its verbs as they are written."""
        return frozenset(self.words[at] for at in self.verbs)

    def is_verb(self, word: str) -> bool:
        """Tell whether a word is a whole verb of the language, on the list or built from one that is."""
        if self.among("result_verbs", word):
            return True
        if self.verb_first:
            beginning, _, ending = word.rpartition("-")
            return (self.among("verb_prefixes", beginning) and self.among("result_verbs", ending)) or (
                word.endswith(tuple(self.lists.words("verb_suffixes")))
                and len(word) > 5
                and not self.among("not_verbs", word)
            )
        known = any(word.startswith(part) and self._after(part, word) for part in self._particles)
        return known or word.endswith(tuple(self.lists.words("verb_suffixes")))

    @cached_property
    def _particles(self) -> tuple[str, ...]:
        return tuple(sorted(self.lists.words("verb_particles")))

    def _after(self, part: str, word: str) -> bool:
        return word[len(part) :].removeprefix("-") in self.list("result_verbs").single

    def _english_verb(self, at: int) -> bool:
        word = self.words[at]
        if not self.is_verb(word):
            return self._ordered(at)
        if self.list("phrasal_verbs").at(self.words, at) > 1:
            return True
        return not (self.among("ambiguous_verbs", word) and self.is_topic(at))

    def _ordered(self, at: int) -> bool:
        """Tell whether an unknown word can only be a verb: "deflate the backlog"."""
        word, after = self.words[at], self.words[at + 1 : at + 2]
        noun = (
            self.among("first_nouns", word) or self.among("prepositions", word) or word.endswith(("s", "ing"))
        )
        known = noun or self.among("topic_heads", word) or self.among("comparatives", word)
        known = known or self.among("passive_is", word) or self.among("supplier_voice", word)
        if not after or known:
            return False
        timed = after[0].endswith("s") and any(
            self.among("sequence_words", one) for one in self.words[at + 2 :]
        )
        return timed or self.among("articles_definite", after[0])

    def is_topic(self, at: int) -> bool:
        """Tell whether what begins at ``at`` is a bare compound that ends in a thing: "plan adherence"."""
        rest = self.words[at + 1 :]
        if not rest or self.among("prepositions", rest[0]):
            return True
        if self.among("determiners", rest[0]):
            return False
        cut = next((end for end, word in enumerate(rest) if self.among("prepositions", word)), len(rest))
        if cut < len(rest):
            ends = tuple(self.lists.words("topic_endings"))
            if self.among("ways", rest[cut]):
                return False  # "shift maintenance from Sundays to weekday nights"
            return cut < 3 and (self.among("topic_sure", rest[cut - 1]) or rest[cut - 1].endswith(ends))
        if len(rest) > 3:
            return False
        bare = not any(self.among("determiners", word) or self.among("prepositions", word) for word in rest)
        return bare and self.among("topic_heads", rest[-1])

    def _closes(self, at: int) -> bool:
        """Tell whether a word that may be a thing stands where a Dutch verb does: last, or before a place."""
        return at == len(self.words) - 1 or self.closes_before_place(at)

    def closes_before_place(self, at: int) -> bool:
        """Tell whether a preposition of place or time follows, and no adjective stands before."""
        after = self.words[at + 1]
        place = self.among("prepositions", after) and not self.among("noun_before", after)
        return (place or after == "terwijl") and not self.words[at - 1].endswith("e")

    def _dutch_order(self, at: int) -> bool:
        """Tell whether a Dutch sentence begins with an order: "verkort de levertijd"."""
        if at + 1 >= len(self.words):
            return False
        if self._splits(at):
            return True
        if self.words[at] not in _orders(self.language):
            return False
        following = self.words[at + 1]
        if self.among("imperative_nouns", self.words[at]):
            return self.among("determiners", following)
        return not self.among("prepositions", following) or following in ("op", "aan", "af", "uit", "in")

    def _splits(self, at: int) -> bool:
        """Tell whether an order at ``at`` has its other part further on: "rond schades eerder af"."""
        parts = _split_orders(self.language).get(self.words[at], ())
        return any(self.parted(part, at + 2) for part in parts)

    def parted(self, part: str, start: int = 1) -> bool:
        """Tell whether the other part of a split verb stands last, or before a place or time."""
        ends = (*self.words[1:], "")
        return any(
            word == part and (not after or self.among("prepositions", after))
            for at, (word, after) in enumerate(zip(self.words, ends, strict=True))
            if at >= start
        )

    def _dutch_verb(self, at: int) -> bool:
        word = self.words[at]
        before = self.words[at - 1] if at else ""
        placed = at > 1 and self.among("prepositions", self.words[at - 2])
        thing = placed and before.endswith("e") and at == len(self.words) - 1
        if self.among("auxiliaries", word):
            return not thing  # "in goede staat"
        if not self.is_verb(word):
            quicker = self.among("comparatives", before) or self.among("adverbs", before)
            return quicker and at == len(self.words) - 1 and word.endswith(("en", "ën")) and len(word) > 5
        if at and at == len(self.words) - 1 and self.among("articles", before):
            return False
        if self.among("ambiguous_verbs", word):
            thing = thing or self.among("prepositions", before) or self.among("determiners", before)
            return at > 0 and (before == "te" or not thing) and self._closes(at)
        return True


@lru_cache(maxsize=8)
def _orders(language: str) -> frozenset[str]:
    """Return the forms in which Dutch verbs begin an order, with and without a doubled vowel."""
    lists = wordlists(language)
    whole = lists.words("result_verbs")
    stems = {stem for verb in whole for stem in stems_of(verb)}
    parts = lists.words("verb_particles")
    glued = {part + stem for part in parts if part in ("be", "ver", "ont", "her", "er") for stem in stems}
    return frozenset(stems | glued)


@lru_cache(maxsize=8)
def _split_orders(language: str) -> dict[str, frozenset[str]]:
    """Return what begins an order whose verb is split, with the parts that it may have: rond … af."""
    lists = wordlists(language)
    whole = lists.words("result_verbs")
    found: dict[str, set[str]] = {}
    parts = lists.words("split_parts")
    for verb in whole:
        for stem in stems_of(verb):
            found.setdefault(stem, set()).update(parts)
        for part in parts:
            if verb.startswith(part):
                for stem in stems_of(verb[len(part) :]):
                    found.setdefault(stem, set()).add(part)
    return {stem: frozenset(parts) for stem, parts in found.items()}


def stems_of(verb: str) -> set[str]:
    """Return the stems that a whole Dutch verb may have: "open" of "openen", "loods" of "loodsen"."""
    if len(verb) < 4 or not verb.endswith(("en", "ën")):
        return set()
    stem = verb[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        return {stem[:-1]}
    doubled = stem
    if stem[-1] not in _VOWELS and stem[-2] in _VOWELS and (len(stem) < 3 or stem[-3] not in _VOWELS):
        doubled = f"{stem[:-1]}{stem[-2]}{stem[-1]}"
    forms = {doubled} | ({stem} if stem.endswith(_NOT_DOUBLED) else set())
    return {form[:-1] + {"v": "f", "z": "s"}.get(form[-1], form[-1]) for form in forms}


@lru_cache(maxsize=2_048)
def sentence_of(text: str, language: str) -> Sentence:
    """Return a normalised text as a sentence of a language."""
    whole = words_in(_GROUPED.sub(".", text))[:MOST_WORDS]
    words = (respelt(word, language) for word in whole)
    return Sentence(tuple(words), wordlists(language), language)


def foreign(read: Sentence) -> bool:
    """Tell whether a text has no letters that a language's words could have, or only another's words."""
    if not any("a" <= letter <= "z" for word in read.words for letter in word):
        return True
    if any(read.among("own_words", word) for word in read.words):
        return False
    if any(read.among("foreign_words", word) for word in read.words):
        return True
    return _borrowed(read) or sum(_oddness(read, word) for word in read.words) > 0


def _oddness(read: Sentence, word: str) -> int:
    """Weigh a word: odd letters tell most, a word that only the other language's lists have tells less."""
    if any(letter in word for letter in read.lists.words("foreign_letters")):
        return 2
    if word in _known(read.language):
        return -1
    return int(read.verb_first and any(word in _known(other) for other in _OTHERS[read.language]))


def _borrowed(read: Sentence) -> bool:
    """Tell whether a text in Dutch is an English sentence; terms like "operational excellence" are not."""
    if read.verb_first or any(word in _known(read.language) for word in read.words):
        return False
    others = _OTHERS.get(read.language, ())
    strange = sum(any(word in _known(other) for other in others) for word in read.words)
    ordered = any(read.words[0] in wordlists(other).words("result_verbs") for other in others)
    return strange > 2 or (ordered and strange > 1)


@lru_cache(maxsize=8)
def _known(language: str) -> frozenset[str]:
    """Return every single word that the lists of a language hold."""
    lists = wordlists(language).lists
    return frozenset(word for name, words in lists.items() if name not in _STRANGE for word in words)
