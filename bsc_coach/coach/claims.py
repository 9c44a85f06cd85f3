"""Claims: what a proposition or promise holds (numbers, times, comparisons, reasons, whose doing it is).

The rules on propositions and promises ask here what a text does, not which words it has: whether it
compares, whether the customer or the organisation is its subject, whether anybody could check it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bsc_coach.coach.sentence import Sentence, sentence_of
from bsc_coach.coach.wording import Wording

DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"[,;:.!?–—]+(?=\s|$)|\s-\s")
_BEFORE = 3
"""Words before a phrase in which a "no" turns its meaning round."""
_AFTER = 2
"""Words after what is lost in which a "nothing" does."""


def clauses(wording: Wording) -> tuple[Sentence, ...]:
    """Return a text cut at its commas and full stops; the comma of a number cuts nothing."""
    pieces = (piece.strip() for piece in _BREAK.split(wording.text))
    return tuple(sentence_of(piece, wording.context.language) for piece in pieces if piece)


def of_words(words: Sequence[str], read: Sentence) -> Sentence:
    """Return some words of a sentence as a sentence of its own."""
    return Sentence(tuple(words), read.lists, read.language)


def denied(read: Sentence, at: int, length: int = 1) -> bool:
    """Tell whether what stands at ``at`` is said not to be: "no fee", "costs nothing"."""
    end = at + length
    near = (*read.words[max(at - _BEFORE, 0) : at], *read.words[end : end + _AFTER])
    return any(read.among("denials", word) for word in near)


def has_number(read: Sentence) -> bool:
    """Tell whether a sentence holds a number, in figures or in words."""
    return any(DIGIT.search(word) or read.among("number_words", word) for word in read.words)


def is_timed(read: Sentence) -> bool:
    """Tell whether a sentence holds a number or a time."""
    return has_number(read) or read.has("time_words")


def is_dated(read: Sentence) -> bool:
    """Tell whether a sentence holds a number or a time other than "every day", which promises none."""
    for at, word in enumerate(read.words):
        each = at and read.among("alls", read.words[at - 1]) and read.among("plain_days", word)
        if read.among("time_words", word) and not each:
            return True
    return has_number(read)


def is_conditional(read: Sentence) -> bool:
    """Tell whether a sentence names a limit or a case: "within", "until", "if", "or you".

    A limit that only opens a clause of time ("before she treats you") is none.
    """
    return bool(read.first("limits"))


def can_be_caught(read: Sentence) -> bool:
    """Tell whether we promise "you" something at a time or in a case that you can look at."""
    return read.has("you_words") and (is_dated(read) or is_conditional(read))


def split_at_reason(read: Sentence) -> tuple[Sentence, Sentence]:
    """Return what stands before and after "because"; all of it is before where nothing gives a reason."""
    for at, word in enumerate(read.words):
        dated = at + 1 < len(read.words) and DIGIT.search(read.words[at + 1])
        if at and read.among("reason_words", word) and not dated:
            return of_words(read.words[:at], read), of_words(read.words[at + 1 :], read)
    return read, of_words((), read)


def we_lead(read: Sentence) -> bool:
    """Tell whether the organisation is the subject of the main clause: "we …", "our crews …"."""
    main, _ = split_at_reason(read)
    if main.words and main.among("our_words", main.words[0]):
        return True
    for at, word in enumerate(main.words):
        if main.among("we_pronouns", word):
            return not main.clause_before(at) or at < 1
    return False


def choice_of_customers(read: Sentence) -> bool:
    """Tell whether customers are the subject and choose: "couples book us over …", "members stay as …"."""
    main, reason = split_at_reason(read)
    if we_lead(read):
        return False
    chosen = next((at for at, word in enumerate(main.words) if at and main.among("choosing", word)), None)
    if chosen is None:
        return False
    return bool(reason.words) or any(main.among("above_words", word) for word in main.words[chosen + 1 :])


def compares(wording: Wording) -> bool:
    """Tell whether a text names another, says what is not so elsewhere, or says why customers choose."""
    read = wording.sentence
    if read.first("comparators") or choice_of_customers(read):
        return True
    return any(part.among("not_words", part.words[0]) for part in clauses(wording)[1:] if part.words)


def enumerated(read: Sentence) -> Iterator[Sentence]:
    """Yield the parts of a sentence that "and" joins."""
    start = 0
    for at, word in enumerate((*read.words, "")):
        if not word or read.among("joining", word):
            if at > start:
                yield of_words(read.words[start:at], read)
            start = at + 1
