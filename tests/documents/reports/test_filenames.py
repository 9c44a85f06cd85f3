"""File names from people's words: safe on every system, the same each time, none twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bsc_coach.documents.reports.filenames import LONGEST, file_names, stem_of


def is_safe(name: str) -> bool:
    """Tell whether a name can be a file anywhere: no path, not hidden, no device, not too long."""
    stem = name.removesuffix(".md")
    device = re.fullmatch(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", stem, re.IGNORECASE)
    plain = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
    return bool(plain) and not device and len(name) <= LONGEST and bool(re.search("[a-z]", stem))


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("Chief Nursing Officer", "chief-nursing-officer"),
        ("Führungskraft Qualität & Umwelt", "fuhrungskraft-qualitat-umwelt"),
        ("Straßenmeister", "strassenmeister"),
        ("Økonomisjef", "okonomisjef"),
        ("Directeur Énergie", "directeur-energie"),
        ("Fatma Yıldırım", "fatma-yildirim"),
        ("  R&D  ", "r-d"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("CON", "owner-con"),
        ("lpt1", "owner-lpt1"),
        ("директор", "owner"),
        ("校长 7", "owner-7"),
        ("", "owner"),
        ("🙂", "owner"),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_words_become_a_stem(words: str, stem: str) -> None:
    assert stem_of(words, "owner") == stem


@given(st.lists(st.text(), max_size=8))
@example(["CON", "con", "nul.txt", "a" * 300, "a" * 301, "/", "\\", "..", "owner", "OWNER", "7"])
def test_any_words_make_safe_names_and_no_two_the_same(words: list[str]) -> None:
    names = file_names(words, ".md", fallback="owner", taken=("nobody.md",))
    assert set(names) == set(words)
    assert len(set(names.values())) == len(names)
    assert all(is_safe(name) for name in names.values())
    assert "nobody.md" not in names.values()


def test_the_check_of_names_can_fail() -> None:
    """The control."""
    wrong = ("../x.md", ".x.md", "con.md", "x y.md", "é.md", "-x.md", "7.md", f"{'x' * LONGEST}.md")
    assert not any(is_safe(name) for name in wrong)


def test_the_order_of_the_words_does_not_matter() -> None:
    words = ["CFO", "cfo!", "C F O", "c-f-o"]
    names = file_names(words, ".md", fallback="owner")
    assert names == file_names(reversed(words), ".md", fallback="owner")
    assert sorted(names.values()) == ["c-f-o-2.md", "c-f-o.md", "cfo-2.md", "cfo.md"]
