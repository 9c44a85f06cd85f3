"""Strategies in which everything that people write in their own words is replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bsc_coach.documents.context.tables import CHOICES, DATES
from bsc_coach.strategy.field_types import REFERENCES

FIXED_NAMES = {
    "id", "cause", "effect", "measures", "process", "objectives", "language", "step", "about", "after", "due",
    "session_date", "kind", "unit", "points", *REFERENCES,
    *(name for names in CHOICES.values() for name in names),
    *(name for names in DATES.values() for name in names),
}  # fmt: skip
"""Fields whose text is an id, a choice, a date, a unit, or numbers."""


def with_text(value: Any, text: str) -> Any:
    """Return ``value`` with ``text`` for everything that people write in their own words."""
    return rewritten(value, lambda: text)


def rewritten(value: Any, write: Callable[[], str], name: str = "") -> Any:
    """Return ``value`` with what ``write`` gives for everything that people write in their own words."""
    if isinstance(value, dict):
        return {key: rewritten(inner, write, key) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [rewritten(inner, write, name) for inner in value]
    return write() if isinstance(value, str) and name not in FIXED_NAMES else value
