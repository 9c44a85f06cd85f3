"""What a follower must know: the same as whoever reads the whole journal, and what hides in no wall."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.interview.plan import Plan
from bsc_coach.session.following import Followed, Follower
from bsc_coach.session.opening import open_session
from tests.support.sessions import same_environment


def as_read(folder: Path) -> Plan:
    """Return the plan of whoever opens a session and reads all of it."""
    session = open_session(folder, same_environment(), read_only=True)
    session.close()
    return session.plan


def stand_alike(one: Plan | None, other: Plan) -> bool:
    """Tell whether every slot stands alike in two plans, under the same script and in the same language."""
    return (
        one is not None
        and one.script.digest == other.script.digest
        and one.language == other.language
        and one.order == other.order
        and dict(one.statuses) == dict(other.statuses)
        and one.members == other.members
        and one.state.actions == other.state.actions
        and one.state.shorts == other.state.shorts
    )


def looked_until(follower: Follower, number: int) -> Followed:
    """Look until the driver has moved so many times: its thread writes when it comes to it."""
    import time

    until = time.monotonic() + 30  # a guard against hanging
    while (found := follower.look()).now is None or found.now.moved < number:
        assert time.monotonic() < until, found.now
        time.sleep(0.01)
    return found
