"""Rules on texts that are no point of the map: ambition, values, benefits, reasons, and looks back."""

from __future__ import annotations

import re

from bsc_coach.coach.lexicon.matcher import phrases
from bsc_coach.coach.rule import EVERY, Match, rule
from bsc_coach.coach.rules.objectives_form import bare
from bsc_coach.coach.rules.objectives_place import a_body, ambition_in
from bsc_coach.coach.sentence import Sentence, sentence_of
from bsc_coach.coach.statement import statement_of
from bsc_coach.coach.wording import Wording
from bsc_coach.text import normal

_PART = re.compile(r"[\n;,•·]|\.(?:\s|$)")
"""What stands between two values of a list."""
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_NAMED = 4
"""Words of a value that is only named."""
_FEW = 12
"""Words of a wish for everybody, or of a reason that says nothing: a longer one tells what."""


def _hit(word: str) -> Match | None:
    return Match(word) if word else None


@rule("T01", "warn", "ambition", silences=("T03",))
def boast(wording: Wording) -> Match | None:
    """A rank or a praise of oneself, with neither a year nor anything that would show it."""
    read = wording.sentence
    if any(letter.isdigit() for letter in wording.text):
        return None
    served = any(wording.means_customer(word) for word in read.words)
    if served or any(read.among("proof_words", word) for word in read.words):
        return None
    praise = ("vague_words", "vague_phrases", "sales_words")
    return _hit(ambition_in(wording) or next(filter(None, map(read.first, praise)), ""))


@rule("T02", "hint", "ambition")
def for_everybody(wording: Wording) -> Match | None:
    """An ambition for everybody, in which nobody comes first."""
    read = wording.sentence
    if len(read.words) > _FEW or read.clause_before(len(read.words)):
        return None
    return _hit(read.first("for_everybody"))


@rule("T03", "hint", "ambition", "objective")
def about_ourselves(wording: Wording) -> Match | None:
    """An ambition or a mission that tells what one is, and not what others have of it."""
    read = wording.sentence
    if wording.row != "mission" or not read.words:
        return None
    shown = any(read.among("number_words", word) or _YEAR.sub("", word)[:1].isdigit() for word in read.words)
    served = any(wording.means_customer(word) for word in read.words) and not read.first("felt_states")
    if shown or served:
        return None
    if named := a_body(read):
        return Match(named)
    told = statement_of(read)
    if told is None or not told.ours or not (told.thing or told.subject):
        return None
    return Match(" ".join((told.verb, *told.said[:2])))


@rule("T04", "hint", "objective")
def a_problem(wording: Wording) -> Match | None:
    """A mission that names what is wrong, or a world that nobody will see."""
    read = wording.sentence
    if wording.row != "mission" or not read.words:
        return None
    if began := read.begins("world_starts"):
        return Match(began)
    better = read.among("comparatives", read.words[0])
    if better or read.verbs or statement_of(read) or len(read.words) > _FEW // 2:
        return None
    at = next((at for at, word in enumerate(read.words[:3]) if read.among("problems", word)), -1)
    inside = any(read.among("prepositions", word) for word in read.words[: max(at, 0)])
    return Match(read.words[at]) if at >= 0 and not inside else None


@rule("T05", "hint", "value")
def many_values(wording: Wording) -> Match | None:
    """More values than anybody keeps in mind."""
    named = [part for part in _parts(wording) if len(part.words) <= _NAMED]
    most = int(wording.lists.threshold("most_values"))
    return Match(str(len(named)), values={"n": len(named)}) if len(named) > most else None


@rule("T06", "warn", "value")
def nobody_against(wording: Wording) -> Match | None:
    """Values that nobody can be against, and nothing that one would refuse because of them."""
    parts = _parts(wording)
    named = [praised for part in parts if (praised := _praise(part))]
    return Match(named[0]) if named and 2 * len(named) > len(parts) else None


def _parts(wording: Wording) -> list[Sentence]:
    """Return the values that a text lists, each as a sentence."""
    joints = wording.lists.words("joints")
    texts = [wording.written]
    if len(wording.words) <= _NAMED + 1:  # "honest and open", but not "we say what we do and do what we say"
        texts = [" ".join("," if word.casefold() in joints else word for word in wording.written.split())]
    found = (sentence_of(normal(part), wording.context.language) for part in _PART.split(texts[0]))
    return [one for one in found if one.words]


def _praise(part: Sentence) -> str:
    """Return a virtue or a credo that is all there is in a part of a text."""
    if len(part.words) > _NAMED:
        # "Excellence in everything we do": a virtue, and words in which all of the work is meant.
        begun = part.among("virtues", part.words[0]) and len(part.words) <= _FEW // 2
        general = begun and part.only("virtues", "virtue_frames", "generic_fillers", "lofty_words")
        return part.words[0] if general else ""
    credo = part.first("credos") or part.first("vague_words")
    if credo:
        return credo
    only = part.only("virtues", "virtue_frames", "own_voice", "customers", "staff", "creed_words")
    return part.first("virtues") if only else ""


@rule("T07", "warn", "reason", silences=("T08",))
def no_reason(wording: Wording) -> Match | None:
    """A reason that says that there is one: important, logical, decided by majority."""
    read = wording.sentence
    if not read.words or len(read.words) > _FEW:
        return None
    if whole := read.first("reasonless"):
        return Match(whole)
    if praised := _self_praise(read):
        return Match(praised)
    empty = [word for word in read.words if read.among("empty_reasons", word)]
    if empty and _only_small(wording, "empty_reasons", "reason_fillers"):
        return Match(empty[0])
    general = _general(wording)
    return Match(general, mild=True) if general else None


def _general(wording: Wording) -> str:
    """Return what is named, where a text has only words that fit any organisation: "better outcomes"."""
    read = wording.sentence
    named = ("generic_nouns", "lofty_words", "felt_states", "feelings")
    small = ("generic_fillers", "lofty_fillers", "lofty_verbs", "general_verbs", "reason_fillers")
    more = ("comparatives", "determiners", "prepositions", "being_forms", "own_voice", "staff", "virtues")
    said = [word for name in named for word in read.words if read.among(name, word)]
    fits = all(
        any(read.among(name, word) for name in (*named, *small, *more)) or wording.means_customer(word)
        for word in read.words
    )
    return said[0] if said and fits else ""


def _self_praise(read: Sentence) -> str:
    """Return what somebody says that he is, where all would say so: "we are customer-focused"."""
    told = statement_of(read)
    if told is None or not told.subject or not told.ours or len(read.words) > _NAMED + 1:
        return ""
    praise = ("virtues", "vague_words", "praise_words", "sales_words")
    return next((word for word in told.said if any(read.among(name, word) for name in praise)), "")


def _only_small(wording: Wording, *names: str) -> bool:
    """Tell whether every word is on one of the lists, or tells of nothing by itself."""
    small = ("determiners", "prepositions", "being_forms", "own_voice", "adverbs", "clause_words")
    return wording.sentence.only(
        *names, *small, *(("auxiliaries",) if not wording.sentence.verb_first else ())
    )


@rule("T08", "hint", "reason")
def circular(wording: Wording) -> Match | None:
    """A reason in the words of what it explains."""
    if not wording.context.explains or not wording.words:
        return None
    speak = phrases(wording.context.language)
    told, explained = speak.content(wording.text), speak.content(normal(wording.context.explains))
    return Match(wording.written.strip()) if told and told <= explained else None


@rule("T09", "warn", "ambition", "value", "reason", "benefit", "closing", silences=(EVERY,), first=True)
def nothing_yet(wording: Wording) -> Match | None:
    """A placeholder where an answer was asked for."""
    text = bare(wording.text).rstrip("?").strip()
    begun = any(text.startswith((f"{one} ", f"{one}:")) for one in wording.lists.words("placeholder_starts"))
    return _hit(text) if text in wording.lists.words("placeholders") or (begun and len(text) < 60) else None


@rule("T10", "hint", "closing")
def nothing_to_do(wording: Wording) -> Match | None:
    """A good intention or a general content, with which nobody can begin on Monday."""
    read = wording.sentence
    if not read.words or len(read.words) > _FEW:
        return None
    if whole := read.first("intentions"):
        return Match(whole)
    empty = [word for word in read.words if read.among("empty_closings", word)]
    small = _only_small(wording, "empty_closings", "reason_fillers", "comparatives", "generic_fillers")
    return Match(empty[0]) if empty and small else _hit(_general(wording))


@rule("T11", "hint", "benefit", silences=("T12",))
def praise_of_benefit(wording: Wording) -> Match | None:
    """A benefit told in the words of a brochure."""
    read = wording.sentence
    general = "" if read.first("spending") else _general(wording)  # "lower costs" is told by their purse
    return _hit(read.first("sales_words") or read.first("vague_words") or general)


@rule("T12", "hint", "benefit")
def feature(wording: Wording) -> Match | None:
    """What one has or offers, and not what becomes different for those who get it."""
    read = wording.sentence
    if not read.words or any(read.among("comparatives", word) for word in read.words):
        return None
    theirs = any(
        read.among("your_voice", word) or read.among("customer_voice", word) or wording.means_customer(word)
        for word in read.words
    )
    begins = read.among("supplier_voice", read.words[0]) or read.among("own_voice", read.words[0])
    return Match(read.words[0]) if begins and not theirs else None
