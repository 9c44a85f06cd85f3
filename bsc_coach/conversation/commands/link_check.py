"""Reading a cause-and-effect link back once it is whole, and asking whether it holds.

Hearing it is how a team finds out whether it believes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.conversation.reply import Followup, Question, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn, slot_of
from bsc_coach.interview.asides import in_full
from bsc_coach.interview.facts.answers import Accept, SlotAnswered
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem, RemoveItem
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words, to_strategy
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import ItemId, Slot


def link_check(talk: Talk, action: Action) -> Followup | None:
    """Read the link back that an action completed, and ask whether it holds."""
    plan = talk.plan
    slot = next((event.slot for event in action.do if isinstance(event, SlotAnswered)), slot_of(action))
    if slot is None or not slot.frame:
        return None
    asked_in_full = in_full(plan.script, plan.state.agenda, plan.script.step(slot.step))
    if not (_is_whole_link(plan, slot) if asked_in_full else _has_its_reason(plan, action)):
        return None
    from bsc_coach.documents.context.document_context import link_sentences

    item = slot.frame[-1][1]
    sentence = link_sentences(to_strategy(plan)).get(plan.state.shorts.get(item, ""))
    if sentence is None:
        return None
    if not asked_in_full:
        # Where there is less time, how sure the room is says whether it holds: that is asked next.
        return Followup((Turn("coach", talk.say("link.aloud", sentence=sentence), slot),))
    question = Question(
        talk.say("link.holds"),
        lambda line: _judged(talk, slot, item, sentence, line),
        about=item_in_words(plan, item),
    )
    return Followup((Turn("coach", sentence, slot), Turn("coach", question.text, slot)), question=question)


def _is_whole_link(plan: Plan, slot: Slot) -> bool:
    around = plan.script.step(slot.frame[-1][0])
    if not isinstance(around, CollectStep) or around.layout != "link":
        return False
    inside = (status for status in plan.statuses.values() if status.slot.frame == slot.frame)
    return not any(status.needs_asking for status in inside)


def _has_its_reason(plan: Plan, action: Action) -> bool:
    """Tell whether an action gave a link its reason: then it is a whole sentence."""
    because = plan.script.filling("links[].because")
    answered = (event.slot.step for event in action.do if isinstance(event, SlotAnswered))
    return because is not None and because.id in answered


def _judged(talk: Talk, slot: Slot, item: ItemId, sentence: str, line: str) -> Reply:
    """Take what the room makes of a link: it holds, another because, a guess to be tested, or no link."""
    letter = talk.letter(line)
    if talk.means(letter, "yes"):
        return Reply()
    if talk.means(letter, "wording"):
        because = talk.plan.script.filling("links[].because")
        talk.position.go_to(slot if because is None else Slot(because.id, slot.frame), come_back=True)
        return Reply()
    if talk.means(letter, "guess"):
        return talk.do_here(Several(tuple(_as_guess(talk.plan, slot, sentence))), may_ask=False)
    if talk.means(letter, "drop"):
        return talk.do_here(RemoveItem(item))
    return talk.refused(talk.say("link.holds_how"))


def _as_guess(plan: Plan, slot: Slot, sentence: str) -> Iterator[Command]:
    """Yield what makes a guess of a link: little confidence, and an assumption with a test of its own."""
    confidence = plan.script.filling("links[].confidence")
    if confidence is not None:
        yield Accept(Slot(confidence.id, slot.frame), "low")
    assumptions = plan.script.filling("assumptions[]")
    title = plan.script.filling("assumptions[].title")
    if assumptions is not None and title is not None:
        yield AddItem(Slot(assumptions.id, ()), {title.id: sentence})
