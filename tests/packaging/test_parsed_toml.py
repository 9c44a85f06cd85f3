"""Parsed content in the user's cache: used when it is ours and whole, made anew in silence when it is not."""

from __future__ import annotations

import hashlib
import marshal
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import pytest

from bsc_coach import parsed_toml
from bsc_coach.parsed_toml import MOST_FILES, cache_folder, parse_toml
from bsc_coach.resources import user_cache_dir, user_state_dir

SOURCE = b'[words]\nhello = "Goedendag"\ncount = 3\nlist = ["a", "b"]\n'
TABLES = tomllib.loads(SOURCE.decode())
OTHER = b'[words]\nhello = "Somebody else\'s"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for each test; the folder does not exist yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = cache_folder()
    assert found is not None
    assert found.is_relative_to(tmp_path)
    return found


@pytest.fixture
def parsing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that tomllib was asked to parse."""
    texts: list[str] = []
    loads = tomllib.loads

    def counted(text: str) -> dict[str, object]:
        texts.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    return texts


def kept_file(folder: Path) -> Path:
    """Return the one file of the cache."""
    (path,) = folder.iterdir()
    return path


def test_a_source_is_parsed_once_and_then_read_from_the_cache(folder: Path, parsing: list[str]) -> None:
    assert [parse_toml(SOURCE), parse_toml(SOURCE)] == [TABLES, TABLES]
    assert parsing == [SOURCE.decode()]
    assert kept_file(folder).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_another_wording_of_a_source_is_parsed_anew(parsing: list[str]) -> None:
    parse_toml(SOURCE)
    assert parse_toml(SOURCE.replace(b"3", b"4"))["words"]["count"] == 4
    assert len(parsing) == 2


def checksummed(path: Path, payload: bytes) -> bytes:
    """Return a file of the cache as its owner could have made it, whatever stands in it."""
    return parsed_toml._FORMAT + parsed_toml._checksum(path.name, payload) + payload


def poisoned(path: Path) -> None:
    """Put the whole file of another source under the name of this one."""
    parse_toml(OTHER)
    other = next(inside for inside in path.parent.iterdir() if inside != path)
    path.write_bytes(other.read_bytes())


def wrong_checksum(path: Path) -> None:
    head = path.read_bytes()[: len(parsed_toml._FORMAT)]
    payload = marshal.dumps(tomllib.loads(OTHER.decode()))
    path.write_bytes(head + hashlib.blake2b(payload, digest_size=16).digest() + payload)


def linked(path: Path) -> None:
    elsewhere = path.with_suffix(".moved")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-3]),
    "a bit turned": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\x00"),
    "another format": lambda path: path.write_bytes(b"X" + path.read_bytes()[1:]),
    "the file of another source": poisoned,
    "tables of another, checksum without the name": wrong_checksum,
    "no table inside": lambda path: path.write_bytes(checksummed(path, marshal.dumps([1]))),
    "no marshal inside": lambda path: path.write_bytes(checksummed(path, b"\xff\xff")),
    "nothing inside": lambda path: path.write_bytes(checksummed(path, b"")),
    "a link": linked,
    "a folder": a_folder,
    "a pipe": a_pipe,
    "others may write it": lambda path: path.chmod(0o666),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_cached_file_that_cannot_be_trusted_is_not_read(
    damage: str, folder: Path, parsing: list[str]
) -> None:
    parse_toml(SOURCE)
    DAMAGE[damage](kept_file(folder))
    parsing.clear()
    assert parse_toml(SOURCE) == TABLES
    assert parsing == [SOURCE.decode()]


def test_what_was_damaged_is_mended(folder: Path, parsing: list[str]) -> None:
    parse_toml(SOURCE)
    kept_file(folder).write_bytes(b"")
    parse_toml(SOURCE)
    parsing.clear()
    assert parse_toml(SOURCE) == TABLES
    assert parsing == []


def test_a_file_of_another_user_is_not_read(parsing: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    parse_toml(SOURCE)
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    parsing.clear()
    assert parse_toml(SOURCE) == TABLES
    assert parsing == [SOURCE.decode()]


def test_the_control_a_whole_file_of_ours_is_believed(folder: Path) -> None:
    """What the tests of damage would miss: they prove something only if such a file is read at all."""
    parse_toml(SOURCE)
    path = kept_file(folder)
    path.write_bytes(checksummed(path, marshal.dumps({"words": "from the cache"})))
    assert parse_toml(SOURCE) == {"words": "from the cache"}


@pytest.mark.parametrize("failing", ["mkdir", "open", "replace"])
def test_a_cache_that_cannot_be_written_stops_nothing(
    failing: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((Path, "mkdir") if failing == "mkdir" else (os, failing)), full)
    assert parse_toml(SOURCE) == TABLES
    monkeypatch.undo()
    assert not folder.exists() or list(folder.iterdir()) == []


def test_a_file_in_the_place_of_the_cache_stops_nothing(folder: Path) -> None:
    folder.parent.parent.mkdir(parents=True)
    folder.parent.write_text("no folder")
    assert parse_toml(SOURCE) == TABLES


def test_tables_that_cannot_be_kept_are_parsed_each_time(folder: Path, parsing: list[str]) -> None:
    dated = b"day = 2026-11-22\n"
    assert parse_toml(dated) == parse_toml(dated) == tomllib.loads(dated.decode())
    assert len(parsing) == 3
    assert not folder.exists()


@pytest.mark.parametrize("source", [b"words = ", b"\xff"])
def test_what_is_no_toml_is_told_each_time(source: bytes, folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match=r"Invalid value|invalid start byte"):
            parse_toml(source)
    assert not folder.exists()


def test_the_oldest_files_go_once_there_are_many(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(MOST_FILES + 5):
        old = folder / f"{number}.tmp"
        old.touch()
        os.utime(old, (number, number))
    parse_toml(SOURCE)
    names = {path.name for path in folder.iterdir()}
    assert len(names) == MOST_FILES
    assert "5.tmp" not in names
    assert f"{MOST_FILES + 4}.tmp" in names
    parse_toml(SOURCE)
    assert {path.name for path in folder.iterdir()} == names


def test_without_a_home_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a user that the system lacks
    monkeypatch.chdir(tmp_path)
    assert parse_toml(SOURCE) == TABLES
    assert list(tmp_path.iterdir()) == []


MANY_AT_ONCE = """
import sys, tomllib
from bsc_coach.parsed_toml import parse_toml
sources = [f'[words]\\nnumber = {n}\\ntext = "{"x" * 5000}"\\n'.encode() for n in range(40)]
for _ in range(5):
    for source in sources:
        assert parse_toml(source) == tomllib.loads(source.decode())
"""


def test_several_processes_at_once_read_whole_tables(folder: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", MANY_AT_ONCE]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    assert len(list(folder.iterdir())) == 40
    assert all(path.suffix == ".toml-cache" for path in folder.iterdir())


def test_the_folders_of_the_user_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        for value in (None, "/some/where", " "):
            with monkeypatch.context() as patch:
                patch.delenv(variable) if value is None else patch.setenv(variable, value)
                assert str(user_cache_dir()) == platformdirs.user_cache_dir("bsc-coach", appauthor=False)
                assert str(user_state_dir()) == platformdirs.user_state_dir("bsc-coach", appauthor=False)


def test_what_another_program_takes_away_meanwhile_is_no_hindrance(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    for number in range(MOST_FILES + 5):
        old = folder / f"{number}.tmp"
        old.touch()
        os.utime(old, (number, number))
    listing = os.scandir

    @contextmanager
    def taken_away_meanwhile(path: Path) -> Iterator[list[os.DirEntry[str]]]:
        with listing(path) as entries:
            listed = list(entries)
        (folder / "3.tmp").unlink()
        yield listed

    monkeypatch.setattr(os, "scandir", taken_away_meanwhile)
    parse_toml(SOURCE)
    monkeypatch.undo()
    names = {path.name for path in folder.iterdir()}
    assert len(names) == MOST_FILES
    assert "5.tmp" not in names
