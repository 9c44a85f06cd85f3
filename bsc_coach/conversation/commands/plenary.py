"""The plenary after breakouts: going through what came back from the parts, and deciding where they differ.

First what is contested, one place after the other, then part by part what is new in it. Where it has got to
follows from what is decided and what was seen, so it may be left and taken up at any time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bsc_coach.conversation.commands.answers import take
from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.reply import Followup, Question, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.breakouts import cluster_name, slots_by_cluster
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.navigation import section_title
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words
from bsc_coach.script.model import PickStep, SeveralStep
from bsc_coach.script.slots import ItemId
from bsc_coach.session.parts_back import PartBack, keep_parts_back, parts_back
from bsc_coach.words import say

MOST_TOLD = 6
"""Open questions of a part that are told by name."""
_HANDS = re.compile(r"(?:0|[1-9][0-9]?)(?:[ ,:/–-]+(?:0|[1-9][0-9]?))+")
"""Counts of hands, of people in one room: 5 2."""


def plenary(talk: Talk, rest: str) -> Reply:
    """Go through what came back from the parts, or take that up again."""
    if (part_of := talk.plan.part_of) is not None:
        return _note(talk, "in_part", of=part_of.of)
    if not talk.plan.disputes and not waiting_parts(talk):
        return _note(talk, "through" if _all_parts(talk) else "nothing")
    return _go_on(talk)


def offer_plenary(talk: Talk) -> Reply:
    """Ask whether to go through what came back now; nothing where nothing did."""
    parts = waiting_parts(talk)
    if not parts or talk.session.read_only or talk.homework is not None or talk.plan.part_of is not None:
        return Reply()
    came = "\n".join(f"  {_came_said(talk.plan, part)}" for part in parts)
    text = _say(talk, "ask", n=len(parts), came=came)

    def decided(line: str) -> Reply:
        letter = talk.letter(line)
        if talk.means(letter, "yes"):
            return _go_on(talk)
        return _note(talk, "later") if _is_later(talk, letter) else talk.refused(text)

    return talk.put(Question(text, decided))


def waiting_parts(talk: Talk) -> tuple[PartBack, ...]:
    """Return the parts that came back and that nobody has gone through yet."""
    return tuple(part for part in _all_parts(talk) if not part.walked)


def _all_parts(talk: Talk) -> tuple[PartBack, ...]:
    return parts_back(talk.session.folder, talk.session.environment.disk)


def plenary_goes_on(talk: Talk, action: Action) -> Followup | None:
    """Put what came from the first part once the last contested place is decided."""
    if not talk.plenary or talk.plan.disputes:
        return None
    talk.plenary = False  # each part leads to the next by itself
    question = _next_part(talk)
    if question is None:
        return Followup((Turn("note", _say(talk, "through"), None),))
    return Followup((Turn("coach", question.text, None),), question=question)


def _go_on(talk: Talk) -> Reply:
    """Go to the next contested place; where there is none, show the next part; then it is over."""
    disputes = talk.plan.disputes
    talk.plenary = bool(disputes)
    if disputes:
        slot = disputes[0][0]
        talk.position.jump(slot)
        told = _say(talk, "decide", n=len(disputes), name=name_of(talk.plan, slot))
        return Reply((Turn("note", told, slot),))
    question = _next_part(talk)
    if question is not None:
        return talk.put(question)
    return _note(talk, "through")


def _next_part(talk: Talk) -> Question | None:
    """Return the question that shows what came from the next part; None after the last."""
    parts = waiting_parts(talk)
    if not parts:
        return None
    part = parts[0]
    text = "\n".join((*_told_of(talk, part), _say(talk, "seen")))

    def seen(line: str) -> Reply:
        letter = talk.letter(line)
        if talk.means(letter, "yes"):
            _keep_as_seen(talk, part)
            return _go_on(talk)
        if not _is_later(talk, letter):
            return talk.refused(text)
        return _note(talk, "left", n=len(waiting_parts(talk)))

    return Question(text, seen)


def _is_later(talk: Talk, letter: str) -> bool:
    return any(talk.means(letter, what) for what in ("cancel", "later"))


def _keep_as_seen(talk: Talk, seen: PartBack) -> None:
    """Remember that a part was gone through; what came from it meanwhile is not."""
    parts = [replace(part, walked=True) if part == seen else part for part in _all_parts(talk)]
    keep_parts_back(talk.session.folder, parts, talk.session.environment.disk)


# What is told of a part


def _told_of(talk: Talk, part: PartBack) -> Iterator[str]:
    """Yield who it came from, what is new by where it stands, what is called otherwise, and what is open."""
    plan = talk.plan
    yield _came_said(plan, part)
    new = _new_items(plan, part)
    for title, items in new.items():
        yield _say(talk, "new", where=title, n=len(items))
        yield from (f"  {item_in_words(plan, item)}" for item in items)
    if not new:
        yield _say(talk, "nothing_new")
    shorts = plan.state.shorts
    called = [(there, shorts[ItemId(item)]) for item, there in part.called if ItemId(item) in shorts]
    if others := [
        _say(talk, "called_one", there=there, here=here) for there, here in called if there != here
    ]:
        yield _say(talk, "called", n=len(others), names=", ".join(others))
    yield from _open_in(talk, part)


def _came_said(plan: Plan, part: PartBack) -> str:
    """Say which part it was, by whom, how much was said in it, and when."""
    names = " + ".join(cluster_name(plan, one) for one in part.clusters)
    begin, end = (datetime.fromisoformat(one).astimezone() for one in (part.first, part.last))
    same_day = begin.date() == end.date()
    when = (
        f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}"
        if same_day
        else f"{begin:%Y-%m-%d %H:%M} – {end:%Y-%m-%d %H:%M}"
    )
    people = ", ".join(part.people) or say("session.merge.nobody", plan.language)
    told = {"names": names, "folder": part.name, "people": people, "n": len(part.said), "when": when}
    return say("breakouts.plenary.came", plan.language, **told)


def _new_items(plan: Plan, part: PartBack) -> dict[str, list[ItemId]]:
    """Return what a part added and is still there, by the part of the agenda that it stands in."""
    found: dict[str, list[ItemId]] = {}
    actions = frozenset(part.said)
    for action in plan.state.effective:
        for event in action.do if action.id in actions else ():
            if isinstance(event, ItemAdded) and _is_there(plan, event.item):
                found.setdefault(section_title(plan, event.slot), []).append(event.item)
    return found


def _is_there(plan: Plan, item: ItemId) -> bool:
    frame = plan.state.frames.get(item)
    return frame is not None and frame in plan.members.get(frame[-1][0], ())


def _open_in(talk: Talk, part: PartBack) -> Iterator[str]:
    """Yield what was parked in a part, and what nobody answered."""
    plan, slots = talk.plan, slots_by_cluster(talk.plan)
    statuses = [plan.statuses[slot] for one in part.clusters for slot in slots.get(one, ())]
    kinds = {
        "parked": [one.slot for one in statuses if one.active and one.answer_state == "parked"],
        "open": [one.slot for one in statuses if one.needs_asking and not one.disputes],
    }
    for kind, found in kinds.items():
        if found:
            names = "; ".join(name_of(plan, slot) for slot in found[:MOST_TOLD])
            more = "; …" if len(found) > MOST_TOLD else ""
            yield _say(talk, kind, n=len(found), names=names + more)


# Hands


def hands_counted(talk: Talk, prompt: Prompt, text: str) -> Reply | None:
    """Take the side with the most hands, counted as in "5 2"; None for a line that counts none.

    Where numbers may be the answer itself, it is asked what they are. A tie decides nothing.
    """
    if not prompt.sides or not _HANDS.fullmatch(text.strip()):
        return None
    hands = [int(one) for one in re.findall(r"[0-9]+", text)]
    step = talk.plan.statuses[prompt.slot].step
    if len(hands) != len(talk.plan.statuses[prompt.slot].disputes[0].sides) or not any(hands):
        return None
    if hands.count(max(hands)) > 1:
        return talk.refused(_say(talk, "tie", hands=_counted(hands)))
    if isinstance(step, PickStep | SeveralStep):
        question = _say(talk, "hands_or_answer", hands=_counted(hands))

        def decided(line: str) -> Reply:
            if talk.means(talk.letter(line), "yes"):
                return _by_hands(talk, hands)
            return talk.neither(line, question)

        return talk.ask(question, decided)
    return _by_hands(talk, hands)


def _by_hands(talk: Talk, hands: list[int]) -> Reply:
    number = hands.index(max(hands)) + 1
    reply = take(talk, str(number))
    if reply.keep_text:
        return reply
    return reply.telling(Turn("note", _say(talk, "by_hands", hands=_counted(hands), number=number), talk.at))


def _counted(hands: list[int]) -> str:
    return " : ".join(map(str, hands))


def _say(talk: Talk, key: str, **values: object) -> str:
    return say(f"breakouts.plenary.{key}", talk.language, **values)


def _note(talk: Talk, key: str, **values: object) -> Reply:
    return Reply((Turn("note", _say(talk, key, **values), talk.at),))
