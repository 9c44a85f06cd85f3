"""Tidying before printing: the right correction of real slips, and hands off what may be meant."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.coach import spelling
from bsc_coach.coach.tidy import Tidied, Vocabulary, tidied, vocabulary

HERE = Path(__file__).parent
SLIPS = tomllib.loads((HERE / "slips.toml").read_text(encoding="utf-8"))
LEAST_RIGHT = 0.8
MOST_WRONG = 0.02


def tidy(text: str, language: str = "en", customers: str = "", *known: str) -> str | None:
    """Return what is offered for a title; the text itself where nothing is."""
    found = tidied(
        text, Vocabulary(language, customers, frozenset(known)), one_line=True, begins_capital=True
    )
    return text if found is None else found.text


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the library of the extra away."""
    spelling.dictionary.cache_clear()
    monkeypatch.setattr(spelling, "LIBRARY", "no_such_library")
    yield
    spelling.dictionary.cache_clear()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_planted_slips_get_the_right_correction(language: str) -> None:
    pytest.importorskip("spellchecker")
    planted = SLIPS[language]
    assert len(planted) == 30
    right = sum(tidy(wrong, language) == meant for wrong, meant in planted)
    assert right >= LEAST_RIGHT * len(planted)
    # None is made worse: what is not put right is left as it stands.
    assert {tidy(wrong, language) for wrong, _ in planted} <= {text for pair in planted for text in pair}
    # A control: the same sentences without their slips are left alone.
    assert [meant for _, meant in planted if tidy(meant, language) != meant] == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_without_the_library_the_common_slips_are_still_found(language: str, no_library: None) -> None:
    planted = SLIPS[language]
    right = sum(tidy(wrong, language) == meant for wrong, meant in planted)
    assert len(planted) * 0.4 <= right < len(planted) * LEAST_RIGHT
    assert tidy("Reserve the budjet for repairs") == "Reserve the budjet for repairs"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_wordings_of_many_teams_are_left_alone(language: str) -> None:
    told = tomllib.loads((HERE / "wordings" / f"{language}.toml").read_text(encoding="utf-8"))
    kinds = [kind for part in told.values() for kind in part.values()]
    texts = [text for kind in kinds for text in kind.values() if isinstance(text, str)]
    lines = [line for text in texts for line in text.split("\n") if " " in line]
    assert len(lines) > 500
    words = Vocabulary(language)
    touched = [one for one in lines if tidied(one, words, one_line=True, begins_capital=False) is not None]
    assert len(touched) <= MOST_WRONG * len(lines), touched


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Shorten the  wait ,always", "Shorten the wait, always"),
        ("Shorten the wait..", "Shorten the wait."),
        ("shorten the wait", "Shorten the wait"),
        ("“Keep every branch open”", "Keep every branch open"),
        ("““Keep every branch open””", "Keep every branch open"),
        ("- Keep every branch open\n- Lend more", "Keep every branch open; Lend more"),
        ("Keep every branch open.\no Lend more", "Keep every branch open. Lend more"),
        ("Tell the the neighbours", "Tell the neighbours"),
        ("As above", None),
        ("tbc", None),
        ("?", None),
        ("same as above.", None),
        # What may be meant
        ("Keep “every branch” open, and “every bus”", "Keep “every branch” open, and “every bus”"),
        ("“Every branch” is open, and “every bus”", "“Every branch” is open, and “every bus”"),
        ("iPhone app for readers", "iPhone app for readers"),
        ("e-mail answered within a day", "e-mail answered within a day"),
        ("What they had had before", "What they had had before"),
        ("Wait … and see", "Wait … and see"),
        ("Cost below 1,5 a visit", "Cost below 1,5 a visit"),
        ("None", "None"),
        ("Visits per day ÷ staff", "Visits per day ÷ staff"),
        ("A ratio of 3 : 2", "A ratio of 3 : 2"),
    ],
)
def test_what_is_offered(text: str, offered: str | None) -> None:
    assert tidy(text) == offered


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Open at hours that Library users choose", "Open at hours that library users choose"),
        ("Open when LIBRARY Users come", "Open when library users come"),
        ("Library users choose the hours", "Library users choose the hours"),
        ("Open late. Library users choose", "Open late. Library users choose"),
        ("Open for our nonLibrary users", "Open for our nonLibrary users"),
    ],
)
def test_the_word_for_customers_is_small_inside_a_sentence(text: str, offered: str) -> None:
    assert tidy(text, "en", "Library users") == offered
    assert tidy(text, "en", "library users") == offered


def test_an_abbreviation_for_customers_keeps_its_capitals() -> None:
    assert tidy("Open for VIP guests first", "en", "VIP guests") == "Open for VIP guests first"


def test_names_and_what_a_team_says_often_are_never_corrected() -> None:
    texts = ["Ask the people of Custmer Ltd", "Buy from a volunter", "Thank each volunter twice"]
    words = vocabulary("en", "", ["Jan Becuase"], texts)
    assert {"becuase", "custmer", "volunter"} <= words.known
    for text in ("Let becuase decide", "Let the custmer choose", "Train every volunter"):
        assert tidied(text, words, one_line=True, begins_capital=True) is None
    assert tidy("Train every volunter") != "Train every volunter" or not spelling.dictionary("en")


def test_paragraphs_of_a_long_text_stay_and_bullets_go() -> None:
    words = Vocabulary("en")
    assert tidied("One.\n\nTwo.", words, one_line=False, begins_capital=True) is None
    listed = tidied("Every child reads.\n• No branch closes", words, one_line=False, begins_capital=True)
    assert listed is not None
    assert listed.text == "Every child reads. No branch closes"


def test_what_was_changed_is_told() -> None:
    found = tidied("bcause Guests wait", Vocabulary("en", "guests"), one_line=True, begins_capital=True)
    assert isinstance(found, Tidied)
    assert [(one.kind, one.was, one.now) for one in found.mended] == [
        ("spelling", "bcause", "because"),
        ("customers", "Guests", "guests"),
        ("capital", "because", "Because"),
    ]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_correction_is_never_corrected_again(language: str) -> None:
    for wrong, _ in SLIPS[language]:
        once = tidy(wrong, language)
        assert once is not None
        assert tidy(once, language) == once


def test_the_dictionary_is_read_only_when_a_text_is_looked_at() -> None:
    code = (
        "import sys, bsc_coach.conversation.submit, bsc_coach.tui.app; print('spellchecker' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
