"""Playing a recorded session: commands through the engine, or lines through the talk as they were typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bsc_coach.conversation.commands.clock import ask_for_time
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.errors import RecordingFaultError
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.script.slots import ItemId
from bsc_coach.script.source import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.session.samples import USUAL_PAUSE, Sample
from bsc_coach.session.session import Session


class _Replay:
    """The clock and the item ids of a recording: the same each time it is played."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def clock(self) -> datetime:
        return self.time

    def goes_on(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def ids(self, name: str) -> Iterator[ItemId]:
        number = 0
        while True:
            number += 1
            yield ItemId(f"{name[:2]}{number:05d}")


def play_sample(sample: Sample, folder: Path, environment: Environment) -> Session:
    """Play a recorded session into a new folder and return it, open.

    Times and ids are those of the recording, so the files come out the same each time. What is said
    afterwards has the time, ids and name of ``environment``. Raises FolderError, and RecordingFaultError
    for what the script of today does not take.
    """
    replay = _Replay(sample.start)
    recorded = replace(
        environment, clock=replay.clock, ids=replay.ids(sample.name), by=sample.by, writer="recorded"
    )
    session = create_session(folder, bundled_source(sample.script), recorded, language=sample.language)
    try:
        _carry_out(session, sample, replay)
        _type_lines(session, sample, replay)
    except RecordingFaultError:
        session.close()
        raise
    session.go_on_as(environment)
    return session


def _carry_out(session: Session, sample: Sample, replay: _Replay) -> None:
    """Carry out the commands of a recording."""
    for number, told in enumerate(sample.commands, start=1):
        command = dict(told)
        replay.goes_on(command.pop("after", USUAL_PAUSE))
        by = command.pop("by", None)
        outcome = session.do(command_of(session.plan, read_request(command)), by=by)
        if outcome.action is None:
            why = outcome.refusals[0].sentence(sample.language)
            raise RecordingFaultError("session.recording_fault", name=sample.name, n=number, why=why)


def _type_lines(session: Session, sample: Sample, replay: _Replay) -> None:
    """Type the lines of a recording, beginning at the question of how much time there is."""
    if not sample.lines:
        return
    talk = start_talk(session)
    talk.resume()
    ask_for_time(talk)
    for number, line in enumerate(sample.lines, start=1):
        talk.prompt()  # the question is on the screen while the room talks: its time is counted from here
        replay.goes_on(line.after)
        before = (len(session.actions), talk.at, talk.asking)
        reply = submit(talk, line.text)
        if reply.keep_text or before == (len(session.actions), talk.at, talk.asking):
            why = " ".join(turn.text for turn in reply.turns)
            raise RecordingFaultError("session.recording_fault", name=sample.name, n=number, why=why)
