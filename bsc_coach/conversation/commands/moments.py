"""Moments that make the method work: a choice that nobody wants to make, a link that is read aloud,
and the fields of a KPI that its owner fills in later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bsc_coach.conversation.prompts import Option, prompt_for
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.commands import Accept, AddItem, Command, Park, RemoveItem, Several
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words, to_strategy
from bsc_coach.script.model import ChoiceStep, CollectStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import normal
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.conversation.talk import Talk

POINTS = 10
"""Points that are divided over the propositions by whoever wants all of them."""
_ONE_OF_FOUR = "proposition.type"
"""Field of the strategy that holds the one choice everything later leans on."""


def wants_all(plan: Plan, slot: Slot, text: object) -> bool:
    """Tell whether somebody answers the choice of a proposition with "all of them"."""
    step = plan.statuses[slot].step
    if not isinstance(step, ChoiceStep) or step.field != _ONE_OF_FOUR or not isinstance(text, str):
        return False
    said = normal(text).strip(" .!")
    return said in say("talk.split.all", plan.language).split("|")


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


def read_aloud(talk: Talk, slot: Slot | None) -> tuple[Turn, ...]:
    """Read the link that ``slot`` is in back, once all of it was answered, and ask whether it holds.

    Hearing it is how a team finds out whether it believes it.
    """
    plan = talk.plan
    if slot is None or not slot.frame or not _is_whole_link(plan, slot):
        return ()
    from bsc_coach.documents.context.document_context import link_sentences

    item = slot.frame[-1][1]
    sentence = link_sentences(to_strategy(plan)).get(plan.state.shorts.get(item, ""))
    if sentence is None:
        return ()
    talk.asking = Question(
        talk.say("link.holds"),
        lambda line: _judged(talk, slot, item, sentence, line),
        about=item_in_words(plan, item),
    )
    return (Turn("coach", sentence, slot), Turn("coach", talk.asking.text, slot))


def _is_whole_link(plan: Plan, slot: Slot) -> bool:
    around = plan.script.step(slot.frame[-1][0])
    if not isinstance(around, CollectStep) or around.layout != "link":
        return False
    inside = (one for one in plan.statuses.values() if one.slot.frame == slot.frame)
    return not any(one.needs_asking for one in inside)


def _judged(talk: Talk, slot: Slot, item: ItemId, sentence: str, line: str) -> Reply:
    """Take what the room makes of a link: it holds, another because, a guess to be tested, or no link."""
    letter = normal(line)[:1]
    if talk.means(letter, "yes"):
        return Reply()
    if talk.means(letter, "wording"):
        because = talk.plan.script.filling("links[].because")
        talk.go_to(slot if because is None else Slot(because.id, slot.frame), come_back=True)
        return Reply()
    here = talk.at
    if talk.means(letter, "guess"):
        reply = talk.do(Several(tuple(_as_guess(talk.plan, slot, sentence))), aloud=False)
    elif talk.means(letter, "drop"):
        reply = talk.do(RemoveItem(item))
    else:
        return talk.refused(talk.say("link.holds_how"))
    talk.at = here if here in talk.plan.statuses else talk.at
    return reply


def _as_guess(plan: Plan, slot: Slot, sentence: str) -> Iterator[Command]:
    """Yield what makes a guess of a link: little confidence, and an assumption with a test of its own."""
    confidence = plan.script.filling("links[].confidence")
    if confidence is not None:
        yield Accept(Slot(confidence.id, slot.frame), "low")
    assumptions = plan.script.filling("assumptions[]")
    title = plan.script.filling("assumptions[].title")
    if assumptions is not None and title is not None:
        yield AddItem(Slot(assumptions.id, ()), {title.id: sentence})


def offer_homework(talk: Talk, slot: Slot | None) -> tuple[Turn, ...]:
    """Once a KPI has an owner, the rest of it may be left to that role: the room need not fill it in."""
    status = None if slot is None else talk.plan.status(slot)
    if status is None or slot is None or status.step.field != "kpis[].owner_role" or status.value is None:
        return ()
    return (Turn("note", talk.say("homework.offer", owner=status.value), slot),)


def homework(talk: Talk, rest: str) -> Reply:
    """Park what is still open of the KPI (or other card) we are at, as homework of its owner."""
    slot = talk.at
    around = talk.plan.script.step(slot.frame[-1][0]) if slot is not None and slot.frame else None
    if slot is None or not isinstance(around, CollectStep) or around.layout != "card":
        return talk.note("homework.no_card")
    owner, due, left = rest.strip(), "", []
    for status in talk.plan.statuses.values():
        if status.slot.frame != slot.frame or isinstance(status.step, CollectStep):
            continue
        if (status.step.field or "").endswith(".owner_role") and status.value is not None:
            owner = owner or str(status.value)
        if status.active and status.answer_state == "open":
            left.append(status.slot)
    if not left:
        return talk.note("homework.nothing_left")
    talk.at = left[-1]
    reason = talk.say("homework.reason")
    return talk.do(Several(tuple(Park(one, reason, owner, due) for one in left)))
