"""Position in the interview: the current question, the way back, and where to return to after a jump.

Nothing else writes these fields, so that the rules of moving about stand in one place. Every method that
needs to know what is asked gets the plan; a position holds none, because each answer makes a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bsc_coach.interview.breakouts import is_elsewhere
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.navigation import (
    finished_at,
    following,
    is_finished,
    layout_of,
    leaves_its_part,
    next_slot,
    resume_slot,
    slots_said,
)
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.undoing import undone_by
from bsc_coach.script.slots import Frame, Slot, parse_slot
from bsc_coach.session.drafts import Cursor

LONGEST_TRAIL = 200


@dataclass(frozen=True)
class Return:
    """A question that was left for a detour, and the page that it was left from, if that is where one was."""

    slot: Slot
    page: str = ""
    line: Slot | None = None
    """The line of that page."""


@dataclass
class Position:
    """Where a conversation is in the interview."""

    at: Slot | None = None
    """The question we are at; None before the first was looked for, and when all is answered."""
    trail: list[Slot] = field(default_factory=list)
    """The questions we were at before, the last one last: what ``/back`` goes through."""
    returns: list[Return] = field(default_factory=list)
    """The questions that were left for a detour and are returned to, the last one first, each once."""
    detour: Frame = ()
    """The item that somebody stepped aside for; the last of ``returns`` is where from."""
    ended: bool = False
    """Whether the interview has come to its end: all is confirmed, and ``at`` is the last confirmation."""
    reopens: Return | None = None
    """The page that is to be shown again, once: somebody came back to it."""
    among: Callable[[Plan], Sequence[Slot]] | None = None
    """The only slots that are asked, in the order of asking; None for the whole interview."""

    def settle(self, plan: Plan) -> Slot | None:
        """Return the question we are at: the first that needs asking where that one is gone.

        None at the end.
        """
        if self.ended and self._is_through(plan):
            return None
        self.ended = False
        if self.at is None or self.at not in plan.statuses:
            self.at = next_slot(plan, None, self._asked(plan))
            self.ended = self.at is None and self.among is not None
        return self.at

    def jump(self, slot: Slot) -> None:
        """Move to a slot for good: the interview goes on from there."""
        self.go_to(slot)
        self.returns, self.detour = [], ()

    def go_to(self, slot: Slot, *, come_back: bool = False, page: str = "") -> None:
        """Move to a slot; ``come_back`` returns here (and to a ``page`` shown here) after the next answer."""
        if self.at is not None and (slot != self.at or page):
            self._leave_trail()
            if come_back:
                self.returns.append(Return(self.at, page, slot if page else None))
        self.at, self.ended = slot, False

    def stand_at(self, slot: Slot) -> None:
        """Go on from ``slot`` as if we had been there: nothing leads back to where we are."""
        self.at = slot

    def stay_aside(self, slot: Slot, returns: Sequence[Return]) -> None:
        """Go on from ``slot``, which belongs to the detour still that ``returns`` lead back from.

        One that leads back to just there is over.
        """
        self.at, self.returns = slot, list(returns)
        while self.returns and self.returns[-1].slot == slot:
            self.returns.pop()
            self.detour = ()

    def back(self, plan: Plan) -> bool:
        """Go back to the last question that is still there; False when there is none."""
        while self.trail:
            slot = self.trail.pop()
            status = plan.status(slot)
            if status is not None and status.relevance != "dormant":
                self.at, self.ended = slot, False
                return True
        return False

    def skip(self, plan: Plan) -> bool:
        """Leave the question for later and go to the next; False when nothing else needs asking."""
        target = next_slot(plan, None if self.ended else self.at, self._asked(plan))
        if target is None:
            return False
        self._leave_trail()
        self.at, self.ended = target, False
        return True

    def step_aside(self, here: Slot) -> None:
        """Return to ``here`` once the item that we are in now is through."""
        self.returns.append(Return(here))
        self.detour = self.at.frame if self.at is not None else ()

    def move_on(self, plan: Plan, slot: Slot | None, came_in: tuple[Slot, ...] = (), *, edited: bool) -> None:
        """Go where the interview goes after ``slot``: what an edit brought in, back from a jump, or onwards.

        From a detour to something answered, one goes back once it is given anew (``edited``); from one to
        something open, once that part of the agenda is through, or just that answer if it began on a page.
        After the last confirmation, or the last of the only questions that are asked, it stays there.
        """
        wanted = [new for new in came_in if plan.statuses[new].needs_asking]
        target = wanted[0] if edited and wanted else self._following(plan, slot)
        from_page = bool(self.returns) and self.returns[-1].line == slot != target
        through = edited or from_page or leaves_its_part(plan, slot, target) or self._leaves_detour(target)
        if self.returns and not (edited and wanted) and through:
            target = self._return(plan) or target
            self.detour = ()
        last = finished_at(plan) if self.among is None else None
        if self._is_through(plan) and target in (None, last):
            self.at, self.ended = target or self.at, True
            return
        if target != self.at:
            self._leave_trail()
        self.at, self.ended = target, False

    def after(self, plan: Plan, action: Action) -> Slot | None:
        """Return the slot that the next question follows: a new card's first one, else where we are."""
        for event in action.do:
            if isinstance(event, ItemAdded) and layout_of(plan, event.slot) != "list":
                answers = (e.slot for e in action.do if isinstance(e, SlotAnswered))
                return next(answers, self.at)
        return self.at

    def go_to_undone(self, plan: Plan, undoing: Action) -> None:
        """Go to what an undo or redo was about, if that is still there."""
        action = undone_by(plan.state.actions, undoing)
        events = action.do if action is not None else ()
        slots = [event.slot for event in events if hasattr(event, "slot")]
        # What was typed for several answers at once is given back at the first of them.
        typed = [event.slot for event in events if isinstance(event, SlotAnswered) and event.typed]
        for slot in (*typed, *reversed(slots)):
            status = plan.status(slot)
            if status is not None and status.active:
                self.go_to(_asked_at(plan, slot))
                return
        self.settle(plan)

    def resume(self, plan: Plan, cursor: Cursor, slot: str | None) -> None:
        """Take up what a cursor kept, at ``slot``, or at the first question after the last answer."""
        self.returns = [Return(back) for back in _known(plan, cursor.returns)]
        here = _known(plan, () if slot is None else (slot,))
        self.at = here[0] if here and plan.statuses[here[0]].active else self._resumed(plan)
        if self.at is None and self.among is None and is_finished(plan):
            self.at, self.ended, self.returns = finished_at(plan), True, []
        # Without a way here that was kept, it is the way that the answers went.
        self.trail = _known(plan, cursor.trail) or list(slots_said(plan)[-LONGEST_TRAIL:])
        while self.trail and self.trail[-1] == self.at:
            self.trail.pop()

    def cursor(self, *, panel: str | None, actions: int) -> Cursor:
        """Return the position as it is kept for the next time."""
        return Cursor(
            slot=None if self.at is None or self.ended else str(self.at),
            trail=tuple(str(slot) for slot in self.trail),
            returns=tuple(str(back.slot) for back in self.returns),
            panel=panel,
            actions=actions,
        )

    def _resumed(self, plan: Plan) -> Slot | None:
        """Return the question after the last answer: of those that are asked here, where not all are."""
        if self.among is None:
            return resume_slot(plan)
        asked, said = self.among(plan), slots_said(plan)
        return next_slot(plan, said[-1] if said else None, asked)

    def _following(self, plan: Plan, slot: Slot | None) -> Slot | None:
        """Return the question after ``slot``.

        Whoever left the part that is worked on here goes on to the end of that part of the agenda first.
        """
        if is_elsewhere(plan, slot):
            target = following(plan, slot)
            if is_elsewhere(plan, target) and not leaves_its_part(plan, slot, target):
                return target
        return following(plan, slot, self._asked(plan))

    def _asked(self, plan: Plan) -> Sequence[Slot] | None:
        return None if self.among is None else self.among(plan)

    def _is_through(self, plan: Plan) -> bool:
        """Tell whether nothing is asked any more: the session is finished, or the only questions are done."""
        return is_finished(plan) if self.among is None else not self.among(plan)

    def _return(self, plan: Plan) -> Slot | None:
        """Take the last question to return to that still applies; an edit may have made one fall away."""
        while self.returns:
            back = self.returns.pop()
            status = plan.status(back.slot)
            if status is not None and status.active:
                self.reopens = back if back.page else None
                return back.slot
        return None

    def _leave_trail(self) -> None:
        if self.at is not None:
            self.trail.append(self.at)
            del self.trail[:-LONGEST_TRAIL]

    def _leaves_detour(self, target: Slot | None) -> bool:
        """Tell whether the item that somebody stepped aside for is through."""
        inside = target is not None and target.frame[: len(self.detour)] == self.detour
        return bool(self.detour) and not inside


def _asked_at(plan: Plan, slot: Slot) -> Slot:
    """Return where one answers what a command of the talk put at a slot that is never asked: at its list."""
    listed = Slot(slot.frame[-1][0], slot.frame[:-1]) if slot.frame else slot
    return listed if plan.statuses[slot].step.unasked and listed in plan.statuses else slot


def _known(plan: Plan, paths: tuple[str, ...]) -> list[Slot]:
    """Return the slots among ``paths`` that there are in the plan."""
    slots = []
    for path in paths:
        try:
            slot = parse_slot(path)
        except ValueError:
            continue
        if slot in plan.statuses:
            slots.append(slot)
    return slots
