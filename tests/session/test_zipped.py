"""Zips that somebody sent: what is read of them, and what of hostile ones."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bsc_coach import sizes
from bsc_coach.errors import FolderError
from bsc_coach.session.copies import copy_at, merge_into
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.zipped import files_in_zip, is_zip
from bsc_coach.words import languages, say_error
from tests.support.two_facilitators import begin, bytes_in, carried_out, copied

Entry = tuple[str, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session, and a copy of it that Bob went on with: look, do not touch."""
    home = tmp_path_factory.mktemp("zips")
    copied(begin(home / "acme"), home / "bob")
    carried_out(home / "bob", "Bob", {"do": "accept", "step": "organisation.year", "value": 2031})
    return home


@pytest.fixture(scope="module")
def files(made: Path) -> dict[str, bytes]:
    """The files of Bob's copy."""
    return {name: data for name, data in bytes_in(made / "bob").items() if not name.startswith(".local")}


def packed(entries: Iterable[Entry], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w", how) as archive:
        warnings.simplefilter("ignore")  # a name that stands there twice
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return data.getvalue()


def under(folder: str, files: dict[str, bytes]) -> list[Entry]:
    return [(f"{folder}{name}", data) for name, data in files.items()]


def put(tmp_path: Path, data: bytes, name: str = "part.zip") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


SOUND: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "the folder itself": lambda files: packed(under("", files)),
    "in a folder": lambda files: packed(under("acme-operations/", files)),
    "deep": lambda files: packed(under("Downloads/Ann's things/acme/", files)),
    "stored": lambda files: packed(under("a/", files), zipfile.ZIP_STORED),
    "made by an old Windows": lambda files: packed(
        (name.replace("/", "\\"), data) for name, data in under("acme/", files)
    ),
    "with what a Mac adds": lambda files: packed(
        [*under("acme/", files), *under("__MACOSX/acme/", {"._journal.jsonl": b"x", "journal.jsonl": b"y"})]
    ),
    "with .local and .git": lambda files: packed(
        [*under("acme/", files), ("acme/.local/old/journal.jsonl", b"x"), ("acme/.git/journal.jsonl", b"y")]
    ),
    "with other files": lambda files: packed([*under("acme/", files), ("acme/holiday.jpg", b"\xff" * 9000)]),
    "with text before it": lambda files: b"#!/bin/sh\n" + packed(under("acme/", files)),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_zip_is_the_copy_that_was_packed(
    name: str, made: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    target = copied(made / "acme", tmp_path / "acme")
    (came,) = merge_into(target, [put(tmp_path, SOUND[name](files))], Environment(by="Ann"))
    assert len(came.actions) == 1
    assert (target / "journal.jsonl").read_bytes() == files["journal.jsonl"]


def link(name: str, target: str) -> zipfile.ZipInfo:
    told = zipfile.ZipInfo(name)
    told.external_attr = (stat.S_IFLNK | 0o777) << 16
    return told


def with_link(files: dict[str, bytes], name: str) -> bytes:
    data = io.BytesIO(packed(under("a/", files)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(link(name, "/etc/passwd"), "/etc/passwd")
    return data.getvalue()


def flagged(data: bytes, flag: int) -> bytes:
    """Set a flag of every entry, in both places that tell of it."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place] |= flag
            at = data.find(mark, at + 1)
    return bytes(changed)


def lying(data: bytes) -> bytes:
    """Tell of every entry that it is ten bytes long."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark)
        while at >= 0:
            changed[at + place : at + place + 4] = struct.pack("<I", 10)
            at = data.find(mark, at + 1)
    return bytes(changed)


BOMB = bytes(sizes.ZIPPED_JOURNAL + 1)
HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "no zip": (lambda _: b"Dear diary, " * 100, "damaged"),
    "empty file": (lambda _: b"", "damaged"),
    "cut off": (lambda files: packed(under("a/", files))[:-200], "damaged"),
    "cut off in front": (
        lambda files: packed([("a/journal.jsonl", files["journal.jsonl"])])[300:],
        "damaged",
    ),
    "empty zip": (lambda _: packed([]), "no_journal"),
    "no session": (lambda _: packed([("a/letter.txt", b"Dear")]), "no_journal"),
    "a folder of that name": (lambda _: packed([("a/journal.jsonl/", b"")]), "no_journal"),
    "two sessions": (lambda files: packed([*under("a/", files), *under("b/", files)]), "several"),
    "one within the other": (lambda files: packed([*under("a/", files), *under("a/b/", files)]), "several"),
    "one twice": (lambda files: packed([*under("a/", files), ("a/journal.jsonl", b"x")]), "several"),
    "bomb": (lambda _: packed([("a/journal.jsonl", BOMB)]), "too_much"),
    "bomb beside it": (
        lambda files: packed([*under("a/", files), ("a/breakout.toml", bytes(sizes.SCRIPT_FILE + 1))]),
        "too_much",
    ),
    "thousands of names": (
        lambda files: packed([*under("a/", files), *((f"a/{n:060}", b"") for n in range(4_000))]),
        "too_much",
    ),
    "up and out": (lambda files: packed([*under("a/", files), ("../../.bashrc", b"x")]), "leads_out"),
    "up in the middle": (lambda files: packed(under("a/../../", files)), "leads_out"),
    "up by backslashes": (lambda files: packed([*under("a/", files), ("..\\..\\x", b"x")]), "leads_out"),
    "absolute": (lambda files: packed([*under("a/", files), ("/etc/passwd", b"x")]), "leads_out"),
    "of a drive": (lambda files: packed([*under("a/", files), ("C:\\x", b"x")]), "leads_out"),
    "of a network": (lambda files: packed([*under("a/", files), ("\\\\host\\x", b"x")]), "leads_out"),
    "control characters": (lambda files: packed([*under("a/", files), ("a/\x1b[2J", b"x")]), "leads_out"),
    "link": (lambda files: with_link(files, "a/photo"), "leads_out"),
    "link for a journal": (lambda _: with_link({}, "a/journal.jsonl"), "leads_out"),
    "with a password": (lambda files: flagged(packed(under("a/", files)), 1), "locked"),
    "in an odd packing": (lambda files: packed(under("a/", files), zipfile.ZIP_LZMA), "damaged"),
    "sizes that are lies": (lambda files: lying(packed(under("a/", files))), "damaged"),
    "nothing of ours": (lambda _: packed([("a/journal.jsonl", b"Dear diary\n")]), "foreign"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_in_one_sentence_and_nothing_happens(
    name: str, made: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    make, kind = HOSTILE[name]
    target = copied(made / "acme", tmp_path / "here" / "acme")
    before = bytes_in(tmp_path / "here")
    path = put(tmp_path, make(files))
    with pytest.raises(FolderError) as refused:
        merge_into(target, [path], Environment(by="Ann"))
    key = "session.foreign_journal" if kind == "foreign" else f"breakouts.zip.{kind}"
    assert refused.value.key == key
    for language in languages():
        told = say_error(refused.value, language)
        assert "\n" not in told
        assert str(path) in told
    assert bytes_in(tmp_path / "here") == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["here", "part.zip"]


def test_a_link_to_a_zip_a_folder_called_zip_and_a_zip_by_another_name(
    made: Path, files: dict[str, bytes], tmp_path: Path
) -> None:
    real = put(tmp_path, packed(under("a/", files)), "sent.dat")
    assert is_zip(real)
    (tmp_path / "folder.zip").mkdir()
    assert not is_zip(tmp_path / "folder.zip")
    assert not is_zip(tmp_path / "nothing.zip")
    assert not is_zip(made / "acme" / "journal.jsonl")
    assert copy_at(real, Disk()).reading.lines


def test_a_zip_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "ZIP_FILE", 10)
    with pytest.raises(FolderError) as refused:
        files_in_zip(put(tmp_path, b"x" * 11), Disk())
    assert refused.value.key == "breakouts.zip.unread"
    assert refused.value.values["why"]


def read_or_refused(path: Path) -> dict[str, bytes] | None:
    try:
        return files_in_zip(path, Disk())
    except FolderError:
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_a_zip_on_its_way_it_is_read_or_refused(
    data: st.DataObject, files: dict[str, bytes], tmp_path: Path
) -> None:
    """Nothing but our own error leaves it, and what is read is whole: a zip has checksums."""
    small = {
        name: content[:2_000] for name, content in files.items() if name in ("journal.jsonl", "script.toml")
    }
    whole = packed(under("a/", small))
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(changed) - 1))
        match data.draw(st.sampled_from(("flip", "cut", "double"))):
            case "flip":
                changed[place] ^= data.draw(st.integers(1, 255))
            case "cut":
                del changed[place : place + data.draw(st.integers(1, 40))]
            case _:
                changed[place:place] = changed[place : place + 40]
        changed = changed or bytearray(b"x")
    found = read_or_refused(put(tmp_path, bytes(changed)))
    for name, content in (found or {}).items():
        assert content == small[name]
    assert read_or_refused(put(tmp_path, whole)) == small  # the control: unchanged, it is read
