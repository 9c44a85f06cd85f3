"""Sessions for tests: the environment they run in, new ones, and the recorded one up to any command."""

from __future__ import annotations

import time
from pathlib import Path

from bsc_coach.conversation.recording import play_sample
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from tests.support.clock import Clock, item_ids


def same_environment(by: str = "Tester", ids: str = "i") -> Environment:
    """Return a clock, ids that begin with ``ids``, a name and a writer that are the same each time."""
    return Environment(clock=Clock(), ids=item_ids(ids), by=by, writer="test")


def new_session(folder: Path, environment: Environment | None = None) -> Session:
    """Return an empty session in ``folder``."""
    return create_session(folder, bundled_source(), environment or same_environment())


def played(folder: Path, count: int, environment: Environment) -> Session:
    """Return a session in which the first ``count`` commands of the recorded one were carried out."""
    session = new_session(folder, environment)
    for told in read_sample("riverbend").commands[:count]:
        command = {name: value for name, value in told.items() if name not in ("after", "by")}
        outcome = session.do(command_of(session.plan, read_request(command)))
        assert outcome.accepted, command
    return session


def play_once(name: str, home: Path) -> Path:
    """Return the folder of a recorded session with its documents, made in ``home`` by whoever comes first.

    Several processes of one run may ask for it: one makes it, the others wait until it is there.
    """
    folder, ready = home / name, home / "ready"
    try:
        home.mkdir(parents=True)
    except FileExistsError:
        until = time.monotonic() + 120  # a guard against hanging
        while not ready.exists():
            assert time.monotonic() < until, f"nobody made {ready}"
            time.sleep(0.05)
    else:
        session = play_sample(read_sample(name), folder, Environment(by="Tester"))
        session.write_strategy()
        session.write_document()
        session.close()
        ready.touch()
    return folder
