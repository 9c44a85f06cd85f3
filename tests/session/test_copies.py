"""Copies of a session put together in its folder: what came is told once, files of people stay."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.slots import StepId, parse_slot
from bsc_coach.session.copies import merge_into
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.session import Session
from bsc_coach.session.strategy_on_disk import StrategyOnDisk
from bsc_coach.words import say
from tests.support.faulty_disk import NOTHING, FaultyDisk
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import same_environment

NAME = parse_slot("organisation.name")
VALUES = parse_slot("organisation.values")
KIND = parse_slot("organisation.kind")
GOODS = parse_slot("goods")
YEAR = parse_slot("organisation.year")
SECOND = (
    BAKERY.replace("version = 1", "version = 2").replace('id = "slogan"', 'id = "tagline"')
    + '\n[[migrate]]\nto = 2\nrename = { "slogan" = "tagline" }\n'
)


def as_(name: str) -> Environment:
    return replace(same_environment(name, ids=name), writer=name)


@pytest.fixture
def ann(tmp_path: Path) -> Path:
    """A session that Ann began."""
    session = create_session(tmp_path / "ann", source_of(BAKERY), as_("ann"))
    session.do(Accept(NAME, "Korenaar"))
    session.do(Accept(YEAR, 2030))
    session.close()
    return session.folder


@pytest.fixture
def bea(ann: Path) -> Path:
    """A copy of it that nobody has gone on with yet."""
    return shutil.copytree(ann, ann.with_name("bea"))


def opened(folder: Path) -> Session:
    return open_session(folder, as_(folder.name))


def edit(folder: Path, old: str, new: str) -> None:
    """Change strategy.toml as in an editor."""
    path = folder / STRATEGY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_two_copies_hold_comes_from_the_first_of_them(ann: Path, bea: Path) -> None:
    session = opened(bea)
    session.do(Accept(VALUES, "Fresh, and fair"))
    session.close()
    again = shutil.copytree(bea, bea.with_name("again"))
    came = merge_into(ann, [bea, again], as_("ann"))
    assert [len(one.actions) for one in came] == [1, 0]


def test_the_script_of_a_copy_comes_along_from_a_clone_that_has_nothing_else(ann: Path, bea: Path) -> None:
    session = opened(bea)
    session.adopt(source_of(SECOND), {"slogan": "tagline"})
    session.close()
    shutil.rmtree(bea / ".local")
    merge_into(ann, [bea], as_("ann"))
    merged = opened(ann)
    assert merged.script.header.version == 2
    assert parse_slot("tagline") in merged.plan.statuses
    merged.close()


def test_a_merge_that_is_refused_leaves_the_session_free(ann: Path, tmp_path: Path) -> None:
    other = create_session(tmp_path / "other", source_of(BAKERY), as_("other"))
    other.do(Accept(NAME, "Molenwiek"))
    other.close()
    with pytest.raises(FolderError, match="unrelated"):
        merge_into(ann, [other.folder], as_("ann"))
    session = opened(ann)
    assert not session.read_only
    session.close()


def test_a_file_that_people_changed_is_not_written_over(ann: Path) -> None:
    session = opened(ann)
    session.write_strategy()
    session.do(Accept(VALUES, "Fresh, and fair"))
    table = "[organisation]"
    for old, new, written in (
        (table, f"# ours\n{table}", True),
        ("Korenaar", "Bakker", False),
        (table, "[organisation", False),
    ):
        edit(ann, old, new)
        before = (ann / STRATEGY).read_bytes()
        on_disk = StrategyOnDisk(ann, session.disk, session.plan, session.actions)
        assert on_disk.write_anew(session.environment.clock()) == written
        assert ((ann / STRATEGY).read_bytes() != before) == written
    session.close()


def test_an_edit_takes_nothing_back_that_came_from_a_copy_later(ann: Path, bea: Path) -> None:
    session = opened(bea)
    session.do(Accept(VALUES, "Fresh, and fair"))
    session.close()
    session = opened(ann)
    for name in ("Bakker", "Bakkerij"):
        session.do(Accept(NAME, name))
    session.write_strategy()
    session.close()
    edit(ann, "Bakkerij", "De Bakkerij")
    merge_into(ann, [bea], as_("ann"))
    merged = opened(ann)
    found = merged.edited_file()
    assert found is not None
    merged.take_edits(found)
    assert (merged.plan.answer(NAME), merged.plan.answer(VALUES)) == ("De Bakkerij", "Fresh, and fair")
    merged.close()


def test_short_ids_are_settled_by_whoever_takes_a_copy_in(ann: Path, bea: Path) -> None:
    for folder, name in ((ann, "Rye"), (bea, "Spelt")):
        session = opened(folder)
        session.do(AddItem(GOODS, {StepId("goods.name"): name}))
        session.close()
    session = opened(ann)
    (came,) = session.put_together([bea])
    assert (len(came.actions), session.state.renumbered) == (1, {})
    assert sorted(session.state.shorts.values()) == ["P1", "P2"]
    session.close()
    again = opened(ann)
    assert again.messages == []
    assert again.state == session.state
    again.close()


@pytest.mark.parametrize("sure", [True, False])
def test_where_no_lock_keeps_others_out_each_action_says_what_it_came_after(
    sure: bool, tmp_path: Path
) -> None:
    lost = FaultyDisk(Disk(), lambda _number, name: (errno.ENOLCK, NOTHING) if name == "lock" else None)
    environment = as_("ann") if sure else replace(as_("ann"), disk=lost)
    session = create_session(tmp_path / "ann", source_of(BAKERY), environment)
    for year in (2030, 2031, 2032):
        session.do(Accept(YEAR, year))
    session.close()
    again = open_session(session.folder, as_("ann"), read_only=True)
    expected = [(), (), ()] if sure else [(), (("ann", 1),), (("ann", 2),)]
    assert [action.after for action in again.actions] == expected
    again.close()


def test_what_comes_next_knows_what_was_taken_in(ann: Path, bea: Path) -> None:
    session = opened(bea)
    session.do(Accept(VALUES, "Fresh, and fair"))
    session.close()
    session = opened(ann)
    session.do(Accept(YEAR, 2031))
    session.put_together([bea])
    session.do(Accept(VALUES, "Fresh every day"))
    assert sorted(session.actions[-1].after) == [("ann", 3), ("bea", 3)]
    session.close()
    again = opened(ann)
    assert again.state.disputed == {}
    assert again.plan.answer(VALUES) == "Fresh every day"
    again.close()


@pytest.mark.parametrize(("kind", "told"), [("business", True), ("public", False)])
def test_opening_tells_of_disputes_where_the_question_applies(kind: str, told: bool, ann: Path) -> None:
    asked = parse_slot("opened")
    session = opened(ann)
    session.do(Accept(KIND, "business"))
    session.close()
    cor = shutil.copytree(ann, ann.with_name("cor"))
    for folder, year in ((ann, "1999-02"), (cor, "2001-03")):
        session = opened(folder)
        session.do(Accept(asked, year))
        if folder == ann:
            session.do(Accept(KIND, kind))
        session.close()
    merge_into(ann, [cor], as_("ann"))
    merged = opened(ann)
    assert len(merged.state.disputed[asked]) == 1
    assert (say("session.disputed", "en", n=1) in merged.messages) == told
    merged.close()
