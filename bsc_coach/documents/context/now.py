"""Where a KPI stands now: its last reading beside red line, amber line and target, as a word and a colour.

The last reading counts; without any it is the baseline that tells where things stand, and says nothing of how
it goes. ``kpi["now"]`` of a context is the table that ``now_of`` returns:

================ =========================================================================================
``value``        the number; None where nobody knows one
``text``         with its unit; of a baseline that is still to be measured, by when
``date``         ISO date of the reading, as coarse as it was said; None for a baseline
``date_text``    in words
``status``       ``reached``, ``on_course``, ``watch``, ``red``, ``start`` (only a baseline) or ``unknown``
``status_text``  in words
``colour``       ``green``, ``amber``, ``red`` or ``none``; never told without the word
``covered``      the share of the way from baseline to target, 0.4 for 40%; may be negative, or above 1
``told``         all of it as one sentence, where there is a reading
``step_text``    "9.5 days → 5 days by June 2028": from where it stands to the target, and by when
================ =========================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bsc_coach.coach.formulas import Direction, direction_of, progress
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.readings import Reading

Status = Literal["reached", "on_course", "watch", "red", "start", "unknown"]
Colour = Literal["green", "amber", "red", "none"]
COLOURS: dict[Status, Colour] = {
    "reached": "green", "on_course": "green", "watch": "amber", "red": "red",
    "start": "none", "unknown": "none",
}  # fmt: skip
"""The colour of each word, and all the words there are."""


@dataclass(frozen=True)
class Now:
    """Where a KPI stands: its value, the reading that says so, the word for it, and how far it has come."""

    value: int | float | None
    reading: Reading | None
    status: Status
    covered: float | None


def good_direction(kpi: Kpi) -> Direction | None:
    """Return which way is good: as it was said, or as baseline, red line and target tell."""
    return kpi.direction or direction_of(kpi.baseline, kpi.target) or direction_of(kpi.red, kpi.target)


def now(kpi: Kpi) -> Now:
    """Return where ``kpi`` stands."""
    last = kpi.readings[-1] if kpi.readings else None
    value = kpi.baseline if last is None else last.value
    way = None not in (kpi.baseline, kpi.target, value)
    covered = progress(kpi.baseline or 0, kpi.target or 0, value or 0) if way else None
    return Now(value, last, status_of(kpi, last), covered)


def status_of(kpi: Kpi, reading: Reading | None) -> Status:
    """Return the word for a reading of ``kpi``; a value on a line has reached it, be it target or red."""
    if reading is None:
        return "unknown" if kpi.baseline is None else "start"
    sense = {"up": 1, "down": -1, None: 0}[good_direction(kpi)]

    def reaches(line: float | None, *, way: int = 1) -> bool:
        return line is not None and sense != 0 and way * sense * (reading.value - line) >= 0

    if reaches(kpi.target) or (sense == 0 and reading.value == kpi.target):
        return "reached"
    if reaches(kpi.red, way=-1):
        return "red"
    amber = kpi.amber
    return "on_course" if amber is not None and sense and not reaches(amber, way=-1) else "watch"


def now_of(kpi: Kpi, table: Table, speak: DocumentWords) -> Table:
    """Return where ``kpi`` stands as a table, as told above; ``table`` holds the words of its parts."""
    here = now(kpi)
    date = here.reading.date if here.reading is not None else None
    text = table["baseline_text"] if here.value is None else speak.amount(here.value, kpi.unit)
    date_text, status_text = speak.date(date) if date else None, speak.choice("standing", here.status)
    told = speak.say("sentence.now", value=text, date=date_text, status=status_text) if date else None
    target = table["target_text"]
    steps = [one for one in (text, target) if one]
    return {
        "value": here.value,
        "text": text,
        "date": date,
        "date_text": date_text,
        "status": here.status,
        "status_text": status_text,
        "colour": COLOURS[here.status],
        "covered": here.covered,
        "told": told,
        "step_text": speak.say("sentence.arrow").join(steps) or None,
    }


def readings_told(kpi: Kpi, speak: DocumentWords) -> tuple[str, ...]:
    """Return every reading as a line: the date, the value, and what was remarked."""
    return tuple(reading_told(one, kpi.unit, speak) for one in kpi.readings)


def reading_told(reading: Reading, unit: str | None, speak: DocumentWords) -> str:
    """Return a reading as a line: "March 2027: 9.5 days (the first with the new planning)"."""
    value, date = speak.amount(reading.value, unit), speak.date(reading.date)
    key = "reading_note" if reading.note else "reading"
    return speak.say(f"sentence.{key}", date=date, value=value, note=reading.note)
