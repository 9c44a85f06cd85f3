"""A script of one's own in the app: it is answered with keys to its end, with every panel looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.interview.navigation import next_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.input_modes import GUARD
from tests.support.app import enter, frame, press, running
from tests.support.clock import Watch
from tests.support.odd_scripts import DOCS, SOUND_SCRIPTS
from tests.support.playing import begun, play

IN_THE_APP = (
    *DOCS, "sound", "a look back alone", "one of each kind", "a list that holds other kinds first",
    "a pick without a list around it", "a round on the agenda", "links with an effect alone",
)  # fmt: skip
SOONEST = (*DOCS, "one of each kind")
"""Those that are played in the quick suite; the others are slow tests."""
PANELS = ("f2", "f3", "f4", "f5", "f6")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in SOONEST else pytest.mark.slow) for name in IN_THE_APP]
)
async def test_a_script_is_answered_to_its_end_in_the_app(
    name: str, tmp_path: Path, environment: Environment
) -> None:
    source = SOUND_SCRIPTS[name]
    typed = play(begun(tmp_path / "talk", source))
    session = create_session(tmp_path / "session", source, environment)
    watch = Watch()
    async with running(app=CoachApp(session, clock=watch)) as pilot:
        for key in PANELS:
            await press(pilot, key)
            assert frame(pilot).strip()
            await press(pilot, "escape")
        for line in typed:
            watch.time += GUARD + 0.1  # an Enter that comes at once does not confirm anything
            await enter(pilot, line)
        assert next_slot(session.plan, None) is None
        for line in ("/review", "/agenda", "/map", "/document", "/findings"):
            await enter(pilot, line)
            assert frame(pilot).strip()
            await press(pilot, "escape")
