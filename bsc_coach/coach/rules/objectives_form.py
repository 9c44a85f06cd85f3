"""Rules on how an objective is built: its verb, how many goals it holds, its length and its form."""

from __future__ import annotations

import re

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.rule import EVERY, Match, rule
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_LETTER = re.compile(r"\w")
_UNACCENTED = ("be", "ver", "ont", "her", "er")
"""Beginnings of Dutch verbs whose participle has no "ge"."""
_EDGES = " .,;:!…\"'“”‘’()[]{}<>*_-–—"


def bare(text: str) -> str:
    """Return a text without what stands around it: quotes, brackets, full stops, dashes."""
    return text.strip(_EDGES)


@rule("O01", "warn", "objective")
def no_verb(wording: Wording) -> Match | None:
    """A topic without a verb; only a hint where the first word may be a verb that no list has."""
    read = wording.sentence
    if wording.row != "process" or not read.words or read.verbs:
        return None
    unsure = read.among("comparatives", read.words[0])
    unsure = unsure or (_may_be_verb(read) if read.verb_first else may_hold_verb(read))
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


@rule("O03", "warn", "objective", silences=("O01", "O10"), belongs_to="initiative")
def done_once(wording: Wording) -> Match | None:
    """Something that is done once: an initiative."""
    read = wording.sentence
    if not read.words:
        return None
    began = read.begins("one_off_starts")
    if began and not read.verbs:
        return Match(began)
    if read.verb_first:
        return _english_once(read, wording.context)
    return _dutch_once(read, wording.context)


def _allowed(read: Sentence, word: str, context: RuleContext) -> bool:
    """Tell whether a verb of doing once is a verb of result here."""
    if context.cluster == "innovation" and read.among("innovation_verbs", word):
        return True
    if context.subprocess in ("community", "employment") and read.among("social_verbs", word):
        return True
    at = read.words.index(word) + 1
    where = read.words[at : at + 1] if read.verb_first else read.words[: at - 1]
    more = any(read.among("comparatives", one) for one in where)
    return read.among("one_off_bendable", word) and (more or bool(read.first("result_signs")))


def _english_once(read: Sentence, context: RuleContext) -> Match | None:
    if read.lead is None:
        return None
    verb, rest = read.words[read.lead], read.words[read.lead + 1 :]
    if (phrase := read.list("one_off_phrases").at(read.words, read.lead)) and phrase > 1:
        return Match(" ".join(read.words[read.lead : read.lead + phrase]))
    if read.among("one_off_of_staff", verb):
        return Match(verb) if any(read.among("staff", word) for word in rest[:3]) else None
    if read.among("one_off_verbs", verb):
        return None if _allowed(read, verb, context) else _once(read, verb, context)
    if rest and read.among("one_off_with_article", verb):
        new = read.among("articles", rest[0])
        thing = any(read.among("one_off_nouns", word) for word in rest[-2:])
        if (new and (thing or len(rest) <= 4 or "new" in rest[:2])) or (thing and len(rest) <= 3):
            return Match(verb, mild=bool(read.first("result_signs")))
    return None


def _dutch_once(read: Sentence, context: RuleContext) -> Match | None:
    for pair in read.lists.words("one_off_split"):
        order, _, part = pair.partition(" ")
        if read.words[0] == order and read.parted(part):
            return Match(f"{order} … {part}")
    if phrase := read.first("one_off_phrases"):
        return Match(phrase)
    verbs = [read.words[at] for at in read.verbs if not read.among("auxiliaries", read.words[at])]
    if not verbs:
        return None
    verb = verbs[0]
    thing = any(
        word == noun or (len(noun) > 3 and word.endswith(noun))
        for noun in read.lists.words("one_off_nouns")
        for word in read.words
        if word != verb
    )
    if read.among("one_off_of_staff", verb):
        return Match(verb) if any(read.among("staff", word) for word in read.words) else None
    if read.among("one_off_with_article", verb) and read.among("new_things", read.words[0]):
        return Match(verb)
    if not read.among("one_off_verbs", verb) or _allowed(read, verb, context):
        return None
    return _once(read, verb, context) if thing or not read.among("one_off_soft", verb) else None


def _once(read: Sentence, verb: str, context: RuleContext) -> Match:
    """Return the remark on a verb; a hint on one that innovation may use while the cluster is unknown."""
    return Match(verb, mild=not context.cluster and read.among("innovation_verbs", verb))


@rule("O04", "warn", "objective", silences=("O10",))
def two_goals(wording: Wording) -> Match | None:
    """Two verbs that "and" joins: two objectives."""
    read = _with_ampersand(wording).sentence
    if read.first("fixed_pairs"):
        return None
    for at, length in read.list("joints").spans(read.words):
        after = at + length
        if not at > 0 or after >= len(read.words):
            continue
        if read.clause_before(at):
            return None
        if (_english_second if read.verb_first else _dutch_second)(read, at, after):
            steps = " ".join(f"{word}," for word in read.words[max(at - 2, 0) : at]).rstrip(",")
            chain = not read.verb_first and at > 1 and steps in wording.text  # "roken, snijden en verpakken"
            return Match(" ".join(read.words[at:after]), mild=chain)
    return None


def _with_ampersand(wording: Wording) -> Wording:
    """Return a wording in which "&" between blanks is a word."""
    return (
        Wording(wording.text.replace(" & ", " plus "), wording.context) if " & " in wording.text else wording
    )


def _english_second(read: Sentence, at: int, after: int) -> bool:
    if read.lead is None:
        return False
    while after < len(read.words) - 1 and (
        read.among("adverbs", read.words[after]) or read.words[after].endswith("ly")
    ):
        after += 1
    word = read.words[after]
    if not read.is_verb(word):
        return False
    if at == read.lead + 1:
        return True
    if after == len(read.words) - 1:
        return False
    if read.among("ambiguous_verbs", word):
        return read.among("determiners", read.words[after + 1])
    return True


def _dutch_second(read: Sentence, at: int, after: int) -> bool:
    joined = at - 1 in read.verbs and not read.among("auxiliaries", read.words[at - 1])
    if read.lead is not None and read.words[after:] and read.lead < at:
        second = Sentence(read.words[after:], read.lists, read.language)
        joined = joined or second.lead == 0
        if second.lead == 0:
            return True
    later = [v for v in read.verbs if v >= after and not read.among("auxiliaries", read.words[v])]
    return joined and bool(later)


@rule("O09", "hint", "objective")
def too_long(wording: Wording) -> Match | None:
    """More words than a colleague can repeat."""
    words = [word for word in wording.text.split() if _LETTER.search(word)]
    most = int(wording.lists.threshold("most_words"))
    return Match(str(len(words)), values={"n": len(words), "most": most}) if len(words) > most else None


@rule("O13", "hint", "objective", silences=("O01",))
def passive(wording: Wording) -> Match | None:
    """A passive sentence: nobody acts."""
    read = wording.sentence
    word = _english_passive(read) if read.verb_first else _dutch_passive(read)
    return Match(word) if word else None


def _english_passive(read: Sentence) -> str:
    if read.lead is not None and not read.among("passive_leads", read.words[read.lead]):
        return ""
    for at, word in enumerate(read.words):
        if not read.among("passive_is", word):
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
    if read.clause_before(at) and any(verb < at and read.is_verb(read.words[verb]) for verb in read.verbs):
        return ""  # only what the clause tells of is passive: "schoenen herstellen die worden weggegooid"
    being, last = read.words[at], read.words[-1]
    if last != being and not read.clause_before(at) and last.startswith(_UNACCENTED) and last.endswith("en"):
        return f"{being} {last}"
    if last != being and read.verbs and len(read.words) - 1 in read.verbs and not _participle(read, last):
        return ""
    return next((f"{being} {word}" for word in read.words if word != being and _participle(read, word)), "")


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
    if not text.strip("?"):
        return Match(wording.text)
    begun = any(
        text == start or text.startswith((f"{start} ", f"{start}:"))
        for start in wording.lists.words("placeholder_starts")
    )
    return (
        Match(text) if text in known or text.rstrip("?") in known or (begun and len(read.words) < 9) else None
    )


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
    inside = next((at for at, word in enumerate(read.words) if read.among("refusal_inside", word)), -1)
    return Match(read.words[inside]) if inside >= 0 and not read.clause_before(inside) else None
