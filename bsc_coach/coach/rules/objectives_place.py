"""Rules on objectives that belong elsewhere in the strategy: ambitions, values, what is, and outcomes."""

from __future__ import annotations

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.rules.objectives_form import may_hold_verb
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording


@rule("O14", "warn", "objective", silences=("O01", "O10"), belongs_to="ambition")
def an_ambition(wording: Wording) -> Match | None:
    """Words of an ambition or a mission: they belong to the top of the page."""
    if wording.row == "mission":
        return None
    read = wording.sentence
    if named := read.first("ambitions"):
        return None if read.first("ambitions_spared") else Match(named)
    best = read.first("the_best")
    verbs = read.verb_words()
    if best and (not verbs or any(read.among("being", word) for word in verbs)):
        return Match(best)
    return None


@rule("O15", "hint", "objective", "promise", silences=("O01", "O10"), belongs_to="value")
def a_value(wording: Wording) -> Match | None:
    """A value of the house instead of something that gets better."""
    read = wording.sentence
    if wording.row == "mission" or not read.words:
        return None
    if named := read.first("credos"):
        return Match(named)
    put = read.lead is not None and read.words[read.lead] in ("put", "place")
    return Match("first") if put and read.words[-1] == "first" and read.verb_first else None


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


@rule("O17", "warn", "objective")
def outcome_as_process(wording: Wording) -> Match | None:
    """A financial outcome in the row of processes."""
    read = wording.sentence
    if wording.row != "process" or not read.words or read.first("money_spared"):
        return None
    named = read.first("money")
    if not named and len(read.words) > 1 and read.among("money_last", read.words[-1]):
        named = read.words[-1]
    return Match(named) if named and _more_of_it(read) else None


def _more_of_it(read: Sentence) -> bool:
    """Tell whether an outcome is what the verb wants more of, or there is no verb."""
    verbs = [word for word in read.verb_words() if not read.among("auxiliaries", word)]
    if not verbs:
        return read.verb_first or not may_hold_verb(read)
    return any(read.among("harvest_verbs", word) for word in verbs)


@rule("O18", "warn", "objective")
def felt_by_customers(wording: Wording) -> Match | None:
    """What customers feel, among the processes."""
    read = wording.sentence
    if wording.row != "process" or any(read.among("staff", word) for word in read.words):
        return None
    if read.first("feelings_spared"):
        return None
    if alone := read.first("feelings_alone"):
        return Match(alone)
    who = next((word for word in read.words if wording.means_customer(word)), "")
    felt = read.first("feelings")
    if not who or not felt:
        return _own_compound(wording)
    of_whom = read.words[: read.words.index(who)][-1:] == (felt,)  # "steer loyal guests to direct booking"
    shy = read.among("feelings_shy", felt) or of_whom
    return Match(f"{who} … {felt}", values={"who": who}) if not shy or _more_of_it(read) else None


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
