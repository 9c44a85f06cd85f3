"""Reading the word lists: a file that cannot be read is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.coach.lexicon import word_lists as module
from bsc_coach.coach.lexicon.word_lists import wordlists
from bsc_coach.errors import WordListError
from bsc_coach.words import say_error


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
