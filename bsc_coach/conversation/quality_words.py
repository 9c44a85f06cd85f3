"""The quality marks of the parts of the map in words: three counts in a line, and below it what they miss."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.quality import QualityMark, quality_marks
from bsc_coach.words import say


def quality_said(plan: Plan) -> Iterator[str]:
    """Yield a heading, and of each part of the map its counts and, where they fall short, why."""
    language, marks = plan.language, quality_marks(plan)
    yield say("quality.heading" if marks else "quality.no_map", language)
    for mark in marks:
        counts = "; ".join(_counts(mark, language))
        yield "  " + say("quality.part", language, part=mark.title, counts=counts)
        if missing := "; ".join(_missing(mark, language)):
            yield "    " + missing


def _counts(mark: QualityMark, language: str) -> Iterator[str]:
    """Yield what is there, what holds and what is settled."""
    n = len(mark.part.points)
    if not n:
        yield say("quality.nothing", language)
        return
    traits = ", ".join(
        say(f"quality.with.{trait}", language, n=n - len(ids)) for trait, ids in mark.part.lacking.items()
    )
    yield say("quality.there", language, n=n, traits=traits)
    remarked = sum(mark.remarks.values())
    yield say("quality.remarks" if remarked else "quality.no_remarks", language, n=remarked)
    yield say("quality.settled", language, n=mark.settled.settled, of=mark.settled.possible)


def _missing(mark: QualityMark, language: str) -> Iterator[str]:
    """Yield which points lack what, which the coach remarks on, and how many answers wait for what."""
    for trait, ids in mark.part.lacking.items():
        if ids:
            yield say(f"quality.without.{trait}", language, ids=", ".join(ids))
    if mark.remarks:
        told = (
            one if n == 1 else say("quality.times", language, id=one, n=n) for one, n in mark.remarks.items()
        )
        yield say("quality.remarked", language, ids=", ".join(told))
    far = mark.settled
    waiting = {"stale": far.stale, "parked": far.parked, "unconfirmed": far.unconfirmed}
    for kind, n in waiting.items():
        if n:
            yield say(f"quality.{kind}", language, n=n)
