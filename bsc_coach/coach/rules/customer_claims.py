"""Rules on what a proposition or promise claims: talk, what the trade owes, what nobody can check, and locks.

V10 and V11 hear a claim that says nothing; V14 a promise that no customer could catch us breaking; V19 what
keeps customers who would rather go, told by its mechanism and not only by name.
"""

from __future__ import annotations

from bsc_coach.coach.claims import (
    DIGIT,
    clauses,
    compares,
    denied,
    enumerated,
    has_number,
    is_conditional,
    is_dated,
    is_timed,
    of_words,
    split_at_reason,
    we_lead,
)
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_REACH = 7
"""Words within which something hard and leaving belong together."""
_BEFORE = 3
"""Words before a phrase in which a "no" turns its meaning round."""
_NEAR = 4
"""Words within which "only" and whose it is belong together."""
_LONG = 16
"""Words beyond which a part of an enumeration tells more than an attribute."""
_BARE = 5
"""Words up to which such a part may only name what a trade consists of: "they have seats"."""


@rule("V10", "warn", "proposition", "promise")
def sales_talk(wording: Wording) -> Match | None:
    """Superlatives and phrases of advertising; a hint where only the feeling of the words tells it."""
    read = wording.sentence
    if word := read.first("sales_words") or _boast(read):
        return Match(word)
    if has_number(read) or is_conditional(read) or compares(wording):
        return None
    if word := read.first("emotive_words") or read.begins("calls_to_feel") or _slogan(wording):
        return Match(word, mild=True)
    return Match(read.words[-1], mild=True) if read.words and wording.text.endswith("!") else None


def _boast(read: Sentence) -> str:
    """Return a superlative of judgement, which nobody can measure: "most magical", "mooiste"."""
    for at, word in enumerate(read.words):
        if read.among("judging_superlatives", word):
            return word
        after = read.words[at + 1] if at + 1 < len(read.words) else ""
        if after and read.among("most_words", word) and read.among("judging", after):
            return f"{word} {after}"
    return ""


def _slogan(wording: Wording) -> str:
    """Return the first word of a slogan that is only a clause: "where craft meets care"."""
    read = wording.sentence
    lone = len(clauses(wording)) == 1 and len(read.words) <= _LONG and not is_timed(read)
    return read.words[0] if lone and read.words and read.among("slogan_openers", read.words[0]) else ""


@rule("V11", "hint", "proposition", "promise")
def table_stakes(wording: Wording) -> Match | None:
    """Nothing but what everyone in the trade must offer."""
    read = wording.sentence
    words = [word for word in read.words if not read.among("stake_fillers", word)]
    if words and all(read.among("table_stakes", word) for word in words):
        return Match(words[0])
    _, reason = split_at_reason(read)
    owed = (
        _only_owed(reason, "owed_words", "manner_words") if reason.words else _only_owed(read, "owed_words")
    )
    return Match(owed) if owed else None


def _only_owed(read: Sentence, *lists: str) -> str:
    """Return the first thing that law or trade owe, where each part of a sentence tells such a thing."""
    if is_dated(read) or is_conditional(read) or read.first("set_apart"):
        return ""
    owed, bare, parts = [], 0, tuple(enumerated(read))
    for part in parts:
        if len(part.words) > _LONG:
            return ""
        named = (*lists, "owed_things") if len(parts) > 1 and len(part.words) <= _BARE else lists
        if word := next(filter(None, map(part.first, named)), ""):
            owed.append(word)
        elif not (part.first("table_stakes") or part.first("courtesies")):
            bare += 1
            if len(part.words) > _BARE:
                return ""
    return owed[0] if owed and len(owed) >= bare else ""


@rule("V14", "hint", "promise")
def not_checkable(wording: Wording) -> Match | None:
    """No number, time, quantity or event by which a customer could catch us breaking it."""
    read = wording.sentence
    if not read.words:
        return None
    if word := _intention(read) or _credo(read):
        return Match(word)
    if (empty := read.first("empty_promises")) and not is_timed(read):
        return Match(empty)
    steady = of_words([word for word in read.words if not read.among("steady_words", word)], read)
    told = is_dated(read) or is_conditional(read) or _is_checkable(steady) or _has_act(read)
    if we_lead(read) and not told:
        return Match(read.words[0])
    if _is_checkable(read):
        return None
    manner = next((word for word in read.words if read.among("manner_words", word)), "")
    return Match(manner or read.words[-1]) if manner or (not _has_act(read) and len(read.words) < 5) else None


def _has_act(read: Sentence) -> bool:
    """Tell whether a sentence holds a deed that one sees done."""
    return read.has("seen_acts")


def _intention(read: Sentence) -> str:
    """Return words of effort or feeling, which is all that is promised where no number or limit stands."""
    if is_conditional(read) or any(DIGIT.search(word) for word in read.words):
        return ""
    ours = read.has("own_voice")
    for name, own_only in (("effort_words", False), ("intent_words", True)):
        for at, length in read.list(name).spans(read.words):
            before = read.words[at - 1] if at else ""
            theirs = read.among("customer_voice", before) or read.among("you_words", before)
            if (ours or not own_only) and not theirs:
                return " ".join(read.words[at : at + length])
    return ""


def _credo(read: Sentence) -> str:
    """Return what makes a text a value of the house: a phrase of belief, or nothing but abstract words."""
    if word := read.first("credo_words"):
        return "" if is_timed(read) else word
    words = [word for word in read.words if not read.among("stake_fillers", word)]
    return words[0] if words and all(read.among("abstract_words", word) for word in words) else ""


def _is_checkable(read: Sentence) -> bool:
    """Tell whether a sentence holds a number, a time or an event."""
    return is_timed(read) or read.has("event_words")


@rule("V19", "warn", "proposition", "promise")
def a_trap(wording: Wording) -> Match | None:
    """Customers stay because they cannot leave."""
    read = wording.sentence
    ours = _told_of_us(wording)
    for at, length in ours.list("traps").spans(ours.words):
        before = ours.words[max(at - _BEFORE, 0) : at]
        if not any(read.among("denials", word) for word in before):
            return Match(" ".join(ours.words[at : at + length]))
    found = _hard_to_leave(read) or _costs_to_leave(ours) or _stays_if(ours) or _only_ours(ours)
    found = found or ours.first("captive_things") or _long_term(ours) or _fits_no_other(ours)
    return Match(found) if found else None


def _told_of_us(wording: Wording) -> Sentence:
    """Return a text without the clauses that tell of others: "unlike banks, where leaving costs a fee"."""
    read, words, others = wording.sentence, list[str](), False
    for clause in clauses(wording):
        others = bool(clause.first("contrasts")) or (others and clause.begins("clause_words") != "")
        words += [] if others else clause.words
    return of_words(words, read)


def _hard_to_leave(read: Sentence) -> str:
    """Return where leaving is told to be hard; empty where that is said of others."""
    if read.first("comparators"):
        return ""
    leaving = tuple(read.list("leaving").spans(read.words))
    for at, length in read.list("hardship").spans(read.words):
        if any(read.among("denials", word) for word in read.words[max(at - _BEFORE, 0) : at]):
            continue
        for away, long in leaving:
            start, end = min(at, away), max(at + length, away + long)
            if end - start <= _REACH:
                return " ".join(read.words[start:end])
    return ""


def _costs_to_leave(read: Sentence) -> str:
    """Return what somebody loses who leaves, buys elsewhere or ends early."""
    if read.first("to_us") or read.first("given_back"):
        return ""
    leaves = read.first("leaving") or read.first("leaving_forms")
    if read.first("staying") and (kept := _unlost(read)):
        return kept
    if leaves and (given := _split_loss(read)):
        return given
    if (leaves or read.has("once_words")) and (paid := _whole_price(read)):
        return paid
    stays = _says_why_they_stay(read)
    for name, applies in (("losses", bool(leaves)), ("losses_told", stays)):
        for at, length in read.list(name).spans(read.words) if applies else ():
            if not denied(read, at, length):
                return " ".join(read.words[at : at + length])
    return ""


def _says_why_they_stay(read: Sentence) -> bool:
    """Tell whether a reason is given for staying, or for not leaving."""
    main, reason = split_at_reason(read)
    so = next((at for at, word in enumerate(read.words) if at and read.among("so_words", word)), 0)
    if so:
        main, reason = of_words(read.words[so:], read), of_words(read.words[:so], read)
    if not reason.words:
        return False
    leaves = main.first("leaving") or main.first("leaving_forms")
    stays = main.has("stay_verbs")
    return stays or bool(leaves and main.has("left_words"))


def _whole_price(read: Sentence) -> str:
    """Return where all of it is paid by who leaves, or once it has begun: "pays for the whole course"."""
    for at, word in enumerate(read.words):
        if read.among("pay_verbs", word) and not denied(read, at):
            near = (*read.words[max(at - 1, 0) : at], *read.words[at + 1 : at + 1 + _NEAR])
            if whole := next((one for one in near if read.among("whole_price", one)), ""):
                return f"{word} {whole}" if whole in near[1:] else f"{whole} {word}"
    return ""


def _split_loss(read: Sentence) -> str:
    """Return what is paid or given back, in two parts: "betaalt u de bonus terug"."""
    for entry in sorted(read.lists.words("split_losses")):
        verb, part = entry.split()
        if verb in read.words and part in read.words[read.words.index(verb) :]:
            at = read.words.index(verb)
            free = of_words(read.words[max(at - _BEFORE, 0) : at], read).has("can_words")
            if not (free or denied(read, at)):
                return entry
    return ""


def _unlost(read: Sentence) -> str:
    """Return what is not lost, said to somebody who stays: "rebook with us and you won't forfeit …"."""
    for at, length in read.list("forfeits").spans(read.words):
        if denied(read, at, length):
            return " ".join(read.words[at : at + length])
    return ""


def _stays_if(read: Sentence) -> str:
    """Return what customers keep only on condition that they stay, or buy nowhere else."""
    if bond := _years_for_a_gift(read):
        return bond
    condition = read.first("conditions_of_keeping")
    if not condition:
        return ""
    only = read.has("exclusive")
    ours = read.has("own_voice")
    whole = read.has("all_of_it")
    bound = (only and ours) or ((only or whole) and read.first("from_us"))
    leaves = read.first("leaving") or read.first("leaving_forms")
    if read.first("kept_things"):
        return condition if bound or leaves or read.first("staying") else ""
    keeps = read.has("keep_verbs")
    return condition if keeps and (bound or leaves) else ""


def _years_for_a_gift(read: Sentence) -> str:
    """Return the condition that binds for years: "free if you stay for four years"."""
    for at, word in enumerate(read.words):
        rest = of_words(read.words[at + 1 : at + 1 + _LONG], read)
        binds = read.among("if_words", word) and any(read.among("binding_verbs", one) for one in rest.words)
        if binds and has_number(rest) and any(read.among("years", one) for one in rest.words):
            return word
    return ""


def _only_ours(read: Sentence) -> str:
    """Return where something works with nothing but what is ours, or where nobody else can do it."""
    for at, word in enumerate(read.words):
        if not read.among("exclusive", word):
            continue
        near = read.words[at + 1 : at + 1 + _NEAR] or read.words[max(at - _NEAR, 0) : at]
        ours = next((other for other in near if read.among("whose", other)), "")
        if near and read.among("we_pronouns", near[0]):
            if of_words(read.words[at:], read).first("holding"):
                return f"{word} {near[0]}"
        elif ours and not any(read.among("we_pronouns", other) for other in read.words[max(at - 2, 0) : at]):
            can = read.has("can_words")
            fits = read.has("fitting")
            if fits or (can and read.has("mended")):
                return f"{word} {ours}"
    return ""


def _fits_no_other(read: Sentence) -> str:
    """Return what a thing does not fit: "no other network"."""
    fits = read.has("fitting")
    if fits and read.has("own_voice") and (nothing := read.first("nothing_else")):
        return nothing
    for at, length in read.list("no_other").spans(read.words) if fits else ():
        after = read.words[at + length : at + length + 1]
        if after and read.among("other_makes", after[0]):
            return " ".join(read.words[at : at + length + 1])
    return ""


def _long_term(read: Sentence) -> str:
    """Return a contract that renews by itself or binds for years."""
    if renewed := read.first("silent_renewal"):
        return renewed
    years = has_number(read) and read.has("years")
    if years and read.first("late_words") and (leaves := read.first("leaving_forms")):
        return leaves
    bond = next((word for word in read.words if read.among("bonds", word)), "")
    return bond if bond and years and read.first("binding") else ""
