"""The rule on deeds that are done once: initiatives, and what gets better by them is the objective."""

from __future__ import annotations

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_TERM = 2
"""Words of a bare term: "planning permission"."""
_NAMED = 3
"""Words of a thing that is named with something said of it."""
_HEAD = 4
"""Words of what is made, bought or held: further on stands what it is for."""


@rule("O03", "warn", "objective", silences=("O01", "O10"), belongs_to="initiative")
def done_once(wording: Wording) -> Match | None:
    """Something that is done once: an initiative."""
    read = wording.plain
    if not read.words:
        return None
    told = wording.sentence
    own = read.among("determiners", told.words[0]) and len(told.words) > 1
    start = told.list("one_off_starts").at(told.words, int(own))
    began = " ".join(told.words[own : own + start])
    if began and (not told.verbs or read.among("to_or_of", began.rpartition(" ")[2])):
        return Match(began)
    if idiom := told.first("one_off_idioms") or _passive(told):
        return None if _again_and_again(told) else Match(idiom)
    if named := _named(wording.sentence):
        return named
    if read.verb_first:
        return _english(read, wording.context) if read.lead is not None else None
    return _dutch_order(wording.sentence) or _dutch(read, wording.context)


def _passive(read: Sentence) -> str:
    """Return the participle of what will be done once: "a store to be built", "worden onderzocht"."""
    if not read.first("will_be"):
        return ""
    return next((word for word in read.words if read.among("one_off_participles", word)), "")


def _named(read: Sentence) -> Match | None:
    """A thing, a study or a check that is only named: "second cold store", "a study into reuse"."""
    if read.first("result_signs"):
        return None
    if study := read.first("study_nouns"):
        return Match(study)
    led = read.verbs and not (read.verb_first and read.among("new_starts", read.words[0]))
    if led or any(_is_more(read, word) for word in read.words[:3]) or len(read.words) < _TERM:
        return None
    head = read.words[:_HEAD]
    if any(read.among("outsiders", word) for word in head):
        return Match(read.words[0])
    new = next((at for at, word in enumerate(head[:2]) if read.among("new_starts", word)), -1)
    first = new == 0 or (
        new == 1 and (read.among("determiners", head[0]) or read.among("number_words", head[0]))
    )
    many = not read.verb_first and (*read.words[new + 1 :], "")[0].endswith(("en", "s"))
    plural = many and not (new and read.among("number_words", head[0]))
    cut = next(
        (at for at, word in enumerate(read.words) if read.among("prepositions", word)), len(read.words)
    )
    piece = read.among("articles", head[0]) and cut > 1 and _is_thing(read, read.words[cut - 1])
    return Match(head[max(new, 0)]) if (first and not plural) or piece else None


def _is_thing(read: Sentence, word: str) -> bool:
    """Tell whether a word is a thing that is made once, in Dutch also as the end of a compound."""
    nouns = read.lists.words("one_off_nouns")
    return word in nouns or (not read.verb_first and any(len(n) > 3 and word.endswith(n) for n in nouns))


def _is_more(read: Sentence, word: str) -> bool:
    return read.among("comparatives", word)


def _english(read: Sentence, context: RuleContext) -> Match | None:
    lead = read.lead or 0
    verb, rest = read.words[lead], read.words[lead + 1 :]
    if phrase := _phrase(read, lead):
        return phrase
    if read.among("one_off_of_staff", verb):
        taught = any(read.among("staff", word) for word in rest[:3]) and "to" not in rest
        return Match(verb) if taught else None
    if read.among("one_off_verbs", verb):
        return None if _allowed(read, verb, context) else _once(read, verb, context)
    if study := _study(read, verb, rest):
        return study
    if not rest or _again_and_again(read):
        return _made(read, verb, rest, mild=True)
    looks = (_changed_over, _made, _by_others, _finished)
    return next((hit for look in looks if (hit := look(read, verb, rest))), None)


def _phrase(read: Sentence, lead: int) -> Match | None:
    """A phrase for doing or finding out something once: "draw up", "find out whether"."""
    length = read.list("one_off_phrases").at(read.words, lead)
    asked = 0 if length > 1 else read.list("asking").at(read.words, lead)
    if length < 2 and not asked:
        return None
    end = lead + (asked or length)
    daily = not asked and _of_many(read, read.words[end:])
    return Match(" ".join(read.words[lead:end]), mild=daily)


def _changed_over(read: Sentence, verb: str, rest: tuple[str, ...]) -> Match | None:
    """A change to another supplier or tool, or a paper that is obtained."""
    moved = read.among("moving_verbs", verb) and any(read.among("others", word) for word in rest[1:])
    papers = any(read.among("papers", word) for word in rest[: _HEAD + 1])
    return Match(verb) if moved or (papers and read.among("obtaining_verbs", verb)) else None


def _allowed(read: Sentence, word: str, context: RuleContext) -> bool:
    """Tell whether a verb of doing once is a verb of result here."""
    if context.cluster == "innovation" and read.among("innovation_verbs", word):
        return True
    if context.subprocess in ("community", "employment") and read.among("social_verbs", word):
        return True
    if "zich" in read.words:
        return True  # who develops "zich" is no project
    at = read.words.index(word) + 1
    where = read.words[at : at + 1] if read.verb_first else read.words[: at - 1]
    more = any(read.among("comparatives", one) for one in where)
    return read.among("one_off_bendable", word) and (more or bool(read.first("result_signs")))


def _once(read: Sentence, verb: str, context: RuleContext) -> Match:
    """Return the remark on a verb; a hint on one that innovation may use while the cluster is unknown."""
    return Match(verb, mild=not context.cluster and read.among("innovation_verbs", verb))


def _of_many(read: Sentence, rest: tuple[str, ...]) -> bool:
    """Tell whether something is done to many things, as in the daily work: "carry out repairs"."""
    some = bool(rest) and not (read.among("determiners", rest[0]) or read.among("number_words", rest[0]))
    return some and (_again_and_again(read) or any(word.endswith("s") for word in rest[:2]))


def _again_and_again(read: Sentence) -> bool:
    """Tell whether it is said when or how often something is done, so that it is the daily work."""
    return bool(read.first("result_signs") or read.first("repeat_signs"))


def _study(read: Sentence, verb: str, rest: tuple[str, ...]) -> Match | None:
    """A study instead of a change; a hint where only the verb tells."""
    if not read.among("study_verbs", verb) or not rest or _again_and_again(read):
        return None
    sure = read.among("study_clauses", rest[0]) or any(read.among("study_objects", word) for word in rest)
    return Match(verb, mild=not sure) if sure or read.among("study_sure", verb) else None


def _made(read: Sentence, verb: str, rest: tuple[str, ...], *, mild: bool = False) -> Match | None:
    """One thing that is made, bought, opened or held."""
    if not rest or not read.among("one_off_with_article", verb):
        return None
    cut = next((at for at, word in enumerate(rest) if read.among("prepositions", word)), len(rest))
    head = rest[:cut]
    thing = any(read.among("one_off_nouns", word) for word in head[-2:])
    new = read.among("articles", rest[0]) or (len(head) > 1 and read.among("articles", head[1]))
    counted = rest[0][:1].isdigit() or read.among("number_words", rest[0])
    if read.among("one_off_buying", verb):
        new = new or read.among("additions", rest[0]) or counted
    if counted and read.among("building_verbs", verb):
        return Match(verb, mild=mild)
    short = len(rest) <= _HEAD or "new" in rest[:2] or read.among("one_off_buying", verb)
    term = len(head) <= _TERM and bool(head) and read.among("one_off_nouns", head[-1])
    if (new and (thing or short)) or (thing and len(rest) < _HEAD) or term:
        return Match(verb, mild=mild)
    return None


def _by_others(read: Sentence, verb: str, rest: tuple[str, ...]) -> Match | None:
    """Something that is had done: "have the gates audited", "let an outside firm examine the gates"."""
    if not read.among("causatives", verb):
        return None
    checks = read.among("hiring_verbs", verb) or any(read.among("done_by_others", word) for word in rest)
    if checks and any(read.among("outsiders", word) for word in rest[:_HEAD]):
        return Match(verb)
    clause = any(read.among("clause_words", word) for word in rest)
    if read.among("determiners", rest[0]) and _ended(read, rest[-1]) and not clause:
        return Match(f"{verb} … {rest[-1]}")
    for at, word in enumerate(rest):
        if read.among("prepositions", word) or read.among("clause_words", word):
            break
        untouched = word.startswith("un")  # "let eels pass the turbines unharmed"
        if at and not untouched and not read.among("not_participles", word) and _ended(read, word):
            return Match(f"{verb} … {word}") if at > 1 or len(rest) < _HEAD else None
    return None


def _ended(read: Sentence, word: str) -> bool:
    return word.endswith("ed") or read.among("irregular_participles", word)


def _finished(read: Sentence, verb: str, rest: tuple[str, ...]) -> Match | None:
    """A piece of work with an end: "complete the extension", "relocate the workshop"."""
    if not (read.among("finishing_verbs", verb) or read.among("one_off_works", verb)):
        return None
    one = read.among("work_determiners", rest[0]) and len(rest) > 1
    if not one or not read.among("finishing_verbs", verb):
        return Match(verb) if one else None
    ends = tuple(read.lists.words("abstract_endings"))
    cut = next((at for at, word in enumerate(rest) if read.among("prepositions", word)), len(rest))
    what = rest[cut - 1]
    sure = "new" in rest[:cut] or read.among("one_off_nouns", what) or what.endswith(ends)
    return Match(verb) if sure else None


def _dutch_order(read: Sentence) -> Match | None:
    """An order of something done once, its verb in two parts: "zet een klantenpanel op"."""
    for pair in read.lists.words("one_off_split"):
        order, _, part = pair.partition(" ")
        if read.words[0] == order and read.parted(part):
            return Match(f"{order} … {part}")
    if phrase := read.begins("one_off_phrases"):
        return Match(phrase)
    asks = len(read.words) > 2 and read.among("study_clauses", read.words[1])
    return Match(read.words[0]) if asks and read.among("study_verbs", read.words[0]) else None


def _dutch(read: Sentence, context: RuleContext) -> Match | None:
    phrase = read.first("one_off_phrases")
    if phrase and not _again_and_again(read):
        return Match(phrase)
    verbs = [read.words[at] for at in read.verbs if not read.among("auxiliaries", read.words[at])]
    verbs = [verb for verb in verbs if verb != "laten"] or verbs
    if not verbs:
        return None
    verb = verbs[-1] if read.among("one_off_verbs", verbs[-1]) else verbs[0]
    if not _again_and_again(read):
        looks = (_dutch_by_others, _dutch_study, _dutch_piece)
        if found := next((hit for look in looks if (hit := look(read, verbs))), None):
            return found
    if read.among("one_off_of_staff", verb):
        return Match(verb) if any(read.among("staff", word) for word in read.words) else None
    thing = _dutch_thing(read, verb)
    trial = thing.endswith(tuple(read.lists.words("one_off_trials"))) and bool(thing)
    made = read.among("one_off_with_article", verb) and (trial or read.among("new_things", read.words[0]))
    if made or (trial and read.among("trial_verbs", verb)):
        return Match(verb, mild=_again_and_again(read))
    if not read.among("one_off_verbs", verb) or _allowed(read, verb, context):
        return None
    if not thing and read.among("one_off_soft", verb):
        return None
    daily = (
        read.among("one_off_doing", verb) and read.words[0].endswith(("en", "s")) and _again_and_again(read)
    )
    return Match(verb, mild=True) if daily else _once(read, verb, context)


def _dutch_thing(read: Sentence, verb: str) -> str:
    """Return the thing that is made once, alone or as the end of a compound; empty for none."""
    return next((word for word in read.words if word != verb and _is_thing(read, word)), "")


def _dutch_by_others(read: Sentence, verbs: list[str]) -> Match | None:
    """Something that is had done: "de sluisdeuren laten keuren"; who does it for himself is spared."""
    if "laten" not in read.words or any(read.among("own_doing", word) for word in read.words):
        return None
    done = next((verb for verb in verbs if read.among("done_by_others", verb)), "")
    outside = any(read.among("outsiders", word) for word in read.words)
    return Match(f"laten {done or verbs[-1]}") if done or outside else None


def _dutch_study(read: Sentence, verbs: list[str]) -> Match | None:
    """A study instead of a change; a hint where only the verb tells."""
    verb = next((verb for verb in verbs if read.among("study_verbs", verb)), read.first("study_phrases"))
    if not verb:
        return None
    sure = any(read.among("study_objects", word) for word in read.words)
    return Match(verb, mild=not sure) if sure or read.among("study_sure", verb) else None


def _dutch_piece(read: Sentence, verbs: list[str]) -> Match | None:
    """A piece of work with an end: "de uitbreiding afronden", "een tweede wagen kopen"."""
    first, verb = read.words[0], verbs[-1]
    works = read.among("finishing_verbs", verb) or read.among("one_off_works", verb)
    bought = read.among("one_off_buying", verb) and (
        read.among("new_things", first) or read.among("number_words", first)
    )
    built = read.among("number_words", first) or read.among("new_things", first)
    bought = bought or (read.among("building_verbs", verb) and built)
    papers = read.among("obtaining_verbs", verb) and any(read.among("papers", word) for word in read.words)
    renewed = read.among("one_off_works", verb) and verb != first and _is_thing(read, first)
    if papers or renewed:
        return Match(verb)
    one = read.among("work_determiners", first)
    head = read.words[read.words.index(verb) - 1] if verb in read.words[1:] else ""
    many = read.among("finishing_verbs", verb) and head.endswith("en")
    moved = read.among("one_off_works", verb) and read.first("moved_to")
    return Match(verb) if bought or (works and one and not many) or moved else None
