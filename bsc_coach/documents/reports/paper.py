"""slips.html and worksheet.html: a vote and what is still open, to print, fill in by hand and type back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.house import house
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.paper import Paper, SheetQuestion, SlipLine, VoteSlip
from bsc_coach.text import one_line
from bsc_coach.words import say

SLIPS, WORKSHEET = "paper/slips.html.j2", "paper/worksheet.html.j2"
USUAL_PEOPLE, MOST_SLIPS = 8, 60
MOST_MARKS = 11
"""A scale of more numbers than this is written down, not marked."""
MOST_LINES_BESIDE = 8
"""With more lines, slips do not stand two beside each other."""
MOST_ROOM = 6
ROOM_FOR_LONG = 4


def render_slips(strategy: Strategy, notes: Notes, paper: Paper, brand: Brand = PLAIN) -> str:
    """Return slips for every round that is open or to come, one for each who takes part, as a page."""
    language = strategy.language
    people = min(paper.people or USUAL_PEOPLE, MOST_SLIPS)
    lead = "slips.lead" if paper.slips else "slips.none" if paper.recorded else "no_session"
    context = {
        "language": language,
        "brand": house(brand),
        "title": _title("slips", strategy, notes),
        "remark": _remark(notes, language),
        "lead": say(f"paper.{lead}", language, n=people),
        "rounds": tuple(_round(slip, people, language) for slip in paper.slips),
    }
    return render(SLIPS, context)


def _title(of: str, strategy: Strategy, notes: Notes) -> str:
    name = one_line(strategy.organisation.name or "")
    language = strategy.language
    kind = say(f"paper.{of}.title", language)
    told = f"{kind}: {name}" if name else kind
    return (
        told if notes.theme is None else say("document.title.theme", language, title=told, theme=notes.theme)
    )


def _remark(notes: Notes, language: str) -> str | None:
    return say("redact.status", language) if notes.redacted else None


def _round(slip: VoteSlip, people: int, language: str) -> Table:
    """One round: how it is typed back, and what stands on each of its slips."""
    how = "texts" if not slip.lines else "one" if len(slip.lines) == 1 else "several"
    opened = say("paper.slips.open", language) if slip.is_open else ""
    divide = "divide" if slip.each else "rank" if any(one.kind == "rank" for one in slip.lines) else None
    return {
        "title": f"{slip.title}{opened}",
        "how": say(f"paper.slips.how_{how}", language),
        "question": slip.question,
        "help": slip.help,
        "divide": divide and say(f"paper.slips.{divide}", language, n=slip.each or len(slip.lines)),
        "lines": tuple(_line(one, language) for one in slip.lines),
        "rooms": tuple(range(min(slip.texts, MOST_ROOM))),
        "sentence": say("paper.slips.sentence", language) if slip.sentence else None,
        "large": not slip.lines or len(slip.lines) > MOST_LINES_BESIDE,
        "copies": tuple(range(people)),
    }


def _line(line: SlipLine, language: str) -> Table:
    """One line of a slip: what it is about, and what is marked; where there is too much, a box."""
    text = ": ".join(part for part in (line.about, line.asked) if part)
    if line.kind == "choice":
        marks = tuple(f"{number} {choice}" for number, choice in enumerate(line.choices, start=1))
    elif line.kind == "scale" and line.high - line.low < MOST_MARKS:
        marks = tuple(str(number) for number in range(line.low, line.high + 1))
    else:
        marks = ()
    between = say("paper.slips.between", language, low=line.low, high=line.high)
    return {"text": text, "marks": marks, "between": between}


def render_worksheet(strategy: Strategy, notes: Notes, paper: Paper, brand: Brand = PLAIN) -> str:
    """Return a worksheet of what is still open, each question with its code and room to write, as a page."""
    language = strategy.language
    lead = "worksheet.lead" if paper.questions else "worksheet.none" if paper.recorded else "no_session"
    made = build_context(strategy, notes)["status"]
    if paper.recorded:
        made = say("paper.worksheet.made", language, n=paper.answers)
    example = next((one.code for one in paper.questions), "12b")
    context = {
        "language": language,
        "brand": house(brand),
        "title": _title("worksheet", strategy, notes),
        "remark": _remark(notes, language) if paper.recorded else None,
        "made": made,
        "lead": say(f"paper.{lead}", language, code=example),
        "parts": tuple(_parts(paper)),
    }
    return render(WORKSHEET, context)


def _parts(paper: Paper) -> Iterator[Table]:
    for section, together in groupby(paper.questions, lambda one: one.section):
        yield {"title": section, "questions": tuple(_question(one) for one in together)}


def _question(one: SheetQuestion) -> Table:
    """One question: its short name with what it is about, itself in full, its choices and room to write."""
    short = one.short or one.question
    rooms = ROOM_FOR_LONG if one.is_list or one.is_long else 1
    return {
        "code": one.code,
        "name": ": ".join(part for part in (one.about, short) if part),
        "question": one.question if one.question != short else None,
        "choices": one.choices,
        "rooms": tuple(range(rooms)),
    }
