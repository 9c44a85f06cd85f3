"""The rule on texts on which no other rule remarks: what sounds like a weak wording to the second ear."""

from __future__ import annotations

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.sentence import foreign
from bsc_coach.coach.wording import Wording

FEWEST = 2
"""Words of a text that has a sound; one alone is for the rules."""


@rule("E01", "hint", "objective", "promise", "proposition", by_ear=True)
def sounds_like_a_weak_one(wording: Wording) -> Match | None:
    """Remark on a text that the ear of its context hears as weak, with the nearest one that it knows."""
    ear = wording.context.ear
    if ear is None or len(wording.words) < FEWEST or foreign(wording.sentence):
        return None
    heard = ear.heard(wording.written, wording.place, wording.context.language)
    return None if heard is None else Match(heard.like, values={"question": heard.question})
