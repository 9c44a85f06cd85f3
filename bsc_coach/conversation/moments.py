"""Moments that make the method work: a choice that nobody wants to make, a link that is read aloud."""

from __future__ import annotations

import re

from bsc_coach.conversation.prompts import Option
from bsc_coach.documents.context import link_sentence
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.script import ChoiceStep, Collect
from bsc_coach.interview.slots import Slot
from bsc_coach.interview.standings import Plan
from bsc_coach.text import normal
from bsc_coach.words import say

POINTS = 10
"""Points that are divided over the propositions by whoever wants all of them."""
_ONE_OF_FOUR = "proposition.type"
"""Field of the strategy that holds the one choice everything later leans on."""


def wants_all(walk: Plan, slot: Slot, text: object) -> bool:
    """Tell whether somebody answers the choice of a proposition with "all of them"."""
    step = walk.standings[slot].step
    if not isinstance(step, ChoiceStep) or step.field != _ONE_OF_FOUR or not isinstance(text, str):
        return False
    said = normal(text).strip(" .!")
    return said in say("talk.split.all", walk.language).split("|")


def divided(text: str, options: tuple[Option, ...]) -> tuple[Option, ...] | None:
    """Return the options that got most of the points in ``text``, or None where they do not add up."""
    points = [int(number) for number in re.findall(r"\d{1,2}", text)]
    if len(points) != len(options) or sum(points) != POINTS:
        return None
    return tuple(option for option, number in zip(options, points, strict=True) if number == max(points))


def read_aloud(walk: Plan, slot: Slot) -> tuple[str, str] | None:
    """Return the short id and the sentence of the link that ``slot`` is in, once all of it was answered."""
    if not slot.frame:
        return None
    list_id, item = slot.frame[-1]
    step = walk.script.step(list_id)
    if not isinstance(step, Collect) or step.layout != "link":
        return None
    inside = [one for one in walk.standings.values() if one.slot.frame == slot.frame]
    if any(one.needs_asking for one in inside):
        return None
    short = walk.state.shorts.get(item, "")
    sentence = link_sentence(to_strategy(walk), short)
    return None if sentence is None else (short, sentence)
