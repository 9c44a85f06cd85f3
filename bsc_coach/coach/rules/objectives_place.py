"""Rules on objectives that belong elsewhere in the strategy: ambitions, values, states, money, feelings."""

from __future__ import annotations

import re

from bsc_coach.coach.plain_form import third_persons
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.rules.objectives_form import may_hold_verb
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.statement import statement_of
from bsc_coach.coach.wording import Wording

_WHOSE = re.compile(r"\w['’]s (\w+)")
_FEW = 7
"""Words of a credo: a longer sentence tells more than that."""


@rule("O14", "warn", "objective", silences=("O01", "O10", "O25"), belongs_to="ambition")
def an_ambition(wording: Wording) -> Match | None:
    """Words of an ambition or a mission: they belong to the top of the page."""
    found = ambition_in(wording) if wording.row != "mission" else ""
    return Match(found) if found else None


def ambition_in(wording: Wording) -> str:
    """Return the words with which a text claims a rank: by a listed word, or by how it is built."""
    read = wording.sentence
    if not read.words:
        return ""
    if named := read.first("ambitions"):
        return "" if read.first("ambitions_spared") else named
    best = read.first("the_best")
    verbs = read.verb_words()
    if best and (not verbs or any(read.among("being", word) for word in verbs)):
        return best
    found = _leading(read) or _favourite(wording) or _becoming(read)
    return found or _superlative(read) or _unequalled(read)


def _leading(read: Sentence) -> str:
    """Return "lead the region", unless somebody else does: "growers who set the standard"."""
    at, length = next(read.list("leading_whole").spans(read.words), (0, 0))
    return "" if read.clause_before(at) else " ".join(read.words[at : at + length])


def _favourite(wording: Wording) -> str:
    """Return "Europe's most sustainable …": the first of a place, where nothing is done."""
    read = wording.sentence
    found = _WHOSE.search(wording.text)
    if not found or (read.lead is not None and not read.among("being", read.words[read.lead])):
        return ""
    word = found.group(1)
    high = word.endswith(tuple(read.lists.words("superlative_endings"))) and len(word) > 5
    return word if read.among("most", word) or (high and not read.among("not_superlatives", word)) else ""


def _becoming(read: Sentence) -> str:
    """Return the words with which one grows into "the" something: "be seen as the national authority"."""
    for at, length in read.list("becoming").spans(read.words):
        after = read.words[at + length : at + length + 1]
        if after and read.among("definite", after[0]) and not read.clause_before(at):
            return " ".join((*read.words[at : at + length], *after))
    if read.verb_first:
        return ""
    # A Dutch verb of becoming stands behind what one becomes.
    last = next((at for at, word in enumerate(read.words) if at and read.among("becoming_last", word)), 0)
    if last and not read.clause_before(last):
        return next((word for word in read.words[:last] if read.among("definite_stressed", word)), "")
    return ""


def _superlative(read: Sentence) -> str:
    """Return a superlative of one's own kind, in a place: "the thriftiest water board of the country"."""
    verbs = [word for word in read.verb_words() if not read.among("being", word)]
    endings = tuple(read.lists.words("superlative_endings"))
    for at, word in enumerate(read.words[:-2]):
        after = read.words[at + 1]
        most = read.among("most", after)
        highest = after.endswith(endings) and len(after) > 5 and not read.among("not_superlatives", after)
        if not read.among("definite", word) or not (most or highest) or read.clause_before(at):
            continue
        among = any(read.among("ranked_in", one) for one in read.words[at + 2 :])
        whose = any(read.among("bodies", one) for one in read.words[at + 2 : at + 4])
        if among and whose and not verbs:
            return after
    return ""


def _unequalled(read: Sentence) -> str:
    """Return "nobody … than us": a comparison with everybody else."""
    if not read.among("nobody_words", read.words[0]):
        return ""
    return read.first("than_us")


@rule("O15", "hint", "objective", "promise", silences=("O01", "O10", "O25"), belongs_to="value")
def a_value(wording: Wording) -> Match | None:
    """A value of the house instead of something that gets better."""
    read = wording.sentence
    if wording.row == "mission" or not read.words:
        return None
    at, length = next(read.list("credos").spans(read.words), (-1, 0))
    respected = at == read.lead and read.among("virtues", read.words[at])  # "respect rest times"
    if length and not respected:
        return Match(" ".join(read.words[at : at + length]))
    put = read.lead is not None and read.words[read.lead] in ("put", "place")
    if put and read.words[-1] == "first" and read.verb_first:
        return Match("first")
    found = _first_of_all(read) or _same_twice(read) or _only_virtues(wording) or _creed(wording)
    return Match(found) if found else None


def _first_of_all(read: Sentence) -> str:
    """Return what puts one thing above all others: "comes first", "staat bij ons centraal", "x before y"."""
    if whole := read.first("ranking_whole"):
        return whole
    for at, word in enumerate(read.words):
        if not read.among("ranking_verbs", word) or read.clause_before(at):
            continue
        after = read.words[at + 1 :]
        place = read.list("ranking_places").first(after) or _last_of(read, after)
        if place:
            return place
    short = len(read.words) <= 4 and not read.verbs and len(read.words) > 2
    return read.words[1] if short and read.among("ranking_between", read.words[1]) else ""


def _last_of(read: Sentence, words: tuple[str, ...]) -> str:
    """Return a first place that ends a sentence: "safety comes first", but not "go first to the ward"."""
    spans = read.list("ranking_last").spans(words)
    return next((" ".join(words[at:]) for at, length in spans if at + length == len(words)), "")


def _same_twice(read: Sentence) -> str:
    """Return "a promise is a promise"."""
    for at, word in enumerate(read.words):
        if at and read.among("being_forms", word) and read.words[:at] == read.words[at + 1 :]:
            return " ".join(read.words)
    return ""


def _only_virtues(wording: Wording) -> str:
    """Return a virtue where there is nothing else: "respect for each other", "eerlijk en open"."""
    read = wording.sentence
    named = read.first("virtues")
    if not named:
        return ""
    whom = any(read.among("prepositions", word) for word in read.words)
    only = all(
        read.among("virtues", word)
        or read.among("virtue_frames", word)
        or read.among("own_voice", word)
        or (whom and (read.among("staff", word) or wording.means_customer(word)))
        for word in read.words
    )
    # A virtue that something is said of: "dignity is in our blood".
    begun = len(read.words) > 2 and read.among("virtues", read.words[0])
    said = begun and any(read.among("virtue_verbs", word) for word in read.words[1:3])
    return named if only or said else ""


def _creed(wording: Wording) -> str:
    """Return the verb of what we hold dear, or the word of how we stand by each other."""
    read = wording.sentence
    words = read.words
    ours = read.among("we_words", words[0]) or read.begins("we_together")
    if ours:
        if held := read.first("creed_verbs"):
            return held
        if len(words) > 2 and read.among("with_words", words[-2]) and read.among("virtues", words[-1]):
            return " ".join(words[-2:])
        bonded = read.first("together_words")
        if bonded and (len(words) < _FEW - 1 or (len(words) <= _FEW and not _things(wording))):
            return bonded
    mutual = read.first("mutual")
    if mutual and ours and len(words) < _FEW:
        return mutual
    if mutual and len(words) <= _FEW and not read.among("prepositions", words[-1]) and not _things(wording):
        return mutual
    everyone = any(read.among(name, words[0]) for name in ("alls", "nobody_words", "everyone_words"))
    judged = read.first("moral_words") if everyone else ""
    deserving = read.first("deserving") if read.lead is None else ""
    return judged or deserving or everybody_counts(read)


def everybody_counts(read: Sentence) -> str:
    """Return "everyone takes part", "elk kind telt": short, and against nobody."""
    everyone = next(
        (
            at
            for at, word in enumerate(read.words[:4])
            if read.among("everyone_words", word) or read.among("alls", word)
        ),
        -1,
    )
    if everyone < 0 or len(read.words) > _FEW - 1:
        return ""
    after = read.words[everyone + 1 :]
    at, length = next(read.list("counting_verbs").spans(after), (0, 0))
    known = ("counting_verbs", "own_voice", "prepositions")
    ended = all(any(read.among(name, word) for name in known) for word in after[at + length :])
    return " ".join(after[at : at + length]) if ended else ""


def _things(wording: Wording) -> int:
    """Count the words that tell what is done with what, beside whom it is about and how."""
    read = wording.sentence
    empty = ("own_voice", "mutual_words", "prepositions", "determiners", "adverbs", "virtue_frames", "staff")
    known = ("virtues", "generic_fillers", "generic_nouns", "together_words", "being_forms", "creed_words")
    return sum(not any(read.among(name, word) for name in (*empty, *known)) for word in read.words)


@rule("O16", "hint", "objective")
def no_change(wording: Wording) -> Match | None:
    """An objective that keeps what is."""
    read = wording.sentence
    if any(read.among("upkeep", word) for word in read.words) or not read.words:
        return None
    at, length = next(read.list("maintaining").spans(read.words), (0, 0))
    if length and not read.clause_before(at):
        return Match(" ".join(read.words[at : at + length]))
    current = next((word for word in read.words if read.among("maintain_current", word)), "")
    kept = any(read.among("maintain_verbs", word) for word in read.verb_words())
    return Match(current) if current and kept else None


@rule("O17", "warn", "objective", silences=("O01",))
def outcome_as_process(wording: Wording) -> Match | None:
    """A financial outcome in the row of processes; a hint on costs, which a process may save."""
    read = wording.sentence
    if wording.row != "process" or not read.words or read.first("money_spared"):
        return None
    named = read.first("money")
    if not named and len(read.words) > 1 and read.among("money_last", read.words[-1]):
        named = read.words[-1]
    if named and (_more_of_it(read) or any(read.among("more_of", word) for word in read.words[:2])):
        return Match(named)
    if (whole := read.first("money_whole")) and _moved(read, "money_moves"):
        return Match(whole)
    if phrase := read.first("money_phrases"):
        return Match(phrase)
    cost = read.first("spending")
    lower = cost and not read.first("waste_words") and _moved(read, "spending_moves")
    return Match(cost, mild=True) if lower else None


def _more_of_it(read: Sentence) -> bool:
    """Tell whether an outcome is what the verb wants more of, or there is no verb."""
    verbs = [word for word in read.verb_words() if not read.among("auxiliaries", word)]
    if not verbs:
        return read.verb_first or not may_hold_verb(read)
    return any(read.among("harvest_verbs", word) for word in verbs)


def _moved(read: Sentence, name: str) -> bool:
    """Tell whether a sentence moves an amount: by its verb, or by a word such as "lower", "omlaag"."""
    at, _ = next(read.list(name).spans(read.words), (-1, 0))
    return at >= 0 and not read.clause_before(at)


@rule("O18", "warn", "objective", silences=("O25",))
def felt_by_customers(wording: Wording) -> Match | None:
    """What customers feel, among the processes."""
    read = wording.sentence
    if wording.row != "process" or any(read.among("staff", word) for word in read.words):
        return None
    if read.first("feelings_spared"):
        return None
    if alone := read.first("feelings_alone"):
        return Match(alone)
    if told := _they_feel(wording):
        return told
    who = next((word for word in read.words if wording.means_customer(word)), "")
    felt = read.first("feelings")
    if not who or not felt:
        return _own_compound(wording)
    of_whom = read.words[: read.words.index(who)][-1:] == (felt,)  # "steer loyal guests to direct booking"
    shy = read.among("feelings_shy", felt) or of_whom
    return Match(f"{who} … {felt}", values={"who": who}) if not shy or _more_of_it(read) else None


def _they_feel(wording: Wording) -> Match | None:
    """Return what a sentence says that people other than ourselves feel: "captains trust our pilots"."""
    read = wording.sentence
    if not read.words:
        return None
    if felt := _felt_state(read):
        return felt
    if read.lead is not None and not wording.means_customer(read.words[0]):
        return None
    at, length = next(read.list("felt_verbs").spans(read.words), (-1, 0))
    end = at + length
    doing = any(verb < at or verb >= end for verb in read.verbs if not _spare(read, read.words[verb]))
    whole = end < len(read.words) or not read.is_verb(read.words[at])
    named = at > 0 and read.among("articles_definite", read.words[at - 1])  # "the trust is run by volunteers"
    near = 0 < at <= 3 and whole and not doing and not named and not read.clause_before(at)
    ours = any(read.among("own_voice", word) for word in read.words[: max(at, 0)])
    if near and (not ours or any(wording.means_customer(word) for word in read.words[:at])):
        return Match(" ".join(read.words[at : at + length]))
    at_ease = read.first("felt_phrases")
    who = any(wording.means_customer(word) for word in read.words[:3])
    return Match(at_ease) if at_ease and who else None


def _felt_state(read: Sentence) -> Match | None:
    """Return how others are said to be, or are to be made: "shippers are happier", "make tenants prouder"."""
    at = next((at for at, word in enumerate(read.words) if read.among("felt_states", word)), -1)
    if at < 1 or read.clause_before(at) or any(read.among("own_voice", word) for word in read.words[:at]):
        return None
    if read.verb_first:
        made = read.lead is not None and read.among("making", read.words[read.lead]) and at - read.lead > 1
        are = any(read.among("being_forms", word) for word in read.words[1:at])
        return Match(read.words[at]) if made or (are and read.lead is None) else None
    verbs = read.verb_words()
    made = any(read.among("making", word) for word in verbs) or any(
        read.among("being_forms", word) for word in read.words[1:at]
    )
    return Match(read.words[at]) if made and read.words[0] not in verbs else None


def _spare(read: Sentence, word: str) -> bool:
    """Tell whether a word that may be a verb says nothing of what is done."""
    return read.among("auxiliaries", word) or read.among("ambiguous_verbs", word)


def _own_compound(wording: Wording) -> Match | None:
    """A compound of the team's own word for its customers: "inwonerwaardering"."""
    read = wording.sentence
    if read.verb_first:
        return None
    for word in read.words:
        for own in wording.context.customers:
            rest = word.removeprefix(own.removesuffix("en")).removeprefix("en").removeprefix("s")
            if len(own) > 3 and rest != word and read.among("feelings", rest):
                return Match(word)
    return None


@rule("O25", "warn", "objective", silences=("O01", "O10"))
def a_state(wording: Wording) -> Match | None:
    """A sentence that says how one is or wants to be, unless people can do something by it."""
    read = wording.sentence
    if wording.row in ("customer", "mission") or not read.words:
        return None
    if wording.row == "process" and (named := a_body(read)):
        return Match(named)
    told = statement_of(read)
    if told is None or any(wording.means_customer(word) for word in told.subject):
        return None
    if wording.row == "learning":
        said = told.said[1:] if told.thing else told.said
        ready = any(read.among("ready_words", word) for word in said) and not read.first("mutual")
        return None if ready or not told.ours else Match(" ".join((told.verb, *told.said[:2])))
    if told.thing:
        return Match(" ".join((told.verb, *told.said[:2])))
    if wording.row == "financial":
        return None
    return None if _steered(read, told.said) else Match(f"{told.verb} {told.said[0]}", mild=not told.ours)


def _steered(read: Sentence, said: tuple[str, ...]) -> bool:
    """Tell whether what is said can be seen to have changed, or when: "is ready before six", "is shorter"."""
    return read.among("prepositions", said[0]) or any(
        read.among("comparatives", word) or read.among("state_events", word) or word.isdigit()
        for word in read.words
    )


def a_body(read: Sentence) -> str:
    """Return the organisation of which one only names how it is: "a calm shelter with open doors"."""
    words = read.words
    if words[0] in ("being", "zijnde"):
        words = words[1:]
    if len(words) < 3:
        return ""
    at = next((at for at, word in enumerate(words) if at and read.among("body_stops", word)), len(words))
    if any(read.words[verb] in words[:at] and not _spare(read, read.words[verb]) for verb in read.verbs):
        return ""
    if not read.verb_first and any(word in third_persons(read.language) for word in words[2:at]):
        return ""  # "het museum opent zijn archief"
    # "The museum as a lively meeting place".
    seen_as = next((at for at, word in enumerate(words) if at and read.among("seen_as", word)), 0)
    if seen_as and len(words) - seen_as > 2 and read.among("bodies", words[-1]):
        return words[-1]
    clause = at < len(words) and read.among("clause_words", words[at]) and at != seen_as
    told = at > 2 or clause
    named = told and read.among("body_articles", words[0]) and read.among("bodies", words[at - 1])
    return words[at - 1] if named else ""
