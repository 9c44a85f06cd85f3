"""Faulty hand edits of strategy.toml: each named with line and way out, and no good edit lost beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bsc_coach.errors import StrategyFileError
from bsc_coach.interview.differences import Difference
from bsc_coach.interview.reconcile import Import
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.file_faults import FileFault, StrategyFaultsError
from bsc_coach.strategy.toml import examine_file, read_file
from tests.support.faulty_edits import FAULTY, GOOD, Edit, edited


@pytest.fixture(scope="module")
def session(riverbend_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Riverbend's session, open; its file is edited by each test anew."""
    folder = tmp_path_factory.mktemp("edited") / "riverbend"
    shutil.copytree(riverbend_folder, folder)
    return open_session(folder, Environment(by="Ann"))


@pytest.fixture(scope="module")
def text(riverbend_folder: Path) -> str:
    """Its strategy.toml as it was written."""
    return (riverbend_folder / "strategy.toml").read_text(encoding="utf-8")


def looked_at(session: Session, text: str) -> Import:
    """Return what is told of the edited file, which must stay as it is to the byte."""
    path = session.folder / "strategy.toml"
    path.write_text(text, encoding="utf-8")
    found = session.edited_file()
    if found is not None and found.faults:
        assert session.file_is_held
        assert session.write_strategy() is None
        assert path.read_bytes() == text.encode()
    return found or Import()


@pytest.fixture(scope="module")
def good(session: Session, text: str) -> tuple[Difference, ...]:
    """The good edits as they are offered when they stand alone."""
    found = looked_at(session, edited(text, *GOOD))
    assert not found.faults
    assert len(found.differences) == len(GOOD)
    return found.differences


def is_named(edit: Edit, text: str, faults: tuple[FileFault, ...]) -> bool:
    """Tell whether a fault is named with its line, place, what is wrong and the way out."""
    return any(
        (one.line, one.place) == (edit.line(text.split("\n")), edit.place)
        and edit.what in one.sentence("en")
        and edit.way in one.sentence("en")
        for one in faults
    )


@pytest.mark.parametrize("edit", FAULTY, ids=lambda edit: edit.name)
def test_each_alone_is_named_and_the_good_edits_beside_it_are_offered(
    edit: Edit, session: Session, text: str, good: tuple[Difference, ...]
) -> None:
    found = looked_at(session, edited(text, edit, *GOOD))
    assert is_named(edit, text, found.faults), [one.told("en") for one in found.faults]
    assert len(found.faults) == 1, [one.told("en") for one in found.faults]
    assert found.differences == good


def test_all_together_are_named_and_the_good_edits_are_offered(
    session: Session, text: str, good: tuple[Difference, ...]
) -> None:
    found = looked_at(session, edited(text, *FAULTY, *GOOD))
    assert [edit.name for edit in FAULTY if not is_named(edit, text, found.faults)] == []
    assert found.differences == good
    assert len(FAULTY) >= 40


def test_without_a_session_all_are_named_as_well(text: str) -> None:
    with pytest.raises(StrategyFaultsError) as caught:
        read_file(edited(text, *FAULTY).encode())
    dangling = [edit for edit in FAULTY if "O99" in edit.new]  # another file may say more: told as a remark
    missed = [
        edit for edit in FAULTY if edit not in dangling and not _is_told(edit, text, caught.value.faults)
    ]
    assert [edit.name for edit in missed] == []


def _is_told(edit: Edit, text: str, faults: tuple[FileFault, ...]) -> bool:
    line = edit.line(text.split("\n"))
    return any(
        (one.line, one.place) == (line, edit.place) and edit.what in one.sentence("en") for one in faults
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_fault_is_told_in_the_words_of_a_library(language: str, session: Session, text: str) -> None:
    told = [one.told(language) for one in looked_at(session, edited(text, *FAULTY)).faults]
    for foreign in ("Input should", "Extra inputs", "valid string", "pattern", "Expected", "Invalid value"):
        assert not [one for one in told if foreign in one]
    if language == "nl":
        assert not [one for one in told if "Did you mean" in one or "line " in one]


def test_a_line_that_cannot_be_read_takes_nothing_out(text: str) -> None:
    """One character taken out of every 23rd line: whatever it breaks, no item is gone by it."""
    before = read_file(text.encode())
    lines = text.split("\n")
    broken = 0
    for number in range(1, len(lines), 23):
        for sign in '"[]=':
            faulty = [*lines[:number], lines[number].replace(sign, "", 1), *lines[number + 1 :]]
            read = examine_file("\n".join(faulty).encode(), before)
            broken += bool(read.faults)
            for name in (
                "participants",
                "candidates",
                "objectives",
                "links",
                "kpis",
                "promises",
                "decisions",
            ):
                kept = {one.id for one in getattr(read.file, name)}
                assert kept >= {one.id for one in getattr(before, name)}, (number, sign, name)
    assert broken > 60


def test_an_item_that_was_taken_out_is_gone(text: str) -> None:
    """The control: beside a fault elsewhere, a block that somebody deleted is gone."""
    before = read_file(text.encode())
    begin = text.index('[[decisions]]\nid = "D3"')
    shorter = text[:begin] + text[text.index("[[parking]]") :]
    read = examine_file(edited(shorter, FAULTY[0]).encode(), before)
    assert len(read.faults) == 1
    assert [one.id for one in read.file.decisions] == ["D1", "D2"]


def test_a_file_without_a_fault_has_none(session: Session, text: str) -> None:
    """The control."""
    assert looked_at(session, text) == Import()
    assert looked_at(session, edited(text, *GOOD)).faults == ()


def test_a_fault_that_is_mended_gives_the_file_free(session: Session, text: str) -> None:
    found = looked_at(session, edited(text, FAULTY[0], *GOOD))
    assert len(found.faults) == 1
    path = session.folder / "strategy.toml"
    path.write_text(edited(text, *GOOD), encoding="utf-8")
    assert not session.file_is_held
    path.write_text(text, encoding="utf-8")


def test_what_is_no_text_at_all_is_refused_whole() -> None:
    with pytest.raises(StrategyFileError) as caught:
        read_file(b"\xff\xfe")
    assert caught.value.key == "strategy.not_utf8"
