"""Which clusters of internal processes should lead for each customer value proposition.

After Kaplan & Norton's template of the map: low cost lives on operations, product leadership on
innovation, complete solutions on customer management, and lock-in on the last two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from bsc_coach.strategy.model import ClusterId, PropositionType

LEADING: Mapping[PropositionType, tuple[ClusterId, ...]] = {
    "low_cost": ("operations",),
    "leadership": ("innovation",),
    "solutions": ("customer",),
    "lock_in": ("innovation", "customer"),
}
"""The clusters that should lead for each proposition."""
