"""Rules on what is said of a segment, of the value proposition and of a promise to customers.

What segments, proposition and promises say together is in choices.py.
"""

from __future__ import annotations

import re

from bsc_coach.coach.rule import LOOK_BACK, Match, rule
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import SegmentSheet, Wording
from bsc_coach.strategy.model import Segment

_DIGIT = re.compile(r"\d")
_LONG = 5
"""Words beyond which a segment with an addition tells one trait more."""
_REACH = 7
"""Words within which something hard and leaving belong together."""
_NEAR = 3
"""Words before a phrase in which a "no" turns its meaning round."""


def _hit(word: str) -> Match | None:
    return Match(word) if word else None


def _about(segment: Segment, word: str) -> Match:
    return Match(word, about=(segment.id,))


@rule("V01", "warn", "segment")
def for_everyone(sheet: SegmentSheet) -> Match | None:
    """A segment that leaves nobody out."""
    segment, read = sheet.segment, sheet.name.sentence
    if segment.choice == "not_served":
        return None
    if named := read.first("everybody"):
        return _about(segment, named)
    for word, after in zip(read.words, read.words[1:], strict=False):
        if read.among("alls", word) and (read.among("crowd", after) or sheet.name.means_customer(after)):
            return _about(segment, f"{word} {after}")
    return None


@rule(
    "V02",
    "warn",
    "segment",
    heard_at=LOOK_BACK,
    misses=(
        *("segments[].income", "segments[].age", "segments[].lifestyle", "segments[].price"),
        "segments[].adopter",
    ),
)
def not_recognisable(sheet: SegmentSheet) -> Match | None:
    """Fewer traits than make one of them recognisable at the door."""
    segment, read = sheet.segment, sheet.name.sentence
    traits = (segment.income, segment.age, segment.lifestyle, segment.price, segment.adopter)
    filled = sum(bool(trait and trait.strip()) for trait in traits)
    if segment.choice == "not_served" or not (read.words or filled):
        return None
    if filled + _traits(read, sheet.name.text) >= sheet.name.lists.threshold("least_traits"):
        return None
    return _about(segment, segment.name or segment.id)


def _traits(read: Sentence, text: str) -> int:
    """Count what a wording tells of a segment: a head that says more than "firms", and each addition."""
    if not read.words:
        return 0
    additions = [at for at in range(1, len(read.words)) if _adds(read, at)]
    numbers = sum(bool(_DIGIT.search(word)) for word in read.words)
    forms = sum(1 for _ in read.list("trait_forms").spans(read.words))
    parts = sum(len(part.split()) > 1 for part in text.split(",")[1:])
    head = read.words[: additions[0]] if additions else read.words
    special = any(
        not (read.among("plain_heads", word) or read.among("trait_forms", word) or _DIGIT.search(word))
        for word in head
    )
    telling = sum(
        any(not read.among("plain_heads", word) for word in read.words[start + 1 : end])
        for start, end in zip(additions, [*additions[1:], len(read.words)], strict=False)
    )
    telling += bool(additions and len(read.words) > _LONG)
    return int(special) + telling + numbers + forms + parts


def _adds(read: Sentence, at: int) -> bool:
    """Tell whether a trait may begin at ``at``: "with two shops", in English also "serving hospitals"."""
    doing = read.verb_first and read.words[at].endswith("ing") and at < len(read.words) - 1
    return doing or read.among("trait_words", read.words[at])


@rule("V07", "warn", "proposition")
def cheap_and_bespoke(wording: Wording) -> Match | None:
    """The lowest price and made to measure at once."""
    read = wording.sentence
    price, measure = read.first("low_price"), read.first("made_to_measure")
    return Match(measure, values={"price": price}) if price and measure else None


@rule("V08", "warn", "proposition")
def cheap_and_wide(wording: Wording) -> Match | None:
    """The lowest price and the widest range at once."""
    read = wording.sentence
    price = read.first("low_price")
    if not price:
        return None
    for at, word in enumerate(read.words):
        if read.among("superlatives", word):
            wide = next((other for other in read.words[at + 1 : at + 4] if read.among("ranges", other)), "")
            if wide:
                return Match(f"{word} {wide}", values={"price": price})
    return None


@rule("V09", "hint", "proposition")
def new_and_proven(wording: Wording) -> Match | None:
    """The newest and proven at once."""
    read = wording.sentence
    new, sure = read.first("newest"), read.first("proven")
    return Match(sure, values={"new": new}) if new and sure else None


@rule("V10", "warn", "proposition", "promise")
def sales_talk(wording: Wording) -> Match | None:
    """Superlatives and phrases of advertising."""
    return _hit(wording.sentence.first("sales_words"))


@rule("V11", "hint", "proposition", "promise")
def table_stakes(wording: Wording) -> Match | None:
    """Nothing but what everyone in the trade must offer."""
    read = wording.sentence
    words = [word for word in read.words if not read.among("stake_fillers", word)]
    if not words or not all(read.among("table_stakes", word) for word in words):
        return None
    return Match(words[0])


@rule("V12", "hint", "proposition")
def no_comparison(wording: Wording) -> Match | None:
    """Neither another named nor a fact that sets us apart."""
    read = wording.sentence
    if not read.words or read.first("comparators") or wording.text.rstrip().endswith(("…", "...")):
        return None
    own = any(read.among("own_voice", word) for word in read.words)
    return None if not own and _is_concrete(read) else Match(read.words[0])


def _is_concrete(read: Sentence) -> bool:
    return any(
        _DIGIT.search(word)
        or read.among("number_words", word)
        or (read.among("concrete", word) and not read.among("concrete_spared", word))
        for word in read.words
    )


@rule("V13", "hint", "proposition")
def about_ourselves(wording: Wording) -> Match | None:
    """More of us than of the customer."""
    read = wording.sentence
    own = sum(read.among("own_voice", word) for word in read.words)
    theirs = sum(read.among("your_voice", word) or wording.means_customer(word) for word in read.words)
    return Match(str(own), values={"n": own}) if own > 1 and own > theirs else None


@rule("V14", "hint", "promise")
def not_checkable(wording: Wording) -> Match | None:
    """No number, time, quantity or event by which a customer could catch us breaking it."""
    read = wording.sentence
    if not read.words:
        return None
    if (empty := read.first("empty_promises")) and not _is_timed(read):
        return Match(empty)
    if _is_checkable(read):
        return None
    manner = next((word for word in read.words if read.among("manner_words", word)), "")
    act = any(read.among("seen_acts", word) for word in read.words)
    return Match(manner or read.words[-1]) if manner or (not act and len(read.words) < 5) else None


def _is_timed(read: Sentence) -> bool:
    """Tell whether a sentence holds a number or a time."""
    return any(
        _DIGIT.search(word) or any(read.among(name, word) for name in ("number_words", "time_words"))
        for word in read.words
    )


def _is_checkable(read: Sentence) -> bool:
    """Tell whether a sentence holds a number, a time or an event."""
    return _is_timed(read) or any(read.among("event_words", word) for word in read.words)


@rule("V19", "warn", "proposition", "promise")
def a_trap(wording: Wording) -> Match | None:
    """Customers stay because they cannot leave."""
    read = wording.sentence
    for at, length in read.list("traps").spans(read.words):
        before = read.words[max(at - _NEAR, 0) : at]
        if not any(read.among("denials", word) for word in before):
            return Match(" ".join(read.words[at : at + length]))
    return _hit(_hard_to_leave(read))


def _hard_to_leave(read: Sentence) -> str:
    """Return where leaving is told to be hard; empty where that is said of others."""
    if read.first("comparators"):
        return ""
    leaving = tuple(read.list("leaving").spans(read.words))
    for at, length in read.list("hardship").spans(read.words):
        if any(read.among("denials", word) for word in read.words[max(at - _NEAR, 0) : at]):
            continue
        for away, long in leaving:
            start, end = min(at, away), max(at + length, away + long)
            if end - start <= _REACH:
                return " ".join(read.words[start:end])
    return ""
