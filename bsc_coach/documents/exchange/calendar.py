"""reviews.ics: the dates of a strategy for anyone's calendar (RFC 5545), as events of a whole day.

Written here instead of with a library: what it takes is a dozen rules about lines, and no strategy holds
a time zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2s

from bsc_coach.documents.context.deadlines import DatedPoint, dated_points
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.dates import last_day, meeting_day, working_day
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, normal
from bsc_coach.words import say

_RHYTHMS = {
    "weekly": "FREQ=WEEKLY",
    "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "half_yearly": "FREQ=MONTHLY;INTERVAL=6",
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SURE_WEEKS = 4
"""No month lacks the fourth of a weekday; the fifth is the last one where there is one."""
_LONGEST_LINE = 75
"""Octets, without the line end."""
_FIRST_DAY = date(2000, 1, 1)
"""Stands where nothing says when an event was written; versions are counted from it."""
_NO_EVENTS = (
    "BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
"""A calendar must hold something, also where a strategy has no date yet."""


def calendar_of(strategy: Strategy, notes: Notes) -> str:
    """Return every date of a strategy as a calendar.

    An event keeps its UID as long as the organisation and the id of what it is about stay, so that a
    calendar that is imported again changes its events instead of doubling them.
    """
    context = build_context(strategy, notes)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//bsc-coach//reviews//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(context['title'])}",
    ]
    events = [line for point, uid in _named(context) for line in _event(point, uid, context)]
    lines += [*(events or _NO_EVENTS), "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _named(context: Table) -> Iterator[tuple[DatedPoint, str]]:
    """Yield every dated point with a UID that no other event has, whoever made it."""
    organisation = _digest(normal(context["organisation"]["name"] or ""))
    used: set[str] = set()
    for point in dated_points(context):
        # A question that was parked has no id of its own; its words stand in for one.
        about = point.id or (_digest(f"{point.label}\n{point.detail}") if point.kind == "due" else "map")
        name, number = f"{organisation}-{point.kind}-{about}", 1
        while name in used:
            number += 1
            name = f"{organisation}-{point.kind}-{about}-{number}"
        used.add(name)
        yield point, f"{name}@bsc-coach"


def _digest(text: str) -> str:
    return blake2s(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _event(point: DatedPoint, uid: str, context: Table) -> Iterator[str]:
    language = context["language"]
    review = point.kind == "review"
    latest = meeting_day(point.when) if review else last_day(point.when)
    if latest is None:
        return  # dated_points leaves out what is no date
    # What is due on a Sunday is looked at on the Friday before; a meeting stays where people put it.
    day = latest if review else working_day(latest)
    about = [
        point.detail if point.told == point.label else None,
        say("calendar.caller" if review else "calendar.owner", language, name=point.owner)
        if point.owner
        else None,
        say("calendar.by", language, date=DocumentWords(language).date(latest.isoformat()))
        if day != latest
        else None,
        context["origins"].get(point.id),
        say("redact.status", language) if context["redacted"] else None,
        say("calendar.from", language, title=context["title"]),
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield from _version(context["session_date"])
    yield f"DTSTART;VALUE=DATE:{_compact(day)}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{_compact(day + timedelta(days=1))}"
    if review and (rhythm := _RHYTHMS.get(context["review"]["rhythm"])):
        yield f"RRULE:{rhythm};BYDAY={_weekday(rhythm, day)}{_until(context, day)}"
    yield f"SUMMARY:{_escaped(say(f'calendar.event.{point.kind}', language, label=point.told))}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(part for part in about if part))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _version(session_date: str | None) -> Iterator[str]:
    """Yield what tells calendars which of two files is the later one: the day of the last answer, twice.

    Days are counted for SEQUENCE, so that of one strategy on two days the later wins, and no clock is read.
    """
    day = last_day(session_date) if session_date is not None and session_date.count("-") == 2 else None
    written = day or _FIRST_DAY
    yield f"DTSTAMP:{_compact(written)}T000000Z"
    if day is not None:
        yield f"LAST-MODIFIED:{_compact(day)}T000000Z"
    yield f"SEQUENCE:{max((written - _FIRST_DAY).days, 0)}"


def _weekday(rhythm: str, day: date) -> str:
    """Return the weekday of a rhythm, in months with its place: 3MO is the third Monday, -1MO the last."""
    name = _WEEKDAYS[day.weekday()]
    if "MONTHLY" not in rhythm:
        return name
    week = (day.day - 1) // len(_WEEKDAYS) + 1
    return f"{week if week <= _SURE_WEEKS else -1}{name}"


def _until(context: Table, day: date) -> str:
    """Return the end of the rhythm: the year that the strategy looks ahead to, where that is to come."""
    year = context["organisation"]["horizon_year"]
    return f";UNTIL={year}1231" if year is not None and year >= day.year else ""


def _escaped(text: str) -> str:
    """Return ``text`` as the value of a property: it can end neither the value nor its line."""
    lines = re.sub("[\u2028\u2029]", "\n", clean(text).text).replace("\\", "\\\\")
    return lines.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\t", " ")


def _folded(line: str) -> str:
    """Return ``line`` in pieces of at most 75 octets, broken between characters."""
    pieces, room = [""], _LONGEST_LINE
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            pieces.append("")
            room = _LONGEST_LINE - 1  # the blank that a further line begins with
        pieces[-1] += character
        room -= size
    return "\r\n ".join(pieces)
