"""Commands that move about in the interview and change no answer."""

from __future__ import annotations

from itertools import chain

from bsc_coach.conversation.commands.timer import timer_left
from bsc_coach.conversation.headline import said_position
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.navigation import AgendaEntry, agenda
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.sorting import verdict_on
from bsc_coach.interview.texts import text_of
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import normal, one_line, shorten


def back(talk: Talk, rest: str) -> Reply:
    """Go back to the question we were at before."""
    return Reply() if talk.position.back(talk.plan) else talk.note("nothing_back")


def skip(talk: Talk, rest: str) -> Reply:
    """Leave the question for later and go to the next."""
    return Reply() if talk.position.skip(talk.plan) else talk.note("all_done")


def where(talk: Talk, rest: str) -> Reply:
    """Say in one line where we are and how far."""
    prompt = talk.prompt()
    if prompt is None:
        return talk.note("all_done")
    said = (said_position(talk.plan, prompt.slot), timer_left(talk))
    return Reply(tuple(Turn("note", line, prompt.slot) for line in said if line))


def jump(talk: Talk, rest: str) -> Reply:
    """Go to a part of the agenda by the beginning of its title, else to an item or a question."""
    entry = named_part(talk, rest)
    if entry is None or entry.first is None:
        known = not rest.strip() or _there(talk, rest) is not None
        return edit(talk, rest) if known else talk.note("no_place", name=shorten(one_line(rest), 60))
    talk.position.jump(entry.first)
    return talk.note("jumped", name=entry.title)


def named_part(talk: Talk, name: str) -> AgendaEntry | None:
    """Return the part of the agenda that people mean by its title, or by the beginning of that.

    That is the title on the screen, else the one in the language of the script, or its id there. A title in
    full comes first: "KPIs" is the part of that name, and no other that begins so.
    """
    wanted, parts, script = _bare(name), agenda(talk.plan), talk.plan.script
    whole = (
        entry for entry in parts if wanted in (_bare(entry.title), _bare(script.step(entry.step).title or ""))
    )
    titled = (entry for entry in parts if _bare(entry.title).startswith(wanted))
    named = (
        entry
        for entry in parts
        if _bare(script.step(entry.step).title or "").startswith(wanted) or wanted in (entry.step, entry.item)
    )
    return next(chain(whole, titled, named), None) if wanted else None


def edit(talk: Talk, rest: str) -> Reply:
    """Go to an item by its short id, or to a question by its id or by what it is called."""
    slot = _there(talk, rest)
    if slot is None:
        return talk.note("no_item", command="edit")
    talk.position.go_to(slot, come_back=True)
    return Reply()


def _there(talk: Talk, rest: str) -> Slot | None:
    """Return what is asked of an item or a part of it, of a step by its id, else by its short name."""
    item, plan = named_item(talk, rest), talk.plan
    asked = None if item is None else verdict_on(plan, item) or _wording_of(talk, item)
    if asked is not None:
        return asked
    wanted = _bare(rest)
    active = [slot for slot, status in plan.statuses.items() if status.active]
    named = (one for one in active if (item is not None and one.item == item) or one.step == rest.strip())
    called = (one for one in active if wanted and not one.frame and _bare(_short(plan, one)) == wanted)
    return next(chain(named, called), None) or _field_of(talk, rest)


def _field_of(talk: Talk, rest: str) -> Slot | None:
    """Return what is asked of an item by the beginning of what that is called: K2 target."""
    name, _, field = rest.strip().partition(" ")
    item, wanted, plan = named_item(talk, name), _bare(field), talk.plan
    if item is None or not wanted:
        return None
    inside = (slot for slot, status in plan.statuses.items() if status.active and slot.item == item)
    return next((slot for slot in inside if _bare(_short(plan, slot)).startswith(wanted)), None)


def _short(plan: Plan, slot: Slot) -> str:
    return text_of(plan, plan.statuses[slot].step, slot.frame, "short") or ""


def _wording_of(talk: Talk, item: ItemId) -> Slot | None:
    """Return the answer that an item goes by now: of an objective its own wording, not the candidate's."""
    statuses = (talk.plan.status(slot) for slot in talk.plan.naming(talk.plan.state.frames.get(item, ())))
    return next((one.slot for one in statuses if one is not None and one.active and one.value), None)


def named_item(talk: Talk, name: str) -> ItemId | None:
    """Return the item that people call ``name``, however they write its letters."""
    state = talk.plan.state
    return state.item_by_name(name.strip().upper()) or state.item_by_name(name.strip())


def _bare(name: str) -> str:
    """Return a name as people may type it: KPI's and kpis are one."""
    return normal(name).replace("'", "").replace("’", "")
