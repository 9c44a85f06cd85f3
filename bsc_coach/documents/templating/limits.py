"""What a template of a person's own may cost."""

from __future__ import annotations

from typing import Final

from bsc_coach import sizes
from bsc_coach.child_process import ChildLimits

LIMITS: Final = ChildLimits(cpu_seconds=5, wall_seconds=15, memory=700_000_000, output=sizes.MADE_BY_TEMPLATE)

FAULT_LENGTH: Final = 200
