"""The slide on KPIs: for each a bar where it stands now, and one where it has to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.office.slides.panels import BODY, SMALLEST, Look, Say, bare, box, side_by_side
from bsc_coach.documents.office.slides.telling import Telling, marked
from bsc_coach.documents.office.text_metrics import width_in
from bsc_coach.drawing.model import Area

_IN_A_COLUMN = 13
_TALLEST = 52.0
_BARS = {"green": "#2b6134", "amber": "#a15c00", "red": "#b3261e", "none": "#8a909c"}
"""By how a KPI stands, which its word tells as well; grey while nothing was measured yet."""
_RED = "#b3261e"
_PLAIN, _MEASURED = (0.46, 0.18, 0.36), (0.42, 0.15, 0.43)
"""Parts of the width of a column: name, bars, what they come to; with readings there is a word as well."""
_BOLD = 1.08
"""How much wider bold letters are."""


@dataclass(frozen=True)
class Bars:
    """How long two bars and how far right a line are, in parts of the longest."""

    now: float | None
    target: float | None
    red: float | None


def bars_of(kpi: Table) -> Bars:
    """Return the bars of a KPI: in proportion to its own numbers, from zero or from the lowest below it."""
    numbers = {"now": kpi["now"]["value"], "target": kpi["target"], "red": kpi["red"]}
    known = [float(one) for one in numbers.values() if one is not None]
    scale = max((abs(one) for one in known), default=0) or 1.0
    low = min(0.0, *(one / scale for one in known)) if known else 0.0
    high = max(0.0, *(one / scale for one in known)) if known else 0.0

    def part(name: str) -> float | None:
        value = numbers[name]
        return None if value is None else (value / scale - low) / ((high - low) or 1.0)

    return Bars(part("now"), part("target"), part("red"))


def put_kpis(telling: Telling) -> None:
    """Add the KPIs in two columns, on more slides where there are more than fit."""
    kpis = telling.context["kpis"]
    if not kpis:
        return
    # As few slides as need be, and the KPIs evenly on them.
    count = -(-len(kpis) // (2 * _IN_A_COLUMN))
    on_one = -(-len(kpis) // count)
    in_one = -(-on_one // 2) if on_one > _IN_A_COLUMN / 2 else on_one
    shares = _MEASURED if any(one["now"]["date"] for one in kpis) else _PLAIN
    for at in range(count):
        shown = kpis[at * on_one : (at + 1) * on_one]
        slide = telling.deck.slide(telling.deck.part(telling.titles.kpis(), at + 1, count))
        columns = (BODY,) if len(shown) <= in_one else side_by_side(BODY, (1, 1), 24)
        height = min((BODY.height - 18) / in_one, _TALLEST)
        for nth, kpi in enumerate(shown):
            column = columns[nth // in_one]
            area = Area(column.x, column.y + nth % in_one * height, column.width, height)
            _row(telling, slide, area, kpi, shares)
        _legend(telling, slide)
        telling.deck.notes(slide, (_note(telling, kpi) for kpi in shown))


def _row(telling: Telling, slide: Any, area: Area, kpi: Table, shares: Sequence[float]) -> None:
    """Draw one KPI: its name, its bars with the red line through them, and their values."""
    # Its name; then the bars beside it; then what they come to.
    named, bars, worth = shares
    name = Area(area.x, area.y, area.width * named, area.height)
    said = Say(marked(kpi["name"] or kpi["measures_text"] or "", kpi), kpi["id"])
    box(telling.deck, slide, name, [said], Look(sizes=(SMALLEST,), middle=True, pad=2))
    found = bars_of(kpi)
    left, width = area.x + area.width * named + 4, area.width * bars - 4
    thick = 9.0
    upper = area.y + area.height / 2 - thick - 1.5
    told = _note(telling, kpi)
    for at, (length, colour) in enumerate(
        ((found.now, _BARS[kpi["now"]["colour"]]), (found.target, telling.deck.accent))
    ):
        if length is not None:
            bar = Area(left, upper + at * (thick + 3), max(length * width, 1.5), thick)
            bare(slide, bar, fill=colour, told=told)
    if found.red is not None:
        line = Area(left + min(found.red * width, width - 1.5), upper - 3, 1.5, 2 * thick + 9)
        bare(slide, line, fill=_RED, told=f"{telling.phrase('label.red')}: {kpi['red_text']}")
    values = Area(left + width + 4, area.y, area.width * worth - 4, area.height)
    lines = [Say("", _step(telling, kpi, values.width - 4)), _second(kpi)]
    lines = [one for one in lines if one.whole]
    box(telling.deck, slide, values, lines, Look(sizes=(SMALLEST,), middle=True, pad=2, between=0))


def _step(telling: Telling, kpi: Table, width: float) -> str:
    """Return from where to where a KPI goes: "31 → 14 days"; without its unit where that is too wide."""
    speak = DocumentWords(telling.context["language"])
    arrow, known = speak.say("sentence.arrow"), (kpi["now"]["value"], kpi["target"])
    bare = ["–" if one is None else speak.number(one) for one in known]
    whole = ["–" if one is None else speak.amount(one, kpi["unit"]) for one in known]
    # A unit behind the numbers is said once, one in front of them with each.
    if kpi["target"] is not None and whole[1].startswith(bare[1]):
        whole[0] = bare[0]
    told = arrow.join(whole)
    return told if width_in(told, SMALLEST) * _BOLD <= width else arrow.join(bare)


def _second(kpi: Table) -> Say:
    """Return by when the target is due, and where there is a reading how the KPI stands."""
    standing = kpi["now"]["status_text"] if kpi["now"]["date"] else None
    return Say(", ".join(part for part in (standing, kpi["target_date_text"]) if part))


def _legend(telling: Telling, slide: Any) -> None:
    """Say below what the bars and the line mean."""
    y, x = BODY.bottom - 14, BODY.x
    for colour, text in (
        (_BARS["none"], telling.phrase("label.now")),
        (telling.deck.accent, telling.label("target")),
        (_RED, telling.phrase("label.red")),
    ):
        bare(slide, Area(x, y + 4, 14, 8), fill=colour, told=text)
        wide = width_in(text, SMALLEST) + 16
        box(
            telling.deck,
            slide,
            Area(x + 16, y - 2, wide, 20),
            [Say(text)],
            Look(sizes=(SMALLEST,), middle=True, pad=2),
        )
        x += 30 + wide


def _note(telling: Telling, kpi: Table) -> str:
    """Return a KPI with its numbers whole, and who looks at it how often, to decide what."""
    now, target = kpi["now"]["text"], kpi["target_text"]
    key = "kpi" if now and target else "kpi_now" if now else "kpi_target"
    told = telling.phrase(f"label.{key}", label=kpi["label"], now=now, target=target or "–")
    measured = ("now_text", "baseline_text", "readings_text") if kpi["now"]["date"] else ()
    fields = (
        "measures_text",
        "red_text",
        "amber_text",
        "owner_role",
        "frequency_text",
        "direction_text",
        "decision",
    )
    rest = telling.fields(kpi, *measured, *fields)
    return marked(f"{told}. {rest}", kpi)
