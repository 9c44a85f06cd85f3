"""What the coach says of one wording, of one segment, and of the choice of customers as a whole.

This is the entrance of the conversation and of the command line alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from bsc_coach.coach.catalogue import finding, rules, rules_of
from bsc_coach.coach.context import RuleContext, Wording
from bsc_coach.coach.rule import EVERY, Finding, Match
from bsc_coach.coach.sentence import foreign, sentence
from bsc_coach.strategy.model import Segment, Strategy

Kind = Literal["objective", "promise", "segment", "proposition"]

LONGEST = 4_000
"""Characters of a wording that are looked at."""


def check_wording(kind: Kind, text: str, context: RuleContext) -> tuple[Finding, ...]:
    """Return all that the coach has to say of a wording, the most serious first.

    Nothing for an empty text, for a language without word lists, and for a text of another language.
    """
    if kind == "promise":
        context = replace(context, row="customer")
    return _checked(kind, text[:LONGEST], context)


@lru_cache(maxsize=1024)
def _checked(kind: Kind, text: str, context: RuleContext) -> tuple[Finding, ...]:
    """Look at a wording once: a session asks again after each answer."""
    wording = Wording.of(text)
    if not wording.text or not context.lists.lists:
        return ()
    if kind == "segment":
        hits = list(_hits_of_segment(Segment(id="SEG1", name=wording.written), context))
    else:
        hits = [(one.id, hit) for one in rules_of(kind) if (hit := one.look(wording, context)) is not None]
    if foreign(sentence(wording, context)):
        hits = [(name, hit) for name, hit in hits if name == "O22"]
    hits = [(name, replace(hit, word=_as_written(hit.word, wording.written))) for name, hit in hits]
    if kind == "segment":
        hits = [(name, replace(hit, about=())) for name, hit in hits]
    return _said(hits, context)


def _as_written(word: str, written: str) -> str:
    """Return a word with the capitals that it was written with; rules look at folded ones."""
    at = written.casefold().find(word) if word else -1
    found = written[at : at + len(word)] if at >= 0 else word
    return found if found.casefold() == word else word


def check_segment(segment: Segment, context: RuleContext) -> tuple[Finding, ...]:
    """Return all that the coach has to say of a segment with its traits, the most serious first."""
    if not context.lists.lists:
        return ()
    return _said(_hits_of_segment(segment, context), context)


def _hits_of_segment(segment: Segment, context: RuleContext) -> Iterator[tuple[str, Match]]:
    """Yield what the rules find in a segment: in its traits, and in its name as a wording."""
    for one in rules_of("segment"):
        if (hit := one.look(segment, context)) is not None:
            yield one.id, hit
    for one in rules_of("name"):
        if (hit := one.look(Wording.of(segment.name or ""), context)) is not None:
            yield one.id, hit


def check_choice(strategy: Strategy, context: RuleContext) -> tuple[Finding, ...]:
    """Return all that the coach has to say of segments, proposition and promises together."""
    if not context.lists.lists:
        return ()
    return _said(
        ((one.id, hit) for one in rules_of("choice") for hit in one.look(strategy, context)), context
    )


def superfluous(names: Collection[str]) -> frozenset[str]:
    """Return which of the rules that fired another of them silences: the same fault is told once."""
    gone: set[str] = set()
    for name in names:
        silences = rules()[name].silences
        gone |= set(names) - {name} if EVERY in silences else set(silences)
    return frozenset(gone)


def _said(hits: Iterable[tuple[str, Match]], context: RuleContext) -> tuple[Finding, ...]:
    found = list(hits)
    gone = superfluous({name for name, _ in found})
    remarks = [finding(name, hit, context.language) for name, hit in found if name not in gone]
    return tuple(sorted(remarks, key=lambda one: (one.rank, not rules()[one.rule].first, one.rule)))
