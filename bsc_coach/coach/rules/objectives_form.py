"""Rules on how an objective is built: its verb, how many goals it holds, its length and its form."""

from __future__ import annotations

import re

from bsc_coach.coach.plain_form import tells, third_persons
from bsc_coach.coach.rule import EVERY, Match, rule
from bsc_coach.coach.sentence import Sentence, sentence_of
from bsc_coach.coach.wording import Wording

_LETTER = re.compile(r"\w")
_FIGURES = re.compile(r"\d[\d\s.,/-]*")
_PARTS = re.compile(r"[()\[\]–—:]| - ")
_UNFINISHED = ("??", "...", "…")
_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")
_SHORT = 9
"""Words of a placeholder; a sentence that goes on has something to say."""
_MAIN_CLAUSE = 4
"""Words of a main clause: what is passive after it is not what the sentence is about."""
_SHORTEST = 3
"""Words of a sentence that a clause may follow."""
_SAYS_OF_WHAT = 4
"""Words with which "more" and "fewer" say what gets better: "fewer empty trips from the islands"."""
_UNACCENTED = ("be", "ver", "ont", "her", "er")
"""Beginnings of Dutch verbs whose participle has no "ge"."""
_EDGES = " .,;:!…\"'“”‘’()[]{}<>*_-–—"


def bare(text: str) -> str:
    """Return a text without what stands around it: quotes, brackets, full stops, dashes."""
    return text.strip(_EDGES)


@rule("O01", "warn", "objective")
def no_verb(wording: Wording) -> Match | None:
    """A topic without a verb; only a hint where the first word may be a verb that no list has."""
    read = wording.plain
    if wording.row != "process" or not read.words or read.verbs or tells(wording.sentence):
        return None
    read = wording.sentence
    unsure = read.among("comparatives", read.words[0])
    changes = unsure or read.first("sooner_words")
    if changes and len(read.words) >= _SAYS_OF_WHAT:
        return None
    # "The line sails on when others stay in port": a clause of time stands behind a whole sentence.
    timed = any(read.among("whole_clauses", word) for word in read.words[_SHORTEST:])
    unsure = unsure or timed or (_may_be_verb(read) if read.verb_first else may_hold_verb(read))
    return Match(read.words[0], mild=unsure)


def _may_be_verb(read: Sentence) -> bool:
    """Tell whether an English sentence may begin with an unknown verb."""
    head, last = read.words[read.start], read.words[-1]
    topic = read.among("topic_heads", last) or last.endswith(tuple(read.lists.words("topic_endings")))
    return not (topic or read.among("first_nouns", head) or read.among("prepositions", head))


def may_hold_verb(read: Sentence) -> bool:
    """Tell whether a Dutch sentence may hold an unknown whole verb: at its end, or before a place."""
    last = len(read.words) - 1
    return any(
        _looks_like_verb(read, word) and (at == last or read.closes_before_place(at))
        for at, word in enumerate(read.words)
        if at
    )


def _looks_like_verb(read: Sentence, word: str) -> bool:
    noun = word.endswith(tuple(read.lists.words("noun_endings"))) or read.among("plural_nouns", word)
    return len(word) > 4 and word.endswith(("en", "ën")) and not noun


@rule("O09", "hint", "objective")
def too_long(wording: Wording) -> Match | None:
    """More words than a colleague can repeat."""
    words = [word for word in wording.text.split() if _LETTER.search(word)]
    most = int(wording.lists.threshold("most_words"))
    clearly = len(words) > most + int(wording.lists.threshold("most_words_over"))
    return Match(str(len(words)), values={"n": len(words), "most": most}) if clearly else None


@rule("O13", "hint", "objective", silences=("O01",))
def passive(wording: Wording) -> Match | None:
    """A passive sentence: nobody acts."""
    read = wording.plain if wording.sentence.verb_first else wording.sentence
    word = _english_passive(read) if read.verb_first else _dutch_passive(read)
    return Match(word) if word else None


def _english_passive(read: Sentence) -> str:
    if read.lead is not None and not read.among("passive_leads", read.words[read.lead]):
        return ""  # who acts is the team, whatever a clause tells of: "vote before machines are ordered"
    for at, word in enumerate(read.words):
        if at > _MAIN_CLAUSE and read.clause_before(at):
            break
        if not read.among("passive_is", word) or (at == read.lead and word == "get"):
            continue
        for after in read.words[at + 1 : at + 4]:
            ended = after.endswith("ed") and not read.among("not_participles", after)
            if ended or read.among("irregular_participles", after):
                return f"{word} {after}"
            if not (read.among("adverbs", after) or after.endswith("ly") or read.among("passive_is", after)):
                break
    return ""


def _dutch_passive(read: Sentence) -> str:
    at = next((at for at, word in enumerate(read.words) if read.among("passive_be", word)), -1)
    if at < 0:
        return ""
    forms = third_persons(read.language)
    acts = any(verb < at and read.is_verb(read.words[verb]) for verb in read.verbs)
    if read.clause_before(at) and (acts or any(word in forms for word in read.words[1:at])):
        return ""  # only what the clause tells of is passive: "schoenen herstellen die worden weggegooid"
    if at == len(read.words) - 1 and _earlier_verb(read, at):
        return ""  # "opvangen vóór de plaat belicht wordt"
    being, last = read.words[at], read.words[-1]
    if last != being and not read.clause_before(at) and last.startswith(_UNACCENTED) and last.endswith("en"):
        return f"{being} {last}"
    if last != being and read.verbs and len(read.words) - 1 in read.verbs and not _participle(read, last):
        return ""
    return next((f"{being} {word}" for word in read.words if word != being and _participle(read, word)), "")


def _earlier_verb(read: Sentence, at: int) -> bool:
    earlier = (
        verb for verb in read.verbs if verb < at - 1 and not read.among("auxiliaries", read.words[verb])
    )
    return any(read.closes_before_place(verb) for verb in earlier)


def _participle(read: Sentence, word: str) -> bool:
    if len(word) < 5:
        return False
    if word.startswith(_UNACCENTED) and word.endswith(("d", "t")):
        return True
    begun = word.startswith("ge") or any(
        word.startswith(f"{part}ge") for part in read.lists.words("verb_particles")
    )
    return begun and word.endswith(("d", "t", "en"))


@rule("O22", "settle", "objective", "promise", "proposition", "name", silences=(EVERY,), first=True)
def placeholder(wording: Wording) -> Match | None:
    """A placeholder such as "tbd"."""
    if not wording.text:
        return None
    text = bare(wording.text)
    read = wording.sentence
    known = wording.lists.words("placeholders")
    if not known:
        return None
    if not text.strip("?") or _FIGURES.fullmatch(text):
        return Match(wording.text)
    marked = wording.text.startswith(_UNFINISHED) or _BRACKETED.fullmatch(wording.text)
    if marked or text in known or text.rstrip("?") in known:
        return Match(text)
    parts = [sentence_of(bare(part), wording.context.language) for part in _PARTS.split(wording.text)]
    begun = any(part.begins("placeholder_starts") for part in parts if part.words)
    return Match(text) if (begun and len(read.words) < _SHORT) or any(map(_left_open, parts)) else None


def _left_open(read: Sentence) -> bool:
    """Tell whether a sentence is about its own text, which is written later: "to be filled in"."""
    if not read.words or len(read.words) > _SHORT:
        return False
    if read.begins("about_the_text") and not read.verbs:
        return True
    filled = read.first("filling_in")
    return bool(filled and (read.begins("left_open_starts") or read.first("this_text")))


@rule(
    "O23",
    "hint",
    "objective",
    "promise",
    "proposition",
    "name",
    silences=("O01", "O10", "O11", "O19", "V02", "V12", "V14"),
    belongs_to="question",
)
def question(wording: Wording) -> Match | None:
    """A question instead of an answer: for the parking lot."""
    return Match("?") if bare(wording.text).endswith("?") and wording.sentence.words else None


@rule("O24", "hint", "objective", silences=("O01", "O10", "O11"))
def what_not(wording: Wording) -> Match | None:
    """What is not wanted, instead of what is; customers may say so: "don't make me repeat my story"."""
    read = wording.sentence
    if wording.row == "customer" and any(read.among("customer_voice", word) for word in read.words):
        return None
    if began := read.begins("refusal_starts"):
        return Match(began)
    if read.words[:1] == ("stop",) and len(read.words) > 2 and read.words[1].endswith("ing"):
        return Match("stop")
    inside, length = next(read.list("refusal_inside").spans(read.words), (-1, 0))
    if inside < 0 or any(read.among("clause_words", word) for word in read.words[1:inside]):
        return None
    return Match(" ".join(read.words[inside : inside + length]))
