"""A session of the bundled script with a small map: two outcomes, two promises, four of the vital few."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.script.slots import ItemId, Slot, StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from tests.support.sessions import same_environment

OUTCOMES = ("Earn more from tours", "Live within the grant")
PROMISES = ("I want to be seen the same day", "Give me one number to call")
FEW = {
    "operations": "Shorten the wait at the door",
    "customer": "Call visitors back the same day",
    "innovation": "Try one new route a season",
    "social": "Keep paths open in winter",
}


def small_map(folder: Path, *, preset: str = "everything", language: str = "en") -> Session:
    """Return a session that has chosen its vital few, and linked none of them."""
    session = create_session(folder / "session", bundled_source(), same_environment(), language=language)
    session.do(PlanAgenda(preset, people=7))
    for title in OUTCOMES:
        add(session, "outcomes", title)
    for title in PROMISES:
        add(session, "promises", title)
    for cluster, title in FEW.items():
        candidates = f"clusters[{cluster}]/candidates"
        item = add(session, candidates, title)
        session.do(CloseList(parse_slot(candidates)))
        choose(session, cluster, item)
    return session


def add(session: Session, path: str, title: str) -> ItemId:
    """Add an item with a title to a list; return it."""
    slot = parse_slot(path)
    assert session.do(AddItem(slot, {StepId(f"{slot.step}.title"): title})).accepted
    return session.plan.state.list_at(slot).live[-1]


def choose(session: Session, cluster: str, *items: ItemId) -> None:
    """Choose the vital few of a cluster."""
    frame = parse_slot(f"clusters[{cluster}]/candidates").frame
    assert session.do(Accept(Slot(StepId("vital"), frame), list(items))).accepted


def slot_about(session: Session, step: str, short: str) -> Slot:
    """Return the slot of a step about the item with a short id."""
    item = session.plan.state.item_by_name(short)
    return next(slot for slot in session.plan.index.of_step[StepId(step)] if slot.item == item)
