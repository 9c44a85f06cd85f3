"""Following a session from another process: the plan of the driver, whatever happens to the files."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.session import Undo
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.following import Follower
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.now_file import DriverNow
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from bsc_coach.session.splitting import split
from tests.session.test_copies import SECOND
from tests.support.following import as_read, looked_until, stand_alike
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import new_session, played, same_environment
from tests.support.two_facilitators import ANN, BOB, begin, bytes_in, carried_out, copied
from tests.support.walking import WAYS, Walk

NAME = Slot(StepId("organisation.name"))


@pytest.fixture
def driven(tmp_path: Path) -> Session:
    return played(tmp_path / "s", 40, same_environment())


def walked(folder: Path, seed: int, steps: int, *, forgets: bool = False) -> list[bool]:
    """Walk, and tell after each step whether a follower knows the driver's plan."""
    walk = Walk(folder, bundled_source(), Random(seed))
    follower, alike = Follower(folder / "s"), []
    for step in range(steps):
        walk.take(walk.random.choice(WAYS))
        if forgets and step == steps // 2:
            follower._records.pop()  # the control: what a follower that loses a line would come to
            follower._behind = True
        alike.append(stand_alike(follower.look().plan, walk.talk.plan))
    walk.talk.session.close()
    return alike


@pytest.mark.parametrize("seed", range(4))
def test_on_a_random_walk_the_follower_knows_what_the_driver_knows(tmp_path: Path, seed: int) -> None:
    assert all(walked(tmp_path, seed, 80))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_on_many_random_walks_too(tmp_path: Path, seed: int) -> None:
    assert all(walked(tmp_path, seed, 150))


def test_a_follower_that_loses_a_line_is_found_out(tmp_path: Path) -> None:
    assert not all(walked(tmp_path, 1, 45, forgets=True))


def test_nothing_new_is_the_same_object(driven: Session) -> None:
    follower = Follower(driven.folder)
    first = follower.look()
    assert follower.look() is first
    assert driven.do(Accept(NAME, "Another name")).accepted
    second = follower.look()
    assert second is not first
    assert stand_alike(second.plan, driven.plan)


@pytest.mark.parametrize("seed", range(3))
def test_a_journal_that_comes_in_pieces_is_followed(driven: Session, tmp_path: Path, seed: int) -> None:
    """Lines are torn at any byte while they are written, in the middle of a letter too."""
    driven.do(Accept(NAME, "Café „Zuid” — ’s-Hertogenbosch"))
    driven.close()
    whole, random = (driven.folder / JOURNAL).read_bytes(), Random(seed)
    copy = shutil.copytree(driven.folder, tmp_path / "copy")
    (copy / JOURNAL).write_bytes(b"")
    follower, at, known = Follower(copy), 0, 0
    while at < len(whole):
        size = random.choice((1, 7, 60, 400, 3000))
        with (copy / JOURNAL).open("ab") as file:
            file.write(whole[at : at + size])
        at += size
        found = follower.look()
        assert found.fault is None
        assert found.plan is not None
        lines = len(found.plan.state.actions)
        assert known <= lines <= whole[:at].count(b"\n") + 1
        known = lines
    assert stand_alike(follower.look().plan, driven.plan)


def test_a_torn_line_that_a_restarted_driver_drops(driven: Session) -> None:
    follower = Follower(driven.folder)
    follower.look()
    driven.close()
    with (driven.folder / JOURNAL).open("ab") as file:
        file.write(b'{"c":"0badc0de","n":41,"w":"te')
    assert stand_alike(follower.look().plan, driven.plan)
    again = open_session(driven.folder, same_environment(ids="again"))
    assert again.do(Accept(NAME, "After the power cut")).accepted
    assert stand_alike(follower.look().plan, again.plan)
    again.close()


def test_a_journal_that_is_put_together_with_a_copy(tmp_path: Path) -> None:
    ours = begin(tmp_path / "ann")
    theirs = copied(ours, tmp_path / "bob")
    carried_out(ours, "Ann", *ANN)
    carried_out(theirs, "Bob", *BOB)
    session, follower = open_session(ours, same_environment()), Follower(ours)
    before = follower.look().plan
    session.put_together([theirs])
    found = follower.look().plan
    assert not stand_alike(before, session.plan)
    assert stand_alike(found, session.plan)
    assert found is not None
    assert found.disputes == session.plan.disputes
    session.close()


def test_a_journal_that_is_written_over_in_its_place(driven: Session) -> None:
    """As a synchroniser or an editor may do it: the same file, other bytes, also as many of them."""
    follower = Follower(driven.folder)
    follower.look()
    driven.close()
    path = driven.folder / JOURNAL
    whole = path.read_bytes()
    half = whole[: whole.index(b"\n", len(whole) // 2) + 1]
    for content in (half, whole, half + b" " * (len(whole) - len(half) - 1) + b"\n", whole + b"\n\n"):
        with path.open("r+b") as file:
            file.write(content)
            file.truncate()
        assert stand_alike(follower.look().plan, as_read(driven.folder))


def test_a_part_of_a_session_is_followed_as_a_part(tmp_path: Path) -> None:
    whole = played(tmp_path / "s", 57, same_environment())
    whole.close()
    again = open_session(whole.folder, same_environment())
    split(again, [("operations",)], tmp_path / "parts")
    again.close()
    (folder,) = (tmp_path / "parts").iterdir()
    session = open_session(folder, same_environment())
    assert session.plan.part_of is not None
    follower = Follower(session.folder)
    for name in (None, "Another name"):
        assert name is None or session.do(Accept(NAME, name)).accepted
        found = follower.look().plan
        assert stand_alike(found, session.plan)
        assert found is not None
        assert found.part_of == session.plan.part_of
    session.close()


def test_undo_far_back(driven: Session) -> None:
    follower = Follower(driven.folder)
    for _ in range(15):
        assert driven.do(Undo()).accepted
        assert stand_alike(follower.look().plan, driven.plan)


def test_a_newer_script_and_back(tmp_path: Path) -> None:
    session = create_session(tmp_path / "s", source_of(BAKERY), same_environment())
    follower = Follower(session.folder)
    assert session.do(Accept(NAME, "Acme")).accepted
    assert stand_alike(follower.look().plan, session.plan)
    assert session.adopt(source_of(SECOND), {"slogan": "tagline"}).accepted
    assert stand_alike(follower.look().plan, session.plan)
    assert session.script.header.version == 2
    assert session.do(Undo()).accepted
    assert stand_alike(follower.look().plan, session.plan)
    assert session.script.header.version == 1
    session.close()


def test_a_folder_that_goes_away_and_comes_back(driven: Session, tmp_path: Path) -> None:
    follower = Follower(driven.folder)
    known = follower.look().plan
    driven.close()
    away = driven.folder.rename(tmp_path / "away")
    gone = follower.look()
    assert isinstance(gone.fault, FolderError)
    assert gone.fault.key == "wall.gone"
    assert gone.plan is known
    assert follower.look() is gone
    away.rename(driven.folder)
    back = follower.look()
    assert back.fault is None
    assert stand_alike(back.plan, driven.plan)


def test_a_session_that_is_not_there_yet(tmp_path: Path) -> None:
    follower = Follower(tmp_path / "s")
    (missing,) = {follower.look().fault and follower.look().fault.key}  # type: ignore[union-attr]
    assert missing == "session.none_here"
    (tmp_path / "s").mkdir()
    fault = follower.look().fault
    assert fault is not None
    assert fault.key == "wall.waits"
    session = new_session(tmp_path / "s")
    found = follower.look()
    assert found.fault is None
    assert stand_alike(found.plan, session.plan)
    session.close()


def test_a_file_that_is_no_journal(driven: Session) -> None:
    follower = Follower(driven.folder)
    follower.look()
    driven.close()
    (driven.folder / JOURNAL).write_bytes(b"Dear diary\n" * 20)
    fault = follower.look().fault
    assert fault is not None
    assert fault.key == "session.foreign_journal"


def test_two_followers_of_one_driver_write_nothing_and_take_no_lock(driven: Session) -> None:
    driven.followers.tell(DriverNow(slot="organisation.name"))
    one, other = Follower(driven.folder), Follower(driven.folder)
    looked_until(one, 1)
    before = bytes_in(driven.folder)
    assert stand_alike(one.look().plan, driven.plan)
    assert one.look() == other.look()
    assert bytes_in(driven.folder) == before
    driven.close()
    assert bytes_in(driven.folder) != before, "the control: a driver that leaves does write"
    left = looked_until(one, 2).now
    assert left is not None
    assert left.left
    # Nobody else has it: a session that is followed can be opened for writing.
    again = open_session(driven.folder, same_environment())
    assert not again.read_only
    again.close()
