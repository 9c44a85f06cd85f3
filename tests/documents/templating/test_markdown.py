"""People's words stay words, wherever a template puts them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from bsc_coach.documents.templating.markdown import escape, tidy
from tests.support.hostile import FIXED, POSITIONS, as_read, check_position, hostile_text

QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
FULL = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("position", POSITIONS)
@QUICK
@given(text=hostile_text)
def test_text_changes_no_structure(position: str, text: str) -> None:
    assume(as_read(text))
    check_position(position, text, escape)


@pytest.mark.slow
@FULL
@given(text=hostile_text)
def test_text_changes_no_structure_anywhere_in_thousands_of_tries(text: str) -> None:
    assume(as_read(text))
    for position in POSITIONS:
        check_position(position, text, escape)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("text", FIXED)
def test_known_attacks_change_no_structure(position: str, text: str) -> None:
    check_position(position, text, escape)


@pytest.mark.parametrize("position", POSITIONS)
def test_the_harness_catches_an_escaper_that_does_nothing(position: str) -> None:
    def every_attack() -> None:
        for text in FIXED:
            check_position(position, text, str)

    with pytest.raises(AssertionError):
        every_attack()


@QUICK
@given(text=hostile_text)
@example("a\n\n\nb")
def test_escaped_text_is_one_line_without_loose_ends(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    assert escaped == escaped.strip()


@pytest.mark.parametrize(
    "text",
    [
        "R&D at 5 > 3, up to 80%",
        "17.8% of them",
        "-5 and +3",
        "=SUM",
        "C# and (a) or {b}",
        "“See me”: 14.5 days – now!",
    ],
)
def test_ordinary_prose_stays_as_typed(text: str) -> None:
    assert escape(text) == text


def test_tidying_leaves_single_empty_lines_and_one_newline_at_the_end() -> None:
    assert tidy("\n\n# a  \n\n\n\n\nb\t\n\n") == "# a\n\nb\n"
