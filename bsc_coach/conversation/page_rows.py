"""Which questions the rows of a filled-in page are about: by the item and the words of the question.

A page that is brought back was printed from this session, so what it asks are the questions of the session,
in full, in short, or as the page asks for what is still missing. A code as on a worksheet does as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bsc_coach.interview.codes import slot_of
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, question_of
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal
from bsc_coach.words import languages, texts

STANDING = ("propose", "need", "drop", "answered_by", "agree")
"""What a page asks every owner, whatever is theirs: no question of the session."""
_WORDS = re.compile(r"\w+")
_SHORTEST = 12
"""Letters from which on a question is known by how it begins: behind it may stand its choices."""


@dataclass(frozen=True)
class PageAnswer:
    """An answer on a page: which row, to what, and what was written."""

    row: int
    about: str
    question: str
    answer: str
    slot: Slot | None = None
    standing: str = ""
    """Which of the questions that a page asks every owner, where it is one of them."""


def columns_in(heads: Iterable[str]) -> Mapping[str, int]:
    """Return where about, question and answer stand in a table, by its headings in any language."""
    found: dict[str, int] = {}
    words = {
        _bare(text): name
        for language in languages()
        for name, label in (
            ("about", "about"), ("question", "question"), ("question", "part"), ("answer", "answer"),
            ("answer", "proposal"),
        )
        if (text := _label(language, label))
    }  # fmt: skip
    for at, head in enumerate(heads):
        if (name := words.get(_bare(head))) is not None:
            found.setdefault(name, at)
    return found if {"question", "answer"} <= found.keys() else {}


def _label(language: str, name: str) -> str:
    return str(texts("owners", language)["label"].get(name, ""))


class PageQuestions:
    """The questions of a session by the words that a page asks them with."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._by_words: dict[str, list[Slot]] = defaultdict(list)
        self._abouts: dict[Slot, tuple[str, str]] = {}
        for slot, status in plan.statuses.items():
            if status.active:
                for told in _asked_as(plan, status):
                    self._by_words[_bare(told)].append(slot)
        self._standing = {
            _bare(asked): name
            for language in languages()
            for name, asked in texts("owners", language)["question"].items()
        }

    def answer(self, row: int, about: str, question: str, answer: str) -> PageAnswer:
        """Return an answer with the question that it is to, where there is one that reads like it."""
        slot = slot_of(self.plan, question.split(maxsplit=1)[0]) if question.split() else None
        standing = self._standing.get(_bare(question), "")
        if slot is None and not standing:
            slot = self._slot(about, question)
        return PageAnswer(row, about, question, answer, slot, standing)

    def _slot(self, about: str, question: str) -> Slot | None:
        wanted = _bare(question)
        # As a whole, or with choices and dates behind it; the longest that fits is meant.
        begun = sorted(
            (
                words
                for words in self._by_words
                if words == wanted or (len(words) >= _SHORTEST and wanted.startswith(words))
            ),
            key=len,
            reverse=True,
        )
        for words in begun:
            fitting = [slot for slot in self._by_words[words] if self._is_about(slot, about)]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def _is_about(self, slot: Slot, about: str) -> bool:
        """Tell whether a question is about what a page says: its id first, or what it is called."""
        if slot not in self._abouts:
            short = "" if slot.item is None else self.plan.state.shorts.get(slot.item, "")
            named = (about_of(self.plan, slot) or "") if slot.frame else ""
            self._abouts[slot] = (normal(short), _bare(named))
        short, named = self._abouts[slot]
        first = normal(about.split(maxsplit=1)[0]) if about.split() else ""
        if short:
            return first == short
        return not named or named == _bare(about)


def _asked_as(plan: Plan, status: SlotStatus) -> Iterator[str]:
    """Yield the ways in which a page asks a question: in full, in short, and by the name of its field."""
    slot, step = status.slot, status.step
    told = {question_of(plan, slot), text_of(plan, step, slot.frame, "short") or ""}
    field = "measured_by" if step.field == "kpis[]" else (step.field or "").rpartition(".")[2]
    if field and not (isinstance(step, CollectStep) and field != "measured_by"):
        for language in languages():
            owners, document = texts("owners", language), texts("document", language)
            told |= {str(owners.get("ask", {}).get(field, "")), str(owners["label"].get(field, ""))}
            told.add(str(document["label"].get(field, "")))
    yield from filter(None, told)


def _bare(text: str) -> str:
    """Return the letters and digits of a text, whatever stands between them."""
    return "".join(_WORDS.findall(normal(text)))
