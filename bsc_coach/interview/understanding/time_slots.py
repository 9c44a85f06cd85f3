"""The time there is, as people say it: "9:00-12:30, 7 people, break 10:30 15", "half a day", "3 hours"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.presets import PRESETS, preset_for
from bsc_coach.interview.state import Break
from bsc_coach.text import normal
from bsc_coach.words import say

_TIME = r"\d{1,2}[:.]\d{2}|\d{1,2}\s?(?:h|u)\b"
_HOUR_OR_TIME = rf"{_TIME}|\d{{1,2}}"
_HOUR, _DAY = 60, 24 * 60
_USUAL_BREAK = 15
"""Minutes of a break of which only the time is said."""


@dataclass(frozen=True)
class _Words:
    """Words that a slot is said with, as alternatives of a regular expression."""

    people: str
    pause: str
    minutes: str
    hours: str
    until: str
    filler: str


def read_time_slot(text: str, language: str, now: datetime) -> PlanAgenda | None:
    """Read how much time there is; None where nothing of it can be read.

    ``now`` has the time zone of the room: times of day are of that day, and without one the slot begins now.
    """
    words = _Words(*(_any_of(f"agenda.typed.{name}", language) for name in _Words.__dataclass_fields__))
    rest = normal(text).strip()
    preset = _preset(rest, language)
    # The slot itself: from when until when, else how long.
    begin, minutes = None, 0
    spoken = re.search(rf"\b({_HOUR_OR_TIME})\s*(?:{words.until})\s*({_HOUR_OR_TIME})(?![\d:.])", rest)
    if spoken is not None:
        first, last = _minute(spoken[1]), _minute(spoken[2])
        if first is None or last is None:
            return None
        begin = now.replace(hour=first // _HOUR, minute=first % _HOUR, second=0, microsecond=0)
        minutes = (last - first) % _DAY
        rest = rest.replace(spoken[0], " ", 1)
    # Breaks before anything else that has minutes in it.
    breaks, rest = _breaks(rest, words, begin, minutes)
    people = re.search(rf"(\d{{1,2}})\s*(?:{words.people})\b", rest)
    if spoken is None:
        minutes = _length(rest, words)
    if not (preset or minutes or people or breaks):
        return None
    chosen = preset or (preset_for(minutes) if minutes else "half_day")
    whole = minutes or PRESETS[chosen].minutes
    placed = tuple(Break(one.after if one.after >= 0 else whole // 2, one.minutes) for one in breaks)
    return PlanAgenda(chosen, begin, minutes, int(people[1]) if people else 0, placed)


def is_time_slot(text: str, language: str, now: datetime) -> bool:
    """Tell whether a text says from when until when, as two times of day: hardly the name of anything."""
    found = read_time_slot(text, language, now)
    return found is not None and found.begin is not None and len(re.findall(_TIME, normal(text))) > 1


def names_preset(text: str, language: str) -> bool:
    """Tell whether a preset is named in ``text``, rather than found by how long there is."""
    return bool(_preset(normal(text).strip(), language))


def _any_of(key: str, language: str) -> str:
    return "|".join(re.escape(word) for word in say(key, language).split("|"))


def _preset(text: str, language: str) -> str:
    """Return the preset that is named in words, or by its number alone."""
    if text.isdecimal() and 1 <= int(text) <= len(PRESETS):
        return list(PRESETS)[int(text) - 1]
    for name in PRESETS:
        if any(word in text for word in say(f"agenda.typed.{name}", language).split("|")):
            return name
    return ""


def _minute(told: str) -> int | None:
    """Return a time of day in minutes since midnight; None for what is none."""
    hour, _, minute = told.rstrip("hu ").replace(".", ":").partition(":")
    found = int(hour) * _HOUR + int(minute or 0)
    return found if int(hour) < 24 and int(minute or 0) < _HOUR else None


def _length(text: str, words: _Words) -> int:
    """Return how long it is in minutes; 0 where nobody says."""
    total = 0.0
    for number, unit in re.findall(rf"(\d+(?:[.,]\d)?)\s*({words.hours}|{words.minutes})\b", text):
        in_hours = re.fullmatch(words.hours, unit) is not None
        total += float(number.replace(",", ".")) * (_HOUR if in_hours else 1)
    return round(total)


def _breaks(text: str, words: _Words, begin: datetime | None, minutes: int) -> tuple[list[Break], str]:
    """Return the breaks that are said, and the text without them; -1 stands for somewhere in the middle."""
    pattern = re.compile(
        rf"(?:(?P<long>\d{{1,3}})\s*(?:{words.minutes})\s*)?(?:{words.pause})\b"
        rf"(?P<said>(?:[\s,+&/-]|{words.until}|{words.filler}|{_TIME}|\d{{1,3}}(?!\s*(?:{words.people}))|{words.minutes})*)"
    )
    found = [one for said in pattern.finditer(text) for one in _in_break(said["said"], said["long"], begin)]
    rest = pattern.sub(" ", text)
    if not found and begin is not None and re.search(_TIME, rest):
        # Another time of day beside the slot is a break, however the word for it was typed.
        found = list(_in_break(rest, None, begin))
    return found, rest


def _in_break(said: str, long: str | None, begin: datetime | None) -> Iterator[Break]:
    """Yield the breaks of one mention: each time begins one, and the number behind it is its length."""
    times = list(re.finditer(rf"({_TIME})(?:\D{{0,6}}?({_TIME}|\d{{1,3}}))?", said))
    if not times:
        number = re.search(r"\d{1,3}", long or said)
        yield Break(-1, int(number[0]) if number else _USUAL_BREAK)
    for one in times:
        start = _minute(one[1])
        if start is None:
            continue
        until = _minute(one[2]) if one[2] and not one[2].isdecimal() else None
        length = until - start if until is not None else int(one[2] or long or _USUAL_BREAK)
        from_begin = start - (begin.hour * _HOUR + begin.minute) if begin is not None else -1
        if length > 0:
            yield Break(max(from_begin, -1), length)
