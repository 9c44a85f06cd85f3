"""Rules on the words of an objective: vague, absolute, generic, in the voice of the supplier."""

from __future__ import annotations

import re

from bsc_coach.coach.claims import can_be_caught
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.rules.objectives_form import bare
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_CONCRETE = 2
"""Words that tell of what, with which a vague verb is only half as vague: "streamline shift handovers"."""
_SURELY_CONCRETE = 4
"""Words that tell of what, with which no vague verb does harm."""
_CLAIM = 4
"""Words of a sentence that says nothing but "all": with more it says of what."""
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]*(?:&[A-Z0-9]+)?(?:s|'s|’s)?\b")


def _hit(word: str) -> Match | None:
    return Match(word) if word else None


@rule("O02", "warn", "objective", "promise", first=True)
def vague(wording: Wording) -> Match | None:
    """A word that everybody fills in differently; an adjective that is a technical term is none."""
    read = wording.sentence
    spared = read.first("vague_spared")
    for name in ("vague_words", "vague_phrases"):
        for at, length in read.list(name).spans(read.words):
            found = " ".join(read.words[at : at + length])
            if found in spared or _technical(wording, at) or _is_named(wording, found):
                continue
            if not read.among("vague_verbs", found):
                return Match(found)
            concrete = _concrete_words(wording)
            about = _empty_object(wording, at) or found
            return Match(about, mild=concrete >= _CONCRETE) if concrete < _SURELY_CONCRETE else None
    return None


def _technical(wording: Wording, at: int) -> bool:
    """Tell whether an adjective belongs to the term that follows: "sustainable aviation fuel"."""
    read = wording.sentence
    if not read.among("technical_adjectives", read.words[at]):
        return False
    term = _noun_phrase(read, at + 1)
    return bool(term) and not _empty(wording, term[-1])


def _noun_phrase(read: Sentence, start: int) -> tuple[str, ...]:
    """Return the words from ``start`` that belong together: to the next verb, preposition or clause."""
    ends = ("prepositions", "determiners", "comparatives", "adverbs", "clause_words", "joints")
    for at in range(start, len(read.words)):
        if at in read.verbs or any(read.among(name, read.words[at]) for name in ends):
            return read.words[start:at]
    return read.words[start:]


def _empty(wording: Wording, word: str) -> bool:
    """Tell whether a word tells of nothing one could see."""
    read = wording.sentence
    abstract = word.endswith(tuple(read.lists.words("abstract_endings"))) or read.among("topic_heads", word)
    return abstract or _generic(wording, word) or read.among("vague_words", word)


def _is_named(wording: Wording, word: str) -> bool:
    """Tell whether a word is part of a name: with a capital inside the sentence."""
    return f" {word.capitalize()} " in f"{wording.written} " and not wording.written.istitle()


def _empty_object(wording: Wording, at: int) -> str:
    """Return what a vague verb is about where that is empty itself: "community safety"."""
    read = wording.sentence
    if not read.verb_first:
        before = read.words[at - 1] if at else ""
        return before if before and _empty(wording, before) else ""
    start = at + 1 + (at + 1 < len(read.words) and read.among("determiners", read.words[at + 1]))
    about = _noun_phrase(read, start)
    return " ".join(about) if about and _empty(wording, about[-1]) else ""


def _concrete_words(wording: Wording) -> int:
    """Count the words that tell of what, neither vague nor such as every organisation uses."""
    read = wording.sentence
    empty = ("vague_words", "generic_fillers", "determiners", "prepositions")
    return sum(
        not (any(read.among(name, word) for name in empty) or _generic(wording, word)) for word in read.words
    )


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
        told = at > 0 and read.among("zeros", read.words[at]) and read.among("levels", read.words[at - 1])
        spared = (
            told or any(read.among("absolutes_spared", word) for word in after) or read.words[at] == "100"
        )
        plain = read.among("quantifiers", read.words[at]) and not _of_all(read, at)
        if not (spared or plain or read.clause_before(at)):
            return Match(" ".join(read.words[at : at + length]))
    return None


def _of_all(read: Sentence, at: int) -> bool:
    """Tell whether "all" claims something of all: "answer all calls within a minute"."""
    if len(read.words) <= _CLAIM:
        return True
    at_object = at == (read.lead + 1 if read.lead is not None else 0)
    none_left = any(read.among("none_left", word) for word in read.verb_words())
    twice = sum(read.among("quantifiers", word) for word in read.words) > 1
    return at_object and (none_left or twice or bool(read.first("claims_of_time")))


@rule("O10", "warn", "objective")
def said_by_anybody(wording: Wording) -> Match | None:
    """A verb and nothing but words that every organisation uses."""
    read = wording.plain
    if wording.row not in ("process", "learning") or not read.words:
        return None
    verbs = read.verb_words()
    better = read.among("comparatives", read.words[0])
    if not verbs and not better and wording.row != "learning":
        return None
    rest = [word for word in read.words if word not in verbs and not read.among("comparatives", word)]
    empty = any(read.among("generic_nouns", word) for word in rest)
    fillers = (
        ("generic_fillers", "own_places")
        if empty or not verbs or len(rest) < _CLAIM
        else ("generic_fillers",)
    )
    things = [word for word in rest if not any(read.among(name, word) for name in fillers)]
    if not things:
        same = next((word for word in verbs if read.among("generic_verbs", word)), "")
        return _hit(same)
    if not all(_generic(wording, word) for word in things):
        return Match(things[0], mild=True) if _bare_abstraction(wording, things, verbs) else None
    about = next((word for word in things if not _person(wording, word)), "")
    kinds = ("change_verbs", "harvest_verbs", "generic_verbs", "vague_verbs", "people_verbs")
    empty_verb = not verbs or any(read.among(name, verb) for name in kinds for verb in verbs)
    return Match(about or next(iter(verbs), things[0])) if about or empty_verb else None


def _person(wording: Wording, word: str) -> bool:
    return wording.means_customer(word) or wording.sentence.among("staff", word)


def _bare_abstraction(wording: Wording, things: list[str], verbs: frozenset[str]) -> bool:
    """Tell whether a verb of more or less has one abstraction and nothing else: "increase involvement"."""
    read = wording.plain
    more = any(read.among("harvest_verbs", verb) or read.among("change_verbs", verb) for verb in verbs)
    abstract = things[0].endswith(tuple(read.lists.words("abstract_endings")))
    return more and len(things) == 1 and len(read.words) < _CLAIM and abstract


def _generic(wording: Wording, word: str) -> bool:
    read = wording.sentence
    return (
        read.among("generic_nouns", word)
        or wording.means_customer(word)
        or read.among("staff", word)
        or read.among("feelings", word)
        or read.among("feelings_alone", word)
        or (not read.verb_first and _of_generic_parts(read, word))
    )


def _of_generic_parts(read: Sentence, word: str) -> bool:
    """Tell whether a Dutch compound is made of two words that are generic: "zorgkwaliteit"."""
    return any(
        read.among("generic_nouns", word[cut:])
        and any(
            read.among("generic_nouns", head) or read.among("own_places", head)
            for head in (word[:cut], word[: cut - 1])
        )
        for cut in range(4, len(word) - 3)
    )


@rule("O11", "warn", "objective", silences=("O01",), belongs_to="measure")
def a_measure(wording: Wording) -> Match | None:
    """A KPI where an objective is asked."""
    read = wording.sentence
    if wording.row != "process" or not read.words:
        return None
    began = read.begins("measure_starts")
    if began and (not read.verbs or _only_looks_like_verb(read)):
        return Match(began)
    if read.verbs or wording.plain.verbs:
        return None
    named = read.first("measure_words")
    per = (
        "per" in read.words[1:-1]
        and "cent" not in read.words
        and not read.among("determiners", read.words[0])
    )
    return _hit(named or ("per" if per else ""))


def _only_looks_like_verb(read: Sentence) -> bool:
    """Tell whether what is read as a verb is part of a measure: "mean repair time", "aantal … leden"."""
    if not read.verb_first:
        return len(read.words) - 1 not in read.verbs
    return len(read.words) > 1 and not read.among("determiners", read.words[1])


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
        return Match(read.words[0], mild=can_be_caught(read))
    if not read.verb_first and (ends := _supplier_ends(read)):
        return Match(ends)
    for at, word in enumerate(read.words[:-1]):
        if read.among("own_voice", word) and wording.means_customer(read.words[at + 1]):
            return Match(f"{word} {read.words[at + 1]}")
    if wording.means_customer(read.words[0]):
        return Match(read.words[0], mild=True)
    theirs = any(read.among("you_words", word) or wording.means_customer(word) for word in read.words)
    inside = "" if theirs else read.first("inside_words")
    return Match(inside, mild=True) if inside else None


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
        if seen in wording.context.organisation_words:
            continue
        if len(short) > 1 and seen not in known:
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
