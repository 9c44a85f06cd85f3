"""Documents beside the journal: written anew, never over what people changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bsc_coach.session.disk import Disk
from bsc_coach.session.owned_files import is_ours, present, put_document

MOMENT = datetime(2026, 11, 22, 9, 14, 3, tzinfo=UTC)
NAME = "strategy.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def put(folder: Path, data: bytes, number: int = 3) -> Path | None:
    return put_document(folder, NAME, data, Disk(), moment=MOMENT, number=number)


def test_a_document_is_written_and_known_as_ours(folder: Path) -> None:
    assert present(folder, NAME, Disk()) is None
    assert put(folder, b"one") is None
    assert present(folder, NAME, Disk()) == b"one"
    assert is_ours(folder, NAME, Disk(), 3)


def test_our_own_document_is_written_over(folder: Path) -> None:
    put(folder, b"one")
    assert put(folder, b"two") is None
    assert present(folder, NAME, Disk()) == b"two"
    assert [path.name for path in (folder / ".local").glob("strategy-edited*")] == []


def test_what_people_changed_is_put_aside_first(folder: Path) -> None:
    put(folder, b"one")
    (folder / NAME).write_bytes(b"ours")
    assert not is_ours(folder, NAME, Disk(), 3)
    kept = put(folder, b"two")
    assert kept == folder / ".local" / "strategy-edited-20261122T091403.md"
    assert kept.read_bytes() == b"ours"
    assert present(folder, NAME, Disk()) == b"two"
    assert is_ours(folder, NAME, Disk(), 3)


def test_a_document_that_was_there_before_us_is_put_aside(folder: Path) -> None:
    (folder / NAME).write_bytes(b"older than the session")
    kept = put(folder, b"one")
    assert kept is not None
    assert kept.read_bytes() == b"older than the session"


def test_a_change_that_says_what_we_would_write_is_none(folder: Path) -> None:
    put(folder, b"one")
    (folder / NAME).write_bytes(b"two")
    assert put(folder, b"two") is None
    assert is_ours(folder, NAME, Disk(), 3)


def test_two_changes_within_one_second_are_both_kept(folder: Path) -> None:
    put(folder, b"one")
    for changed in (b"first", b"second"):
        (folder / NAME).write_bytes(changed)
        put(folder, b"one of " + changed)
    kept = {path.read_bytes() for path in (folder / ".local").glob("strategy-edited*")}
    assert kept == {b"first", b"second"}


def test_a_document_behind_the_journal_is_ours_and_one_ahead_of_it_is_kept(folder: Path) -> None:
    put(folder, b"after three", number=3)
    assert is_ours(folder, NAME, Disk(), 9)
    assert not is_ours(folder, NAME, Disk(), 2)
    kept = put(folder, b"after two", number=2)
    assert kept is not None
    assert kept.read_bytes() == b"after three"


def test_comments_are_kept_from_a_file_that_another_editor_marked_as_utf_8(folder: Path) -> None:
    text = '# ours\n[organisation]\nname = "Acme"\n'
    (folder / "strategy.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    put_document(folder, "strategy.toml", b'[organisation]\nname = "Acme"\n', Disk(), moment=MOMENT, number=1)
    assert present(folder, "strategy.toml", Disk()) == text.encode()


@pytest.mark.parametrize("memory", [b"", b"[]", b"{", b"\xff", b'{"strategy.md": 3}', b"[" * 5000])
def test_without_a_memory_every_document_counts_as_changed(folder: Path, memory: bytes) -> None:
    put(folder, b"one")
    (folder / ".local" / "written.json").write_bytes(memory)
    assert not is_ours(folder, NAME, Disk(), 3)
    kept = put(folder, b"two")
    assert kept is not None
    assert kept.read_bytes() == b"one"
    assert is_ours(folder, NAME, Disk(), 3)


def test_a_link_in_place_of_a_document_does_not_lead_outside(folder: Path, tmp_path: Path) -> None:
    inside = folder / "session"
    inside.mkdir()
    target = tmp_path / "target"
    target.write_bytes(b"not ours")
    try:
        (inside / NAME).symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(OSError, match=r".*"):
        put(inside, b"one")
    assert target.read_bytes() == b"not ours"
