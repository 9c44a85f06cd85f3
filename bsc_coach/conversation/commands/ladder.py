"""Commands that draw links from a point of the map: "so that what?" (``/up``) and "how?" (``/down``).

Up, the answer is a point that gets better, and the step becomes a link. Down, it is a point that helps,
and becomes a link too, or something to do on Monday, and becomes an initiative.
"""

from __future__ import annotations

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words
from bsc_coach.script.model import PickStep
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.text import shorten

_CAUSE, _EFFECT = "links[].cause", "links[].effect"
LONGEST_NAME = 40
MOST_NAMED = 8
"""Points that are named with the question; every other one can be answered, too."""


def climb(talk: Talk, rest: str) -> Reply:
    """Ask what a point of the map is good for."""
    return _ask(talk, rest, "up", here=_CAUSE, there=_EFFECT)


def descend(talk: Talk, rest: str) -> Reply:
    """Ask how a point of the map would come about."""
    return _ask(talk, rest, "down", here=_EFFECT, there=_CAUSE)


def _ask(talk: Talk, rest: str, way: str, *, here: str, there: str) -> Reply:
    item = _point(talk, rest, here)
    if item is None or talk.plan.script.filling("links[]") is None:
        return talk.note(f"ladder.nowhere_{way}")
    offered = {short: other for other, short in _offered(talk.plan, there).items() if other != item}
    near = _near(talk.plan, item, tuple(offered.values()), up=way == "up")
    named = [shorten(item_in_words(talk.plan, other), LONGEST_NAME) for other in near[:MOST_NAMED]]
    names = " · ".join([*named, *(["…"] if len(near) > MOST_NAMED else [])])
    name = item_in_words(talk.plan, item)
    return talk.ask(
        talk.say(f"ladder.{way}", name=name, names=names or "–"),
        lambda line: _answered(talk, way, {here: item}, there, offered, line),
        about=name,
    )


def _near(plan: Plan, item: ItemId, offered: tuple[ItemId, ...], *, up: bool) -> tuple[ItemId, ...]:
    """Return the points in the rows above ``item`` (or below it), the nearest row first.

    The lists of causes are in the order of the rows, from people to result.
    """
    step = plan.script.filling(_CAUSE)
    rows = [source.list for source in step.source] if isinstance(step, PickStep) else []

    def row(point: ItemId) -> int:
        list_id = plan.state.frames[point][-1][0]
        return rows.index(list_id) if list_id in rows else len(rows)

    here = row(item)
    wanted = [point for point in offered if (row(point) > here if up else row(point) < here)]
    return tuple(sorted(wanted, key=lambda point: abs(row(point) - here)))


def _answered(
    talk: Talk, way: str, known: dict[str, ItemId], there: str, offered: dict[str, ItemId], line: str
) -> Reply:
    if not line:
        return talk.note("cancelled")
    other = offered.get(line.strip().upper().rstrip("."))
    if other is not None:
        return _link(talk, {**known, there: other})
    if way == "up":
        return talk.refused(talk.say("ladder.no_such_point"))
    (item,) = known.values()
    return _begin(talk, item, line)


def _link(talk: Talk, ends: dict[str, ItemId]) -> Reply:
    """Draw the link; its because, and how sure one is, are asked next, and then one comes back."""
    script, here = talk.plan.script, talk.at
    links = script.filling("links[]")
    if links is None:
        return talk.refused(talk.say("ladder.no_such_point"))
    answers: dict[StepId, JsonValue] = {
        step.id: [talk.plan.state.shorts[item]]
        for field, item in ends.items()
        if (step := script.filling(field))
    }
    reply = talk.do(AddItem(Slot(links.id, ()), answers))
    if not reply.keep_text and here is not None:
        talk.position.step_aside(here)
    return reply


def _begin(talk: Talk, item: ItemId, text: str) -> Reply:
    """Write down what somebody will do as an initiative for the point it was asked about."""
    script = talk.plan.script
    initiatives = script.filling("initiatives[]")
    title, serves = (script.filling(f"initiatives[].{name}") for name in ("title", "objectives"))
    if initiatives is None or title is None:
        return talk.refused(talk.say("ladder.no_such_point"))
    answers: dict[StepId, JsonValue] = {title.id: text}
    if serves is not None and item in _offered(talk.plan, "initiatives[].objectives"):
        answers[serves.id] = [talk.plan.state.shorts[item]]
    reply = talk.do_here(AddItem(Slot(initiatives.id, ()), answers))
    return reply if reply.keep_text else Reply((*reply.turns, *talk.note("ladder.kept").turns))


def _point(talk: Talk, rest: str, field: str) -> ItemId | None:
    """Return the point named in ``rest``, or the one we are at, if it can be this end of a link."""
    offered = _offered(talk.plan, field)
    if rest.strip():
        named = talk.plan.state.item_by_name(rest.strip().upper())
        return named if named in offered else None
    frame = () if talk.at is None else talk.at.frame
    return next((item for _, item in reversed(frame) if item in offered), None)


def _offered(plan: Plan, field: str) -> dict[ItemId, str]:
    """Return the points that can be picked at ``field``, with their short ids."""
    step = plan.script.filling(field)
    if not isinstance(step, PickStep):
        return {}
    frame = ((step.within, ItemId("new")),) if step.within is not None else ()
    return dict(offer_at(plan, step, frame).items)
