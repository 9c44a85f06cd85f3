"""What could not be read in a line: parts that stay in the name and look like more, scores that are none."""

from __future__ import annotations

import re

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.understanding.dates import dates_in, tags_of
from bsc_coach.interview.understanding.phrases import bare
from bsc_coach.interview.understanding.readings import AskBack, Today
from bsc_coach.interview.understanding.row_parts import RowQuestions, choice_said, is_unknown
from bsc_coach.interview.understanding.rows import row_questions, scores_on, split_line
from bsc_coach.script.model import PickStep
from bsc_coach.script.slots import Slot

_MOST_WORDS = 4
"""Words of a part that is a number or a date with what belongs to it, and no words with a number in them."""
_BEGINS_WITH_NUMBER = re.compile(r"[~≈<>≤≥]?\s*[€$£]?\s*\d")
_ONLY_NUMBERS = re.compile(r"\d[\d\s/,.–-]*")
_RANGE = re.compile(r"(?P<before>\S+?)\s*(?:[-–=]*>|[→⇒➔➜])\s*[€$£]?\s?\d.*", re.DOTALL)
_WHAT_IS_COUNTED = {"IN", "DAY", "WEEK", "MONTH", "YEAR"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def left_in_name(plan: Plan, slot: Slot, name: str, today: Today) -> tuple[str, ...]:
    """Return the parts of the name of an item that look like a number, a range, a date or "same as above".

    ``slot`` is that of the list. A line was typed there, and what nobody could read went with the name. What
    stands first is the name itself, but for a range at its end.
    """
    asked = row_questions(plan, slot, today)
    if asked is None or isinstance(asked.steps[0], PickStep):
        return ()
    first, *others = (part.text for part in split_line(name))
    found = _RANGE.search(first) if asked.numbers else None
    in_name = found is not None and (
        any(map(str.isdigit, found["before"])) or is_unknown(asked.words, found["before"])
    )
    behind = [part for part in others if _looks_like_more(asked, part)]
    return (*([found[0]] if found is not None and in_name else ()), *behind)


def _looks_like_more(asked: RowQuestions, part: str) -> bool:
    short = len(part.split()) <= _MOST_WORDS
    if asked.numbers and (_RANGE.search(part) or (short and _BEGINS_WITH_NUMBER.match(part))):
        return True
    if asked.date is not None and short and (_YEAR.search(part) or _is_date(asked, part)):
        return True
    if asked.owner is not None and asked.words.among("same_as_above", bare(part)):
        return True
    return bool(asked.scores) and _ONLY_NUMBERS.fullmatch(part) is not None


def _is_date(asked: RowQuestions, part: str) -> bool:
    """Tell whether a part says when; "in days" says what is counted."""
    counted = set(tags_of(asked.words, part).split()) <= _WHAT_IS_COUNTED
    return not counted and bool(dates_in(asked.words, part, asked.today))


def no_score(plan: Plan, slot: Slot, text: str, today: Today) -> AskBack | None:
    """Return what is wrong with the scores behind a name, where one of them is none: "make bread, 5 22"."""
    asked = row_questions(plan, slot, today)
    found = scores_on(asked, text.strip().rstrip(".").strip()) if asked is not None else None
    if asked is None or found is None or not found["before"].strip():
        return None
    for step, said in zip(asked.scores, found.groups()[2:], strict=True):
        if choice_said(asked, step, said) is None:
            scores = f"{step.choices[0].id}–{step.choices[-1].id}"
            return AskBack(
                "no_score", reason=said, name=f"{text_of(plan, step, asked.frame, 'short')} ({scores})"
            )
    return None
