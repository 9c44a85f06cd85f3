"""What the method prescribes for each customer value proposition, as tables.

After Kaplan & Norton's template of the strategy map. Low cost lives on operations, product leadership on
innovation, complete solutions on customer management, and lock-in on the last two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from bsc_coach.strategy.model import AttributeId, ClusterId, PropositionType

LEADING: Mapping[PropositionType, tuple[ClusterId, ...]] = {
    "low_cost": ("operations",),
    "leadership": ("innovation",),
    "solutions": ("customer",),
    "lock_in": ("innovation", "customer"),
}
"""The clusters that should lead for each proposition."""

CORE_ATTRIBUTES: Mapping[PropositionType, tuple[AttributeId, ...]] = {
    "low_cost": ("price", "quality", "availability"),
    "leadership": ("functionality", "availability"),
    "solutions": ("service", "partnership"),
    "lock_in": ("selection", "availability", "partnership"),
}
"""Of these attributes each proposition makes the difference with at least one."""
