"""Two facilitators in one folder at the same time, on a file system without locks."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.session import Undo
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.toml import read_toml
from tests.support.app import enter, frame, running
from tests.support.cli import environment

PEOPLE = Slot(StepId("participants"))
ORGANISATION = Slot(StepId("organisation.name"))
HANDS = ("Ann", "Bob")


class NoLocks(Disk):
    """A disk as of a network folder: everything works, and there are no locks."""

    def lock(self, fd: int) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


def opened(folder: Path, by: str, disk: Disk | None = None) -> Session:
    return open_session(folder, Environment(by=by, disk=NoLocks() if disk is None else disk))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    session = create_session(tmp_path / "s", bundled_source(), Environment(by="Ann"))
    session.do(Accept(ORGANISATION, "Acme Housing"))
    session.close()
    return tmp_path / "s"


@pytest.fixture
def both(folder: Path) -> tuple[Session, Session]:
    ann, bob = (opened(folder, by) for by in HANDS)
    assert not ann.read_only
    assert not bob.read_only
    return ann, bob


def add(session: Session, name: str) -> None:
    outcome = session.do(AddItem(PEOPLE, {StepId("participants.name"): name}))
    assert outcome.accepted, name


def names_and_ids(folder: Path) -> dict[str, str]:
    people = read_toml((folder / "strategy.toml").read_bytes()).participants
    assert Counter(one.id for one in people).most_common(1)[0][1] == 1
    return {one.name or "": one.id for one in people}


EIGHT = [f"{who} {number}" for number in range(8) for who in HANDS]


def in_turn(ann: Session, bob: Session) -> None:
    for number in range(8):
        add(ann, f"Ann {number}")
        add(bob, f"Bob {number}")


def one_after_the_other(ann: Session, bob: Session) -> None:
    for session, who in ((ann, "Ann"), (bob, "Bob")):
        for number in range(8):
            add(session, f"{who} {number}")


@pytest.mark.parametrize("order", [in_turn, one_after_the_other])
@pytest.mark.parametrize("last", HANDS)
def test_eight_and_eight_are_sixteen_each_with_an_id(
    order: Callable[[Session, Session], None], last: str, both: tuple[Session, Session], folder: Path
) -> None:
    order(*both)
    for session in both if last == "Bob" else reversed(both):
        session.write_strategy()
        session.close()
    assert sorted(names_and_ids(folder)) == sorted(EIGHT)


def test_where_there_are_locks_the_second_one_only_reads(folder: Path) -> None:
    """The control: it is the missing lock that lets both of them write."""
    ann = opened(folder, "Ann", Disk())
    assert opened(folder, "Bob", Disk()).read_only
    ann.close()


def test_undo_takes_back_only_ones_own(both: tuple[Session, Session], folder: Path) -> None:
    ann, bob = both
    add(ann, "Ann 1")
    add(bob, "Bob 1")
    add(bob, "Bob 2")
    assert ann.do(Undo()).accepted
    ann.write_strategy()
    assert sorted(names_and_ids(folder)) == ["Bob 1", "Bob 2"]
    assert bob.do(Undo()).accepted
    assert bob.do(Undo()).accepted
    bob.write_strategy()
    text = (folder / "strategy.toml").read_text(encoding="utf-8")
    assert "Bob" not in text


def test_an_answer_of_the_other_is_seen_before_the_next_of_ones_own(both: tuple[Session, Session]) -> None:
    ann, bob = both
    bob.do(Accept(ORGANISATION, "The Acme Society"))
    assert ann.plan.answer(ORGANISATION) == "Acme Housing"
    add(ann, "Ann 1")
    assert ann.plan.answer(ORGANISATION) == "The Acme Society"
    assert not ann.state.disputed  # hers came after it, and said nothing of it


def added(name: str) -> dict[str, object]:
    return {"do": "add", "list": "participants", "answers": {"participants.name": name}}


def program(folder: Path, by: str, *lines: dict[str, object]) -> subprocess.Popen[str]:
    """Start the program on a folder without locks, and let it read the lines."""
    command = [sys.executable, "-m", "tests.faults.no_locks", "--as", by, "apply", str(folder)]
    ran = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env=environment(),
    )
    assert ran.stdin is not None
    ran.stdin.write("".join(json.dumps(line) + "\n" for line in lines))
    ran.stdin.flush()
    return ran


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_two_processes_at_once_lose_nothing(times: int, folder: Path, tmp_path: Path) -> None:
    """Nobody waits for anybody: the lines fall as they will, and the next opening has them all."""
    for turn in range(times):
        here = Path(shutil.copytree(folder, tmp_path / f"turn {turn}"))
        runs = [program(here, who, *(added(f"{who} {n}") for n in range(8))) for who in HANDS]
        for ran in runs:
            out, err = ran.communicate(timeout=120)
            assert ran.returncode == 0, err
            assert out.count('"accepted": true') == 8
            assert "cannot lock files" in err
        session = open_session(here, Environment(by="Carla"))
        session.write_strategy()
        session.close()
        assert sorted(names_and_ids(here)) == sorted(EIGHT)


async def test_what_the_other_says_shows_in_the_app(both: tuple[Session, Session]) -> None:
    ann, bob = both
    async with running(ann, size=(80, 24)) as pilot:
        assert "Bob, meanwhile" not in frame(pilot)
        bob.do(Accept(ORGANISATION, "The Acme Society"))
        await enter(pilot, "/where")
        shown = " ".join(frame(pilot).split())
        assert shown.count("Bob, meanwhile: Organisation: The Acme Society") == 1
        # Of many it tells the last ones, and how many there are.
        for number in range(8):
            add(bob, f"Bob {number}")
        await enter(pilot, "/where")
        shown = " ".join(frame(pilot).split())
        assert "Bob, meanwhile: T8 Bob 7" in shown
        assert "Bob 0" not in shown
    bob.close()


@pytest.mark.slow
def test_what_the_other_says_is_read_out_in_line_mode(folder: Path) -> None:
    command = [sys.executable, "-m", "tests.faults.no_locks", "--as", "Ann", "open", str(folder), "--plain"]
    ann = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2], env=environment(),
    )  # fmt: skip
    assert ann.stdout is not None
    while "Coach:" not in ann.stdout.readline():  # it is open, and asks
        assert ann.poll() is None
    bob = opened(folder, "Bob")
    bob.do(Accept(ORGANISATION, "The Acme Society"))
    bob.close()
    out, _ = ann.communicate("/where\n", timeout=120)
    assert "Bob, meanwhile: Organisation: The Acme Society" in out
    assert "The Acme Society" in (folder / "strategy.toml").read_text(encoding="utf-8")
