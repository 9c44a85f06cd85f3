"""Sorting: the id of an item typed where a choice is asked, and what the sorting of old KPIs came to."""

from __future__ import annotations

from bsc_coach.conversation.commands.answers import accept
from bsc_coach.conversation.reply import Followup, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.answers import Accept, Reopen, SlotAnswered
from bsc_coach.interview.facts.family import Several
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.navigation import asks_itself
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words, said_in_words, to_strategy
from bsc_coach.interview.sorting import VERDICT, passed_in_sorting
from bsc_coach.interview.understanding.led_to import picked_by_id
from bsc_coach.interview.values import RefusedError, read_value
from bsc_coach.script.slots import Slot
from bsc_coach.words import say

SORTING, NOW = "meeting.sorting", "now"
"""The field in which a team says whether it sorts its old KPIs, and that it does so now."""
_GOALS = {"keep": "keeps_for", "merge": "merged_into", "retire": "because"}
"""What is asked after each verdict, by its field."""


def choose_by_id(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Answer a choice with the id of what it leads to; None where the line is no such id."""
    found = picked_by_id(talk.plan, slot, text)
    if found is None:
        return None
    choice, pick, short = found
    return accept(talk, slot, choice, (Accept(pick, short),), typed=text.strip())


def sort_passed_again(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Ask again for the old KPIs that were passed, where somebody says anew that they are sorted now.

    None for any other question or line, and where none of them was passed.
    """
    status = talk.plan.statuses[slot]
    if status.step.field != SORTING or status.value != NOW or not _says_again(talk, slot, text):
        return None
    passed = passed_in_sorting(talk.plan)
    if not passed:
        return None
    reply = talk.do_here(Several(tuple(Reopen(one) for one in passed)))
    if not reply.keep_text:
        talk.move_on(slot, edited=False)
    return reply


def ask_goal_again(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Ask anew for what an old KPI stays for, or goes into, where its verdict is typed again; else None.

    It was the goal that somebody wants to change then. Enter alone leaves both as they are.
    """
    plan, status = talk.plan, talk.plan.statuses[slot]
    goal = plan.script.filling(f"old_kpis[].{_GOALS.get(str(status.value), '')}")
    there = None if goal is None else plan.status(Slot(goal.id, slot.frame))
    if status.step is not plan.script.filling(VERDICT) or there is None or there.answer_state != "answered":
        return None
    if not there.active or not text.strip() or not _says_again(talk, slot, text):
        return None
    talk.position.stand_at(there.slot)
    return Reply()


def _says_again(talk: Talk, slot: Slot, text: str) -> bool:
    """Tell whether a line gives a choice that was made before: with Enter alone, or in full."""
    status = talk.plan.statuses[slot]
    offer = offer_at(talk.plan, status.step, slot.frame)
    try:
        return not text.strip() or read_value(status.step, text, offer, talk.language) == status.value
    except RefusedError:
        return False


def sorted_said(plan: Plan, action: Action) -> str | None:
    """Return in a sentence what became of the old KPI that an action sorted; None where it sorted none.

    Where a point or another KPI is asked for next, nothing is said before that is given.
    """
    asked = {name: plan.script.filling(f"old_kpis[].{name}") for name in ("verdict", *_GOALS.values())}
    steps = {step.id: name for name, step in asked.items() if step is not None}
    said = [one.slot for one in action.do if isinstance(one, SlotAnswered) and one.slot.step in steps]
    if not said or asked["verdict"] is None:
        return None
    frame = said[-1].frame
    verdict = str(plan.answer(Slot(asked["verdict"].id, frame)) or "")
    goal = asked.get(_GOALS.get(verdict, ""))
    status = None if goal is None else plan.status(Slot(goal.id, frame))
    kpi, key = item_in_words(plan, frame[-1][1]), verdict
    what = "" if status is None or not status.value else said_in_words(plan, status.slot, status.value)
    if what:
        key = {"keep": "keep_for", "retire": "retire_because"}.get(verdict, verdict)
    elif not verdict or (status is not None and status.active and verdict != "retire"):
        return None
    return say(f"talk.sorted.{key}", plan.language, kpi=kpi, what=what)


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
