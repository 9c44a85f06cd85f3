"""Dates as people say them, made ISO dates as coarse as they were said: eind 2028, Q4, next friday, 11 Dec.

A deadline "in the second quarter" is over at the end of June, so it becomes June; where something begins
(``starts``) it becomes April. "The end of 2028" is December 2028.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bsc_coach.interview.understanding.phrases import TypedWords, without_end
from bsc_coach.interview.understanding.readings import Today
from bsc_coach.text import normal

_SHORT_YEAR = re.compile(r"['’‘](\d{2})\b")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|e|de|ste)\b")
_GLUED = re.compile(r"(?<=[^\W\d_])[-.]?(?=\d)|(?<=\d)[-.]?(?=[^\W\d_])|(?<=[^\W\d_])-(?=[^\W\d_])")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?")
_TWO_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4}|\d{2})")
_SEASONS = {"SPRING": (3, 5), "SUMMER": (6, 8), "AUTUMN": (9, 11)}
"""First and last month of a season, as meteorologists count them."""
_FRIDAY = 5


@dataclass(frozen=True)
class _Asked:
    """What a date depends on beside its words."""

    today: Today
    starts: bool


def dates_in(words: TypedWords, text: str, today: Today, *, starts: bool = False) -> tuple[str, ...]:
    """Return the ISO date that a text says; two where it leaves open which; none where it says none."""
    tags, asked = _with_year(tags_of(words, text), today), _Asked(today, starts)
    each = [_read(one, asked) for one in tags.split(" OR ")]
    if all(each):
        return tuple(dict.fromkeys(found for one in each for found in one))
    return _read(tags.replace(" OR ", " "), asked)  # "end of 2028" in a Dutch session, where "of" is "or"


def _with_year(tags: str, today: Today) -> str:
    """Return tags with the year in the place of "next year" beside something: a summer, a month."""
    found = re.search(r" ?\b(NEXT|COMING|THIS) YEAR\b ?", tags)
    rest = "" if found is None else f"{tags[: found.start()]} {tags[found.end() :]}".strip()
    if found is None or not rest or rest == "IN":
        return tags
    return f"{rest} {today().year + (found[1] != 'THIS')}"


def tags_of(words: TypedWords, text: str) -> str:
    """Return a text as a row of tags and numbers: "the end of 2028" is "END 2028"."""
    said = without_end(normal(text).strip(" .!?"), words.lists["or_so"])
    said = _ORDINAL.sub(r"\1", _SHORT_YEAR.sub(r"20\1", said))
    if (numeric := _NUMERIC.fullmatch(_without_meaning(words, said))) is not None:
        return f"DMY {' '.join(part for part in numeric.groups() if part)}"
    if (years := _TWO_YEARS.fullmatch(said)) is not None:
        first, second = years.groups()
        return f"{first} OR {second if len(second) == 4 else first[:2] + second}"
    parts = re.sub(r"[.,()]+(?=\s|$)", " ", _GLUED.sub(" ", said)).replace("-", " ").split()
    tags = [_tag(words, part) for part in parts]
    return " ".join(tag for tag in tags if tag)


def _tag(words: TypedWords, part: str) -> str:
    if part in words.dates:
        return words.dates[part]
    value = words.values.get(part)
    return str(int(value)) if value is not None and value == int(value) else part


def _without_meaning(words: TypedWords, said: str) -> str:
    return " ".join(part for part in said.split() if words.dates.get(part, part) not in ("", "BEFORE"))


Rule = Callable[[re.Match[str], _Asked], tuple[str, ...]]


def _read(tags: str, asked: _Asked) -> tuple[str, ...]:
    """Return the date that a row of tags says, or the two it may say."""
    for pattern, rule in _RULES:
        found = pattern.fullmatch(tags)
        if found is not None:
            try:
                return rule(found, asked)
            except ValueError:  # a day that its month does not have
                return ()
    if tags.startswith("BEFORE "):
        return _read(tags.removeprefix("BEFORE "), asked)
    return ()


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def _year(found: re.Match[str]) -> tuple[str, ...]:
    return (found["y"],)


def _part_of_year(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    """End, beginning or middle of a year that is named, or of this or the next."""
    year = int(found["y"]) if found["y"] else asked.today().year + (found["next"] == "NEXT")
    last = {"END": (12, 12), "BEGIN": (1, 3), "MID": (6, 6), "HALF": (6, 6)}[found["part"]]
    return (_month(year, last[0] if asked.starts else last[1]),)


def _piece(months: int) -> Rule:
    """Return the rule for quarters (3 months) and halves (6) of a year."""

    def read(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
        number = 12 // months if found["n"] == "LAST" else int(found["n"])
        first, last = months * (number - 1) + 1, months * number
        if not 1 <= last <= 12:
            return ()
        today = asked.today()
        year = int(found["y"]) if found["y"] else today.year + (last < today.month)
        early = found["part"] == "BEGIN" or (asked.starts and found["part"] != "END")
        return (_month(year, first if early else last),)

    return read


def _season(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    today = asked.today()
    if found["s"] == "WINTER":
        year = int(found["y"]) if found["y"] else today.year + 1
        return (_month(year, 2), _month(year, 12))
    first, last = _SEASONS[found["s"]]
    year = int(found["y"]) if found["y"] else today.year + (last < today.month)
    if found["before"] and not asked.starts:
        return (_month(year, first - 1), _month(year, last))
    return (_month(year, first if asked.starts else last),)


def _named_month(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    month, today = int(found["m"]), asked.today()
    year = int(found["y"]) if found["y"] else today.year + (month < today.month)
    if found["part"] == "NEXT":
        return (_month(year, month), _month(year + 1, month))
    return (_month(year, month),)


def _day_of_month(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    """A day and a month; without a year the next one to come."""
    month, day, today = int(found["m"]), int(found["d"]), asked.today()
    if found["y"]:
        return (date(int(found["y"]), month, day).isoformat(),)
    year = today.year + ((month, day) < (today.month, today.day))
    return (date(year, month, day).isoformat(),)


def _month_and_number(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    """ "Jul 28": the month of a year, or a day of the month."""
    day = _day_of_month(found, asked)
    number = int(found["d"])
    return (_month(2000 + number, int(found["m"])), *day) if number > asked.today().year % 100 else day


def _numeric(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    parts = [int(part) for part in found["rest"].split()]
    if len(parts) == 2:
        day, month, today = *parts, asked.today()
        year = today.year + ((month, day) < (today.month, today.day))
        return (date(year, month, day).isoformat(),)
    day, month, year = parts
    return (date(year if year >= 100 else 2000 + year, month, day).isoformat(),)


def _in_a_while(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    """Some days, weeks, months or years from now, as coarse as that was said."""
    number, today = int(found["n"] or 1), asked.today()
    if found["unit"] in ("DAY", "WEEK"):
        return ((today + timedelta(days=number * (7 if found["unit"] == "WEEK" else 1))).isoformat(),)
    months = today.month - 1 + number * (12 if found["unit"] == "YEAR" else 1)
    if months > 12 * 200:
        return ()
    return (_month(today.year + months // 12, months % 12 + 1),)


def _half_a_year(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    months = asked.today().month - 1 + 6
    return (_month(asked.today().year + months // 12, months % 12 + 1),)


def _this_or_next(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    """This or next year, quarter, month or week, or the end of it."""
    today, later = asked.today(), int(found["next"] in ("NEXT", "COMING"))
    match found["unit"]:
        case "YEAR":
            return (str(today.year + later),)
        case "MONTH":
            months = today.month - 1 + later
            return (_month(today.year + months // 12, months % 12 + 1),)
        case "QUARTER":
            quarter = (today.month - 1) // 3 + later
            month = quarter * 3 + (1 if asked.starts else 3)
            return (_month(today.year + (month - 1) // 12, (month - 1) % 12 + 1),)
        case _:
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=later)
            return ((monday + timedelta(days=0 if asked.starts else _FRIDAY - 1)).isoformat(),)


def _weekday(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    """A day of the week: the next to come, or that of next week."""
    today, wanted = asked.today(), int(found["w"])
    coming = today + timedelta(days=(wanted - today.isoweekday() - 1) % 7 + 1)
    in_next_week = today + timedelta(days=7 - today.isoweekday() + wanted)
    if found["week"]:
        return (in_next_week.isoformat(),)
    if (
        found["next"] == "NEXT"
    ):  # said on a Wednesday, "next Friday" is the day after tomorrow or in nine days
        return tuple(dict.fromkeys((coming.isoformat(), in_next_week.isoformat())))
    return (coming.isoformat(),)


def _week_number(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    today = asked.today()
    for year in (int(found["y"]),) if found["y"] else (today.year, today.year + 1):
        friday = date.fromisocalendar(year, int(found["n"]), _FRIDAY)
        if found["y"] or friday >= today:
            return (friday.isoformat(),)
    return ()


def _near_day(days: int) -> Rule:
    return lambda found, asked: ((asked.today() + timedelta(days=days)).isoformat(),)


def _christmas(found: re.Match[str], asked: _Asked) -> tuple[str, ...]:
    return (f"{found['y'] or asked.today().year}-12-25",)


_Y = r"(?: (?P<y>\d{4}))?"
_NEXT = r"(?P<next>NEXT|COMING|THIS)"


def _patterns() -> Iterator[tuple[str, Rule]]:
    """Yield what rows of tags look like, and how each is read; the first that fits counts."""
    # Parts of a year: the year itself, its end, quarters, halves, seasons.
    yield r"(?:IN )?(?P<y>\d{4})", lambda found, asked: _year(found)
    yield rf"(?P<part>END|BEGIN|MID)(?: IN)? (?:(?P<y>\d{{4}})|{_NEXT}? ?YEAR)", _part_of_year
    yield r"(?:IN )?(?P<part>HALF)(?P<next>)(?: IN)? (?P<y>\d{4})", _part_of_year
    part = r"(?:IN |(?P<part>END|BEGIN) )?"
    yield rf"{part}Q (?P<n>[1-4]){_Y}", _piece(3)
    yield rf"{part}(?P<n>[1-4]|LAST) (?:QUARTER|Q){_Y}", _piece(3)
    yield r"(?P<part>)(?P<y>\d{4}) (?:QUARTER|Q) (?P<n>[1-4])", _piece(3)
    yield rf"{part}H (?P<n>[12]){_Y}", _piece(6)
    yield rf"{part}(?P<n>[12]|LAST) HALF{_Y}", _piece(6)
    yield r"(?P<part>)(?P<y>\d{4}) H (?P<n>[12])", _piece(6)
    yield (
        rf"(?:IN |NEXT |COMING |THIS |END |MID )*(?P<before>BEFORE )?"
        rf"(?P<s>SPRING|SUMMER|AUTUMN|WINTER)(?: IN)?{_Y}",
        _season,
    )
    # Months and days by name or number.
    yield rf"(?:(?P<part>END|BEGIN|MID|NEXT|COMING|THIS) )?(?:IN )?M(?P<m>\d\d)(?: IN)?{_Y}", _named_month
    yield r"(?P<part>)(?P<y>\d{4}) M(?P<m>\d\d)", _named_month
    yield rf"(?P<part>)(?:IN )?(?:[1-5]|LAST) WEEK(?: IN)? M(?P<m>\d\d){_Y}", _named_month
    yield rf"(?:W\d )?(?P<d>\d{{1,2}}) M(?P<m>\d\d){_Y}", _day_of_month
    yield r"(?:W\d )?M(?P<m>\d\d) (?P<d>\d{1,2}) (?P<y>\d{4})", _day_of_month
    yield r"(?P<y>)M(?P<m>\d\d) (?P<d>\d{1,2})", _month_and_number
    yield r"DMY (?P<rest>[\d ]+)", _numeric
    # What counts from today: spans, this and next, days of the week.
    yield r"(?:IN )?(?P<n>\d{1,4}) (?P<unit>YEAR|MONTH|WEEK|DAY)", _in_a_while
    yield r"IN (?P<n>)(?P<unit>YEAR|MONTH|WEEK|DAY)", _in_a_while
    yield r"(?:IN )?HALF YEAR|IN halfjaar", _half_a_year
    yield rf"{_NEXT} (?P<unit>YEAR|MONTH|QUARTER|WEEK)", _this_or_next
    yield rf"(?:END|BEGIN|MID) (?:{_NEXT} )?(?P<unit>MONTH|WEEK|QUARTER)", _this_or_next
    yield r"(?P<week>)(?:(?P<next>NEXT|COMING|THIS) )?W(?P<w>\d)", _weekday
    yield r"(?P<next>)(?P<week>NEXT WEEK) W(?P<w>\d)", _weekday
    yield r"(?P<next>)W(?P<w>\d)(?: IN)? (?P<week>NEXT WEEK)", _weekday
    yield rf"(?:IN )?WEEK (?P<n>\d{{1,2}}){_Y}", _week_number
    for days, tag in enumerate(("TODAY", "TOMORROW", "OVERMORROW")):
        yield tag, _near_day(days)
    yield rf"(?:BEFORE )?CHRISTMAS{_Y}", _christmas


_RULES = tuple((re.compile(pattern), rule) for pattern, rule in _patterns())
