"""Rules on the words of an objective: vague, absolute, generic, in the voice of the supplier."""

from __future__ import annotations

import re

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.rules.objectives_form import bare
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_MARKED = re.compile(r"\d[\d.,]*\s?[%‰€$£]|[€$£]\s?\d")
_NUMBER = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_CONCRETE = 2
"""Words that tell of what, with which a vague verb is only half as vague: "streamline shift handovers"."""
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]*(?:&[A-Z0-9]+)?(?:s|'s|’s)?\b")


def _hit(word: str) -> Match | None:
    return Match(word) if word else None


@rule("O02", "warn", "objective", "promise", first=True)
def vague(wording: Wording) -> Match | None:
    """A word that everybody fills in differently."""
    read = wording.sentence
    found = read.first("vague_words") or read.first("vague_phrases")
    if not found or found in read.first("vague_spared"):
        return None
    return Match(found, mild=read.among("vague_verbs", found) and _concrete_words(wording) >= _CONCRETE)


def _concrete_words(wording: Wording) -> int:
    """Count the words that tell of what, neither vague nor such as every organisation uses."""
    read = wording.sentence
    empty = ("vague_words", "generic_fillers", "determiners", "prepositions")
    return sum(
        not (any(read.among(name, word) for name in empty) or _generic(wording, word)) for word in read.words
    )


@rule("O05", "hint", "objective", belongs_to="measure")
def number_inside(wording: Wording) -> Match | None:
    """A number or a date that belongs to the target of a KPI."""
    if marked := _MARKED.search(wording.text):
        return Match(marked.group())
    words = wording.sentence
    for at, word in enumerate(words.words):
        after = words.words[at + 1] if at + 1 < len(words.words) else ""
        before = words.words[at - 1] if at else ""
        if _YEAR.fullmatch(word) and words.among("deadlines", before):
            return Match(f"{before} {word}")
        if words.among("between_units", after) and at + 2 < len(words.words):
            after = words.words[at + 2]
        number = _NUMBER.match(word)
        if number and (words.among("units", after) or words.among("units", word[number.end() :].strip("-"))):
            return Match(f"{word} {after}".strip())
        if words.among("number_words", word) and words.among("percent_words", after):
            return Match(f"{word} {after}")
        ended = not after or (words.among("prepositions", after) and not words.among("levels", after))
        if number and ended and words.among("levels", before):
            return Match(f"{before} {word}")
    return None


@rule("O06", "hint", "objective")
def amount_word(wording: Wording) -> Match | None:
    """A word for how much, where a target should say it."""
    read = wording.sentence
    for at, word in enumerate(read.words):
        if read.among("amounts", word):
            return Match(word)
        if read.among("amounts_before_verb", word) and at + 1 < len(read.words):
            after = read.words[at + 1]
            if at + 1 in read.verbs or read.is_verb(after) or read.among("comparatives", after):
                return Match(word)
    return _hit(read.first("amount_phrases"))


@rule("O07", "hint", "objective")
def only_trying(wording: Wording) -> Match | None:
    """An objective that only tries."""
    return _hit(wording.sentence.first("trying"))


@rule("O08", "hint", "objective")
def absolute(wording: Wording) -> Match | None:
    """All, never, zero: where it is about safety that is meant so, and in learning it is a state."""
    if wording.context.subprocess == "safety" or wording.row in ("learning", "mission"):
        return None
    if "100%" in wording.text or "100 %" in wording.text:
        return Match("100%")
    read = wording.sentence
    for at, length in read.list("absolutes").spans(read.words):
        after = read.words[at + length : at + length + 2]
        spared = any(read.among("absolutes_spared", word) for word in after) or read.words[at] == "100"
        if not spared and not read.clause_before(at):
            return Match(" ".join(read.words[at : at + length]))
    return None


@rule("O10", "warn", "objective")
def said_by_anybody(wording: Wording) -> Match | None:
    """A verb and nothing but words that every organisation uses."""
    read = wording.sentence
    if wording.row not in ("process", "learning") or not read.words:
        return None
    verbs = read.verb_words()
    better = read.among("comparatives", read.words[0])
    if not verbs and not better and wording.row != "learning":
        return None
    rest = [word for word in read.words if word not in verbs and not read.among("comparatives", word)]
    things = [word for word in rest if not read.among("generic_fillers", word)]
    if not things:
        same = next((word for word in verbs if read.among("generic_verbs", word)), "")
        return _hit(same)
    if not all(_generic(wording, word) for word in things):
        return None
    return Match(next((word for word in things if not wording.means_customer(word)), things[0]))


def _generic(wording: Wording, word: str) -> bool:
    read = wording.sentence
    return (
        read.among("generic_nouns", word)
        or wording.means_customer(word)
        or read.among("staff", word)
        or read.among("feelings", word)
        or read.among("feelings_alone", word)
    )


@rule("O11", "warn", "objective", silences=("O01",), belongs_to="measure")
def a_measure(wording: Wording) -> Match | None:
    """A KPI where an objective is asked."""
    read = wording.sentence
    if wording.row != "process" or not read.words:
        return None
    began = read.begins("measure_starts")
    if began and (not read.verbs or (not read.verb_first and len(read.words) - 1 not in read.verbs)):
        return Match(began)
    if read.verbs:
        return None
    named = read.first("measure_words")
    per = "per" in read.words[1:-1] and any(read.among("measure_units", word) for word in read.words[:3])
    return _hit(named or ("per" if per else ""))


@rule("O12", "hint", "objective", silences=("O20",))
def a_tool(wording: Wording) -> Match | None:
    """A system named instead of what the process gains."""
    read = wording.sentence
    named = read.first("tools")
    common = read.among("tools_in_capitals", named) and named.upper() not in wording.written
    return None if wording.row == "learning" or common else _hit(named)


@rule("O19", "warn", "promise", "objective")
def our_voice(wording: Wording) -> Match | None:
    """A promise worded by the supplier, not by the customer; a hint where it only names customers."""
    read = wording.sentence
    if wording.row != "customer" or not read.words:
        return None
    if any(read.among("customer_voice", word) for word in read.words):
        return None
    if read.among("supplier_voice", read.words[0]):
        return Match(read.words[0])
    if not read.verb_first and (ends := _supplier_ends(read)):
        return Match(ends)
    for at, word in enumerate(read.words[:-1]):
        if read.among("own_voice", word) and wording.means_customer(read.words[at + 1]):
            return Match(f"{word} {read.words[at + 1]}")
    return Match(read.words[0], mild=True) if wording.means_customer(read.words[0]) else None


def _supplier_ends(read: Sentence) -> str:
    """Return the whole verb of what a supplier does, where a Dutch sentence ends in it or a place follows."""
    for at, word in enumerate(read.words):
        after = read.words[at + 1] if at + 1 < len(read.words) else ""
        place = read.among("prepositions", after) and not read.among("noun_before", after)
        if at and read.among("supplier_ends", word) and (not after or place):
            return word
    return ""


@rule("O20", "hint", "objective")
def unexplained(wording: Wording) -> Match | None:
    """An abbreviation that a reader from elsewhere does not know."""
    if wording.written.upper() == wording.written and len(wording.words) > 1:
        return None
    known = wording.lists.words("known_short")
    for found in _CAPITALS.findall(wording.written):
        short = re.sub(r"(?:s|'s|’s)$", "", found)
        seen = short.casefold()
        if len(short) > 1 and seen not in known and seen not in wording.context.glossary:
            return Match(short)
    return None


@rule("O21", "warn", "objective", silences=("O01", "O10"))
def box_name(wording: Wording) -> Match | None:
    """The name of a cluster or sub-process."""
    if wording.row != "process":
        return None
    text = bare(wording.text)
    read = wording.sentence
    canon = next(iter(wording.lists.words("customer_canon")), "")
    named = [canon if wording.means_customer(word) else word for word in text.split()]
    if named and read.among("articles", named[0]):
        named = named[1:]
    labels = wording.lists.words("process_labels")
    return Match(text) if text in labels or " ".join(named) in labels else None
