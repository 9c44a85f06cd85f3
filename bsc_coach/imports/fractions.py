"""Percentages that were written as fractions: 0,412 beside a target of 45%."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bsc_coach.imports.entries import Remark, Told

_NUMBERS = ("baseline", "current", "target", "red", "amber")
_FEWEST_TIMES, _MOST_TIMES = 20, 1000
"""How much larger another number of the row is, where one is in hundredths and the other is not."""


def fractions_in(told: Mapping[str, Told]) -> Iterator[Remark]:
    """Yield a remark for each number of a KPI in % that is likely to be a fraction beside a percentage."""
    if not str(told.get("unit", "")).startswith("%"):
        return
    numbers = {name: told[name] for name in _NUMBERS if isinstance(told.get(name), int | float)}
    for name, number in numbers.items():
        others = [(float(one), other) for other, one in numbers.items() if other != name]
        found = next((other for one, other in others if may_be_fraction(float(number), one)), None)
        if found is not None:
            said, beside = (str(told.get(f"{one}_text", told[one])) for one in (name, found))
            yield Remark("fraction", {"meaning": name, "said": said, "beside": beside})


def may_be_fraction(number: float, beside: float) -> bool:
    """Tell whether a number of something in % is likely to be a fraction, beside another number of it."""
    size = abs(number)
    return 0 < size < 1 and _FEWEST_TIMES * size <= abs(beside) <= _MOST_TIMES * size
