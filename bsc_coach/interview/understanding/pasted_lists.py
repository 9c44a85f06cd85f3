"""Pasted lists and tables: bullets, numbering and quotes taken off, columns and several things on a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.understanding.phrases import TypedWords, bare
from bsc_coach.interview.understanding.readings import PastedItem, PastedList
from bsc_coach.script.model import (
    ChoiceStep,
    CollectStep,
    DateStep,
    LongTextStep,
    NumberStep,
    QuestionStep,
    TextStep,
)
from bsc_coach.script.slots import Frame, Slot

_BULLET = re.compile(r"\A\s*(?:[-*–—•·▪◦‣]+(?:\s+|$)|[•▪◦‣])")
"""What stands before an item in a pasted list; a minus that belongs to a number stays."""
_NUMBERING = re.compile(
    r"\A\s*(?:\(?\d{1,2}(?:\.\d{1,2})+[.)]?|\(?\d{1,2}[.)]|\(?[a-zA-Z][.)]|[A-Z]{1,4}\d{1,2}(?:\.\d{1,2})*[.:)]|\d{1,2}(?=\t)|o(?=\s))\s*(?=\S)"
)
"""Numbers, letters and the "o" that Word gives a second level; they go where two lines carry one."""
_NEXT_NUMBER = re.compile(r"\A\s*\(?(\d{1,2})[.)]\s*(?=[^\d\s])")
"""The number of one line alone: it goes where it is the one that the item gets on the list."""
_QUOTES = {"“": "”", "„": "”", '"': '"', "‘": "’", "«": "»"}
_DASH = re.compile(r"\s+[-–—]\s+")
_BRACKETS = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_RULED = re.compile(r"[|\s:+-]+")
_ARROW = re.compile(r"\s*(?:[-–=]*>+|[→⇒➔➜])\s*")
_MOST_SHORT_WORDS = 4
_MOST_WORDS_OF_STEP = 6
"""Words of an item of a list of short names; an article and a word that joins them count too."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line for line in text.split("\n") if line.strip()]


def marked_lines(lines: Sequence[str]) -> int:
    """Return how many lines begin with a bullet or a number."""
    return sum(1 for line in lines if _BULLET.match(line) or _NUMBERING.match(line))


def without_quotes(text: str) -> str:
    """Return a text without the quotes that enclose the whole of it."""
    inner = text.strip()
    closing = _QUOTES.get(inner[:1])
    if closing is None or len(inner) < 3 or not inner.endswith(closing):
        return inner
    middle = inner[1:-1]
    return inner if set(middle) & {inner[0], closing} - {"’"} else middle.strip()


def pasted_list(words: TypedWords, plan: Plan, step: CollectStep, frame: Frame, text: str) -> PastedList:
    """Return what ``text`` adds to a list: an item for each line, with its columns, or parts of one line."""
    first = _fields(plan, step)[0]
    lines = lines_of(text)
    bare_lines, numbered = lines_without_marks(plan, Slot(step.id, frame), lines)
    table = _table(words, plan, step, frame, _people_apart(plan, step, bare_lines))
    if table is not None:
        return table
    parts = _parts(words, plan, step, bare_lines)
    if parts:
        items = tuple(PastedItem(part, ((first.id, part),)) for part in parts)
        return PastedList(items, split=True)
    kept = [
        (line, without_quotes(said)) for line, said in zip(lines, bare_lines, strict=True) if said.strip()
    ]
    quotes = any(
        said != said_bare.strip()
        for (_, said), said_bare in zip(kept, filter(str.strip, bare_lines), strict=True)
    )
    items = tuple(PastedItem(line, ((first.id, said),)) for line, said in kept)
    return PastedList(items, marks_left_out=numbered or quotes)


def lines_without_marks(plan: Plan, slot: Slot, lines: Sequence[str]) -> tuple[list[str], bool]:
    """Return lines without their bullets and numbers, and whether there were numbers.

    Bullets go always, numbers where two lines carry one, or one line the number of its item.
    """
    numbered = sum(1 for line in lines if _NUMBERING.match(_BULLET.sub("", line))) > 1
    numbered = numbered or (len(lines) == 1 and _has_next_number(plan, slot, lines[0]))
    bare_lines = [_BULLET.sub("", line) for line in lines]
    return [_NUMBERING.sub("", line, count=1) if numbered else line for line in bare_lines], numbered


def _has_next_number(plan: Plan, slot: Slot, line: str) -> bool:
    """Tell whether a line begins with the number that its item gets on the list at ``slot``."""
    number = _NEXT_NUMBER.match(_BULLET.sub("", line))
    return number is not None and int(number[1]) == len(plan.state.list_at(slot).live) + 1


def _fields(plan: Plan, step: CollectStep) -> Sequence[QuestionStep]:
    """Return the questions inside an item that a cell of a table can answer, the first that adds it first."""
    inside = [one for one in plan.script.inside(step.id) if isinstance(one, QuestionStep)]
    kinds = (TextStep, LongTextStep, NumberStep, DateStep, ChoiceStep)
    return [one for one in inside if isinstance(one, kinds) and one.when is None] or inside[:1]


def _people(plan: Plan, step: CollectStep) -> bool:
    """Tell whether a list is of people: the second thing asked of an item is offered elsewhere as a role."""
    second = _fields(plan, step)[1:2]
    offered = {name for one in plan.script.steps if isinstance(one, TextStep) for name in one.offer_from}
    return bool(second) and second[0].id in offered


def _people_apart(plan: Plan, step: CollectStep, lines: list[str]) -> list[str]:
    """Return a line for each of the people on one: "Ann, director; Bob, planner"."""
    several = [part.strip() for part in lines[0].split(";")] if len(lines) == 1 else []
    apart = bool(several) and _people(plan, step) and all("," in part for part in several)
    return several if apart else lines


def _table(
    words: TypedWords, plan: Plan, step: CollectStep, frame: Frame, lines: Sequence[str]
) -> PastedList | None:
    """Return a paste as rows, where every line has the same columns; None where it is no table."""
    fields = _fields(plan, step)
    rows = _rows(lines, people=_people(plan, step))
    if rows is None or len(rows[0]) > len(fields):
        return None
    # A row of headings says which fields the columns are; without one they are the first ones.
    names = {bare(text_of(plan, one, frame, "short") or ""): one for one in fields} | {
        bare(one.short or ""): one for one in fields
    }
    first = [bare(cell) for cell in rows[0]]
    headed = all(cell in names or words.among("headings", cell) for cell in first)
    columns = (
        [names[cell] for cell in first] if all(cell in names for cell in first) else fields[: len(first)]
    )
    if fields[0] not in columns:
        return None
    told = [(line, cells) for line, cells in zip(_not_ruled(lines), rows, strict=True)][1 if headed else 0 :]
    items = tuple(
        PastedItem(
            line,
            tuple((one.id, without_quotes(cell)) for one, cell in zip(columns, cells, strict=True) if cell),
        )
        for line, cells in told
    )
    if not items or any(item.answers[0][0] != columns[0].id for item in items if item.answers):
        return None
    shown = tuple(text_of(plan, one, frame, "short") or one.id for one in columns)
    return PastedList(items, shown)


def _not_ruled(lines: Sequence[str]) -> list[str]:
    """Return the lines of a table without those that only rule it."""
    return [line for line in lines if not _RULED.fullmatch(line.strip())]


def _rows(lines: Sequence[str], *, people: bool) -> list[list[str]] | None:
    """Return the cells of every line, where one separator gives all of them the same number, two or more."""
    told = _not_ruled(lines)
    separators = ["\t", "|"]
    if people:
        separators += ["-", ";"] + ([",", ":", "("] if len(told) > 1 else [])
    for separator in separators:
        rows = [_cells(line, separator) for line in told]
        if rows and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1:
            return rows
    return None


def _cells(line: str, separator: str) -> list[str]:
    if separator == "(":
        found = _BRACKETS.fullmatch(line.strip())
        return [line] if found is None else [found[1], found[2]]
    if separator == "-":
        return [cell.strip() for cell in _DASH.split(line.strip())]
    inner = line.strip().strip("|") if separator == "|" else line.strip(" \n")
    return [cell.strip() for cell in inner.split(separator)]


def _parts(words: TypedWords, plan: Plan, step: CollectStep, lines: Sequence[str]) -> list[str]:
    """Return the short names that stand on one line with ";" or commas between them."""
    if len(lines) != 1:
        return []
    line = lines[0].strip().rstrip(".")
    by_semicolon = [part.strip() for part in line.split(";")]
    by_arrow = [part for part in _ARROW.split(line) if part]
    if step.short_names and len(by_arrow) > 2:
        return by_arrow
    short_names = _people(plan, step) or getattr(_fields(plan, step)[0], "coach", None) == "segment"
    short_names = short_names or step.short_names
    if len(by_semicolon) > (1 if short_names else 2):
        return [part for part in by_semicolon if part]
    if not short_names:
        return []
    # "Pick and pack" is one step, "tenants and landlords" are two.
    between = "," if step.short_names else r",|\s(?:and|en|&)\s"
    by_comma = [part.strip() for part in re.split(between, line)]
    commas = line.count(",")
    most = _MOST_WORDS_OF_STEP if step.short_names else _MOST_SHORT_WORDS
    if commas and len(by_comma) > 2 and all(len(part.split()) <= most for part in by_comma):
        return [re.sub(r"^(?:and|en)\s+", "", part) for part in by_comma if part]
    return []
