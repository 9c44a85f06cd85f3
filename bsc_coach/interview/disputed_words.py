"""What each side of a dispute says, in words: in the talk, in the notes of documents, in the minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words, said_in_words
from bsc_coach.interview.state import Dispute, Side
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import shorten
from bsc_coach.words import say


def renumbered_in_words(plan: Plan, shorts: Mapping[ItemId, str]) -> str:
    """Return what items are called from here on that another copy of the session had called the same."""
    frames = {item: plan.state.frames.get(item) for item in shorts}
    names = [f"{shorts[item]} {plan.label(frame)}" for item, frame in frames.items() if frame is not None]
    return say("session.renumbered", plan.language, n=len(names), names="; ".join(names))


def side_in_words(plan: Plan, slot: Slot, dispute: Dispute, side: Side) -> str:
    """Return what one side says at a slot: the answer itself, or what became of question, list or item."""
    if side.says == "answered":
        return "" if side.value is None else said_in_words(plan, slot, side.value)
    details = ", ".join(part for part in (side.owner, side.due, side.reason) if part)
    items = "; ".join(item_in_words(plan, item) for item in side.items)
    about = item_in_words(plan, dispute.item) if dispute.item is not None else ""
    form = f"{side.says}_bare" if side.says in ("parked", "closed") and not details else side.says
    return say(f"interview.side.{form}", plan.language, details=details, items=items, item=about)


def side_lines(
    plan: Plan, slot: Slot, dispute: Dispute, key: str, *, most: int | None = None
) -> Iterator[str]:
    """Yield what each side says, by whom and when, in the words of ``key``; ``most`` letters of each."""
    for number, side in enumerate(dispute.sides, start=1):
        said = side_in_words(plan, slot, dispute, side)
        yield say(
            key,
            plan.language,
            number=number,
            said=said if most is None else shorten(said, most),
            by=side.by,
            when=side.at.strftime("%Y-%m-%d %H:%M"),
        )
