"""The journal: what is appended is kept, others are respected, and people are told."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.errors import FolderError
from bsc_coach.resources import asset_dir
from bsc_coach.session.disk import Disk, sweep, write_atomically
from bsc_coach.session.journal import open_journal
from bsc_coach.session.line_format import encode_record, make_record
from bsc_coach.session.path_walk import InTheWayError
from bsc_coach.sizes import JOURNAL_LINE
from bsc_coach.text import clean
from bsc_coach.words import say
from tests.support.broken_journals import opened_as
from tests.support.clock import Clock
from tests.support.faulty_disk import CALLS, FaultyDisk
from tests.support.journals import HOME, PATH, bodies, body, content, opened
from tests.support.memory_disk import MemoryDisk

WRITING = {
    "create",
    "open_append",
    "open_over",
    "open_lock",
    "write",
    "overwrite",
    "replace",
    "unlink",
    "make_folder",
    "lock",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_answers_come_back_in_order(path: Path) -> None:
    journal, report = opened(path)
    said = [journal.append(one) for one in bodies(12)]
    journal.close()
    again, _ = opened(path)
    assert report.as_expected
    assert again.records == tuple(said)
    assert [record.number for record in said] == list(range(1, 13))
    assert [dict(record.body) for record in said] == bodies(12)


@given(st.lists(st.text(st.characters()), max_size=8))
def test_loading_gives_what_was_written_for_any_text(texts: list[str]) -> None:
    disk = MemoryDisk(folders=(HOME,))
    journal, _ = opened(PATH, disk)
    for at, text in enumerate(texts):
        journal.append(body(text, at))
    again, report = opened(PATH, disk)
    assert report.as_expected
    assert [one.body["do"][0]["value"] for one in again.records] == [clean(text).text for text in texts]


def test_the_clock_does_not_order_records() -> None:
    disk = MemoryDisk(folders=(HOME,))
    times = iter([2026, 1969, 2038, 2000])
    journal, _ = open_journal(
        PATH, writer="w", clock=lambda: datetime(next(times), 1, 1, tzinfo=UTC), disk=disk
    )
    said = [journal.append(one) for one in bodies(4)]
    assert opened(PATH, disk)[0].records == tuple(said)


def test_an_answer_is_on_the_disk_when_append_returns(path: Path) -> None:
    journal, _ = opened(path)
    for count, one in enumerate(bodies(5), start=1):
        journal.append(one)
        assert path.read_bytes().count(b"\n") == count
        assert journal.unsaved == 0


def test_files_belong_to_their_owner_whatever_the_umask(path: Path) -> None:
    old = os.umask(0)
    try:
        for umask in (0o000, 0o777):
            os.umask(umask)
            home = path.parent / str(umask)
            Disk().make_folder(home)
            journal, _ = opened(home / "journal.jsonl")
            journal.append(body("x"))
            assert stat.S_IMODE(home.stat().st_mode) == 0o700
            assert stat.S_IMODE((home / "journal.jsonl").stat().st_mode) == 0o600
    finally:
        os.umask(old)


def test_reading_only_writes_nothing_at_all() -> None:
    for data in (b"", content(3), content(3)[:-9], content(3).decode().encode("utf-16")):
        disk = FaultyDisk(MemoryDisk({PATH: data}))
        journal, report = opened(PATH, disk, read_only=True)
        assert report.copy is None
        assert WRITING.isdisjoint(disk.calls)
        with pytest.raises(FolderError, match=r"session\.read_only"):
            journal.append(body("x"))
        assert journal.retry()
        assert set(CALLS) >= WRITING


# Files that are not ours

NEWER = encode_record(make_record(2, "w", Clock()(), {"v": 2, "do": []}))


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"Dear diary,\n", "foreign_journal"),
        (b'{"c":"red","n":1}\n{"c":"blue","n":2}\n', "foreign_journal"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "foreign_journal"),
        (content(1) + NEWER, "newer_format"),
        (encode_record(make_record(1, "w", Clock()(), {"v": "2"})), "newer_format"),
        (encode_record(make_record(1, "w", Clock()(), {"v": True})), "newer_format"),
    ],
)
def test_what_is_not_ours_is_refused_and_left_alone(path: Path, data: bytes, key: str) -> None:
    path.write_bytes(data)
    with pytest.raises(FolderError) as refusal:
        opened(path)
    assert refusal.value.key == f"session.{key}"
    assert say(refusal.value.key, "en", **refusal.value.values)
    assert path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]


def test_a_body_of_the_first_format_is_welcome() -> None:
    disk = MemoryDisk({PATH: encode_record(make_record(1, "w", Clock()(), {"v": 1}))})
    assert len(opened(PATH, disk)[0].records) == 1


def test_a_torn_first_line_is_ours_at_any_byte() -> None:
    line = content(1)[:-1]
    for cut in range(len(line)):
        journal, report = opened(PATH, MemoryDisk({PATH: line[:cut]}))
        assert journal.records == ()
        assert bool(report.dropped) == (cut > 0)


def test_a_pipe_or_link_in_the_place_of_the_journal_is_not_opened(path: Path) -> None:
    target = path.with_name("target")
    target.write_bytes(content(2))
    os.symlink(target, path)
    for kind in ("link", "special"):
        with pytest.raises(InTheWayError) as refused:
            opened(path)
        assert refused.value.obstacle == kind
        path.unlink()
        os.mkfifo(path)
    assert target.read_bytes() == content(2)


def test_a_link_laid_there_while_it_is_open_leaves_answers_in_memory(path: Path) -> None:
    target = path.with_name("target")
    target.write_bytes(content(2))
    journal, _ = opened(path)
    journal.append(body("first"))
    path.unlink()
    os.symlink(target, path)
    journal.append(body("x"))
    assert (journal.trouble, journal.unsaved) == ("session.trouble.link", 1)
    assert target.read_bytes() == content(2)


# Others at the same file


def test_lines_of_a_second_writer_are_kept_and_told(path: Path) -> None:
    mine, _ = opened(path)
    mine.append(body("first"))
    other, _ = opened(path, writer="w2")
    other.append(body("theirs"))
    third = mine.append(body("third"))
    assert third.number == 3
    assert [record.body for record in mine.foreign] == [body("theirs")]
    assert mine.unsaved == other.unsaved == 0
    other.append(body("fourth"))
    again, report = opened(path)
    assert [record.body["do"][0]["value"] for record in again.records] == [
        "first",
        "theirs",
        "third",
        "fourth",
    ]
    assert report.as_expected


def test_an_answer_slipped_in_between_becomes_a_fork_and_is_kept(path: Path) -> None:
    """Somebody appends after we looked and before we wrote."""
    intruder = encode_record(make_record(2, "w2", Clock()(), body("theirs")))

    class Slipping(Disk):
        armed = False

        def write(self, fd: int, data: bytes) -> int:
            if self.armed:
                self.armed = False
                with path.open("ab") as file:
                    file.write(intruder)
            return super().write(fd, data)

    disk = Slipping()
    journal, _ = opened(path, disk)
    journal.append(body("first"))
    disk.armed = True
    journal.append(body("mine"))
    assert journal.unsaved == 0
    assert len(journal.foreign) == 1
    again, _ = opened(path)
    assert [record.number for record in again.records] == [1, 2, 2]


Meddle = Callable[[Path], object]
MEDDLING: dict[str, Meddle] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-30]),
    "deleted": lambda path: path.unlink(),
    "saved by an editor": lambda path: write_atomically(Disk(), path, path.read_bytes()),
    "half a line added": lambda path: path.write_bytes(path.read_bytes() + b'{"c":"12'),
    "a note added": lambda path: path.write_bytes(path.read_bytes() + b"# note\n"),
    "zeros added": lambda path: path.write_bytes(path.read_bytes() + bytes(64)),
    "saved as utf-16": lambda path: path.write_bytes(path.read_bytes().decode().encode("utf-16")),
    "a line removed": lambda path: path.write_bytes(b"".join(path.read_bytes().splitlines(True)[1:])),
}


@pytest.mark.parametrize("meddling", MEDDLING)
def test_a_file_changed_behind_our_back_loses_nothing_of_either_side(path: Path, meddling: str) -> None:
    journal, _ = opened(path)
    for one in bodies(4):
        journal.append(one)
    MEDDLING[meddling](path)
    found = path.read_bytes() if path.exists() else b""
    journal.append(body("one more"))
    again, report = opened(path)
    assert [dict(record.body) for record in again.records] == [*bodies(4), body("one more")]
    assert report.as_expected
    copies = [one.read_bytes() for one in (path.parent / ".local").glob("damaged-*")]
    assert copies == ([found] if meddling in TO_COPY else [])


TO_COPY = ("cut", "half a line added", "a note added", "zeros added", "saved as utf-16")


def test_a_store_that_does_not_look_loses_what_others_did(path: Path) -> None:
    """The control of the tests above."""
    from tests.support.broken_journals import NoSizeCheck

    journal = opened_as(NoSizeCheck)(path, Disk())
    for one in bodies(4):
        journal.append(one)
    MEDDLING["deleted"](path)
    journal.append(body("one more"))
    assert journal.unsaved == 0
    assert not path.exists()


def test_a_file_of_another_program_in_our_place_is_not_overwritten(path: Path) -> None:
    journal, _ = opened(path)
    journal.append(body("x"))
    write_atomically(Disk(), path, b"quite another thing\n")
    journal.append(body("y"))
    assert (journal.unsaved, journal.trouble) == (1, "session.trouble.replaced")
    assert path.read_bytes() == b"quite another thing\n"
    assert journal.move_to(path.with_name("elsewhere.jsonl"))
    assert len(opened(journal.path)[0].records) == 2


def test_a_vanished_folder_lets_people_go_on_and_save_elsewhere(path: Path, tmp_path: Path) -> None:
    home = tmp_path / "session"
    home.mkdir()
    journal, _ = opened(home / "journal.jsonl")
    journal.append(body("before"))
    shutil.rmtree(home)
    journal.append(body("after"))
    assert (journal.unsaved, journal.trouble) == (1, "session.trouble.gone")
    assert not home.exists()
    assert journal.move_to(tmp_path / "rescued" / "journal.jsonl")
    assert (journal.unsaved, journal.trouble) == (0, None)
    journal.append(body("going on"))
    assert len(opened(tmp_path / "rescued" / "journal.jsonl")[0].records) == 3


def test_the_folder_may_come_back(path: Path, tmp_path: Path) -> None:
    home = tmp_path / "session"
    home.mkdir()
    journal, _ = opened(home / "journal.jsonl")
    journal.append(body("before"))
    home.rename(tmp_path / "away")
    journal.append(body("meanwhile"))
    assert journal.unsaved == 1
    (tmp_path / "away").rename(home)
    assert journal.retry()
    assert len(opened(home / "journal.jsonl")[0].records) == 2


def test_moving_does_not_overwrite_another_session(path: Path) -> None:
    other = path.with_name("other.jsonl")
    other.write_bytes(content(2))
    journal, _ = opened(path)
    journal.append(body("x"))
    with pytest.raises(FolderError, match=r"session\.target_taken"):
        journal.move_to(other)
    assert other.read_bytes() == content(2)
    assert not journal.move_to(path / "impossible" / "journal.jsonl")
    journal.append(body("y"))
    assert len(opened(path)[0].records) == 2


# Odds and ends


def test_an_answer_beyond_all_bounds_is_refused_and_changes_nothing() -> None:
    disk = MemoryDisk(folders=(HOME,))
    journal, _ = opened(PATH, disk)
    with pytest.raises(FolderError, match=r"session\.record_too_big"):
        journal.append(body("x" * JOURNAL_LINE))
    assert (journal.records, journal.unsaved) == ((), 0)
    journal.append(body("y" * (JOURNAL_LINE // 2)))
    assert len(opened(PATH, disk)[0].records) == 1


def test_a_file_beyond_all_bounds_is_refused_untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    data = content(4)
    monkeypatch.setattr("bsc_coach.sizes.JOURNAL_FILE", len(data) - 1)
    disk = MemoryDisk({PATH: data})
    with pytest.raises(FolderError, match=r"session\.journal_too_big"):
        opened(PATH, disk)
    assert disk.files() == {PATH: data}


def test_a_file_that_cannot_be_read_now_is_joined_later_and_never_overwritten() -> None:
    disk = FaultyDisk(
        MemoryDisk({PATH: content(4)}), lambda _number, name: (5, "nothing") if name == "read" else None
    )
    journal, report = opened(PATH, disk, writer="w2")
    journal.append(body("typed blind"))
    assert report.unread
    assert journal.unsaved == 1
    assert disk.inner.files()[PATH] == content(4)
    disk.plan = lambda _number, _name: None
    assert journal.retry()
    again, _ = opened(PATH, disk.inner)
    assert [record.number for record in again.records] == [1, 1, 2, 3, 4]


def test_what_an_interrupted_save_left_is_swept_away_and_nothing_else(path: Path) -> None:
    left = path.with_name(f".{path.name}.0123.tmp")
    for one in (left, path.with_name(".other.tmp"), path.with_name("journal.jsonl.tmp")):
        one.write_bytes(b"x")
    opened(path)
    assert sorted(one.name for one in path.parent.iterdir()) == [
        ".other.tmp",
        "journal.jsonl",
        "journal.jsonl.tmp",
    ]
    sweep(Disk(), path.parent / "nowhere" / "file")
    assert not left.exists()


def test_a_link_laid_out_for_us_is_refused_and_not_followed(path: Path) -> None:
    target = path.with_name("precious")
    target.write_bytes(b"precious")
    os.symlink(target, path)
    with pytest.raises(InTheWayError, match="link"):
        write_atomically(Disk(), path, b"ours")
    assert target.read_bytes() == b"precious"
    assert {one.name for one in path.parent.iterdir()} == {path.name, target.name}
    with pytest.raises(FileExistsError):
        Disk().create(path)


def test_damage_is_copied_once_while_the_repair_fails(path: Path) -> None:
    path.write_bytes(content(4)[:-9])
    disk = FaultyDisk(Disk(), lambda _number, name: (28, "nothing") if name == "replace" else None)
    journal, report = opened(path, disk)
    for one in bodies(3):
        journal.append(one)
    assert report.memory_only == "session.trouble.full"
    assert len(list((path.parent / ".local").glob("damaged-*"))) == 1
    disk.plan = lambda _number, _name: None
    journal.close()
    assert journal.unsaved == 0
    assert len(opened(path)[0].records) == 6


def test_every_trouble_and_sentence_can_be_said() -> None:
    source = asset_dir("prompts") / "words" / "en" / "session.toml"
    words = tomllib.loads(source.read_text(encoding="utf-8"))
    for name in words["trouble"]:
        one, many = (say(f"session.trouble.{name}", "en", n=n) for n in (1, 2))
        assert "NOT SAVED" in one
        assert re.search(r"\b2 answers are in memory only\b", many)


def test_a_report_speaks_of_everything_that_it_found() -> None:
    lines = content(20).splitlines(keepends=True)
    fork = encode_record(make_record(3, "w2", Clock()(), body("fork")))
    data = b"".join([*lines[4:9], *lines[1:3], fork, lines[3], lines[3], b"torn\n", *lines[10:]])
    _, report = opened(PATH, MemoryDisk({PATH: data.replace(b"value.15", b"value.xx")}))
    told = " ".join(report.sentences("en"))
    assert len(report.sentences("en")) == 7
    for part in (
        "numbers are missing",
        "(1, 10, 16)",
        "twice",
        "out of order",
        "damaged-2026",
        "kept as",
    ):
        assert part in told
