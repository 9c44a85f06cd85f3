"""Reading along: a session that is open for reading only goes where its driver goes."""

from __future__ import annotations

from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn, turns_of
from bsc_coach.interview.facts.log import Action
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.following import Followed, Follower


class ReadingAlong:
    """Takes what a driver does into a talk that may not write."""

    def __init__(self, talk: Talk) -> None:
        self._follower = Follower(talk.session.folder, talk.session.environment.disk)
        self._followed = Followed()

    def look(self, talk: Talk) -> tuple[Turn, ...] | None:
        """Take in what the driver has done since, and return what was said; None where it is nothing."""
        before, followed = self._followed, self._follower.look()
        if followed is before or followed.plan is None:
            return None
        self._followed = followed
        said = self._take_plan(talk) if followed.plan is not before.plan else ()
        now = None if followed.now is None or followed.now.left else followed.now
        talk.handed_in_there = 0 if now is None else now.handed_in
        slot = "" if now is None else now.slot
        if slot and (before.now is None or slot != before.now.slot):
            self._go_to(talk, slot)
        return said

    def _take_plan(self, talk: Talk) -> tuple[Turn, ...]:
        """Let the session stand where the driver's does; return the turns of what is new in it."""
        plan, session, actions = self._followed.plan, talk.session, self._follower.actions
        assert plan is not None
        known = {action.id for action in session.actions}
        fresh: list[Action] = [action for action in actions if action.id not in known]
        session.actions[:] = actions
        session.plan, session.script = plan, plan.script
        return tuple(turn for action in fresh for turn in turns_of(plan, action))

    def _go_to(self, talk: Talk, path: str) -> None:
        try:
            slot = parse_slot(path)
        except ValueError:
            return
        if slot in talk.plan.statuses and slot != talk.at:
            talk.position.jump(slot)
