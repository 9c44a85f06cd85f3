"""The word lists: read from their files, the same in both languages, and found in texts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bsc_coach.coach.lexicon import word_lists as module
from bsc_coach.coach.lexicon.matcher import (
    Tokenizer,
    matcher,
    parts_of,
    phrases,
    readable,
    share_a_stem,
    stem,
    words_in,
)
from bsc_coach.coach.lexicon.word_lists import LANGUAGES, wordlists
from bsc_coach.errors import WordListError
from bsc_coach.words import say_error

LEXICON = Path(__file__).parents[2] / "prompts" / "lexicon"


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of word lists of one's own."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "common.toml").write_text("most_words = 12\n", encoding="utf-8")
    monkeypatch.setattr(module, "asset_dir", lambda name: tmp_path)
    return folder


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("unclosed", b'words = ["a"'),
        ("bytes", b'words = "\xff"'),
        ("table", b"words = { a = 1 }"),
        ("numbers", b"words = [1, 2]"),
    ],
)
def test_a_broken_word_list_is_told_in_one_sentence(lexicon: Path, name: str, told: bytes) -> None:
    (lexicon / f"{name}.toml").write_bytes(told)
    with pytest.raises(WordListError) as caught:
        wordlists(name)
    for language in ("en", "nl"):
        assert f"{name}.toml" in say_error(caught.value, language)


def test_a_sound_word_list_is_read_and_an_empty_phrase_is_none(lexicon: Path) -> None:
    (lexicon / "sound.toml").write_text('words = ["Tailor made", ""]\nmore = "a B"\n', encoding="utf-8")
    lists = wordlists("sound")
    assert lists.words("words") == {"tailor made"}
    assert lists.words("more") == {"a", "b"}
    assert lists.threshold("most_words") == 12
    with pytest.raises(WordListError) as caught:
        lists.threshold("least_words")
    assert "least_words" in say_error(caught.value, "en")


def test_the_two_languages_have_the_same_lists() -> None:
    """A list that one language lacks makes its rules silent there: only Dutch compounds may be alone."""
    english, dutch = (set(phrases(language).lists.lists) for language in LANGUAGES)
    assert english <= dutch
    assert dutch - english == {"whole_compounds"}


def test_lists_hold_what_the_finder_understands() -> None:
    for language in LANGUAGES:
        told = tomllib.loads((LEXICON / f"measures_{language}.toml").read_text(encoding="utf-8"))
        for name, listed in told.items():
            entries = listed.split() if isinstance(listed, str) else listed
            assert all(readable(entry) == entry.casefold().strip() for entry in entries), name
            for entry in entries:
                whole = entry.strip("*")
                assert whole, name
                if not name.startswith(("small", "number", "pull")) and re.fullmatch(r"[\w ]+", whole):
                    assert phrases(language).find(name, f"x {whole} x"), (name, entry)


def test_a_star_stands_for_letters_only() -> None:
    lists = phrases("nl")
    assert lists.find("group_words", "het inkoopteam") == "inkoopteam"
    assert not lists.find("group_words", "teamleider")
    assert lists.find("effort_units", "€/stuk") == "€"


@pytest.mark.parametrize(
    ("entry", "tokenizer", "text", "first"),
    [
        ("whole solution*", words_in, "our whole solutions now", "whole solutions"),
        ("whole solution*", words_in, "our whole new solutions", ""),
        ("within * days", parts_of, "within 5 days", "within 5 days"),
        ("within * days", parts_of, "within 2 or 5 days", ""),
        ("number of", parts_of, "a number. of course", ""),
        ("first fix", parts_of, "the first-fix rate", "first fix"),
        ("first fix", words_in, "the first-fix rate", ""),
        ("% of", parts_of, "5% of plan", "% of"),
        ("*team*", parts_of, "inkoopteams", "inkoopteams"),
        ("*team", parts_of, "inkoopteams", ""),
        ("idee", words_in, "een idée", "idée"),
    ],
)
def test_where_an_entry_stands(entry: str, tokenizer: Tokenizer, text: str, first: str) -> None:
    assert matcher(frozenset([entry]), tokenizer).first(tokenizer(text)) == first


def test_stems_and_kin() -> None:
    assert stem("deliveries", "en") == stem("delivery", "en")
    assert stem("verkorten", "nl") == stem("verkort", "nl")
    assert share_a_stem(frozenset({"project"}), frozenset({"projectstart"}))
    assert not share_a_stem(frozenset({"bed"}), frozenset({"bedrijf"}))
