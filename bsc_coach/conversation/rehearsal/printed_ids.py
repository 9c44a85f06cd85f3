"""Ids of a script or of list items that stand in a document where words should be.

An id that is no word (``kpis.baseline_by``, the eight letters of an item) is looked for anywhere. One that
could be a word (``public``) counts only where it is all that a cell, a value or a line holds, in the small
letters of ids, and where neither its own choice nor the words of the program say the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import choice_text
from bsc_coach.script.model import ChoiceStep, Fixed, SeveralStep, Step
from bsc_coach.script.slots import ItemId
from bsc_coach.script.step_parts import TEXT_ROLES
from bsc_coach.text import shorten

DATA = (".toml", ".csv")
"""Documents for programs: ids belong there."""
BROKEN = (".svg", ".xml")
"""Documents whose texts are cut into lines, or are words of a standard: a single word there tells nothing."""
_UNSEEN = re.compile(
    r"<(style|script|svg|defs|metadata|title)\b.*?</\1>|<[^>]*>|\]\([^)]*\)|&[a-z]+;", re.DOTALL
)
"""What a reader of HTML, SVG, XML or Markdown does not see: tags with their attributes, targets of links."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A sign that Markdown has to be told is one."""
_BETWEEN = re.compile(r"[\n|]|: |\*\*|^\s*[-*>#]+ | · | – ", re.MULTILINE)
"""Where one value ends and the next begins."""
_WORD = re.compile(r"[a-z]+")
_TOKEN = re.compile(r"[\w.]*\w")
_LONGEST = 80


@dataclass(frozen=True)
class PrintedId:
    """An id that stands in a document, with the text around it."""

    id: str
    step: str
    """The step it is of or belongs to."""
    file: str
    around: str


def printed_ids(plan: Plan, documents: Mapping[str, str], said_otherwise: Set[str]) -> Iterator[PrintedId]:
    """Yield each id that stands in one of the ``documents`` (text by file) as text, once for each file.

    ``said_otherwise`` are words in small letters that the program itself may print: they are no ids.
    """
    strange, like_words = _ids_of(plan, said_otherwise | _own_words(plan))
    for file, text in documents.items():
        if file.endswith(DATA):
            continue
        seen = html.unescape(_UNSEEN.sub("\n", _ESCAPED.sub(r"\1", text)))
        values = {part.strip(" .*_`()").strip() for part in _BETWEEN.split(seen)}
        for name in sorted(like_words.keys() & values if not file.endswith(BROKEN) else ()):
            yield PrintedId(name, like_words[name], file, name)
        told = set()
        for found in _TOKEN.finditer(seen):
            if found[0] in strange and found[0] not in told:
                told.add(found[0])
                line = seen[max(0, found.start() - 40) : found.end() + 40]
                yield PrintedId(found[0], strange[found[0]], file, shorten(line.strip(), _LONGEST))


def _own_words(plan: Plan) -> set[str]:
    """Return the texts of the script, and each word of them: whoever wrote an id there wants to see it."""
    texts = [text for step in plan.script.steps for text in _texts_of(step)]
    for told in plan.script.translations.values():
        texts += [text for step in told.values() for text in step.values()]
    return {text.casefold() for text in texts} | {
        word.casefold() for text in texts for word in _TOKEN.findall(text) if not _WORD.fullmatch(word)
    }


def _texts_of(step: Step) -> Iterator[str]:
    holders: list[object] = [step, *step.variants, *getattr(step, "choices", ()), *getattr(step, "items", ())]
    for holder in holders:
        yield from (text for role in (*TEXT_ROLES, "text") if (text := getattr(holder, role, None)))


def _ids_of(plan: Plan, said_otherwise: Set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids that no word looks like, and those that could be words, each with its step."""
    strange, like_words = dict[str, str](), dict[str, str]()

    def add(name: str, step: str, words: Iterable[str]) -> None:
        if name.isdecimal() or name in {one.casefold() for one in words} | said_otherwise:
            return
        (like_words if _WORD.fullmatch(name) else strange).setdefault(name, step)

    for step in plan.script.steps:
        add(step.id, step.id, ())
    for item, frame in plan.state.frames.items():
        add(item, frame[-1][0], ())
    for step in plan.script.steps:
        if isinstance(step, Fixed):
            for one in step.items:
                add(one.id, step.id, (one.text, plan.label(((step.id, ItemId(one.id)),))))
        if isinstance(step, ChoiceStep | SeveralStep):
            for choice in step.choices:
                add(choice.id, step.id, (choice.text, choice_text(plan, step, choice, ())))
    return strange, like_words
