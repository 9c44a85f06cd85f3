"""Presets of a session: how long it is, at which depth it is asked, and what a short one leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bsc_coach.interview.asides import gone_to
from bsc_coach.script.model import QuestionStep, Script
from bsc_coach.script.step_parts import Depth


@dataclass(frozen=True)
class Preset:
    """What a team chooses by the time that it has."""

    minutes: int
    """Length of a sitting, where nobody says otherwise; 0: as long as it takes."""
    depth: Depth
    sittings: int = 1
    short: bool = False
    """Whether questions take their least minutes, and what may go home or be left out is not asked."""


PRESETS: Mapping[str, Preset] = {
    "90_minutes": Preset(90, "room", short=True),
    "half_day": Preset(180, "room"),
    "two_sittings": Preset(180, "full", sittings=2),
    "everything": Preset(0, "full"),
}
"""By name, the shortest first."""
_LONGEST_SHORT, _LONGEST_HALF_DAY = 120, 300


def preset_for(minutes: int) -> str:
    """Return the preset that suits a slot of so many minutes."""
    if minutes <= _LONGEST_SHORT:
        return "90_minutes"
    return "half_day" if minutes <= _LONGEST_HALF_DAY else "everything"


def left_out_by(preset: Preset, script: Script) -> dict[str, str]:
    """Return what a short session does not ask of what is asked in the room, and where each goes."""
    if not preset.short:
        return {}
    return {
        step.id: gone_to(step.late)
        for step in script.steps
        if step.depth == "room" and step.late != "shorten" and isinstance(step, QuestionStep)
    }
