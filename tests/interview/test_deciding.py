"""Who decides when the team cannot: the coach asks for exactly one, where that was asked at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bsc_coach.interview.open_findings import OpenFinding, open_findings
from bsc_coach.script.model import Script
from tests.support.riverbend import strategy_map
from tests.support.sentinels import play_everything


def remarks(script: Script, preset: str, passed: tuple[str, ...]) -> list[OpenFinding]:
    """Return what the coach says about it at the end of a session with three people at the table."""
    played = play_everything(script, "en", {}, items=3, passed=passed, preset=preset)
    assert played.plan is not None
    return [one for one in open_findings(played.plan) if one.finding.rule == "M44"]


@pytest.mark.parametrize("preset", ["", "half_day"])
def test_that_nobody_decides_is_heard_and_leads_to_the_question(preset: str) -> None:
    (found,) = remarks(strategy_map(), preset, ("participants.decider",))
    assert "0 of the 3" in found.finding.say
    assert found.slot is not None
    assert found.slot.step == "participants.decider"


@pytest.mark.parametrize("preset", ["", "half_day"])
def test_with_one_who_decides_it_is_silent(preset: str) -> None:
    assert remarks(strategy_map(), preset, ()) == []


def test_where_nobody_asks_who_decides_it_is_silent() -> None:
    script = strategy_map()
    asks = ("participants.part", "participants.decider")
    without = replace(script, steps=tuple(step for step in script.steps if step.id not in asks))
    assert remarks(without, "", ()) == []
