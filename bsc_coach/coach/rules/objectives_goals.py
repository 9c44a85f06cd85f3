"""The rule on two goals in one objective, however they are joined."""

from __future__ import annotations

import re

from bsc_coach.coach.plain_form import third_person, third_persons
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.sentence import Sentence, sentence_of
from bsc_coach.coach.wording import Wording

_CUT = re.compile(r"\s*(;|,|(?<=\s)[+/](?=\s))\s*")
_PART_OF_A_NAME = re.compile(r"[A-Z][\w-]+ (?:and|&|en) [A-Z]")
_ROW = re.compile(r"(\w+), (\w+),? (and|en) (\w+)(?= )")
_LISTED = 3
"""Abstractions of a list that are a programme, not an objective."""


@rule("O04", "warn", "objective", silences=("O10", "O24"))
def two_goals(wording: Wording) -> Match | None:
    """Two goals that a word or a mark joins: two objectives."""
    text = wording.text.replace(" & ", " plus ")
    told = Wording(text, wording.context)
    if told.sentence.first("fixed_pairs"):
        return None
    named = bool(_PART_OF_A_NAME.search(wording.written[1:]))
    return (
        (None if named else _joined(told, text))
        or _two_acts(told)
        or _more_of_two(told.sentence)
        or _three_verbs(wording)
        or _marked_off(wording)
        or _meanwhile(told.sentence)
        or _with_more(told.sentence)
        or _abstractions(wording)
    )


def _joined(told: Wording, text: str) -> Match | None:
    """Two verbs that "and" joins."""
    read = told.plain
    for at, length in read.list("joints").spans(read.words):
        after = at + length
        if not at > 0 or after >= len(read.words):
            continue
        if read.clause_before(at):
            return None
        if (_english_second if read.verb_first else _dutch_second)(read, at, after):
            one = _of_one_thing(read, at, after, text) or _goes_on(told, read.words[after:])
            return Match(" ".join(read.words[at:after]), mild=one)
    return None


def _two_acts(told: Wording) -> Match | None:
    """Two things that a subject does: "the port lowers emissions and speeds up handling"."""
    read = told.sentence
    if told.plain == read:
        return None
    for at, length in read.list("joints").spans(read.words[:-1]):
        word, after = read.words[at + length - 1 : at + length + 1][-1], read.words[at + length + 1 :]
        acts = third_person(read, word) if read.verb_first else third_persons(read.language).get(word, "")
        if at > 2 and acts and after and not read.clause_before(at):
            one = _goes_on(told, read.words[at + length :])
            return Match(" ".join(read.words[at : at + length]), mild=one)
    return None


def _goes_on(told: Wording, second: tuple[str, ...]) -> bool:
    """Tell whether the second act is with the same ("find leaks and mend them"), or both are one ability."""
    read = told.sentence
    if told.row == "learning" and told.plain != read:
        return True
    verb, after = second[:1], second[1:3]
    if any(read.among("back_words", word) for word in (after if read.verb_first else (*verb, *after))):
        return True
    # "Lekken opsporen en dezelfde dag dichten": between joint and verb it is only said when.
    when = second[:-1] if not read.verb_first and read.is_verb(second[-1]) else ()
    return bool(when) and all(
        any(read.among(name, word) for name in ("determiners", "concrete", "time_words")) for word in when
    )


def _of_one_thing(read: Sentence, at: int, after: int, text: str) -> bool:
    """Tell whether the verbs are steps with one thing: "roken, snijden en verpakken", "wash and dry"."""
    steps = " ".join(f"{word}," for word in read.words[max(at - 2, 0) : at]).rstrip(",")
    if read.verb_first:
        placed = any(read.among("prepositions", word) and word != "of" for word in read.words[after:])
        return (at == (read.lead or 0) + 1 and placed) or (at > 1 and steps in text)
    placed = any(read.among("prepositions", word) and word != "van" for word in read.words[:at])
    shared = at - 1 in read.verbs and after == len(read.words) - 1 and placed
    return shared or (at > 1 and steps in text)


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
    if at == read.lead + 2 and read.among("prepositions", read.words[after + 1]):
        return False  # two things of one verb: "bring cheese and butter to market"
    if read.among("ambiguous_verbs", word):
        following = (*read.words[after + 1 :], "")[:2]
        more = following[0].endswith("s") and _is_more(read, following[1])
        return more or read.among("determiners", following[0])
    return True


def _dutch_second(read: Sentence, at: int, after: int) -> bool:
    joined = at - 1 in read.verbs and not read.among("auxiliaries", read.words[at - 1])
    if read.lead is not None and read.words[after:] and read.lead < at:
        second = Sentence(read.words[after:], read.lists, read.language)
        joined = joined or second.lead == 0
        if second.lead == 0:
            return True
    if at == 1 and after not in read.verbs and read.lead is None:
        return False  # two things: "pompen en kleppen samen afstellen"
    later = [v for v in read.verbs if v >= after and not read.among("auxiliaries", read.words[v])]
    if joined or not later:
        return joined and bool(later)
    earlier = [v for v in read.verbs if 0 < v < at - 1 and not read.among("auxiliaries", read.words[v])]
    ends = later[-1] > after and later[-1] == len(read.words) - 1
    return ends and any(read.closes_before_place(v) for v in earlier)


def _marked_off(wording: Wording) -> Match | None:
    """Two goals that a comma, a semicolon or a plus sets apart: "cut waiting, raise safety"."""
    cut = _CUT.split(wording.text)
    parts = [sentence_of(part, wording.context.language) for part in cut[::2]]
    first = parts[0]
    if len(parts) < 2 or len(first.words) < 2 or first.clause_before(len(first.words)):
        return None
    for mark, told in zip(cut[1::2], parts[1:], strict=True):
        part = _unjoined(told)
        if len(part.words) < 2:
            continue
        more = _is_more(first, first.words[0]) and _is_more(part, part.words[0])
        goals = (_is_goal(first) or first.lead == 0) and (_is_goal(part) or (mark == ";" and part.lead == 0))
        added = _is_goal(first) and part != told and _is_more(part, part.words[0])
        if more or goals or added:
            return Match(mark)
    return None


def _unjoined(read: Sentence) -> Sentence:
    """Return a part of a sentence without the "and" or "and to" that it begins with."""
    words = read.words
    for name in ("joints", "purpose_starts"):
        if words:
            words = words[read.list(name).at(words, 0) :]
    return read if words == read.words else Sentence(words, read.lists, read.language)


def _is_more(read: Sentence, word: str) -> bool:
    """Tell whether a word says that something is more, less or better than it was."""
    return read.among("comparatives", word) or (len(word) > 4 and word.endswith("er") and read.verb_first)


def _more_of_two(read: Sentence) -> Match | None:
    """Two things that should be more, without a verb: "fewer bedsores plus quieter nights"."""
    start = int(bool(read.words) and read.among("determiners", read.words[0]) and len(read.words) > 1)
    start -= bool(start and read.among("comparatives", read.words[0]))
    if not read.words or not _is_more(read, read.words[start]):
        return None
    for at, word in enumerate(read.words[:-1]):
        if read.among("too_words", word) and _is_more(read, read.words[at + 1]):
            return Match(word)
    if read.clause_before(len(read.words)):
        return None
    for at, length in read.list("joints").spans(read.words):
        after = read.words[at + length : at + length + 2]
        after = after[1:] if after and read.among("articles", after[0]) else after[:1]
        if at > start + 1 and after and _is_more(read, after[0]):
            return Match(" ".join(read.words[at : at + length]))
    return None


def _three_verbs(wording: Wording) -> Match | None:
    """Three things that are done, in a row: "collects, restores and opens up"."""
    found = _ROW.search(wording.text)
    read = wording.sentence
    if found is None:
        return None
    if not read.verb_first:
        forms = third_persons(read.language)
        return Match(found[3]) if all(found[at] in forms for at in (1, 2, 4)) else None
    bases = [found[at] if read.is_verb(found[at]) else found[at].removesuffix("s") for at in (1, 2, 4)]
    known = [base for base in bases if read.is_verb(base) and not read.among("ambiguous_verbs", base)]
    steps = bases == [found[at] for at in (1, 2, 4)]
    return Match(found[3], mild=steps) if len(known) == len(bases) else None


def _is_goal(read: Sentence) -> bool:
    """Tell whether a part of a sentence is a verb with what it is about."""
    if read.verb_first:
        plain = read.lead == 0 and not read.among("ambiguous_verbs", read.words[0])
        return plain or (read.lead == 0 and read.among("determiners", read.words[1]))
    last = len(read.words) - 1
    ended = last in read.verbs and not read.among("auxiliaries", read.words[last])
    return ended or read.lead == 0


def _meanwhile(read: Sentence) -> Match | None:
    """A second change at the same time: "while lowering noise", "terwijl het aantal daalt"."""
    for at, length in read.list("meanwhile").spans(read.words):
        rest = read.words[at + length :]
        doing = rest[:1] and rest[0].endswith("ing") and any(_is_more(read, word) for word in rest[1:])
        more = rest[:1] and _is_more(read, rest[0])
        beside = rest[:1] and rest[0].endswith("ing") and read.list("besides").at(read.words, at) > 0
        if at and (
            beside
            or doing
            or more
            or any(_changes(read, word) for word in (rest[:2] if read.verb_first else rest))
        ):
            return Match(" ".join(read.words[at : at + length]))
    if surely := read.first("not_only") or read.begins("besides"):
        return Match(surely)
    both = read.first("both_words")
    change = any(read.among("change_verbs", word) for word in read.verb_words())
    return Match(both, mild=True) if both and change else None


def _changes(read: Sentence, word: str) -> bool:
    if not read.verb_first:
        return read.among("change_verbs", third_persons(read.language).get(word, word))
    stem = word[:-3] if word.endswith("ing") else ""
    bases = (stem, f"{stem}e", stem[:-1])
    wished = ("change_verbs", "keeping_verbs")
    return bool(stem) and any(read.among(name, base) for name in wished for base in bases)


def _with_more(read: Sentence) -> Match | None:
    """A second goal that "with more" brings in: "shorten the wait with more safety"."""
    for at, word in enumerate(read.words[1:-2], 1):
        more, what = read.words[at + 1], read.words[at + 2]
        with_more = read.among("with_words", word) and _is_more(read, more)
        if with_more and not read.clause_before(at):
            sure = read.among("generic_nouns", what)
            more_too = any(
                _is_more(read, one) for one in read.words[: 1 + read.among("articles", read.words[0])]
            )
            done = more_too and at + 3 == len(read.words)
            return Match(f"{word} {more}", mild=not sure) if sure or done else None
    return None


def _abstractions(wording: Wording) -> Match | None:
    """Three abstractions in a row, each an objective of its own: "access, friendliness and choice"."""
    head, comma, tail = wording.text.partition(",")
    read = wording.sentence
    ends = tuple(read.lists.words("abstract_endings"))
    begin = sentence_of(head, wording.context.language).words[-1:]
    words = [word for word in sentence_of(tail, wording.context.language).words if _content(read, word)]
    listed = [*begin, *words[: _LISTED - 1]]
    before = len(sentence_of(head, wording.context.language).words) - 1
    verb = read.lead + 1 if read.lead is not None else 0
    if before != verb and not (before == verb + 1 and read.among("determiners", read.words[verb])):
        return None
    joint = read.list("joints").first(sentence_of(tail, wording.context.language).words[:3])
    empty = (read.among("generic_nouns", word) or read.among("topic_heads", word) for word in listed)
    abstract = sum(known or word.endswith(ends) for known, word in zip(empty, listed, strict=True))
    return Match(joint) if comma and joint and len(listed) == _LISTED and abstract >= 2 else None


def _content(read: Sentence, word: str) -> bool:
    return not (read.list("joints").is_one(word) or read.among("determiners", word))
