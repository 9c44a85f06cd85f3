"""Load the word lists and thresholds of the rules per language, as data that a facilitator can extend.

prompts/lexicon/LANGUAGE.toml holds lists of words (a text of words, or a list of phrases); what is a
number is a threshold. A list that a language lacks is empty, so that its rules stay silent there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bsc_coach.errors import WordListError
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir
from bsc_coach.text import normal

LANGUAGES = ("en", "nl")
"""The languages that the coach speaks and has lists for."""


@dataclass(frozen=True)
class Wordlists:
    """The lists and thresholds of one language by name."""

    lists: Mapping[str, frozenset[str]]
    thresholds: Mapping[str, float]

    def words(self, name: str) -> frozenset[str]:
        """Return a list of words or phrases, case folded; empty where the language has none."""
        return self.lists.get(name, frozenset())

    def threshold(self, name: str) -> float:
        """Return a threshold. Raises WordListError for one that no file sets as a number."""
        if name not in self.thresholds:
            raise WordListError("cli.word_list.lacks", name=name)
        return self.thresholds[name]


@cache
def wordlists(language: str) -> Wordlists:
    """Return the word lists of ``language`` with the thresholds that hold for every language.

    Raises WordListError for a file that cannot be read.
    """
    lists, thresholds = _read(language)
    _, common = _read("common")
    return Wordlists(lists, {**common, **thresholds})


def _read(name: str) -> tuple[dict[str, frozenset[str]], dict[str, float]]:
    source = asset_dir("prompts") / "lexicon" / f"{name}.toml"
    if not source.is_file():
        return {}, {}
    try:
        tables = parse_toml(source.read_bytes())
    except ValueError as fault:
        raise WordListError("cli.word_list.broken", name=f"{name}.toml", fault=str(fault)) from fault
    lists: dict[str, frozenset[str]] = {}
    thresholds: dict[str, float] = {}
    for key, value in tables.items():
        if isinstance(value, str):
            lists[key] = frozenset(normal(value).split())
        elif isinstance(value, list) and all(isinstance(phrase, str) for phrase in value):
            lists[key] = frozenset(phrase for phrase in map(normal, value) if phrase)
        elif isinstance(value, int | float):
            thresholds[key] = float(value)
        else:
            raise WordListError("cli.word_list.no_list", name=f"{name}.toml", list=key)
    return lists, thresholds
