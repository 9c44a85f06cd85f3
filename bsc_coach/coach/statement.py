"""Statement: a sentence read as what it says that its subject is or wants to be, by its verb of being.

"We want to be a flexible organisation", "De Linde is een sterke stichting", "In de Peel zijn we een lerende
school". A passive ("complaints are handled"), a clause ("bread that is fresh") and a sentence in which
another verb leads ("help tenants to be safe") are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from bsc_coach.coach.plain_form import third_persons
from bsc_coach.coach.sentence import Sentence

_PREFIXES = ("be", "ver", "ont", "her", "er")
"""Beginnings of Dutch verbs whose participle has no "ge"."""


@dataclass(frozen=True)
class Statement:
    """What a sentence says of its subject."""

    verb: str
    subject: tuple[str, ...]
    """Empty where nobody is named: "be a good neighbour"."""
    said: tuple[str, ...]
    """What the subject is said to be, from its first word that is no adverb."""
    read: Sentence

    @property
    def thing(self) -> bool:
        """Whether it is said to be somebody or something, not to be in some way."""
        return bool(self.said) and self.read.among("nominal_starts", self.said[0])

    @property
    def ours(self) -> bool:
        """Whether it is about ourselves: we, ours, nobody, or an organisation."""
        # In "anyone hurt on our mountain" only a place is ours.
        return not self.subject or any(
            (self.read.among("own_voice", word) or self.read.among("bodies", word))
            and not self.read.among("prepositions", before)
            for before, word in pairwise(("", *self.subject))
        )


def statement_of(read: Sentence) -> Statement | None:
    """Return what a sentence says that its subject is; None where it says what is done, or nothing."""
    if not read.words:
        return None
    return _english(read) if read.verb_first else _dutch(read)


def _english(read: Sentence) -> Statement | None:
    at = next((at for at, word in enumerate(read.words) if read.among("being_forms", word)), -1)
    if at < 0 or read.clause_before(at) or _led(read, at):
        return None
    subject = tuple(word for word in read.words[:at] if not read.among("wishes", word))
    said = _without_adverbs(read, read.words[at + 1 :])
    # "We are building a depot" tells what is done, "our lessons are inspiring and free" how they are.
    going_on = bool(said) and said[0].endswith("ing") and said[1:2] not in ((), ("and",))
    if not said or _english_participle(read, said) or going_on:
        return None
    return Statement(read.words[at], subject, said, read)


def _led(read: Sentence, at: int) -> bool:
    """Tell whether another verb leads: "keep the hall clean and be on time"."""
    lead = read.lead
    return lead is not None and lead < at and not read.among("wishes", read.words[lead])


def _english_participle(read: Sentence, said: tuple[str, ...]) -> bool:
    first = said[0]
    ended = first.endswith("ed") and not read.among("not_participles", first) and "-" not in first
    return ended or read.among("irregular_participles", first)


def _without_adverbs(read: Sentence, words: tuple[str, ...]) -> tuple[str, ...]:
    at = 0
    while at < len(words) - 1 and (
        read.among("adverbs", words[at]) or read.among("said_adverbs", words[at]) or words[at].endswith("ly")
    ):
        at += 1
    return words[at:]


def _dutch(read: Sentence) -> Statement | None:
    at = _dutch_being(read)
    # A clause behind it says more of the same: "we zijn een fonds dat met beide benen op de grond staat".
    clause = (end for end in range(at + 1, len(read.words)) if read.among("clause_words", read.words[end]))
    words = read.words[: next(clause, len(read.words))] if at >= 0 else read.words
    inverted = 0 <= at < len(words) - 1 and read.among("we_words", words[at + 1])
    # Before "zijn we" a preposition may look like an order: "in" of "innen".
    verbs = [verb for verb in read.verbs if verb < len(words)]
    others = [words[verb] for verb in verbs if verb != at and not (inverted and verb == read.lead)]
    around = words[:at] + words[at + 1 :]
    if not any(read.among("own_words", word) or read.among("we_words", word) for word in around):
        return None  # "is" alone makes no Dutch
    if at < 0 or (read.lead is not None and not inverted) or read.clause_before(at):
        return None
    known = ("wishes", "being_forms", "ambiguous_verbs")
    if any(not any(read.among(name, verb) for name in known) for verb in others):
        return None
    if any(_dutch_participle(word) for word in words[-2:]):
        return None
    last = at == len(words) - 1
    before = tuple(word for word in words[:at] if not read.among("wishes", word))
    subject, said = before, words[at + 1 :]
    if inverted:
        subject, said = words[at + 1 : at + 2], words[at + 2 :] or before
    elif last:
        started = 1 if before and read.among("we_words", before[0]) else 0
        subject, said = before[:started], before[started:]
    said = _without_adverbs(read, said)
    return Statement(words[at], subject, said, read) if said else None


def _dutch_being(read: Sentence) -> int:
    """Return where the verb of being stands; "zijn" behind a preposition or another verb is "his"."""
    for at, word in enumerate(read.words):
        before = read.words[at - 1] if at else ""
        acts = before in third_persons(read.language)  # "het museum opent zijn archief"
        his = word == "zijn" and (acts or read.among("prepositions", before) or before in ("en", ""))
        if read.among("being_forms", word) and not his:
            return at
    return -1


def _dutch_participle(word: str) -> bool:
    begun = word.startswith(("ge", *_PREFIXES)) or "ge" in word[2:5]
    return begun and word.endswith(("d", "t")) and len(word) > 5
