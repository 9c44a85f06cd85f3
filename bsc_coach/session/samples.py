"""Sample sessions, recorded, that come with the program: what was done in them, or what was typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bsc_coach.errors import UsageError
from bsc_coach.resources import asset_dir

USUAL_PAUSE = 20
"""Seconds between two recorded answers where the recording does not say."""


@dataclass(frozen=True)
class RecordedLine:
    """A line as it was handed in with one Enter, and the seconds since the one before."""

    text: str
    after: float


@dataclass(frozen=True)
class Sample:
    """A recorded session: its name, whose it is, and either commands with their times or typed lines."""

    name: str
    title: str
    script: str
    start: datetime
    language: str
    by: str
    preset: str
    """How long it took: the preset that its time was planned with; "everything" where nobody planned it."""
    commands: tuple[dict[str, Any], ...] = ()
    lines: tuple[RecordedLine, ...] = ()
    """The submissions of a session that was typed; the first one answers how much time there is."""


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
    head, *told = (json.loads(line) for line in text.split("\n") if line.strip())
    typed = head.get("typed", False)
    return Sample(
        name=name,
        title=head["title"],
        script=head["script"],
        start=datetime.fromisoformat(head["start"]),
        language=head["language"],
        by=head["by"],
        preset=head.get("preset", "everything"),
        commands=() if typed else tuple(told),
        lines=tuple(RecordedLine(one["line"], one.get("after", USUAL_PAUSE)) for one in told if typed),
    )
