"""Ten points to divide for a team that wants all four value propositions; the most points make the choice."""

from __future__ import annotations

import re

from bsc_coach.conversation.commands.answers import accept
from bsc_coach.conversation.prompt import Option
from bsc_coach.conversation.prompt_builder import prompt_for
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import ChoiceStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal
from bsc_coach.words import say

POINTS = 10
"""Points that are divided over the propositions by whoever wants all of them."""
_ONE_OF_FOUR = "proposition.type"
"""Field of the strategy that holds the one choice everything later leans on."""
_POINTS = "proposition.points"
"""Field of the strategy that holds how close the choice was."""


def wants_all(plan: Plan, slot: Slot, text: str) -> bool:
    """Tell whether somebody answers the choice of a proposition with "all of them"."""
    step = plan.statuses[slot].step
    if not isinstance(step, ChoiceStep) or step.field != _ONE_OF_FOUR:
        return False
    return normal(text).strip(" .!") in say("talk.split.all", plan.language).split("|")


def divide(talk: Talk, slot: Slot) -> Reply:
    """Ask whoever wants all of them to divide ten points; the most points make the choice."""
    options = prompt_for(talk.plan, slot).options
    names = " · ".join(option.text for option in options)
    question = talk.say("split.ask", n=POINTS, names=names)
    return talk.ask(question, lambda line: _divided(talk, slot, options, line))


def _divided(talk: Talk, slot: Slot, options: tuple[Option, ...], line: str) -> Reply:
    if not line:
        return talk.note("cancelled")
    points = [int(number) for number in re.findall(r"\d{1,2}", line)]
    if len(points) != len(options) or sum(points) != POINTS:
        return talk.refused(talk.say("split.does_not_add_up", n=POINTS, options=len(options)))
    most = [option for option, number in zip(options, points, strict=True) if number == max(points)]
    if len(most) > 1:
        return talk.refused(talk.say("split.tie", names=", ".join(option.text for option in most)))
    kept = talk.plan.script.filling(_POINTS)
    also = () if kept is None else (Accept(Slot(kept.id, slot.frame), " ".join(map(str, points))),)
    return accept(talk, slot, most[0].id, also=also)
