"""Rules on what is said of a segment and of the value proposition.

What propositions and promises claim is in customer_claims.py; what segments, proposition and promises say
together is in choices.py.
"""

from __future__ import annotations

import re

from bsc_coach.coach.claims import (
    DIGIT,
    clauses,
    compares,
    denied,
    enumerated,
    has_number,
    of_words,
    split_at_reason,
    we_lead,
)
from bsc_coach.coach.rule import LOOK_BACK, Match, rule
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import SegmentSheet, Wording
from bsc_coach.strategy.model import Segment

_LONG_AGO = re.compile(r"1\d{3}")
_LONG = 5
"""Words beyond which a segment with an addition tells one trait more."""
_NARROW = 2
"""Conditions that make everybody a group of their own."""
_TELLING = 4
"""Traits that make a group of its own out of "all tenants who …"."""
_SHORT = 9
"""Words up to which a proposition without a number or a comparison tells too little."""
_NEAR = 3
"""Words within which "low" and "price" belong together."""


def _hit(word: str) -> Match | None:
    return Match(word) if word else None


def _about(segment: Segment, word: str) -> Match:
    return Match(word, about=(segment.id,))


@rule("V01", "warn", "segment", "proposition")
def for_everyone(subject: SegmentSheet | Wording) -> Match | None:
    """A segment that leaves nobody out, or a proposition that says it is for all."""
    if isinstance(subject, Wording):
        return _hit(_meant_for_all(subject))
    segment, name = subject.segment, subject.name
    if segment.choice == "not_served":
        return None
    word = _everybody(name) or _anybody(name)
    return _about(segment, word) if word and _narrowing(name.sentence) < _NARROW else None


def _everybody(name: Wording) -> str:
    """Return the word for everybody, or for all of those whom anybody serves: "all residents"."""
    read = name.sentence
    if named := read.first("everybody"):
        return named
    if read.words and read.among("alls", read.words[0]) and _traits(read, name.text) < _TELLING:
        return " ".join(read.words[:2])
    for word, after in zip(read.words, read.words[1:], strict=False):
        place = len(read.words) == 2 or read.among("whole_of", after)
        whole = read.among("whole_words", word) and place
        if whole or (read.among("alls", word) and (read.among("crowd", after) or name.means_customer(after))):
            return f"{word} {after}"
    return _bare_groups(name)


def _bare_groups(name: Wording) -> str:
    """Return the first of three or more groups that are only named: "citizens, companies and visitors"."""
    read = name.sentence
    if read.first("both_alike") and not has_number(read):
        return read.words[0]
    groups = [group for part in clauses(name) for group in enumerated(part)]
    bare = all(_is_bare(group) for group in groups)
    known = any(
        read.among("crowd", word) or read.among("plain_heads", word) or name.means_customer(word)
        for word in read.words
    )
    return read.words[0] if len(groups) > 2 and bare and known else ""


def _is_bare(group: Sentence) -> bool:
    """Tell whether a group is only named, at most with where it is: "farms in our area"."""
    words = group.words
    placed = len(words) > 1 and group.among("place_words", words[1])
    return not has_number(group) and (len(words) < 3 or (placed and not group.clause_before(len(words))))


def _anybody(name: Wording) -> str:
    """Return the head that takes in anybody ("people", "whoever"), where one addition at most narrows it.

    Two extremes that are joined take everything between them in: "from toddler to pensioner".
    """
    read = name.sentence
    head = next((one for one in read.words[:2] if not read.among("articles_definite", one)), "")
    if not head or not read.among("anybody_heads", head):
        return ""
    told = _traits(read, name.text)
    spans = read.first("span_openers") and read.first("span_closers") and not has_number(read)
    wide = any(_widens(read, at) for at in range(1, len(read.words)))
    return head if told < 2 or spans or wide else ""


def _narrowing(read: Sentence) -> int:
    """Count what narrows a clause on everybody: numbers, what they lack, a second condition.

    "Or" widens where no number limits it: "everyone who lives, works or travels here" leaves nobody out.
    """
    words = read.words
    clause = next((at for at, word in enumerate(words) if read.among("clause_words", word)), len(words))
    if not has_number(read) and any(_widens(read, at) for at in range(len(words))):
        return 0
    lacking = sum(read.among("denials", word) or read.among("narrowing_words", word) for word in words[1:])
    return lacking + has_number(read) + any(read.among("joining", word) for word in words[clause:])


def _widens(read: Sentence, at: int) -> bool:
    """Tell whether an "or" stands at ``at`` that lets more in; "two or more" does not."""
    after = read.words[at + 1 : at + 2]
    return read.among("alternation", read.words[at]) and not (after and read.among("more_words", after[0]))


def _meant_for_all(wording: Wording) -> str:
    """Return for whom a proposition is meant, where that is everybody: "insurance for everyone"."""
    read = wording.sentence
    for at, word in enumerate(read.words[:-1]):
        if not read.among("for_words", word) or any(read.among("denials", one) for one in read.words[:at]):
            continue
        rest = of_words(read.words[at + 1 :], read)
        length = rest.list("everybody").at(rest.words, 0)
        if length and _narrowing(rest) < _NARROW:
            return " ".join(rest.words[:length])
    return ""


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
    numbers = sum(bool(DIGIT.search(word)) for word in read.words)
    forms = sum(1 for _ in read.list("trait_forms").spans(read.words))
    parts = sum(len(part.split()) > 1 for part in text.split(",")[1:])
    head = read.words[: additions[0]] if additions else read.words
    special = any(
        not (read.among("plain_heads", word) or read.among("trait_forms", word) or DIGIT.search(word))
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
    """The lowest price and made to measure, personal or lavish at once."""
    read = wording.sentence
    price, measure = _cheap(read), _lavish(read)
    return Match(measure, values={"price": price}) if price and measure else None


def _cheap(read: Sentence) -> str:
    """Return where the lowest price is claimed: by its name, or as "lowest" beside what is paid."""
    if named := read.first("low_price"):
        return named
    for at, word in enumerate(read.words):
        if not read.among("low_words", word):
            continue
        start, end = max(at - _NEAR, 0), at + _NEAR + 1
        for other in range(start, min(end, len(read.words))):
            if read.among("price_nouns", read.words[other]):
                return " ".join(read.words[min(at, other) : max(at, other) + 1])
    return ""


def _lavish(read: Sentence) -> str:
    """Return what only costs can buy: made to measure, personal, by hand, the most of everything."""
    for name in ("made_to_measure", "lavish_words"):
        for at, length in read.list(name).spans(read.words):
            if not denied(read, at, 1):
                return " ".join(read.words[at : at + length])
    for at, word in enumerate(read.words[:-1]):
        after = read.words[at + 1 : at + 3]
        someone = read.among("own_words_of_service", word) and any(read.among("roles", one) for one in after)
        dearest = read.among("dear_superlatives", word) and not read.among("price_nouns", after[0])
        if (someone or dearest) and not denied(read, at):
            return f"{word} {after[0]}"
    return ""


@rule("V08", "warn", "proposition")
def cheap_and_wide(wording: Wording) -> Match | None:
    """The lowest price and the widest range at once."""
    read = wording.sentence
    price = _cheap(read)
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
    new, sure = read.first("newest"), read.first("proven") or _long_used(read)
    return Match(sure, values={"new": new}) if new and sure else None


def _long_used(read: Sentence) -> str:
    """Return years of use: "for forty years"."""
    for at, word in enumerate(read.words[2:], 2):
        before = read.words[at - 1]
        counted = DIGIT.search(before) or read.among("number_words", before)
        if read.among("years", word) and counted and read.among("lasting", read.words[at - 2]):
            return f"{before} {word}"
    return ""


@rule("V12", "hint", "proposition")
def no_comparison(wording: Wording) -> Match | None:
    """Neither another named nor a fact that sets us apart."""
    read = wording.sentence
    if not read.words or compares(wording) or wording.text.rstrip().endswith(("…", "...")):
        return None
    long = len(read.words) > _SHORT
    for_whom = long and read.among("for_words", read.words[0])
    told = for_whom or (not we_lead(read) and (long or _is_concrete(read)))
    return None if told else Match(read.words[0])


def _is_concrete(read: Sentence) -> bool:
    return has_number(read) or any(
        read.among("concrete", word) and not read.among("concrete_spared", word) for word in read.words
    )


@rule("V13", "hint", "proposition")
def about_ourselves(wording: Wording) -> Match | None:
    """The organisation is its own subject, and the customer stands nowhere, or only as who receives."""
    read = wording.sentence
    main, reason = split_at_reason(read)
    if reason.words and not we_lead(read):
        proud = _pride(reason) or _long_used(reason)
        return _hit(proud if we_lead(reason) and not _speaks_to(reason) else "")
    if we_lead(read):
        return _hit(_ourselves(wording, main))
    if compares(wording) or read.has("you_words"):
        return None
    theirs = any(wording.means_customer(word) for word in read.words)
    return _hit(_house(read) or ("" if theirs else _pride(read)))


def _ourselves(wording: Wording, main: Sentence) -> str:
    """Return our own word, where we are the subject and the customer hardly is in the sentence."""
    read = wording.sentence
    ours = [word for word in read.words if read.among("own_voice", word)]
    yours = sum(read.among("you_words", word) for word in read.words)
    theirs = yours + sum(wording.means_customer(word) for word in read.words)
    if _pride(read) and not yours:
        return ours[0]
    alone = not theirs and (len(ours) > 1 or _is_or_has(main))
    return ours[0] if not compares(wording) and (alone or len(ours) > theirs + 1) else ""


def _pride(read: Sentence) -> str:
    """Return words of descent, size or experience, or a year of long ago."""
    for word, year in zip(read.words, read.words[1:], strict=False):
        if read.among("since_words", word) and _LONG_AGO.fullmatch(year):
            return f"{word} {year}"
    return read.first("pride_words")


def _is_or_has(read: Sentence) -> bool:
    return read.has("being_words")


def _speaks_to(read: Sentence) -> bool:
    return read.has("your_voice")


def _house(read: Sentence) -> str:
    """Return what a sentence says that the organisation is: "Vermeer & Sons is a family firm"."""
    for at, word in enumerate(read.words):
        if (
            at
            and read.among("is_words", word)
            and any(read.among("a_words", one) for one in read.words[at + 1 : at + 2])
        ):
            return next((one for one in read.words[at + 2 : at + 6] if read.among("house_nouns", one)), "")
    return ""
