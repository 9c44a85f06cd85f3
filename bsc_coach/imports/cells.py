"""What stands in a cell: numbers with their unit and direction, dates, and the words of choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bsc_coach.imports.meanings import meanings
from bsc_coach.imports.workbook import Value
from bsc_coach.interview.understanding.dates import dates_in
from bsc_coach.interview.understanding.numbers import numbers_in
from bsc_coach.interview.understanding.phrases import typed_words
from bsc_coach.interview.understanding.readings import Today
from bsc_coach.interview.values import RefusedError, read_number
from bsc_coach.strategy.dates import PARTIAL_DATE, first_day, last_day
from bsc_coach.text import normal, one_line
from bsc_coach.words import say

_UP = re.compile(
    r"^\s*(?:≥|>=?|=>|min(?:imum)?\b\.?|at least|minimaal|ten minste|minstens|meer dan|more than)\s*", re.I
)
_DOWN = re.compile(
    r"^\s*(?:≤|<=?|=<|max(?:imum)?\b\.?|at most|maximaal|ten hoogste|hoogstens|minder dan|less than)\s*", re.I
)
_COMMA_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d|\d\.\d{3}\.\d{3}")
_POINT_DECIMAL = re.compile(r"\d\.\d{1,2}(?![\d.])|\d,\d{3}\.\d|\d,\d{3},\d{3}")
_SCALED = re.compile(r"(?<=\d)\s*([kKmM])$")
_SCALES = {"k": "000", "m": "000000"}
_NUMBER_AND_UNIT = re.compile(r"([^\d]{0,4}?)([-+−]?\d[\d.,\s]*)\s*(.{0,40})")
_CURRENCIES = ("EUR", "USD", "GBP", "CHF")
_SECOND_NUMBER = re.compile(r"(?:\A|\s)[-–]?\d")
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 80_000
"""Days of a spreadsheet's calendar from 1970 to 2119: a date that lost its looks."""
_EPOCH = date(1899, 12, 30)
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})\b")
_LONGEST_DATED = 120
"""Letters of a cell in which a date is looked for."""
_DUTCH = re.compile(r"\b(?:van|naar|het|een|voor|aantal|onze|wij|dagen)\b", re.I)
_ENGLISH = re.compile(r"\b(?:the|of|to|our|and|for|number|days)\b", re.I)
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]{3,12})\.?(\s*[-/]\s*['’‘]?|\s*['’‘]|\s+)(\d{2})")
_QUARTER_AND_YEAR = re.compile(r"[QKqk]([1-4])\s*[-/ '’‘]\s*['’‘]?(\d{2})")
_NUMBER_AND_YEAR = re.compile(r"(0?[1-9]|1[0-2])\s*[-/]\s*['’‘]?(1[3-9]|[2-9]\d)")
_YEAR = re.compile(r"(?<!\d)(?:FY\s?)?(20\d\d|19\d\d)(?!\d)")
_BETWEEN_PIECES = re.compile(r"\s*[/,;()?|]\s*|\s+[-–—]+\s+|\s+(?:of|or|en|and)\s+")
_LONGEST_UNKNOWN, _FEW_WORDS = 60, 5
_OWN_MEANING = frozenset(("none", "geen"))
"""Blank alone; before other words they say something: no complaints."""


@dataclass(frozen=True)
class Notation:
    """How a file writes numbers and dates: found out from all of its cells, not from one."""

    comma: bool
    """Whether a comma stands before decimals."""
    month_first: bool
    language: str
    doubt: str = ""
    """A date that may begin with its day as well as with its month, where no cell tells which."""


@dataclass(frozen=True)
class DateOrder:
    """Whether the month stands first in dates of numbers; ``doubt`` is one that nothing tells it of."""

    month_first: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Amount:
    """A number that a cell says, with what it says of its unit and of which way is better."""

    value: int | float
    unit: str = ""
    direction: str = ""


def date_order(cells: Iterable[Value], told: bool | None = None) -> DateOrder:
    """Return whether the month stands first in dates of numbers: as ``told``, else as fits all cells."""
    if told is not None:
        return DateOrder(told)
    days = months = 0
    doubt = ""
    for cell in cells:
        found = _DAY_FIRST.search(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_DATED else None
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        days += first > 12
        months += second > 12
        # With points between them nobody writes the month first.
        is_open = first != second and max(first, second) <= 12 and "." not in found[0]
        if is_open and found[0] == found.string.strip():
            doubt = doubt or found[0]
    return DateOrder(months > days, "" if bool(days) != bool(months) else doubt)


def day_first(said: str, *, month_first: bool) -> str:
    """Return a text with its date of numbers day first; what can only be a month first is turned too."""
    found = _DAY_FIRST.search(said)
    if found is None:
        return said
    first, second = int(found[1]), int(found[2])
    is_turned = second > 12 >= first or (month_first and first <= 12)
    return _DAY_FIRST.sub(r"\2-\1-\3", said) if is_turned else said


def notation_of(
    cells: Iterable[Value], language: str, separator: str = "", month_first: bool | None = None
) -> Notation:
    """Return how a file writes numbers and dates; where no cell tells, as its separator and language do."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    commas = points = dutch = english = 0
    for cell in texts:
        dutch += _DUTCH.search(cell) is not None
        english += _ENGLISH.search(cell) is not None
        if len(cell) <= _LONGEST_DATED and _DAY_FIRST.search(cell) is None:
            commas += _COMMA_DECIMAL.search(cell) is not None
            points += _POINT_DECIMAL.search(cell) is not None
    is_dutch = dutch > english or (dutch == english and language == "nl")
    by_habit = separator == ";" or is_dutch
    order = date_order(texts, month_first)
    comma = commas > points or (commas == points and by_habit)
    return Notation(comma, order.month_first, language, order.doubt)


def text_of(cell: Value) -> str:
    """Return a cell as text, numbers without the dust of floating point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(round(cell, 10)).removesuffix(".0")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def said_in(cell: Value) -> str:
    """Return a cell as text; nothing for one that only says that nothing is known."""
    text = text_of(cell).strip()
    return "" if _is_unknown(text) else text


def shown_in(number: float, language: str) -> str:
    """Return a number as text, with the decimal mark of a language."""
    return text_of(number).replace(".", say("document.format.decimal", language))


def begins_unknown(text: str) -> bool:
    """Tell whether a short text begins with words for what nobody knows yet: tbd by Jonas, n.v.t. in 2026."""
    words = normal(text).split()
    if not 1 < len(words) <= _FEW_WORDS:
        return False
    first = (" ".join(words[:n]).strip(" ,:;") for n in range(1, len(words)))
    return any(one not in _OWN_MEANING and len(one) > 2 and _is_unknown(one) for one in first)


def _is_unknown(text: str) -> bool:
    """Tell whether a text only says, once or in several ways, that nothing is known: "don't know / tbd"."""
    if meanings().is_blank(text) or len(text) > _LONGEST_UNKNOWN:
        return meanings().is_blank(text)
    pieces = [one for one in _BETWEEN_PIECES.split(text) if one.strip()]
    return bool(pieces) and all(map(meanings().is_blank, pieces))


def percentage(cell: int | float) -> int | float:
    """Return the number that a cell shows as a percentage: 0.85 is seen as 85%."""
    shown = round(cell * 100, 8)
    return int(shown) if shown == int(shown) else shown


def amount_in(cell: Value, notation: Notation, *, is_percent: bool = False) -> Amount | None:
    """Return the number that a cell says; None for one that says none, or leaves open which."""
    if cell is None or isinstance(cell, (bool, date)):
        return None
    if isinstance(cell, (int, float)):
        return Amount(percentage(cell), "%") if is_percent else Amount(cell)
    said = one_line(cell)
    # What stands before it tells which way is better, not how much: at least 95%.
    direction = "up" if _UP.match(said) else "down" if _DOWN.match(said) else ""
    said = _DOWN.sub("", _UP.sub("", said)).strip().lstrip("'’")
    found = _NUMBER_AND_UNIT.fullmatch(said)
    if found is None:
        return None
    before, digits, behind = (part.strip() for part in found.groups())
    is_name = any(map(str.isalpha, before)) and before.upper() not in _CURRENCIES
    if is_name or _SECOND_NUMBER.search(behind):
        return None  # Q4 is no 4, and 10 to 20 leaves open which
    scaled = _SCALED.search(f"{digits}{behind}") if behind.casefold() in _SCALES else None
    number = _number(digits, notation)
    if number is None:
        return None
    if scaled is not None:
        return Amount(number * int(f"1{_SCALES[behind.casefold()]}"), before, direction)
    if behind and not behind.startswith("%"):
        # "1,2 mln", "31 days": as people type it, the decimal mark already settled.
        words = typed_words(notation.language)
        told = numbers_in(words, f"{number!r} {behind}", "en", unit="")
        if len(told) == 1 and told[0] != number:
            return Amount(told[0], before, direction)
    return Amount(number, behind or before, direction)


def _number(digits: str, notation: Notation) -> int | float | None:
    compact = digits.strip().rstrip(".,")
    if re.fullmatch(r"[-+−]?\d{1,3}(?:[.,]\d{3})", compact):
        # A lone mark before three digits: thousands, unless the file uses it for decimals.
        mark = "," if "," in compact else "."
        if (mark == ",") == notation.comma:
            compact = compact.replace(",", ".")
            return float(compact.replace("−", "-"))
        compact = compact.replace(mark, "")
    try:
        return read_number(compact, "nl" if notation.comma else "en")
    except RefusedError:
        return None


def date_in(
    cell: Value, notation: Notation, today: Today, *, starts: bool = False, past: bool = False
) -> str | None:
    """Return the ISO date that a cell says, as coarse as it says it; None for none, or for two.

    ``past`` is for when something was measured: without a year it is the last such day, not the next.
    """
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        if 1900 <= cell <= 2200 and cell == int(cell):
            return str(int(cell))
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return (_EPOCH + timedelta(days=int(cell))).isoformat()
        return None
    # A text: what spreadsheets show short gets its whole year first.
    said = one_line(cell)
    said = _with_long_year(said, today().year, past=past)
    if re.fullmatch(PARTIAL_DATE, said):
        return said if last_day(said) is not None else None
    said = day_first(said, month_first=notation.month_first)
    found = dates_in(typed_words(notation.language), said, today, starts=starts)
    # Two dates leave open which; a lone year counts where no date was found.
    if len(found) == 1 and last_day(found[0]) is not None:
        return _not_to_come(found[0], said, today()) if past else found[0]
    years = set(_YEAR.findall(said))
    return years.pop() if len(years) == 1 and not found else None


def _with_long_year(said: str, this_year: int, *, past: bool) -> str:
    """Return a month or quarter with its whole year, as spreadsheets show it short: nov-25, Q3-25, 11-25."""
    if (quarter := _QUARTER_AND_YEAR.fullmatch(said)) is not None:
        return f"Q{quarter[1]} 20{quarter[2]}"
    if (month := _MONTH_AND_YEAR.fullmatch(said)) is not None:
        word, mark, year = month[1], month[2], 2000 + int(month[3])
        # With only a blank between, "Dec 25" may be a day; when something was measured it is a year.
        if (past and year <= this_year) or (not past and mark.strip() and year >= this_year - 1):
            return f"{word} {year}"
    numbers = _NUMBER_AND_YEAR.fullmatch(said) if past else None
    if numbers is not None and 2000 + int(numbers[2]) <= this_year:
        return f"20{numbers[2]}-{int(numbers[1]):02d}"
    return said


def _not_to_come(found: str, said: str, today: date) -> str | None:
    """Return a date without a year as the last such day that is over."""
    first = first_day(found)
    has_year = _YEAR.search(said) is not None or _DAY_FIRST.search(said) is not None
    if has_year or first is None or first <= today:
        return found
    before = f"{first.year - 1}{found[4:]}"
    first = first_day(before)
    return None if first is None or first > today else before


def year_in(text: str) -> str | None:
    """Return the one year that a heading names: "Target 2027", "FY2027"; None for none or several."""
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def without_year(text: str) -> str:
    """Return a heading without its year and brackets: "2024 (Baseline)" is a baseline."""
    return one_line(re.sub(r"[()\[\]]", " ", _YEAR.sub(" ", text)))


def choice_in(table: str, text: str) -> str | None:
    """Return the choice that a text means: "maandelijks" is monthly."""
    known = meanings()
    return (
        known.exactly(table, text)
        or known.exactly(table, text.partition(":")[0])
        or known.within(table, text)
    )
