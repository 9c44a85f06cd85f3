"""What a session says of a command that it was given."""

from __future__ import annotations

from dataclasses import dataclass, field

from bsc_coach.interview.consequences import Consequences
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.values import Refusal


@dataclass(frozen=True)
class CommandResult:
    """What came of a command: refusals, or an action and what it touched elsewhere."""

    plan: Plan
    refusals: tuple[Refusal, ...] = ()
    action: Action | None = None
    touched: Consequences = field(default_factory=Consequences)

    @property
    def accepted(self) -> bool:
        """Whether something happened."""
        return self.action is not None
