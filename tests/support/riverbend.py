"""The recorded session of the hospital, played once a process through the engine alone."""

from __future__ import annotations

from functools import cache

from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.script.loader import bundled_source, load_script
from bsc_coach.script.model import Script
from bsc_coach.session.samples import read_sample
from tests.support.clock import Clock, item_ids


@cache
def strategy_map() -> Script:
    """Return the script that comes with the program."""
    return load_script(bundled_source())


@cache
def riverbend_plan() -> Plan:
    """Return the plan at the end of the recorded session."""
    script, stamp, clock = strategy_map(), Stamp(item_ids("rb")), Clock()
    actions: list[Action] = []
    now = make_plan(script, fold(()))
    for told in read_sample("riverbend").commands:
        asked = {key: value for key, value in told.items() if key not in ("after", "by")}
        command = command_of(now, read_request(asked))
        decision = decide(now, command, stamp)
        assert decision.events, (told, decision.refusals)
        assert not isinstance(command, Undo) or actions
        actions.append(Action(len(actions) + 1, clock(), told.get("by", "Facilitator"), decision.events))
        now = make_plan(script, advance(now.state, actions[-1]), now)
    return make_plan(script, fold(actions))
