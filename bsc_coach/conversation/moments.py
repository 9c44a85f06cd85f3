"""Moments that make the method work: a choice that nobody wants to make, a link that is read aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bsc_coach.conversation.prompts import Option, prompt_for
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.conversation.turns import Turn
from bsc_coach.documents.context import link_sentence
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.script import ChoiceStep, Collect
from bsc_coach.interview.slots import Slot
from bsc_coach.interview.standings import Plan
from bsc_coach.text import normal
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.conversation.talk import Talk

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


def divide(talk: Talk, slot: Slot) -> Reply:
    """Ask whoever wants all of them to divide ten points; the most points make the choice."""
    options = prompt_for(talk.plan, slot).options
    names = " · ".join(option.text for option in options)
    talk.asking = Question(
        talk.say("split.ask", n=POINTS, names=names), lambda line: _divided(talk, slot, options, line)
    )
    return Reply((Turn("coach", talk.asking.text, slot),))


def _divided(talk: Talk, slot: Slot, options: tuple[Option, ...], line: str) -> Reply:
    if not line:
        return talk.note("cancelled")
    points = [int(number) for number in re.findall(r"\d{1,2}", line)]
    if len(points) != len(options) or sum(points) != POINTS:
        return talk.refused(talk.say("split.does_not_add_up", n=POINTS, options=len(options)))
    most = [option for option, number in zip(options, points, strict=True) if number == max(points)]
    if len(most) > 1:
        return talk.refused(talk.say("split.tie", names=", ".join(option.text for option in most)))
    return talk.accept(slot, most[0].id)


def read_aloud(walk: Plan, slot: Slot | None) -> list[Turn]:
    """Read the link that ``slot`` is in back, once all of it was answered, and tell the ways out.

    Hearing it is how a team finds out whether it believes it.
    """
    if slot is None or not slot.frame:
        return []
    list_id, item = slot.frame[-1]
    step = walk.script.step(list_id)
    if not isinstance(step, Collect) or step.layout != "link":
        return []
    if any(one.needs_asking for one in walk.standings.values() if one.slot.frame == slot.frame):
        return []
    short = walk.state.shorts.get(item, "")
    sentence = link_sentence(to_strategy(walk), short)
    if sentence is None:
        return []
    return [Turn("coach", sentence, slot), Turn("note", say("talk.link_ways", walk.language, id=short), slot)]
