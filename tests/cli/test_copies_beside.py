"""Copies of a journal that synchronised folders, browsers and file managers leave beside it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bsc_coach.session.copies import copies_beside
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.listing import session_info
from bsc_coach.session.opening import open_session
from tests.cli.conftest import Run
from tests.support.two_facilitators import BOB, bytes_in, carried_out, copied

NAMES = (
    "journal (Bob's conflicted copy 2026-11-30).jsonl",  # Dropbox
    "journal (Case Conflict).jsonl",
    "journal (Exemplaar met conflict van Bob 2026-11-30).jsonl",
    "journal-LAPTOP-4F2.jsonl",  # OneDrive
    "journal-Laptop van Bob.jsonl",
    "journal.sync-conflict-20261130-091500-ABCDEFG.jsonl",  # Syncthing
    "journal (conflicted copy 2026-11-30 091500).jsonl",  # Nextcloud
    "journal (bob's conflicted copy 2026-11-30 091500).jsonl",
    "journal_conflict-20261130-091500.jsonl",  # ownCloud
    "journal (1).jsonl",  # browsers, Google Drive
    "journal(1).jsonl",
    "journal.jsonl.1",
    "journal - Copy.jsonl",  # Windows
    "journal - Copy (2).jsonl",
    "journal - kopie.jsonl",
    "Kopie van journal.jsonl",  # Google Drive, in Dutch
    "Copy of journal.jsonl",
    "journal copy.jsonl",  # macOS
    "journal kopie 2.jsonl",
    "journal 2.jsonl",  # iCloud
    "JOURNAL - Copy.JSONL",
)
NO_COPIES = ("notes.jsonl", "journal.txt", "journal.md", ".journal.jsonl.swp", ".~journal.jsonl")


def laid_beside(ann: Path, name: str, of: str = "bob") -> Path:
    """Put a copy's journal beside the one that a person works in, under the name that it gets there."""
    path = ann / name
    path.write_bytes((ann.parent / of / "journal.jsonl").read_bytes())
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_noticed_by_the_name_that_it_gets(name: str, ann: Path) -> None:
    assert copies_beside(ann, Disk()) == []
    path = laid_beside(ann, name)
    assert copies_beside(ann, Disk()) == [path]


@pytest.mark.parametrize("name", NO_COPIES)
def test_another_file_is_not_looked_at(name: str, ann: Path) -> None:
    """The control: the same bytes under a name that no program gives to a copy."""
    laid_beside(ann, name)
    assert copies_beside(ann, Disk()) == []


def test_status_names_the_copies_and_the_command(run: Run, ann: Path) -> None:
    laid_beside(ann, NAMES[0])
    laid_beside(ann, "journal (1).jsonl")
    before = bytes_in(ann)
    told = run("status", ann)
    assert "Beside this session lie 2 copies of its journal" in told.err
    assert NAMES[0] in told.err
    assert f"bsc-coach merge {ann}" in told.err
    assert json.loads(run("status", ann, "--json").out)["copies"] == sorted((NAMES[0], "journal (1).jsonl"))
    assert bytes_in(ann) == before
    # The command that it names does it, and then there is nothing to tell.
    assert run("merge", ann).code == 0
    assert "Beside this session" not in run("status", ann).err


def test_a_copy_that_holds_nothing_new_is_not_mentioned(run: Run, ann: Path) -> None:
    (ann / NAMES[0]).write_bytes((ann / "journal.jsonl").read_bytes())
    lines = (ann / "journal.jsonl").read_bytes().splitlines(keepends=True)
    (ann / "journal (1).jsonl").write_bytes(b"".join(lines[:5]))
    assert "Beside" not in run("status", ann).said
    assert "Beside" not in run("open", ann, "--plain").said


@pytest.mark.parametrize(("typed", "taken"), [("y", True), ("n", False), ("", False), (None, False)])
def test_line_mode_offers_it(typed: str | None, taken: bool, run: Run, ann: Path) -> None:
    copy = laid_beside(ann, NAMES[0])
    said = copy.read_bytes()
    ran = run("open", ann, "--plain", typed="" if typed is None else f"{typed}\n")
    assert ran.code == 0
    assert f"with {len(BOB)} actions by Bob that are not in it. Put them together? [y/n]" in ran.out
    assert (f"{len(BOB)} actions by Bob came from" in ran.out) == taken
    assert ("Copies say different things at 2 places:" in ran.out) == taken
    assert ("A short id was used in two copies of this session. From here on: SEG4" in ran.out) == taken
    assert (f"together later: bsc-coach merge {ann}" in ran.out) != taken
    assert ("Bob says two wages" in (ann / "strategy.toml").read_text(encoding="utf-8")) == taken
    assert copy.read_bytes() == said
    again = run("open", ann, "--plain")
    assert ("Put them together?" in again.out) != taken
    assert "Somebody else added" not in ran.said


def test_line_mode_offers_it_in_dutch(run: Run, ann: Path) -> None:
    carried_out(ann, "Ann", {"do": "language", "to": "nl"})
    laid_beside(ann, "journal - kopie.jsonl")
    ran = run("open", ann, "--plain", typed="j\n")
    assert "Samenvoegen? [j/n]" in ran.out
    assert f"{len(BOB)} handelingen van Bob kwamen uit" in ran.out


def test_two_copies_are_offered_as_one(run: Run, ann: Path, carla: Path) -> None:
    carried_out(carla, "Carla", {"do": "accept", "step": "organisation.year", "value": 2033})
    laid_beside(ann, NAMES[0])
    laid_beside(ann, NAMES[5], of="carla")
    ran = run("open", ann, "--plain", typed="y\n")
    assert ran.out.count("Put them together?") == 1
    text = (ann / "strategy.toml").read_text(encoding="utf-8")
    assert "Bob says two wages" in text
    assert "Carla's promise of quiet nights" in text


def test_a_list_of_sessions_tells_how_many(ann: Path) -> None:
    assert session_info(ann, Environment()).copies == 0
    laid_beside(ann, NAMES[0])
    assert session_info(ann, Environment()).copies == 1


def test_a_session_opened_for_reading_only_is_not_changed(run: Run, ann: Path) -> None:
    laid_beside(ann, NAMES[0])
    holder = open_session(ann, Environment(by="Carla"))
    before = (ann / "journal.jsonl").read_bytes()
    ran = run("open", ann, "--plain", typed="y\n")
    assert "Beside this session lies" in ran.err
    assert "Put them together?" not in ran.out
    assert (ann / "journal.jsonl").read_bytes() == before
    holder.close()


# What is no copy, under the name of one


def link(path: Path, ann: Path) -> None:
    path.symlink_to(ann.parent / "bob" / "journal.jsonl")


def pipe(path: Path, _ann: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, _ann: Path) -> None:
    path.mkdir()


def huge(path: Path, _ann: Path) -> None:
    with path.open("wb") as file:
        file.truncate(400 * 1024 * 1024)


def text(path: Path, _ann: Path) -> None:
    path.write_text("Dear diary, \x1b[31mtoday\x1b[0m we sat together.\n" * 100, encoding="utf-8")


def stranger(path: Path, ann: Path) -> None:
    other = ann.parent / "stranger"
    other.mkdir()
    session = open_session(copied(ann, other / "s"), Environment(by="Eve"))
    session.close()
    lines = (other / "s" / "journal.jsonl").read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line.replace(b'"w":"', b'"w":"x') for line in lines))  # no checksum holds


def torn(path: Path, ann: Path) -> None:
    path.write_bytes((ann.parent / "bob" / "journal.jsonl").read_bytes()[:-40].replace(b'"t"', b'"u"'))


def closed(path: Path, ann: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)


@pytest.mark.parametrize(
    "made", [link, pipe, folder, pytest.param(huge, marks=pytest.mark.slow), text, stranger, torn, closed]
)
def test_what_is_no_copy_does_no_harm(made: object, run: Run, ann: Path) -> None:
    assert callable(made)
    made(ann / "journal (1).jsonl", ann)
    before = bytes_in(ann) if made not in (huge, closed) else {}
    assert copies_beside(ann, Disk()) == []
    ran = run("status", ann)
    assert ran.code == 0
    assert "Beside" not in ran.said
    ran = run("open", ann, "--plain")
    assert ran.code == 0
    assert "Put them together" not in ran.out
    if before:
        left = bytes_in(ann)
        assert left["journal.jsonl"] == before["journal.jsonl"]
    if made is not closed:
        refused = run("merge", ann, ann / "journal (1).jsonl")
        assert (refused.code == 0) == (made is torn and refused.code == 0)


def test_a_name_with_control_bytes_is_not_printed_as_it_is(run: Run, ann: Path) -> None:
    laid_beside(ann, "journal \x1b[31m(1).jsonl")
    for ran in (run("status", ann), run("open", ann, "--plain", typed="n\n"), run("merge", ann)):
        assert "\x1b" not in ran.said  # as for every run


def test_a_damaged_copy_gives_what_is_whole_in_it(run: Run, ann: Path) -> None:
    data = (ann.parent / "bob" / "journal.jsonl").read_bytes()
    (ann / "journal (1).jsonl").write_bytes(data[:-30])
    ran = run("open", ann, "--plain", typed="y\n")
    assert f"{len(BOB) - 1} actions by Bob came" in ran.out
