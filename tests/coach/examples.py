"""The examples of the rules on KPIs and maps: tables in the content, made into a Kpi or a Strategy.

A table holds ``tell`` (the example in a few words) and ``kpi`` or ``strategy``, with ``today`` and, for a
KPI, ``objective`` (the title of its objective) beside it. An entry of a strategy's list may say
``copies = 5``: it then stands for five entries, with their number for each ``#``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Objective, Strategy

_ID_OF_KPI = {"id": "O1.1", "measures": "O1"}


@dataclass(frozen=True)
class Example:
    """One example: a KPI, with a strategy around it where that matters, or a strategy alone."""

    tell: str
    kpi: Kpi | None
    strategy: Strategy | None
    today: date | None


def example(told: Mapping[str, Any]) -> Example:
    """Return the example in a table. Raises ValidationError for one that the model does not know."""
    today = date.fromisoformat(told["today"]) if "today" in told else None
    if "strategy" in told:
        return Example(told["tell"], None, Strategy.model_validate(_expanded(told["strategy"])), today)
    kpi = Kpi.model_validate({**_ID_OF_KPI, **told["kpi"]})
    around = None
    if "objective" in told:
        objective = Objective(id=kpi.measures, title=told["objective"])
        around = Strategy(objectives=(objective,), kpis=(kpi,))
    return Example(told["tell"], kpi, around, today)


def _expanded(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [one for entry in value for one in _copies(entry)] if isinstance(value, list) else value
        for name, value in told.items()
    }


def _copies(entry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "copies" not in entry:
        yield entry
        return
    for number in range(1, entry["copies"] + 1):
        yield {
            name: value.replace("#", str(number)) if isinstance(value, str) else value
            for name, value in entry.items()
            if name != "copies"
        }
