"""The word lists that checks look words up in, one file a language in prompts/lexicon."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from bsc_coach.resources import asset_dir
from bsc_coach.text import normal


@dataclass(frozen=True)
class Lexicon:
    """Word lists of one language, case folded."""

    result_verbs: frozenset[str]
    topic_endings: frozenset[str]
    vague_words: frozenset[str]
    one_off_verbs: frozenset[str]
    one_off_phrases: tuple[str, ...]


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the word lists of ``language``, or None: a coach is silent in a language it lacks."""
    source = asset_dir("prompts") / "lexicon" / f"{language}.toml"
    if not source.is_file():
        return None
    told = tomllib.loads(source.read_text(encoding="utf-8"))

    def words(name: str) -> frozenset[str]:
        return frozenset(normal(told.get(name, "")).split())

    return Lexicon(
        result_verbs=words("result_verbs"),
        topic_endings=words("topic_endings"),
        vague_words=words("vague_words"),
        one_off_verbs=words("one_off_verbs"),
        one_off_phrases=tuple(normal(phrase) for phrase in told.get("one_off_phrases", ())),
    )
