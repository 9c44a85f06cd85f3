"""Which decisions still hold: those that another one replaces do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bsc_coach.strategy.model import Decision


def replaced_by(decisions: Iterable[Decision]) -> Mapping[str, tuple[str, ...]]:
    """Return by which others a decision is replaced, by its id; a decision never replaces itself."""
    found: dict[str, tuple[str, ...]] = {}
    for one in decisions:
        if one.replaces is not None and one.replaces != one.id:
            found[one.replaces] = (*found.get(one.replaces, ()), one.id)
    return found
