"""Rehearsing a script: paths in each of its languages, in folders that are gone afterwards, and a report.

The same script, seed and languages give the same paths. What is found is data; ``cli/rehearse`` prints it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal

from bsc_coach import words
from bsc_coach.conversation.rehearsal.path import WalkedPath, bring_in, walk
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.rehearsal.printed_ids import printed_ids
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.presets import PRESETS
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import Script
from bsc_coach.script.slots import ItemId, StepId
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.toml_text import TomlText

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When every rehearsed session begins: a Monday morning, the same for the same paths."""
BETWEEN = timedelta(seconds=20)
DOCUMENT_WORDS = (
    "calendar",
    "document",
    "documents",
    "iso",
    "map",
    "minutes",
    "owners",
    "strategy",
    "stratml",
)
"""The areas of words that documents are made with."""

EVERY_DEPTH = 3
"""One path in so many asks everything; the others have ninety minutes, or half a day."""

_SAME = ("fault", "question", "id")
"""Findings that have these values in common are told once."""

Kind = Literal["crash", "stuck", "nothing_to_choose", "never_reached", "id_as_text"]


@dataclass(frozen=True)
class RehearsalFinding:
    """Something that went wrong, with the first path that it was seen in."""

    kind: Kind
    step: str
    line: int
    """Where the step stands in the file of the script; 1 where no step is known."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The fault; the question; or the id, the file and the words around it."""
    language: str = ""
    path: int | None = None
    """The number of the path in its language; 0 is the one of Enter alone."""
    typed: tuple[str, ...] = ()
    """What was typed until then, where that is needed to see it again."""


@dataclass(frozen=True)
class Rehearsal:
    """What came of all paths: how many there were, how much was typed, and what was found."""

    paths: int
    lines: int
    found: tuple[RehearsalFinding, ...]


class _NothingFlushed(Disk):
    """The disk of a folder that nobody will look into again: nothing has to survive a power cut."""

    def fsync(self, fd: int) -> None:
        """Leave the bytes where they are."""


def rehearse(
    source: ScriptSource,
    *,
    paths: int,
    seed: int,
    languages: Sequence[str] = (),
    open_app: Callable[[Session], None] = lambda _: None,
) -> Rehearsal:
    """Play a path of Enter alone and ``paths`` random ones, in each of ``languages`` (none given: all).

    ``open_app`` shows the session at the end of the last path of each language. Raises ScriptErrors.
    """
    script = load_script(source)
    lines = _lines_of_steps(source, script)
    reached: set[StepId] = set()
    found: dict[tuple[str, ...], RehearsalFinding] = {}
    spoken, typed = tuple(languages) or script.header.languages, 0
    # The paths of one language know what was chosen in the ones before, and nothing of another language.
    for language in spoken:
        chosen: Counter[tuple[str, str]] = Counter()
        for number in range(paths + 1):
            source_of_chance = Random(f"{seed} {language} {number}")
            answers = PlausibleAnswers(
                source_of_chance, language, START.date(), chosen=chosen, covers_more=True
            )
            path = _played(source, answers, number, open_app if number == paths else None)
            reached |= path.reached
            typed += len(path.typed)
            for one in _findings(path, language, number, lines):
                found.setdefault((one.kind, one.step, *(one.values.get(name, "") for name in _SAME)), one)
    # A step counts as reached in whichever language; one that is never asked is filled by something else.
    for step in script.asked():
        if step.id not in reached and not step.unasked:
            found["never_reached", step.id] = RehearsalFinding("never_reached", step.id, lines[step.id])
    return Rehearsal(len(spoken) * (paths + 1), typed, tuple(found.values()))


def _played(
    source: ScriptSource, answers: PlausibleAnswers, number: int, open_app: Callable[[Session], None] | None
) -> WalkedPath:
    """Play one path in a folder of its own, look for ids in its documents, and open the app on it."""
    with TemporaryDirectory(prefix="bsc-coach-rehearsal-") as folder:
        environment = Environment(_ticking(), _ids(), "rehearsal", "rehearsal", _NothingFlushed())
        session = create_session(Path(folder) / "session", source, environment, language=answers.language)
        if number % EVERY_DEPTH:
            # The others at the depths of people who have less time, where the script has more than one.
            session.do(PlanAgenda(list(PRESETS)[number % EVERY_DEPTH - 1]))
        if number % 2:
            bring_in(session)
        try:
            path = walk(session, answers, only_enter=number == 0)
            path.printed = tuple(printed_ids(session.plan, path.documents, _words(answers.language)))
            if open_app is not None:
                path.guard(lambda: open_app(session))
        finally:
            session.close()
    return path


def _findings(
    path: WalkedPath, language: str, number: int, lines: Mapping[str, int]
) -> Iterator[RehearsalFinding]:
    for trouble in path.troubles:
        values = {"fault" if trouble.kind == "crash" else "question": trouble.what}
        line, typed = lines.get(trouble.step, 1), tuple(path.typed[: trouble.after])
        yield RehearsalFinding(trouble.kind, trouble.step, line, values, language, number, typed)
    for one in path.printed:
        values = {"id": one.id, "file": one.file, "around": one.around}
        yield RehearsalFinding("id_as_text", one.step, lines.get(one.step, 1), values, language, number)


def _ticking() -> Callable[[], datetime]:
    moments = (START + count * BETWEEN for count in itertools.count())
    return lambda: next(moments)


def _ids() -> Iterator[ItemId]:
    """Yield ids that stand out in a document, and are the same in the same path."""
    return (ItemId(f"zq{number:06d}") for number in itertools.count(1))


@cache
def _words(language: str) -> frozenset[str]:
    """Return every text that documents are made with, in small letters: some are the same as an id."""
    return frozenset(
        text.casefold() for area in DOCUMENT_WORDS for text in _leaves(words.texts(area, language))
    )


def _leaves(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for inner in told.values():
            yield from _leaves(inner)


def _lines_of_steps(source: ScriptSource, script: Script) -> Mapping[str, int]:
    """Return the line of the file in which each step has its id."""
    text = TomlText(source.base.decode("utf-8"))
    blocks = [block for block in text.blocks if block.name == "step"]
    return {step.id: text.locate(block, ("id",)) for step, block in zip(script.steps, blocks, strict=True)}
