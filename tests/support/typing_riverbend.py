"""What a person would type to give the answers of the recorded Riverbend session, line by line.

``next_line`` is pure: for a talk at a prompt it returns the line to type next, so that line mode, the
talk in process and the app can all be driven with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.submit import submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.samples import read_sample
from bsc_coach.words import say

Place = tuple[str, str | None]
"""A step or list, and the short id of the item around it."""


@dataclass
class Goal:
    """What is to be said in the end: the last word of the recording at each place."""

    said: dict[Place, dict[str, Any]] = field(default_factory=dict)
    """The last accept, park or decline by place."""
    added: dict[Place, list[dict[str, Any]]] = field(default_factory=dict)
    """The answers of each item of a list, in order."""
    reasons: dict[Place, str] = field(default_factory=dict)
    """Why a list was left empty."""


def riverbend_goal() -> Goal:
    """Return the goal of the recorded session of the hospital."""
    return recorded("riverbend")


def recorded(sample: str) -> Goal:
    """Return the goal of a recorded session."""
    goal = Goal()
    for told in _that_count(read_sample(sample).commands):
        match told["do"]:
            case "accept" | "park" | "decline":
                goal.said[told["step"], told.get("of")] = told
            case "fill":
                for one in told["answers"]:
                    goal.said[one["step"], one.get("of")] = {"do": "accept", **one}
            case "add":
                items = goal.added.setdefault((told["list"], told.get("of")), [])
                items.append(told["answers"])
                part = told["answers"].get("participants.part")
                if part in ("decider", "facilitator"):  # asked of each then, today once of all of them
                    step = f"participants.{part}"
                    goal.said[step, None] = {"do": "accept", "step": step, "value": f"T{len(items)}"}
            case "close":
                goal.reasons[told["list"], told.get("of")] = told.get("because", "")
            case "confirm" | "still_right" | "pass":  # Enter alone
                pass
            case other:
                raise AssertionError(f"the recording does something that nobody types here: {other}")
    return goal


def goal_of(plan: Plan) -> Goal:
    """Return the goal of a finished session: each of its answers, to be typed one by one."""
    goal, shorts = Goal(), plan.state.shorts

    def place(slot: Slot) -> Place:
        return slot.step, None if slot.item is None else shorts.get(slot.item, slot.item)

    def told(value: Any) -> Any:
        return [shorts.get(one, one) for one in value] if isinstance(value, tuple) else value

    firsts = set()
    for slot, status in plan.statuses.items():
        if isinstance(status.step, CollectStep) and status.active:
            first = plan.script.inside(slot.step)[0].id
            added = [Slot(first, (*slot.frame, (slot.step, item))) for item in plan.state.list_at(slot).live]
            goal.added[place(slot)] = [{first: told(plan.answer(one))} for one in added]
            firsts.update(added)
    for slot, status in plan.statuses.items():
        if status.active and status.value is not None and slot not in firsts:
            goal.said[place(slot)] = {"do": "accept", "step": slot.step, "value": told(status.value)}
    return goal


def _that_count(commands: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for command in commands:
        if command["do"] == "undo":
            kept.pop()
        else:
            kept.append(command)
    return kept


def next_line(talk: Talk, goal: Goal) -> str | None:
    """Return what to type now; "" is Enter alone, None means that there is nothing left to say."""
    if talk.asking is not None:
        return _in_between(talk, goal)
    prompt = talk.prompt()
    if prompt is None:
        return None
    if prompt.kind == "confirm":
        return ""
    if prompt.adding:
        return _next_item(talk, prompt, goal)
    wanted = wanted_at(talk, prompt.slot, goal)
    open_still = talk.plan.statuses[prompt.slot].answer_state == "open"
    if wanted is not None and wanted["do"] == "accept":
        line = as_typed(prompt, wanted["value"])
        return line if open_still or (_is_text(prompt) and line != prompt.answer) else ""
    if wanted is None or not open_still:
        return ""
    return f"/park {wanted['reason']}" if wanted["do"] == "park" else f"/na {wanted['reason']}"


def _in_between(talk: Talk, goal: Goal) -> str:
    """Return the answer to a small question: owner and date of a parked point, why a list is empty."""
    assert talk.asking is not None
    asked = talk.asking.text
    if talk.at is not None:
        wanted = wanted_at(talk, talk.at, goal) or {}
        for part in ("owner", "due"):
            if asked == say(f"talk.ask.park_{part}", talk.language):
                return str(wanted.get(part, ""))
        if asked.endswith(say("talk.ask.empty_reason", talk.language)):
            return goal.reasons[_place(talk, talk.at)]
    return ""


def _next_item(talk: Talk, prompt: Prompt, goal: Goal) -> str:
    wanted = goal.added.get(_place(talk, prompt.slot), [])
    first = talk.plan.script.inside(prompt.slot.step)[0]
    for item in prompt.items:
        slot = Slot(first.id, (*prompt.slot.frame, (prompt.slot.step, item.item)))
        later = goal.said.get((first.id, item.short), {})
        if "value" in later and later["value"] != talk.plan.answer(slot):
            return f"/edit {item.short}"  # worded anew once it stood there
    have = len(prompt.items)
    if have >= len(wanted):
        return ""
    return as_typed(prompt, wanted[have][first.id])


def _is_text(prompt: Prompt) -> bool:
    return prompt.kind in ("text", "long_text")


def _place(talk: Talk, slot: Slot) -> Place:
    item = slot.item
    return slot.step, None if item is None else talk.plan.state.shorts.get(item, item)


def wanted_at(talk: Talk, slot: Slot, goal: Goal) -> dict[str, Any] | None:
    """Return what is to be said at a slot: the last word on it, or what its item was added with."""
    later = goal.said.get(_place(talk, slot))
    if later is not None or not slot.frame:
        return later
    list_id, item = slot.frame[-1]
    around = Slot(list_id, slot.frame[:-1])
    items = goal.added.get(_place(talk, around), [])
    live = talk.plan.state.list_at(around).live
    answers = items[live.index(item)] if item in live and live.index(item) < len(items) else {}
    return {"do": "accept", "value": answers[slot.step]} if slot.step in answers else None


def as_typed(prompt: Prompt, value: object) -> str:
    """Return a value as a person types it: the numbers of choices, short ids, a text as it is."""
    if prompt.kind in ("choice", "several"):
        numbers = {o.id: o.id if o.id.isdecimal() else str(o.number) for o in prompt.options}
        return " ".join(numbers[str(one)] for one in (value if isinstance(value, list) else [value]))
    if prompt.kind == "pick":
        return " ".join(str(one) for one in (value if isinstance(value, list) else [value]))
    text = str(value)
    return f"/{text}" if text.startswith("/") else text


def typed(talk: Talk, goal: Goal, *, at_most: int = 5_000) -> Iterator[str]:
    """Type until everything is said, yielding each line that was typed."""
    for _ in range(at_most):
        line = next_line(talk, goal)
        if line is None:
            return
        reply = submit(talk, line)
        assert not reply.keep_text, f"{line!r} was not taken at {talk.at}: {reply.turns}"
        yield line
    raise AssertionError(f"still typing after {at_most} lines, at {talk.at}")
