"""Types of the fields of a strategy that stand in several of its parts: ids, dates, scores, choices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bsc_coach.strategy.dates import PARTIAL_DATE

ShortId = Annotated[str, Field(pattern=r"^[A-Z]{1,4}[0-9]{1,5}(\.[0-9]{1,4})?$")]
"""An id that people say aloud: O1, CM2, and for a KPI its objective's id with a number: O1.1."""

PartialDate = Annotated[str, Field(pattern=PARTIAL_DATE)]
"""An ISO date that may be as coarse as a month or a year."""

Moment = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$")]
"""An ISO date and time as the clock stood somewhere, with its offset from UTC."""

Number = Annotated[int | float, Field(allow_inf_nan=False)]
Months = Annotated[int, Field(ge=0)] | Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""How long something takes; the limit stands at each kind of number, for only so JSON Schema tells it."""
Score = Annotated[int, Field(ge=1, le=5)]
Vote = Annotated[int, Field(ge=0, le=5)]

Ballots = tuple[Annotated[int, Field(ge=0)] | Annotated[float, Field(ge=0, allow_inf_nan=False)], ...]
"""Whole numbers that people gave, sorted; of fewer than four only their mean, as often."""

SubProcess = Literal[
    "supplier", "production", "delivery", "risk",
    "selection", "acquisition", "retention", "growth",
    "opportunities", "portfolio", "development", "launch",
    "environment", "safety", "employment", "community",
    "other",
]  # fmt: skip
"""The sixteen sub-processes of the four clusters, and "other" for one of your own."""

Frequency = Literal["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "per_project"]
"""How often a KPI is looked at."""

KeptBy = Literal["service", "response", "fit"]
"""What customers stay for, and leave over: flawless service, a fast response, fitting their wishes."""

REFERENCES = frozenset(
    (
        "cause", "effect", "measures", "process", "segment", "objectives", "replaces", "theme", "threatens",
        "seen_in_kpi", "guard_kpi", "keeps_for", "merged_into", "needs", "kpi",
    )
)  # fmt: skip
"""Fields that name another item of the strategy by its id."""
