"""The sheet that steers: of every KPI its last reading, the status as word and colour, distance and line.

All of it is worked out by formulas from the sheets of KPIs and readings, so that it follows whoever fills
these in; the results are written beside the formulas for programs that calculate nothing. What is worked out
on the way stands on a hidden sheet: which way is good, the last reading, and the letters of the line.
The line is made of letters, so that every program shows and prints it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bsc_coach.documents.context.now import COLOURS, good_direction, now
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.office.book import LARGEST, LINE, Book, day_of, height_of, letter_of, stands_behind
from bsc_coach.strategy.measures import Kpi
from bsc_coach.text import one_line
from bsc_coach.words import say

POINTS = 12
"""Readings that the line shows, behind the baseline."""
HEAD_ROW = 3
"""Row of the headings, from 0; above it stand the title and what to do."""
_FILLS = {"green": "#cfe8d5", "amber": "#ffe6b3", "red": "#f7c9c4", "none": "#eceef1"}
_INKS = {"green": "#14532d", "amber": "#5f3d00", "red": "#7a1712", "none": "#333b49"}
_HEIGHTS, _MIDDLE = "▁▂▃▄▅▆▇█", 3
"""The letters of the line, from low to high; where all values are the same, it is this one."""
_COLUMNS = (
    ("id", 8), ("indicator", 40), ("points", 36), ("owner_role", 22), ("baseline", 13), ("now", 13),
    ("measured_on", 13), ("target", 13), ("target_date", 13), ("red", 13), ("amber", 13), ("status", 25),
    ("covered", 14), ("to_go", 14), ("trend", 20),
)  # fmt: skip
"""The columns and how wide they are."""
_TEXTS = frozenset({"id", "indicator", "points", "owner_role", "status", "trend"})
_AT = {name: at for at, (name, _) in enumerate(_COLUMNS)}
_SENSE, _DAYS = 1, 2
_BASELINE = _DAYS + POINTS
_VALUES = _BASELINE + 1
_LAST = _VALUES + POINTS - 1
_LETTERS = _LAST + 1
"""The columns of the hidden sheet."""
_EPOCH = day_of("1899-12-30")


@dataclass(frozen=True)
class FormulaPlaces:
    """Where the formulas look: the sheets by the names that formulas have for them, and how many rows."""

    kpis: Mapping[str, str]
    """The cells of each column of the sheet of KPIs."""
    readings: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]
    """The cell of each choice, by the name of its column."""
    trend: str


def trend_sheet(book: Book, kpis: Sequence[Kpi], places: FormulaPlaces) -> None:
    """Add the hidden sheet of what is worked out on the way, a row for each KPI."""
    sheet = book.workbook.add_worksheet(book.name("trend"))
    sheet.hide()
    ids, dates, values = (places.readings[name] for name in ("kpi", "date", "value"))
    for at, kpi in enumerate(kpis, start=1):
        own, shown = f"$A{at + 1}", kpi.readings[-POINTS:]
        sheet.write_string(at, 0, kpi.id, book.text)
        # B: whether more is better (1) or less (-1).
        sense = {"up": 1, "down": -1, None: 0}[good_direction(kpi)]
        sheet.write_formula(at, _SENSE, _sense(own, places), None, sense)
        # The days of the last readings, from the oldest to the newest, and what was read.
        of_kpi = f"({ids}={own})*ISNUMBER({values})*ISNUMBER({dates})"
        for nth in range(POINTS):
            back = POINTS - nth
            reading = shown[-back] if back <= len(shown) else None
            day = f'IFERROR(LARGE(IF({of_kpi},{dates}),{back}),"")'
            serial = "" if reading is None else _serial(reading.date)
            sheet.write_array_formula(at, _DAYS + nth, at, _DAYS + nth, f"{{={day}}}", None, serial)
            on = f"{letter_of(_DAYS + nth)}{at + 1}"
            found = f'IF({on}="","",LOOKUP(2,1/({of_kpi}*({dates}={on})),{values}))'
            value = None if reading is None else reading.value
            sheet.write_formula(at, _VALUES + nth, f"={found}", None, _shown(value))
        # Before these the baseline; and all of them as the letters of the line.
        start = _looked_up("baseline", own, places)
        sheet.write_formula(at, _BASELINE, f'=IF(ISNUMBER({start}),{start},"")', None, _shown(kpi.baseline))
        line = _letters(
            [kpi.baseline, *(None for _ in range(POINTS - len(shown))), *(r.value for r in shown)]
        )
        around = f"${letter_of(_BASELINE)}{at + 1}:${letter_of(_LAST)}{at + 1}"
        for nth, letter in enumerate(line):
            point = f"{letter_of(_BASELINE + nth)}{at + 1}"
            part = f"ROUND(({point}-MIN({around}))/(MAX({around})-MIN({around}))*{len(_HEIGHTS) - 1},0)"
            part = f"IF(MAX({around})=MIN({around}),{_MIDDLE},{part})"
            formula = f'=IF(ISNUMBER({point}),MID("{_HEIGHTS}",1+{part},1),"")'
            sheet.write_formula(at, _LETTERS + nth, formula, None, letter)


def _letters(values: Sequence[float | None]) -> list[str]:
    """Return a letter for each value that is there: blocks between the lowest and the highest of them."""
    there = [one for one in values if one is not None and abs(one) <= LARGEST]
    low, high = min(there, default=0), max(there, default=0)

    def letter(value: float | None) -> str:
        if value is None or abs(value) > LARGEST:
            return ""
        steps = len(_HEIGHTS) - 1
        return _HEIGHTS[_MIDDLE if high == low else int((value - low) / (high - low) * steps + 0.5)]

    return [letter(one) for one in values]


def _shown(value: float | None) -> float | str:
    return value if value is not None and abs(value) <= LARGEST else ""


def _serial(date: str) -> int | str:
    """Return the number that a spreadsheet has for the last day of a date."""
    day = day_of(date)
    return "" if day is None or _EPOCH is None else (day - _EPOCH).days


def _looked_up(column: str, own: str, places: FormulaPlaces) -> str:
    """Return the formula part that looks up what the sheet of KPIs says of a KPI."""
    return f"INDEX({places.kpis[column]},MATCH({own},{places.kpis['id']},0))"


def _sense(own: str, places: FormulaPlaces) -> str:
    """Return the formula for which way is good: as was said, else as baseline, red line and target tell."""
    said = _looked_up("direction", own, places)
    start, aim, red = (_looked_up(name, own, places) for name in ("baseline", "target", "red"))
    up, down = places.lists["direction"]
    told = f"IF(AND(ISNUMBER({red}),ISNUMBER({aim})),SIGN({aim}-{red}),0)"
    by_start = f"IF(AND(ISNUMBER({start}),ISNUMBER({aim}),{start}<>{aim}),SIGN({aim}-{start}),{told})"
    return f"=IF({said}={up},1,IF({said}={down},-1,{by_start}))"


def scorecard_sheet(
    book: Book, sheet: Any, context: Table, kpis: Sequence[Kpi], places: FormulaPlaces
) -> None:
    """Fill the sheet: a title, what to do, and a row for each KPI."""
    speak = DocumentWords(book.language)
    widths = [width for _, width in _COLUMNS]
    # Above the table: what it is, and that it follows what is measured.
    big = book.workbook.add_format({"bold": True, "font_size": 16})
    sheet.write_string(0, 0, context["title"], big)
    how = say("office.scorecard.how", book.language, sheet=book.name("readings"))
    redacted = (say("redact.status", book.language),) if context["redacted"] else ()
    sheet.write_string(1, 0, " ".join((how, *redacted)))
    for at, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        heading = context["words"]["label"].get(name) or say(f"office.column.{name}", book.language)
        is_text = name in _TEXTS
        sheet.write_string(HEAD_ROW, at, heading, book.head if is_text else book.head_of_numbers)
    sheet.set_row(0, 1.6 * LINE)
    sheet.set_row(HEAD_ROW, 2 * LINE)
    # A row for each KPI: names as they are, figures by formula.
    for at, (kpi, told) in enumerate(zip(kpis, context["kpis"], strict=True)):
        row = HEAD_ROW + 1 + at
        texts = (kpi.id, _with_unit(told), told["measures_text"], told["owner_role"])
        for column, cell in enumerate(texts):
            book.write(sheet, row, column, "text", cell)
        high = max(height_of(cell, width) for cell, width in zip(texts, widths, strict=False))
        sheet.set_row(row, max(high, 1.6 * LINE))
        _figures(book, sheet, row, at, kpi, speak, places)
    _looks(book, sheet, len(kpis), places)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.repeat_rows(HEAD_ROW)
    book.print_on_a3(sheet, widths, 2)


def _with_unit(kpi: Table) -> str | None:
    """Return what a KPI is called, with its unit where that is too long to stand behind its numbers."""
    unit, name = one_line(kpi["unit"] or ""), kpi["name"]
    told = stands_behind(unit) or unit.casefold() in (name or "").casefold()
    return name if told or not name else f"{name} ({unit})"


def _figures(
    book: Book, sheet: Any, row: int, at: int, kpi: Kpi, speak: DocumentWords, places: FormulaPlaces
) -> None:
    """Write the figures of a KPI as formulas, each with its result."""
    here, own, trend = now(kpi), f"$A{row + 1}", f"{places.trend}${{}}${at + 2}"
    cell = {name: f"${letter_of(column)}{row + 1}" for name, column in _AT.items()}
    number, status = (
        book.number(kpi.unit),
        book.workbook.add_format({**book.line, "bold": True, "align": "left", "indent": 1}),
    )
    share = book.workbook.add_format({**book.line, "num_format": "0%"})

    def write(name: str, formula: str, looks: Any, value: object) -> None:
        if isinstance(value, (int, float)) and abs(value) > LARGEST:
            value = str(value)
        sheet.write_formula(row, _AT[name], formula, looks, "" if value is None else value)

    # What the sheet of KPIs says.
    for name, value in (
        ("baseline", kpi.baseline), ("target", kpi.target), ("red", kpi.red), ("amber", kpi.amber),
    ):  # fmt: skip
        found = _looked_up(name, own, places)
        write(name, f'=IF({found}="","",{found})', number, value)
    found = _looked_up("target_date", own, places)
    by = kpi.target_date or ""
    write("target_date", f'=IF({found}="","",{found})', book.date(by), _serial(by) or by)
    # The last reading: what, and when; without any the baseline stands for it.
    on, last, sense = (trend.format(letter_of(one)) for one in (_VALUES - 2, _LAST, _SENSE))
    write("now", f'=IF({on}="",{cell["baseline"]},{last})', number, here.value)
    read = here.reading.date if here.reading is not None else ""
    write("measured_on", f"={on}", book.date(read), _serial(read) if read else "")
    # What follows from both.
    words: dict[str, str] = dict(zip(COLOURS, places.lists["status"], strict=True))
    measured = _status(cell, on, sense, words)
    unread = say("office.scorecard.no_number", book.language)
    formula = f'=IF({_unread(own, on, places)},"{unread}",{measured})'
    write("status", formula, status, speak.choice("standing", here.status))
    start, aim, at_now = cell["baseline"], cell["target"], cell["now"]
    there = f'AND({on}<>"",ISNUMBER({start}),ISNUMBER({aim}),{start}<>{aim})'
    covered = None if here.reading is None or here.covered is None else round(here.covered, 9)
    write("covered", f'=IF({there},ROUND(({at_now}-{start})/({aim}-{start}),9),"")', share, covered)
    letters = "&".join(trend.format(letter_of(_LETTERS + nth)) for nth in range(POINTS + 1))
    line = (
        []
        if here.reading is None
        else _letters([kpi.baseline, *(one.value for one in kpi.readings[-POINTS:])])
    )
    blue = book.workbook.add_format({**book.line, "font_color": "#0b5394", "align": "left", "indent": 1})
    write("trend", f'=IF({on}="","",{letters})', blue, "".join(line))
    left = f"IF({cell['status']}={words['reached']},0,ROUND(ABS({aim}-{at_now}),9))"
    both = None not in (here.value, kpi.target)
    to_go = round(abs((kpi.target or 0) - (here.value or 0)), 9) if both else None
    write(
        "to_go",
        f'=IF(AND(ISNUMBER({aim}),ISNUMBER({at_now})),{left},"")',
        number,
        0 if here.status == "reached" else to_go,
    )


def _status(cell: Mapping[str, str], on: str, sense: str, words: Mapping[str, str]) -> str:
    """Return the formula part for the status: the same steps as ``now.status_of``, in the same order."""
    aim, red, amber, last = cell["target"], cell["red"], cell["amber"], cell["now"]
    reached = f"OR(AND({sense}<>0,{sense}*({last}-{aim})>=0),AND({sense}=0,{last}={aim}))"
    past = f"AND(ISNUMBER({red}),{sense}<>0,{sense}*(N({last})-N({red}))<=0)"
    better = f"AND(ISNUMBER({amber}),{sense}<>0,{sense}*(N({last})-N({amber}))>0)"
    measured = (
        f"IF(AND(ISNUMBER({aim}),{reached}),{words['reached']},"
        f"IF({past},{words['red']},IF({better},{words['on_course']},{words['watch']})))"
    )
    nothing = f"IF(ISNUMBER({cell['baseline']}),{words['start']},{words['unknown']})"
    return f'IF({on}="",{nothing},{measured})'


def _unread(own: str, on: str, places: FormulaPlaces) -> str:
    """Return the formula part for a value that is no number, of the last reading or of one behind it."""
    ids, dates, values = (places.readings[name] for name in ("kpi", "date", "value"))
    texts = f"({ids}={own})*ISTEXT({values})*(LEN({values})>0)*({dates}>=N({on}))"
    return f"SUMPRODUCT({texts})>0"


def _looks(book: Book, sheet: Any, kpis: int, places: FormulaPlaces) -> None:
    """Colour each status by its word, draw how far it has come, and let the table be filtered."""
    first, last = HEAD_ROW + 1, HEAD_ROW + max(kpis, 1)
    column = _AT["status"]
    for (_, colour), word in zip(COLOURS.items(), places.lists["status"], strict=True):
        looks = book.workbook.add_format({"bg_color": _FILLS[colour], "font_color": _INKS[colour]})
        rule = {"type": "formula", "criteria": f"=${letter_of(column)}{first + 1}={word}", "format": looks}
        sheet.conditional_format(first, column, last, column, rule)
    bar = {
        "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#9dc3e6",
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1,
    }  # fmt: skip
    sheet.conditional_format(first, _AT["covered"], last, _AT["covered"], bar)
    sheet.autofilter(HEAD_ROW, 0, last, len(_COLUMNS) - 1)
