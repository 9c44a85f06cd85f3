"""Texts that are no answer: don't know, does not apply, a question, yes or no, a bare number or date."""

from __future__ import annotations

import re

from bsc_coach.interview.understanding.phrases import TypedWords, bare, without_apostrophes
from bsc_coach.interview.understanding.readings import AskBack
from bsc_coach.text import normal

_MARKS_ONLY = re.compile(r"[?\s]+|[-–—_=*/\\x.…,]+|n/?a")
_BARE_NUMBER = re.compile(
    r"[~<>≤≥±]?\s*([$€£¥]\s*)?[+-]?\d[\d.,\s]*(\s*[-–—/]\s*\d[\d.,]*)?\s*(%|\+|k|mln|m)?\s*[.?]?",
    re.IGNORECASE,
)
_MOST_TENTATIVE = 4
"""Words of an answer with a question mark behind it, such as a role; a question is longer."""
_MOST_ASKING = 12


def non_answer(words: TypedWords, text: str, *more: str) -> AskBack | None:
    """Return why a text is no answer to anything: not known yet, does not apply. None where it may be one.

    ``more`` names lists of phrases that are none here: "some day" where a date is asked.
    """
    said = bare(text)
    if words.among("not_applicable", said) or words.among("nothing", said):
        return AskBack("not_applicable")
    if any(words.among(name, said) for name in ("not_known", "not_known_alone", *more)):
        return AskBack("not_known")
    if _MARKS_ONLY.fullmatch(normal(text)):
        return AskBack("not_known")
    for kind in ("not_applicable", "not_known"):
        reason = words.begins(kind, text)
        if reason is not None:
            return AskBack("not_applicable" if kind == "not_applicable" else "not_known", reason=reason)
    return None


def asks_something(words: TypedWords, text: str, *, dated: bool = False) -> AskBack | None:
    """Return that a text asks something instead of answering, or answers with a question mark behind it."""
    said = without_apostrophes(normal(text)).strip(" \t\"“”'")
    in_words = re.findall(r"\w+", said)
    if said.rstrip("?! .") in words.lists["asks_alone"]:
        return AskBack("question")
    asks = (said == phrase or said.startswith((f"{phrase} ", f"{phrase}?")) for phrase in words.lists["asks"])
    if len(in_words) <= _MOST_ASKING and any(asks):
        return AskBack("question")
    if not said.endswith("?") or not in_words:
        return None
    if dated or len(in_words) > _MOST_TENTATIVE or words.lists["asking_words"] & set(in_words):
        return AskBack("question")
    return AskBack("tentative", choices=(text.strip().rstrip("?").rstrip(),))


def is_yes_or_no(words: TypedWords, text: str) -> bool:
    """Tell whether a text is yes or no alone."""
    return words.among("yes_no", bare(text))


def is_bare_number(text: str) -> bool:
    """Tell whether a text is a number, an amount or a range and nothing else."""
    return _BARE_NUMBER.fullmatch(normal(text)) is not None
