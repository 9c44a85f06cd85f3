"""Sessions that had too little time: the recorded one, as far as its depth asks for it in the room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bsc_coach.interview.addresses import address
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from tests.support.sessions import same_environment


def in_the_room(folder: Path, preset: str = "half_day", sample: str = "riverbend") -> Session:
    """Return a session at a preset with all that its recording answers of what is asked in the room."""
    recorded = read_sample(sample)
    made = create_session(folder, bundled_source(), same_environment(), language=recorded.language)
    made.do(PlanAgenda(preset, people=7))
    for told in recorded.commands:
        command = _asked_in_time(made.plan, {k: v for k, v in told.items() if k not in ("after", "by")})
        if command is not None:
            made.do(command_of(made.plan, read_request(command)))
    return made


def _asked_in_time(plan: Plan, told: dict[str, Any]) -> dict[str, Any] | None:
    """Return a recorded command without the answers that are left aside; None where nothing else is in it."""
    match told.get("answers"):
        case dict(answers):
            depth = {step: plan.script.step(step).depth for step in answers}
            return {**told, "answers": {step: one for step, one in answers.items() if depth[step] == "room"}}
        case list(answers):
            left = [one for one in answers if not _is_aside(plan, one["step"], one.get("of"))]
            return {**told, "answers": left} if left else None
    name = told.get("step") or told.get("list")
    return None if name is not None and _is_aside(plan, name, told.get("of")) else told


def _is_aside(plan: Plan, step: str, of: str | None) -> bool:
    status = plan.status(address(plan, step, of))
    return status is not None and bool(status.aside)
