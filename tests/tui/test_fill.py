"""A worksheet typed back in the app: pasted with the command in front, or line by line behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.interview.codes import code_of
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.words import say
from tests.support.app import enter, frame, paste, press, running
from tests.support.sessions import played

PURPOSE, SCOPE = parse_slot("organisation.purpose"), parse_slot("organisation.scope")


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_worksheet_is_pasted_back(tmp_path: Path, environment: Environment, at_once: bool) -> None:
    session = played(tmp_path / "r", 60, environment)
    lines = "\n".join(f"{code_of(session.plan, slot)}: Grow {slot.step}" for slot in (PURPOSE, SCOPE))
    async with running(session) as pilot:
        if at_once:
            await paste(pilot, f"/fill\n{lines}")
        else:
            await enter(pilot, "/fill")
            await paste(pilot, lines)
        await press(pilot, "enter")
        assert session.plan.answer(PURPOSE) == "Grow organisation.purpose"
        assert session.plan.answer(SCOPE) == "Grow organisation.scope"
        more = say("talk.fill.more", session.plan.language)
        assert (more in " ".join(frame(pilot).split())) == (not at_once)
