"""Names of session folders: safe ones are made, hostile ones are refused in words."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.errors import FolderError
from bsc_coach.session.disk import Disk
from bsc_coach.session.names import LONGEST_NAME, check_folder, make_session_folder, safe_name, typed_path
from bsc_coach.text import clean
from bsc_coach.words import say
from tests.support.faulty_disk import NOTHING, FaultyDisk

NASTY = st.one_of(
    st.text(st.characters()),
    st.text(alphabet="./\\ -_~$\0\x1b\u202e\ud800:*?é\u0301"),
    st.sampled_from(["con", "NUL.txt", "Com1", "lpt9.", "aux ", "COM¹"]),
)
HOSTILE = {
    "control": ["a\x1b[2Jb", "a\nb", "a\tb", "nul\0byte", "bell\x07", "del\x7f", "c1\x9b"],
    "direction": ["a\u202eexe", "a\u2066b", "zero\u200bwidth", "mark\ufeff", "line\u2028end"],
    "no text": ["\udcff", "caf\udce9"],
    "option": ["-rf", "--help", "-"],
    "edge": ["dot.", "blank ", " blank", "...", "\u3000x"],
    "device": ["con", "NUL", "nul.txt", "Com1", "LPT9.md", "aux", "prn", "conin$", "com¹"],
    "long": ["x" * 256, "é" * 200, "/".join(["x" * 200] * 30)],
}
NAMES = [name for names in HOSTILE.values() for name in names]


@given(NASTY)
def test_any_text_becomes_one_safe_part(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= LONGEST_NAME
    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>| \0')
    assert name[0] not in ".-"
    assert name[-1] not in ".- "
    assert unicodedata.is_normalized("NFC", name)
    assert Path(name).name == name
    assert (Path("/root") / name).resolve().is_relative_to("/root")


@given(NASTY)
def test_a_safe_name_stays_as_it_is_and_is_welcome(text: str) -> None:
    name = safe_name(text)
    assert safe_name(name) == name
    assert check_folder(Path("/nowhere") / name) == Path("/nowhere") / name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brouwerij De Ster 2026", "Brouwerij-De-Ster-2026"),
        ("  Müller & Söhne: Plan/2027  ", "Müller-Söhne-Plan-2027"),
        ("日本 戦略", "日本-戦略"),
        ("e\u0301te\u0301", "été"),
        ("con", "session-con"),
        ("nul.txt", "session-nul.txt"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "session"),
        ("///", "session"),
        ("x" * 300, "x" * 80),
        ("é" * 100, "é" * 40),
    ],
)
def test_names_keep_their_letters(text: str, expected: str) -> None:
    assert safe_name(text) == expected


def test_a_cut_does_not_part_a_letter_from_its_accent() -> None:
    text = "x" * 79 + "q\u0301"
    assert safe_name(text) == "x" * 79
    assert safe_name("x" * 78 + "q\u0301\u0302") == "x" * 78


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_hostile_name_is_refused_in_words_and_nothing_is_made(name: str, tmp_path: Path) -> None:
    for act in (check_folder, make_session_folder):
        with pytest.raises(FolderError) as refusal:
            act(tmp_path / name)
        told = say(refusal.value.key, "en", **refusal.value.values)
        assert clean(told).text == told
        assert len(told) < 1000
    assert list(tmp_path.iterdir()) == []


def test_there_are_enough_hostile_names() -> None:
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "/"])
def test_a_path_outside_the_root_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"outside|not_a_folder"):
        check_folder(tmp_path / "sessions" / name, root=tmp_path / "sessions")
    assert check_folder(tmp_path / "sessions" / "fine", root=tmp_path / "sessions")


def test_a_link_out_of_the_root_is_seen(tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "way-out").symlink_to(tmp_path)
    with pytest.raises(FolderError, match="outside"):
        check_folder(tmp_path / "sessions" / "way-out" / "x", root=tmp_path / "sessions")


@pytest.mark.parametrize(
    "path", ["", ".", "..", "a/b/../c", "/tmp", "C0-plan", "join\u200cers", "con/acme", "日本"]
)
def test_ordinary_paths_are_welcome(path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert check_folder(Path(path)) == Path(path)


def test_folders_are_made_for_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        for umask in (0o000, 0o777):
            os.umask(umask)
            made = make_session_folder(tmp_path / f"u{umask}" / "deep" / "acme")
            for one in (made, made.parent, made.parent.parent):
                assert stat.S_IMODE(one.stat().st_mode) == 0o700
    finally:
        os.umask(old)
    assert make_session_folder(tmp_path) == tmp_path


def test_links_and_files_in_the_way_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "dead").symlink_to(tmp_path / "nothing")
    (tmp_path / "file").write_text("x")
    assert check_folder(tmp_path / "link")
    for name, key in (("link", "link"), ("dead", "dead_link"), ("file", "not_a_folder")):
        with pytest.raises(FolderError) as refusal:
            make_session_folder(tmp_path / name)
        assert refusal.value.key == f"session.folder.{key}"
        assert say(refusal.value.key, "en", **refusal.value.values)
    assert not (tmp_path / "nothing").exists()


def test_a_refusal_of_the_system_is_told(tmp_path: Path) -> None:
    disk = FaultyDisk(Disk(), lambda _number, name: (28, NOTHING) if name == "make_folder" else None)
    with pytest.raises(FolderError) as refusal:
        make_session_folder(tmp_path / "acme", disk=disk)
    assert "No space left" in say(refusal.value.key, "en", **refusal.value.values)


def test_a_plain_path_check_would_not_do() -> None:
    """The control: joining paths alone lets an absolute name out."""
    assert Path("sessions") / "/etc/passwd" == Path("/etc/passwd")


def test_a_typed_path_begins_in_a_home_where_the_system_knows_one() -> None:
    assert typed_path(" ~/x ") == Path.home() / "x"
    assert typed_path("~nobody_has_this_name/x") == Path("~nobody_has_this_name/x")
