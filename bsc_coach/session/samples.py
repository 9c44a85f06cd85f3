"""Sample sessions, recorded, that come with the program, played through the real engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bsc_coach.errors import UsageError
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.resources import asset_dir
from bsc_coach.script.slots import ItemId
from bsc_coach.script.source import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import Session, create_session

USUAL_PAUSE = 20
"""Seconds between two recorded answers where the recording does not say."""


@dataclass(frozen=True)
class Sample:
    """A recorded session: its name, whose it is, and the commands with their times."""

    name: str
    title: str
    script: str
    start: datetime
    language: str
    by: str
    commands: tuple[dict[str, Any], ...]


def sample_names() -> tuple[str, ...]:
    """List the recorded sessions."""
    folder = asset_dir("prompts") / "samples"
    return tuple(
        sorted(
            found.name.removesuffix(".jsonl") for found in folder.iterdir() if found.name.endswith(".jsonl")
        )
    )


def read_sample(name: str) -> Sample:
    """Read a recorded session. Raises UsageError for a name that there is none of."""
    if name not in sample_names():
        raise UsageError("cli.no_such_sample", name=name[:60], names=", ".join(sample_names()))
    text = (asset_dir("prompts") / "samples" / f"{name}.jsonl").read_text(encoding="utf-8")
    head, *commands = (json.loads(line) for line in text.split("\n") if line.strip())
    return Sample(
        name=name,
        title=head["title"],
        script=head["script"],
        start=datetime.fromisoformat(head["start"]),
        language=head["language"],
        by=head["by"],
        commands=tuple(commands),
    )


class _Replay:
    """The clock and the item ids of a recording: the same each time it is played."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def clock(self) -> datetime:
        return self.time

    def ids(self, name: str) -> Iterator[ItemId]:
        number = 0
        while True:
            number += 1
            yield ItemId(f"{name[:2]}{number:05d}")


def play_sample(name: str, folder: Path, environment: Environment) -> Session:
    """Play a recorded session into a new folder and return it, open.

    Times and ids are those of the recording, so the files come out the same each time. What is said
    afterwards has the time, ids and name of ``environment``. Raises UsageError, FolderError.
    """
    sample = read_sample(name)
    replay = _Replay(sample.start)
    recorded = replace(
        environment, clock=replay.clock, ids=replay.ids(sample.name), by=sample.by, writer="recorded"
    )
    session = create_session(folder, bundled_source(sample.script), recorded, language=sample.language)
    for told in sample.commands:
        command = dict(told)
        replay.time += timedelta(seconds=command.pop("after", USUAL_PAUSE))
        by = command.pop("by", None)
        outcome = session.do(command_of(session.plan, read_request(command)), by=by)
        if outcome.action is None:
            raise AssertionError(f"the recording {name} does not fit its script: {told}, {outcome.refusals}")
    session.go_on_as(environment)
    return session
