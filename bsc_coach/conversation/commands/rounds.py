"""Commands about rounds: answer together, open, hand in on paper, close, leave, and make items of ideas.

Ballots that are not closed are held by ``talk.live`` and ``talk.paper`` alone, and written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from bsc_coach.conversation.position import Return
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.prompt_builder import first_inside, short_name
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.ballots import written_texts
from bsc_coach.interview.closing_round import Collected, closing, collected
from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.rounds import NAMES_RULES, AnswerTogether, LeaveRound, OpenRound
from bsc_coach.interview.ideas import ideas_for, into_item, item_called, new_item
from bsc_coach.interview.members import RoundMembers, current_round, members_at, prepared_by
from bsc_coach.interview.outcomes import divides, spread_in_words, spread_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words
from bsc_coach.interview.slips import faulty_slip, read_slips, without_sentences
from bsc_coach.script.model import Answerable, BallotStep, LongTextStep, RoundStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.strategy.agreement import MUCH_SPREAD
from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.conversation.room_view import ResultLine
    from bsc_coach.interview.live_round import LiveRound, Names

_IDEAS = re.compile(
    r"^\s*(\d{1,3}(?:[\s,;+]+\d{1,3})*)(?:[\s,;+>]+([A-Za-z]{1,4}\d{1,5}))?\s*(?:[:=]\s*(.+))?$"
)
TOLD_FIRST = 2
"""Points of an outcome that are told first, for their dissent."""


# Which way a question is answered


def together(talk: Talk, rest: str) -> Reply:
    """Have everybody answer the question we are at at once, or talk about it again (off)."""
    slot = talk.at
    step = talk.plan.script.by_id.get(slot.step) if slot is not None else None
    name = _round_of(talk.plan, step)
    if slot is None or name is None:
        return talk.refused(talk.say("rounds.not_here"))
    chosen = normal(rest) not in talk.say("rounds.off_words").split()
    reply = talk.do_here(AnswerTogether(name, chosen), may_ask=False)
    if reply.keep_text:
        return reply
    there = _after_choosing(talk.plan, slot, talk.plan.script.prepared[name], chosen)
    if there is not None:
        talk.position.jump(there)
    elif not chosen:
        talk.position.settle(talk.plan)
    return reply


def _after_choosing(plan: Plan, slot: Slot, question: Answerable, chosen: bool) -> Slot | None:
    """Return where one goes on after the way was chosen at ``slot``: to the round, or to its question."""
    places: tuple[Slot, ...] = (slot,)
    if slot.step == question.id and chosen:
        places = prepared_by(plan, question, slot.frame)
    elif slot.step != question.id and not chosen:
        of_it = plan.index.of_step.get(question.id, ())
        places = tuple(one for one in of_it if slot in prepared_by(plan, question, one.frame))
    there = [status for one in places if (status := plan.status(one)) is not None and status.active]
    open_ = [status for status in there if status.answer_state == "open"]
    return (open_ or there)[0].slot if there else None


def _round_of(plan: Plan, step: object) -> StepId | None:
    """Return the round or ballot of a question, whether one stands at it or at the round itself."""
    name = getattr(step, "together", None)
    own = getattr(step, "id", None)
    return name if name is not None else own if own in plan.script.prepared else None


# Opening and leaving


def open_(talk: Talk, rest: str) -> Reply:
    """Open the round we are at: for so many minutes, with names for nobody, the team or everyone."""
    if talk.at is None or members_at(talk.plan, talk.at) is None:
        return talk.refused(talk.say("rounds.not_here"))
    parts = normal(rest).split()
    minutes = next((float(part) for part in parts if part.isdecimal() and len(part) < 5), _minutes(talk))
    names = next((part for part in parts if part in NAMES_RULES), "")
    reply = talk.do_here(OpenRound(talk.at, names, minutes, talk.seats_here), may_ask=False)
    if not reply.keep_text:
        follow_journal(talk)
        talk.start_timer(minutes)
    return reply


def _minutes(talk: Talk) -> float:
    """Return how long all that is asked at once takes together, in whole minutes; 0 where nobody said."""
    members = members_at(talk.plan, talk.at) if talk.at is not None else None
    steps = [talk.plan.statuses[slot].step for slot in members.slots] if members is not None else []
    return ceil(round(sum(step.minutes or 0 for step in steps), 3))


def follow_journal(talk: Talk) -> None:
    """Have the room hold the round that the journal says is open, or none.

    After a restart it is empty, and whoever has a ballot still hands it in again.
    """
    found = current_round(talk.plan)
    if found is None:
        if talk.live.form is not None:
            talk.live.close()
            talk.paper = Collected()
        return
    from bsc_coach.conversation.round_form import form_of

    form = form_of(talk.plan, *found)
    held = talk.live.form
    if held is None or held.id != form.id:
        talk.paper = Collected()
    if held != form:
        talk.live.open(form)


def drop(talk: Talk, rest: str) -> Reply:
    """Leave the open round without an outcome."""
    found = current_round(talk.plan)
    if found is None:
        return talk.refused(talk.say("rounds.none_open"))
    reply = talk.do_here(LeaveRound(found[0].key), may_ask=False)
    if not reply.keep_text:
        follow_journal(talk)
        talk.start_timer(0)
    return reply


# Handing in and closing


def entered(talk: Talk, slot: Slot) -> Reply:
    """Take Enter alone at a round: it opens it, and closes it once something was handed in."""
    found = current_round(talk.plan)
    here = members_at(talk.plan, slot)
    if found is None or here is None or found[0].key != here.key:
        return open_(talk, "")
    if talk.live.count == 0 and talk.paper.is_empty:
        return talk.note("rounds.nothing_yet")
    return close(talk, "")


def close(talk: Talk, rest: str) -> Reply:
    """Close the open round: what was handed in becomes its answers."""
    found, live = current_round(talk.plan), talk.live.now
    if found is None or live is None:
        return talk.refused(talk.say("rounds.none_open"))
    members, opened = found
    told = collected(members, live.ballots.values(), talk.paper, opened.names)
    if told.is_empty:
        return talk.note("rounds.nothing_yet")
    named = _named_for_team(members, live) if opened.names != "nobody" else {}
    return _finish(talk, members, told, opened.names, named)


def typed(talk: Talk, slot: Slot, text: str) -> Reply:
    """Take ballots or texts that were collected on paper or by hands, and typed in.

    Where phones take part they are put beside what these hand in; else they are all there is.
    """
    members = members_at(talk.plan, slot)
    step = talk.plan.statuses[slot].step
    if members is None:
        return talk.refused(talk.say("rounds.not_here"))
    if isinstance(step, RoundStep):
        told = Collected(texts=written_texts(text))
    else:
        ballots, sentences = without_sentences(text)
        slips = read_slips(talk.plan, members, slot, ballots)
        if slips is None:
            if faulty := faulty_slip(talk.plan, members, ballots):
                # They are hidden as one types: without its number nobody finds it.
                return talk.refused(talk.say("rounds.no_slip", n=faulty, of=len(members.slots)))
            refusals = talk.session.decide(Accept(slot, text)).refusals
            sentence = refusals[0].sentence(talk.language) if refusals else talk.say("rounds.no_slips")
            return talk.refused(sentence)
        told = Collected(ballots=_with_none(members, step, slips), sentences=sentences)
    current = current_round(talk.plan)
    if current is not None and current[0].key == members.key and (talk.live.count or talk.seats_here):
        talk.paper = _with_paper(talk.paper, told)
        n = talk.live.count + talk.paper.most
        return talk.note("rounds.on_paper", n=n)
    return _finish(talk, members, told, "nobody", {})


def _with_none(
    members: RoundMembers, step: Answerable, slips: Mapping[Slot, Sequence[str]]
) -> Mapping[Slot, Sequence[str]]:
    """Return typed dots with as many ballots about each item, none for what was left out.

    That is so once several items were named: whoever names one only goes on with the next.
    """
    if not isinstance(step, BallotStep) or step.each is None or len(slips) < 2:
        return slips
    most = max(len(ballots) for ballots in slips.values())
    told = {slot: tuple(slips.get(slot, ())) for slot in members.slots}
    return {slot: (*ballots, *["0"] * (most - len(ballots))) for slot, ballots in told.items()}


def _with_paper(before: Collected, more: Collected) -> Collected:
    slots = dict.fromkeys([*before.ballots, *more.ballots])
    ballots = {slot: [*before.ballots.get(slot, ()), *more.ballots.get(slot, ())] for slot in slots}
    return Collected(ballots, (*before.texts, *more.texts), (*before.sentences, *more.sentences))


def _named_for_team(members: RoundMembers, live: LiveRound) -> Mapping[Slot, Mapping[str, str]]:
    """Return who gave what, for the team to see while it looks at the outcome; kept nowhere."""
    named: dict[Slot, dict[str, str]] = {}
    for ballot in live.ballots.values():
        for slot in members.slots if ballot.named and ballot.rule != "nobody" else ():
            if (value := ballot.values.get(str(slot))) is not None:
                named.setdefault(slot, {})[ballot.named] = value
    return named


def _finish(
    talk: Talk,
    members: RoundMembers,
    told: Collected,
    names: Names,
    named: Mapping[Slot, Mapping[str, str]],
) -> Reply:
    """Close a round by what was collected, and say what it came to."""
    slots = [slot for slot in members.slots if told.texts or told.ballots.get(slot)]
    if not slots:
        return talk.note("rounds.nothing_yet")
    leading_back = tuple(talk.position.returns)
    reply = talk.do(closing(talk.plan, members, told))
    if reply.keep_text:
        return reply
    talk.live.close()
    talk.paper = Collected()
    talk.start_timer(0)
    follow_journal(talk)
    from bsc_coach.conversation.round_form import result_of

    talk.result = result_of(talk.plan, slots, named, names=names, sentences=told.sentences)
    _go_on_after(talk, members.key, leading_back)
    remarks = tuple(turn for turn in reply.turns if turn.speaker == "coach" and turn.slot == talk.at)
    return replace(reply, turns=(*outcome_turns(talk, slots[0]), *remarks))


def _go_on_after(talk: Talk, key: Slot, leading_back: Sequence[Return]) -> None:
    """Go to what is still to be voted on in the round, then to what is talked about, most apart first."""
    plan = talk.plan
    members = members_at(plan, key)
    slots = members.slots if members is not None else ()
    left = [one for one in slots if plan.statuses[one].answer_state == "open"]
    apart = sorted(slots, key=lambda one: -(spread_of(plan, one, _ballots_at(plan, one)) or 0))
    prepared = [
        slot_in_frame(plan.script, step.id, slot.frame)
        for slot in apart
        if (step := plan.script.prepared.get(slot.step)) is not None
    ]
    talked_about = [one for one in prepared if (status := plan.status(one)) and status.needs_asking]
    if left or talked_about:
        talk.position.stay_aside((left or talked_about)[0], leading_back)


def _ballots_at(plan: Plan, slot: Slot) -> tuple[str, ...]:
    value = plan.answer(slot)
    return value if isinstance(value, tuple) else ()


def outcome_turns(talk: Talk, slot: Slot) -> tuple[Turn, ...]:
    """Return in words what a round came to: the most dissent first, then the rest on one line."""
    result = talk.result
    if result is None:
        return ()
    if result.texts:
        return (Turn("note", _texts_said(talk, result.texts, slot), slot),)
    first = [line for line in result.lines if (line.spread or 0) > MUCH_SPREAD][:TOLD_FIRST]
    key = "rounds.dissent" if len(result.lines) > 1 else "rounds.apart"
    others = [line for line in result.lines if line not in first]
    said = "; ".join(_line_said(talk, line, slot) for line in first)
    turns = [Turn("note", talk.say(key, told=said), slot)] if first else []
    if others:
        turns.append(Turn("note", "; ".join(_line_said(talk, line, slot) for line in others), slot))
    turns += [Turn("team", talk.say("rounds.heard", text=text), slot) for text in result.sentences]
    return tuple(turns)


def _texts_said(talk: Talk, texts: Sequence[str], slot: Slot) -> str:
    """Return what becomes of texts: ideas for a list, or the answer to the question that they prepare."""
    question = talk.plan.script.prepared.get(slot.step)
    if not isinstance(question, LongTextStep):
        return talk.say("rounds.written", n=len(texts))
    name = short_name(talk.plan, question, slot.frame)
    return talk.say("rounds.written_as", n=len(texts), name=name, texts="; ".join(texts))


def _line_said(talk: Talk, line: ResultLine, slot: Slot) -> str:
    if divides(talk.plan, slot):
        return f"{line.about}: {line.mean}"
    about = f"{line.about} · {line.ask}" if line.about else line.ask
    if line.spread is None:
        return talk.say("rounds.line_few", about=about, mean=line.mean, n=line.n)
    spread = spread_in_words(line.spread, talk.language)
    return talk.say("rounds.line", about=about, mean=line.mean, n=line.n, spread=spread)


# Ideas


def numbers_at_a_name(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Go to the list where numbers of ideas are typed at the name of an item that was just made.

    They are looked at once more there, because each idea that is taken moves the numbers of the others.
    """
    listed = Slot(slot.frame[-1][0], slot.frame[:-1]) if slot.frame and _IDEAS.match(text) else None
    if listed is None or not ideas_for(talk.plan, listed):
        return None
    if first_inside(talk.plan, listed)[0].id != slot.step:
        return None
    talk.position.go_to(listed)
    talk.position.stay_aside(listed, talk.position.returns)
    return Reply(talk.note("rounds.numbers_now").turns, keep_text=True)


def take_ideas(talk: Talk, prompt: Prompt, text: str) -> Reply | None:
    """Take numbers of ideas typed at their list as one item: "3 4", "3 4 O2", "3 4: other words".

    None for any other line.
    """
    slot = prompt.slot
    ideas = ideas_for(talk.plan, slot)
    found = _IDEAS.match(text) if ideas else None
    if found is None:
        return None
    numbers = list(dict.fromkeys(int(part) for part in re.findall(r"\d+", found[1])))
    if not all(1 <= number <= len(ideas) for number in numbers):
        return talk.refused(talk.say("rounds.no_such_idea", n=len(ideas)))
    chosen = [line for number in numbers for line in ideas[number - 1].lines]
    wording = (found[3] or chosen[0]).strip()
    item = talk.plan.state.item_by_name(found[2].upper()) if found[2] else None
    if found[2] and item not in talk.plan.state.list_at(slot).live:
        return talk.refused(talk.say("no_item", command="edit"))
    # Into an item that is named, or that is called just so already; else a new one is made.
    item = item or item_called(talk.plan, slot, wording)
    if item is not None:
        into = into_item(talk.plan, slot, chosen, item)
        reply = Reply() if into is None else talk.do_here(into, may_ask=False)
        name = item_in_words(talk.plan, item)
        told = Turn("note", talk.say("rounds.into", n=len(chosen), name=name), slot)
        return reply if reply.keep_text else Reply((told,))
    made = new_item(talk.plan, slot, chosen, wording)
    return None if made is None else talk.do(made)
