"""Sorting: the id of an item typed where a choice is asked, and what the sorting of old KPIs came to."""

from __future__ import annotations

from bsc_coach.conversation.commands.answers import accept
from bsc_coach.conversation.reply import Followup, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.navigation import asks_itself
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.understanding.led_to import picked_by_id
from bsc_coach.script.slots import Slot


def choose_by_id(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Answer a choice with the id of what it leads to; None where the line is no such id."""
    found = picked_by_id(talk.plan, slot, text)
    if found is None:
        return None
    choice, pick, short = found
    return accept(talk, slot, choice, (Accept(pick, short),), typed=text.strip())


def sorting_told(talk: Talk, action: Action) -> Followup | None:
    """Say what the sorting came to, and what is missing, once the last KPI from before was sorted."""
    plan = talk.plan
    verdict = plan.script.filling("old_kpis[].verdict")
    if verdict is None:
        return None
    walk = {step.id for step in plan.script.inside(verdict.within)}
    here = next((slot for event in action.do if (slot := getattr(event, "slot", None)) is not None), None)
    if here is None or here.step not in walk:
        return None
    if any(asks_itself(plan.statuses[slot]) for step in walk for slot in plan.index.of_step.get(step, ())):
        return None
    from bsc_coach.documents.context.sorting import sorting
    from bsc_coach.documents.context.words import DocumentWords

    told = sorting(to_strategy(plan), DocumentWords(plan.language))
    return Followup(tuple(Turn("coach", sentence, here) for sentence in told))
