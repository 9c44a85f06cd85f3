"""Titles in narrow cards: lines measured in cells, long words broken where one may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bsc_coach.tui.views.hyphenation import broken


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Shorten the wait", 11, ["Shorten the", "wait"]),
        ("Leverbetrouwbaarheid verhogen", 15, ["Leverbetrouw-", "baarheid", "verhogen"]),
        ("Sociaal-maatschappelijk", 18, ["Sociaal-", "maatschappelijk"]),
        ("病院で待つ時間を短くする", 10, ["病院で待", "つ時間を", "短くする"]),
        ("e\u0301" * 6, 5, ["e\u0301" * 4, "e\u0301" * 2]),
        ("", 10, [""]),
    ],
)
def test_where_lines_end(text: str, width: int, lines: list[str]) -> None:
    assert broken(text, width, 5) == lines


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert broken("one two three four", 9, 2) == ["one two", "three…"]
    assert broken("x " * 4_000, 5, 2) == ["x x x", "x x…"]


@given(st.text(max_size=200), st.integers(4, 40), st.integers(1, 6))
def test_every_line_fits(text: str, width: int, most: int) -> None:
    lines = broken(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)
