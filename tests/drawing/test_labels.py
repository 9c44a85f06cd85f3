"""Text in boxes: lines that fit, broken where a reader would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsc_coach.drawing.labels import BOLD, lines_of, width_of
from tests.support.maps import titles

LEAST_ROOM = 122.0


def put_together(lines: tuple[str, ...]) -> str:
    """Return the letters of ``lines``, without blanks and the hyphens at their ends."""
    return "".join(line.removesuffix("-") for line in lines).replace(" ", "")


@settings(deadline=None)
@given(text=titles.map(lambda title: " ".join((title or "").split())), room=st.floats(LEAST_ROOM, 300.0))
def test_lines_fit_and_are_not_too_many(text: str, room: float) -> None:
    lines = lines_of(text, room, most=5, lead="CM12")
    assert 1 <= len(lines) <= 5
    assert width_of(lines[0].removeprefix("CM12")) + width_of("CM12") * BOLD <= room + width_of(" ")
    assert all(width_of(line) <= room for line in lines[1:])


@pytest.mark.parametrize(
    "text", ["Shorten the wait for a first specialist visit", "Leverbetrouwbaarheidsverbeteringsprogramma"]
)
def test_nothing_of_a_title_that_fits_is_lost(text: str) -> None:
    assert put_together(lines_of(text, LEAST_ROOM)) == text.replace(" ", "")


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = lines_of("one word after the other " * 20, LEAST_ROOM, most=5)
    assert len(lines) == 5
    assert lines[-1].endswith("…")


def test_a_narrower_room_asks_for_more_lines() -> None:
    text = "Shorten the wait for a first specialist visit"
    assert len(lines_of(text, LEAST_ROOM)) > len(lines_of(text, 2 * LEAST_ROOM))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("machinegeneraties", ("machine-", "genera-", "ties")),
        ("Energieverbruik", ("Energie-", "verbruik")),
    ],
)
def test_a_long_word_is_broken_between_syllables(word: str, parts: tuple[str, ...]) -> None:
    assert lines_of(word, width_of("Energiev-")) == parts


def test_an_id_does_not_stand_alone_before_a_word_that_is_too_long_for_its_line() -> None:
    first, *_ = lines_of("Leverbetrouwbaarheid", LEAST_ROOM, lead="O1")
    assert first == "O1 Leverbe-"
    assert lines_of("betrouwbaarheid", LEAST_ROOM, lead="O1") == ("O1 betrouw-", "baarheid")


def test_scripts_without_capitals_are_broken_without_a_hyphen() -> None:
    lines = lines_of("缩短首次专科就诊的等待时间并降低每次治疗的费用", LEAST_ROOM)
    assert len(lines) > 1
    assert not any(line.endswith("-") for line in lines)


def test_no_accent_and_no_family_of_emoji_is_torn_apart() -> None:
    family = "👩\u200d👩\u200d👧"
    accents = lines_of("e\u0301" * 40, LEAST_ROOM)
    families = lines_of(family * 12, LEAST_ROOM)
    assert not any(line.startswith("\u0301") for line in accents)
    assert all(line.removesuffix("…").replace(family, "") == "" for line in families)
    assert len(accents) > 1 < len(families)


@pytest.mark.parametrize("sizes", [(10.0, 13.0)])
def test_larger_and_bolder_letters_are_wider(sizes: tuple[float, float]) -> None:
    small, large = sizes
    assert width_of("Wait", small) < width_of("Wait", large)
    assert width_of("iii") < width_of("nnn") < width_of("WWW")
    assert width_of("e\u0301") == width_of("e") == width_of("é")
    assert width_of("A waïst – so") == pytest.approx(sum(map(width_of, "A waist – so")))
