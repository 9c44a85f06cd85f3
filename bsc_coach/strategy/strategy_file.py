"""The tables of a strategy.toml: the strategy, and what the session that wrote it says of itself.

A document made from the file is to say the same as one made from the session: when it was held, what was
confirmed, what is open and why, what was kept against the coach, what came from an earlier strategy.
The digest tells whether anybody changed the file since: then nothing counts as confirmed any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal

from bsc_coach.strategy.field_types import PartialDate
from bsc_coach.strategy.model import FORMAT, Strategy
from bsc_coach.strategy.notes import (
    Alarm,
    KeptAnswer,
    LeftAside,
    LeftQuestion,
    MutedRule,
    NotDiscussed,
    Notes,
    PartOf,
    Point,
    PointSide,
    Sitting,
    TakenOver,
    Unconfirmed,
    Voted,
)
from bsc_coach.strategy.part import Part

_DIGEST_SIZE = 8
FilePointKind = Literal[
    "disputed", "open", "parked", "stale", "does_not_apply", "waiting", "broken", "not_discussed"
]


class FilePoint(Part):
    """A question that is not simply answered: ``Point``, and what nobody came to, in one list."""

    kind: FilePointKind
    section: str
    question: str = ""
    """Empty for a part of the agenda that nobody came to at all."""
    short: str = ""
    about: str | None = None
    answer: str | None = None
    reason: str | None = None
    owner: str | None = None
    due: str | None = None
    by: str | None = None
    on: str | None = None
    left: bool = False
    choices: tuple[str, ...] = ()
    sides: tuple[PointSide, ...] = ()
    of: str = ""
    """Of what was not discussed: the list whose items it is asked of."""
    some: tuple[str, ...] = ()
    """Of what was not discussed: the items that nobody came to, where the others were asked."""
    second_sitting: bool = False
    """Of what was not discussed: whether it waits for a second sitting."""


class SessionTable(Part):
    """What the session that wrote the file says of itself."""

    last_answer: PartialDate | None = None
    confirmed: PartialDate | None = None
    """ISO date on which the closing read-back was confirmed; absent where it was not."""
    answers: int = 0
    digest: str = ""
    """Of everything else in the file, as the session wrote it."""
    sittings: tuple[Sitting, ...] = ()
    taken_over: TakenOver | None = None
    part_of: PartOf | None = None
    """What its folder is a part of, where it is one; a whole session has none."""


class StrategyFile(Strategy):
    """All that stands in a strategy.toml: the fields of a strategy, and the record of its session."""

    redacted: bool = False
    theme: str | None = None
    """The strategic theme whose points alone the file holds."""
    session: SessionTable | None = None
    points: tuple[FilePoint, ...] = ()
    kept: tuple[KeptAnswer, ...] = ()
    muted: tuple[MutedRule, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    left_aside: tuple[LeftAside, ...] = ()
    unconfirmed: tuple[Unconfirmed, ...] = ()
    voted: tuple[Voted, ...] = ()

    @property
    def strategy(self) -> Strategy:
        """The strategy alone."""
        return Strategy.model_construct(**{name: getattr(self, name) for name in Strategy.model_fields})

    @property
    def edited(self) -> bool:
        """Whether somebody changed it since a session wrote it."""
        return self.session is not None and self.session.digest != digest_of_file(self)

    @property
    def notes(self) -> Notes:
        """What a document tells beside the strategy.

        Of a file that was changed since, nobody has confirmed anything, and nobody has looked for alarms.
        """
        session, edited = self.session or SessionTable(), self.edited
        return Notes(
            recorded=self.session is not None,
            edited=edited,
            session_date=session.last_answer,
            answers=session.answers,
            sittings=session.sittings,
            taken_over=session.taken_over,
            part_of=session.part_of,
            unconfirmed=self.unconfirmed,
            points=tuple(_points(self.points)),
            not_discussed=tuple(_not_discussed(self.points)),
            left_aside=self.left_aside,
            voted=self.voted,
            kept=self.kept,
            muted=self.muted,
            alarms=() if edited else self.alarms,
            confirmed=None if edited else session.confirmed,
            redacted=self.redacted,
            theme=self.theme,
        )


def file_of(strategy: Strategy, notes: Notes) -> StrategyFile:
    """Return what a strategy.toml says of a strategy and of the session behind it, where there is one."""
    session = SessionTable(
        last_answer=notes.session_date,
        confirmed=notes.confirmed,
        answers=notes.answers,
        sittings=notes.sittings,
        taken_over=notes.taken_over,
        part_of=notes.part_of,
    )
    file = StrategyFile.model_construct(
        **{name: getattr(strategy, name) for name in Strategy.model_fields},
        redacted=notes.redacted,
        theme=notes.theme,
        session=session if notes.recorded else None,
        points=(*map(_file_point, notes.points), *_left_out(notes.not_discussed)),
        kept=notes.kept,
        muted=notes.muted,
        alarms=notes.alarms if notes.recorded else (),
        left_aside=notes.left_aside,
        unconfirmed=notes.unconfirmed,
        voted=tuple(one.model_copy(update={"named": ()}) for one in notes.voted),
    )
    if not notes.recorded:
        return file
    # A file that was changed by hand stays one, whoever writes it again.
    digest = "" if notes.edited else digest_of_file(file)
    return file.model_copy(update={"session": session.model_copy(update={"digest": digest})})


def table_of(file: StrategyFile) -> dict[str, object]:
    """Return the tables of a strategy.toml in the order in which they are written."""
    told = file.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    first = {"format": FORMAT, "language": file.language}
    first |= {name: told[name] for name in ("redacted", "theme", "session") if name in told}
    return {**first, **{name: value for name, value in told.items() if name not in first}}


def digest_of_file(file: StrategyFile) -> str:
    """Return the digest of all that a file says, whatever its layout; its own digest left aside."""
    table = table_of(file)
    session = table.get("session")
    if isinstance(session, dict):
        table["session"] = {name: value for name, value in session.items() if name != "digest"}
    encoded = json.dumps(table, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.blake2s(encoded, digest_size=_DIGEST_SIZE).hexdigest()


def _file_point(point: Point) -> FilePoint:
    told = point.model_dump()
    return FilePoint(**{**told, "kind": "does_not_apply" if point.kind == "declined" else point.kind})


def _left_out(left: Iterable[NotDiscussed]) -> Iterator[FilePoint]:
    """Yield a point for each question that nobody came to, and one for a part that nobody came to at all."""
    for part in left:
        for one in part.questions or (LeftQuestion(name=""),):
            yield FilePoint(
                kind="not_discussed",
                section=part.section,
                question=one.name,
                of=one.of,
                some=one.some,
                second_sitting=part.second_sitting,
            )


def _points(points: Iterable[FilePoint]) -> Iterator[Point]:
    for point in points:
        if point.kind != "not_discussed":
            told = point.model_dump(include=set(Point.model_fields))
            yield Point(**{**told, "kind": "declined" if point.kind == "does_not_apply" else point.kind})


def _not_discussed(points: Iterable[FilePoint]) -> Iterator[NotDiscussed]:
    left = (point for point in points if point.kind == "not_discussed")
    for (section, second), together in groupby(left, lambda one: (one.section, one.second_sitting)):
        questions = tuple(
            LeftQuestion(name=one.question, of=one.of, some=one.some) for one in together if one.question
        )
        yield NotDiscussed(section=section, questions=questions, second_sitting=second)
