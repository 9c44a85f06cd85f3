"""Rules on the rows beside the processes: a bare area, the name of a KPI, a tool, what all could say."""

from __future__ import annotations

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.rules.objectives_place import everybody_counts
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_AREA = 3
"""Words of the name of an area, before what it is about: "information security among staff"."""
_WHOLE = 7
"""Words of all of it."""


@rule("O26", "warn", "objective")
def a_bare_area(wording: Wording) -> Match | None:
    """An area in the row of learning or of customers, without anybody or anything that is then in place."""
    read = wording.sentence
    if wording.row not in ("learning", "customer") or not read.words or len(read.words) > _WHOLE:
        return None
    if read.first("ready_words") or any(read.among("customer_voice", word) for word in read.words):
        return None
    words = read.words[1:] if read.among("articles_definite", read.words[0]) else read.words
    at = next((at for at, word in enumerate(words) if read.among("area_stops", word)), len(words))
    head = words[:at]
    common = all(_common(wording, word) or read.among("generic_fillers", word) for word in read.words)
    if common and wording.row == "learning":
        return None  # that is what O10 says
    if not head or len(head) > _AREA or _told(read, head):
        return None
    if not read.among("area_heads", head[-1]):
        of = at < len(words) - 1 and wording.row == "learning" and read.among("area_of", words[at])
        return Match(head[0], mild=True) if of and len(head) == 1 and not _many(head[0]) else None
    judged = any(read.among("manner_words", word) or read.among("comparatives", word) for word in head[:-1])
    if judged and wording.row == "customer" and not read.among("manner_words", head[-1]):
        return None  # "short waits": that is how it is to be
    return Match(" ".join(head))


def _many(word: str) -> bool:
    """Tell whether a word names many, who may be what is in place: "captains of every boat"."""
    return word.endswith(("s", "en"))


def _told(read: Sentence, head: tuple[str, ...]) -> bool:
    """Tell whether somebody does something: "planners share knowledge"."""
    if not read.verb_first:
        return any(not read.among("ambiguous_verbs", word) for word in read.verb_words())
    doing = any(read.is_verb(word) and not read.among("ambiguous_verbs", word) for word in head[1:-1])
    return read.lead is not None or doing


@rule("O27", "warn", "objective", "promise", silences=("O10", "O19", "O26", "V14"), belongs_to="measure")
def a_measure_elsewhere(wording: Wording) -> Match | None:
    """The name of a KPI in another row than that of the processes."""
    read = wording.sentence
    if wording.row == "process" or not read.words:
        return None
    if any(read.among("customer_voice", word) for word in read.words):
        return None
    began = read.begins("measure_starts")
    if began and not _acted(read, 1):
        return Match(began)
    if _acted(read, 0):
        return None
    if any(read.among("comparatives", word) or read.among("your_voice", word) for word in read.words):
        return None
    named = read.first("measure_words") or read.first("measure_names")
    per = "per" in read.words[1:-1] and any(read.among("counted_things", word) for word in read.words[:3])
    if named or per:
        return Match(named or "per")
    return Match("%") if wording.text.endswith("%") and len(read.words) < 4 else None


def _acted(read: Sentence, start: int) -> bool:
    """Tell whether a verb says that something is done, after the first ``start`` words."""
    return any(at >= start and not read.among("ambiguous_verbs", read.words[at]) for at in read.verbs)


@rule("O28", "warn", "objective", silences=("O26",), belongs_to="initiative")
def a_tool_for_people(wording: Wording) -> Match | None:
    """A tool or course that people get, in the row of learning."""
    read = wording.sentence
    if wording.row != "learning" or not read.words:
        return None
    at, _ = next(read.list("getting_verbs").spans(read.words), (-1, 0))
    named = read.first("tools") or read.first("devices")
    tool = named or next((word for word in read.words if _a_tool(read, word)), "")
    if tool and at >= 0 and not read.clause_before(at):
        return Match(tool)
    return Match(begun) if (begun := read.first("rollouts")) else None


def _a_tool(read: Sentence, word: str) -> bool:
    return any(
        word == noun or (not read.verb_first and len(noun) > 3 and word.endswith(noun))
        for noun in read.lists.words("one_off_nouns")
    )


@rule("O29", "warn", "objective")
def said_by_all(wording: Wording) -> Match | None:
    """Nothing but words that every organisation could print, in the rows above the processes."""
    read = wording.sentence
    if wording.row == "process" or not read.words:
        return None
    if wording.row == "mission" and (counted := everybody_counts(read)):
        return Match(counted)
    lofty = [word for word in read.words if read.among("lofty_words", word)]
    empty = ("lofty_words", "lofty_fillers", "generic_fillers", "determiners", "prepositions", "being_forms")
    if wording.row == "customer":
        return _happy_customers(wording)
    if wording.row == "learning":
        return _flourishing_staff(wording)
    listed = all(
        any(read.among(name, word) for name in empty)
        or _common(wording, word)
        or read.among("everyone_words", word)
        or at in read.verbs
        or read.among("lofty_verbs", word)
        for at, word in enumerate(read.words)
    )
    if wording.row == "financial":
        return Match(lofty[0]) if lofty and listed else None
    named = lofty or [word for word in read.words if _common(wording, word)]
    return Match(named[0]) if named and listed else None


def _happy_customers(wording: Wording) -> Match | None:
    """Customers who feel good about us, and nothing that makes them so: "happy residents"."""
    read = wording.sentence
    felt = [word for word in read.words if read.among("felt_states", word) or read.among("feelings", word)]
    known = ("felt_states", "feelings", "being_forms", "generic_fillers", "own_voice", "determiners")
    more = ("prepositions", "lofty_fillers", "lofty_words", "lofty_verbs", "making", "felt_fillers")
    listed = all(
        any(read.among(name, word) for name in (*known, *more)) or wording.means_customer(word)
        for word in read.words
    )
    who = any(wording.means_customer(word) for word in read.words)
    return Match(felt[0]) if felt and listed and who else None


def _flourishing_staff(wording: Wording) -> Match | None:
    """People who grow, and nothing that they can do then: "get the best out of our people"."""
    read = wording.sentence
    found = read.first("flourishing")
    known = ("generic_fillers", "lofty_fillers", "own_voice", "determiners", "prepositions", "flourish_words")
    more = ("staff", "generic_nouns", "everyone_words", "making", "auxiliaries", "clause_words")
    listed = all(any(read.among(name, word) for name in (*known, *more)) for word in read.words)
    return Match(found) if found and listed else None


def _common(wording: Wording, word: str) -> bool:
    """Tell whether a word names what every organisation has: quality, staff, those it serves."""
    return wording.sentence.among("generic_nouns", word) or wording.means_customer(word)
