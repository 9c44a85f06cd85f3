"""The command that goes through what scribes propose: each is taken or dropped with one key, or left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bsc_coach.conversation.commands.lists import later
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.slots import Slot

if TYPE_CHECKING:
    from bsc_coach.conversation.room_view import Proposal

TAKE, DROP, LEAVE = "1", "0", "l"


def queue(talk: Talk, rest: str) -> Reply:
    """Show the first proposal that waits, to be taken over, dropped or left where it is."""
    return _next(talk, ()) if talk.proposals.waiting else talk.note("queue.nothing")


def _next(talk: Talk, said: tuple[Turn, ...]) -> Reply:
    """Ask about the first that waits; at the end go back to the question."""
    waiting = talk.proposals.waiting
    if not waiting:
        return Reply(said)
    first = waiting[0]
    kind = talk.say(f"queue.kinds.{first.kind}")
    key = "queue.ask" if first.by else "queue.ask_unnamed"
    question = talk.say(key, kind=kind, by=first.by, text=first.text, n=len(waiting))
    asked = talk.ask(question, lambda line: _answered(talk, first, line), keys=(TAKE, DROP, LEAVE))
    return Reply((*said, *asked.turns), keep_text=asked.keep_text)


def _answered(talk: Talk, proposal: Proposal, line: str) -> Reply:
    """Take a proposal over, drop it, or leave it and go back."""
    letter = talk.letter(line)
    if letter == DROP:
        talk.proposals.drop(proposal.number)
        return _next(talk, talk.note("queue.dropped").turns)
    if letter in (TAKE, ""):
        return _take(talk, proposal)
    if letter == LEAVE or talk.means(letter, "cancel"):
        return talk.note("cancelled")
    talk.asking = None
    return Reply((*talk.refused(talk.say("queue.keys")).turns, *_next(talk, ()).turns))


def _take(talk: Talk, proposal: Proposal) -> Reply:
    """Do what a proposal asks for; it stays in the queue where that was refused."""
    match proposal.kind:
        case "parked":
            reply = later(talk, proposal.text)
        case "decision":
            reply = _decide(talk, proposal.text)
        case "wording":
            reply = _word(talk, proposal.text)
        case "note":
            reply = talk.note("queue.noted", text=proposal.text)
    if reply.keep_text:
        return reply
    talk.proposals.drop(proposal.number)
    # A wording is to be looked at now; anything else leaves room for what waits behind it.
    return reply if proposal.kind == "wording" else _next(talk, reply.turns)


def _decide(talk: Talk, text: str) -> Reply:
    """Put a decision on the list of decisions, and stay at the question."""
    decisions, title = (talk.plan.script.filling(field) for field in ("decisions[]", "decisions[].title"))
    if decisions is None or title is None:
        return talk.note("queue.no_decisions")
    reply = talk.do_here(AddItem(Slot(decisions.id, ()), {title.id: text}), may_ask=False)
    kept = Turn("note", talk.say("queue.decided", text=text), talk.at)
    return reply if reply.keep_text else Reply((kept,))


def _word(talk: Talk, text: str) -> Reply:
    """Put a wording into the line, to be handed in or changed; one reads it in what was said as well."""
    slot, prompt = talk.at, talk.prompt()
    if slot is None or prompt is None or prompt.round is not None:
        return talk.refused(talk.say("queue.no_question", text=text))
    half_typed = talk.session.drafts.get(str(slot))
    talk.session.drafts.put(str(slot), text, handed_in=True)
    told = [Turn("note", talk.say("queue.worded", text=text), slot)]
    if half_typed and half_typed != text:
        told.append(Turn("note", talk.say("queue.stood_there", text=half_typed), slot))
    return Reply(tuple(told))
