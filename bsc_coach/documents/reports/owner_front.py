"""Front page of an owner: what is theirs at a glance, the form to fill in, the next dates; one sheet of A4.

What has no room on it stands on the sheets behind. How much room a row takes is reckoned in letters, rather
too much than too little, so that Markdown and Word cut in the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.text import one_line
from bsc_coach.words import say, texts

GLANCE = ("what", "told", "by")
FORM = ("about", "question", "answer")
SHARES = {"glance": (0.42, 0.38, 0.20), "form": (0.24, 0.38, 0.38), "dates": (0.20, 0.80)}
"""How the width of the page is shared among the columns of its tables."""
STANDING = ("agree", "propose", "need", "drop", "answered_by")
"""What every owner is asked, whatever is theirs."""
DATES = 3
LINES, GLANCE_LINES = 43, 20
"""Lines of tables on the page beside what always stands there, and the most that the glance takes of them."""
_LETTERS = 86
"""Letters on a line of the page."""
_HEAD, _ROOM_TO_WRITE = 2, 2
"""What a heading takes; how many lines an answer has at least."""


class Front(NamedTuple):
    """The tables of a front page, and what did not fit on it."""

    glance: tuple[Table, ...]
    glance_more: int
    form: tuple[Table, ...]
    behind: tuple[Table, ...]
    """Questions of the form that go on on the sheets behind."""
    dates: tuple[Table, ...]


def front_of(
    owned: Table, questions: Sequence[Table], dates: Sequence[Table], kpis: Sequence[Table], language: str
) -> Front:
    """Return the front page of an owner: what is theirs, questions, dates and all KPIs of the strategy."""
    glance = tuple(_glance(owned, kpis, DocumentWords(language)))
    shown = _fitting(glance, SHARES["glance"], GLANCE, GLANCE_LINES)
    used = sum(_lines(one, SHARES["glance"], GLANCE) for one in glance[:shown]) + _HEAD
    first = dates[:DATES]
    used += sum(_lines(one, SHARES["dates"], ("date", "what")) for one in first) + (_HEAD if first else 0)
    fits = _fitting(questions, SHARES["form"], FORM, LINES - used - _HEAD, least=_ROOM_TO_WRITE)
    return Front(
        glance[:shown], len(glance) - shown, tuple(questions[:fits]), tuple(questions[fits:]), tuple(first)
    )


def _fitting(
    rows: Sequence[Table], shares: Sequence[float], fields: Sequence[str], room: int, *, least: int = 1
) -> int:
    """Return how many of the rows fit into so many lines."""
    for at, row in enumerate(rows):
        room -= max(_lines(row, shares, fields), least)
        if room < 0:
            return at
    return len(rows)


def _lines(row: Table, shares: Sequence[float], fields: Sequence[str]) -> int:
    """Return how many lines a row of a table takes."""
    told = zip((one_line(row.get(field) or "") for field in fields), shares, strict=True)
    return max(ceil(len(text) / (_LETTERS * share)) or 1 for text, share in told)


def _glance(owned: Table, kpis: Sequence[Table], speak: DocumentWords) -> Iterator[Table]:
    """Yield what is theirs, each with what it shall come to, and by when."""
    carried = owned["carried"]
    for one in carried:
        of_it = [kpi for kpi in kpis if kpi["measures"] == one["id"]]
        # One date stands in its column; where KPIs have several, each has its own behind it.
        dates = {kpi["target_date"] for kpi in of_it if kpi["target_date"]}
        by = next(iter(dates)) if len(dates) == 1 else None
        told = [
            f"{kpi['id']} {goal}{_dated(kpi) if len(dates) > 1 else ''}"
            for kpi in of_it
            if (goal := _goal(kpi, speak))
        ]
        yield {
            "what": one["label"],
            "told": speak.say("format.semicolon").join(told),
            "by": speak.date(by) if by else "" if dates else one["horizon_text"] or "",
        }
    ids = {one["id"] for one in carried}
    for kpi in owned["kpis"]:
        if kpi["measures"] not in ids:
            by = kpi["target_date_text"] or ""
            yield {"what": kpi["label"], "told": _goal(kpi, speak) or "", "by": by}
    for one in owned["figures"]:
        yield {"what": one["label"], "told": one["does"], "by": ""}
    for one in owned["initiatives"]:
        yield {"what": one["label"], "told": one["means_text"] or "", "by": one["end_text"] or ""}
    for one in owned["risks"]:
        yield {"what": one["label"], "told": one["answer"] or "", "by": ""}
    for one in owned["assumptions"]:
        yield {"what": one["label"], "told": one["test"] or "", "by": one["test_date_text"] or ""}


def _dated(kpi: Table) -> str:
    return f" ({kpi['target_date_text']})" if kpi["target_date_text"] else ""


def _goal(kpi: Table, speak: DocumentWords) -> str:
    """Return from where it stands now to where a KPI goes: "31 days → 14 days"."""
    target = None if kpi["target"] is None else speak.amount(kpi["target"], kpi["unit"])
    return speak.say("sentence.arrow").join(one for one in (kpi["now"]["text"], target) if one)


def questions_of(owned: Table, still_open: Iterable[Table], language: str) -> tuple[Table, ...]:
    """Return all that an owner is asked: homework, what they bring back, what is still to be filled in."""
    return (
        *_homework(owned["homework"]),
        *_brought_back(owned, language),
        *_to_fill_in(still_open, language),
    )


def _homework(points: Iterable[Table]) -> Iterator[Table]:
    """Yield what each item is asked, in full, with its choices."""
    for point in points:
        choices = " / ".join(point["choices"])
        asked = f"{point['question']} ({choices})" if choices else point["question"]
        yield {"about": point["about"] or point["section"], "question": asked}


def _brought_back(owned: Table, language: str) -> Iterator[Table]:
    """Yield what was parked for them, with the day on which it comes back."""
    for one in (*owned["parking"], *owned["questions"]):
        asked = one["question"] if "question" in one else say("owners.ask.parked", language)
        due = one["due_text"]
        yield {
            "about": one["about"] if "question" in one else one["label"],
            "question": say("owners.by", language, question=asked, date=due) if due else asked,
        }


def _to_fill_in(still_open: Iterable[Table], language: str) -> Iterator[Table]:
    """Yield what is still missing as a question; by its name where there is no question for it."""
    asked = texts("owners", language)["ask"]
    for one in still_open:
        yield {"about": one["about"], "question": asked.get(one["field"]) or one["part"]}
