"""What headings, labels and cells of lists mean: words of prompts/imports, and those of our own tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir
from bsc_coach.strategy.model import CLUSTERS
from bsc_coach.text import normal
from bsc_coach.words import languages, say

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_AROUND = " \t\n.:;,*_?!\"'“”‘’()[]-–—/\\"
_LONGEST_HEADING = 60
_OWN_COLUMNS = (
    ("office.column.category", "perspective"), ("office.column.objective", "objective"),
    ("office.column.indicator", "kpi"), ("document.label.formula", "formula"),
    ("document.label.unit", "unit"), ("document.label.direction", "direction"),
    ("document.label.baseline", "baseline"), ("office.column.baseline_by", "baseline_date"),
    ("document.label.target", "target"), ("office.column.target_date", "target_date"),
    ("document.label.red", "red"), ("document.label.frequency", "frequency"),
    ("document.label.owner_role", "owner"), ("document.label.benchmark", "benchmark"),
    ("office.column.benchmark_source", "benchmark_source"), ("document.label.source", "source"),
    ("document.label.lead_lag", "lead_lag"), ("document.label.guard", "guard"),
    ("document.label.horizon", "horizon"), ("office.column.cause", "cause"),
    ("office.column.effect", "effect"), ("office.column.confidence", "confidence"),
    ("office.column.link_kind", "link_kind"),
    ("office.column.delay", "delay"), ("document.label.seen_in", "seen_in"),
    ("document.label.because", "because"), ("document.label.id", "id"),
    ("document.label.gaming", "gaming"), ("document.label.decision", "decision"),
)  # fmt: skip
_OWN_CHOICES = {
    "directions": ("direction", ("up", "down")),
    "frequencies": (
        "frequency",
        ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "per_project"),
    ),
    "lead_lag": ("lead_lag", ("lead", "lag")),
    "horizons": ("horizon", ("short", "medium", "long")),
    "confidences": ("confidence", ("low", "medium", "high")),
    "link_kinds": ("link_kind", ("drives", "enables", "holds_back")),
    "levers": ("lever", ("cost_structure", "asset_use", "new_revenue", "customer_value")),
    "attributes": (
        "attribute",
        ("price", "quality", "availability", "selection", "functionality", "service", "partnership", "brand"),
    ),
    "capitals": ("capital", ("human", "information", "organisation")),
}


@dataclass(frozen=True)
class Meanings:
    """What each phrase means, by what it is looked up for."""

    tables: Mapping[str, Mapping[str, str]]
    """By table ("columns", "perspectives", …) the meaning of each phrase."""
    beginnings: tuple[tuple[str, str], ...]
    """Beginnings of words, and the cluster that an objective with one is likely to stand in."""
    words: Mapping[str, tuple[str, ...]]

    def exactly(self, table: str, text: str) -> str | None:
        """Return what a text means that is one of the phrases of a table."""
        return self.tables[table].get(plain(text))

    def within(self, table: str, text: str) -> str | None:
        """Return what the longest phrase of a table means that stands in a text."""
        said = plain(text)
        if (exact := self.tables[table].get(said)) is not None:
            return exact
        padded = f" {said} "
        found = [phrase for phrase in self.tables[table] if len(phrase) > 2 and f" {phrase} " in padded]
        return self.tables[table][max(found, key=len)] if found else None

    def heading(self, text: str) -> tuple[str | None, float]:
        """Return the column that a heading means, and how surely; (None, 0) for what is no known heading."""
        if not text or len(text) > _LONGEST_HEADING:
            return None, 0.0
        if (exact := self.exactly("columns", text)) is not None:
            return exact, 1.0
        bare = plain(_IN_BRACKETS.sub(" ", text))
        if (exact := self.tables["columns"].get(bare)) is not None:
            return exact, 0.9
        padded = f" {bare} "
        found = [
            phrase
            for phrase in self.tables["columns"]
            if len(phrase) > 3 and f" {phrase} " in padded and len(phrase) * 3 >= len(bare)
        ]
        return (self.tables["columns"][max(found, key=len)], 0.6) if found else (None, 0.0)

    def is_blank(self, text: str) -> bool:
        """Tell whether a cell only says that nothing is known: n/a, tbd, a dash, an error of a formula."""
        return not text.strip() or normal(text).replace("’", "'") in self.words["blank"]

    def cluster_of(self, title: str) -> str | None:
        """Return the cluster that the words of an objective speak of, if any."""
        said = f" {plain(title)}"
        return next((cluster for start, cluster in self.beginnings if f" {start}" in said), None)

    def is_measure(self, text: str) -> bool:
        """Tell whether a line is likely to name a measure and no aim."""
        said = plain(text)
        if any(said.startswith(start.strip()) for start in self.words["starts"]):
            return True
        return any(
            re.search(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", said) for word in self.words["contains"]
        )


def plain(text: str) -> str:
    """Return a heading or label for comparing: small, on one line, without marks around it."""
    return normal(text).strip(_AROUND)


@cache
def meanings() -> Meanings:
    """Return what the program knows of lists, in all its languages at once."""
    told = parse_toml((asset_dir("prompts") / "imports" / "meanings.toml").read_bytes())
    tables: dict[str, dict[str, str]] = {
        name: dict(_phrases(told[name]))
        for name in ("perspectives", "clusters", "labels", "rows", "directions", "frequencies", "lead_lag")
    }
    tables["columns"] = {**dict(_phrases(told["columns"])), **dict(_own_headings())}
    for table, (kind, choices) in _OWN_CHOICES.items():
        tables[table] = {**tables.get(table, {}), **dict(_own_choices(kind, choices))}
    tables["perspectives"] |= {plain(name): meaning for name, meaning in _own_perspectives()}
    tables["clusters"] |= dict(_own_clusters())
    return Meanings(
        tables,
        tuple((start, cluster) for cluster, starts in told["cluster_words"].items() for start in starts),
        {
            "blank": tuple(told["blank"]["words"]),
            "starts": tuple(told["measure_words"]["starts"]),
            "contains": tuple(told["measure_words"]["contains"]),
            "from_to": tuple(told["change"]["from_to"]),
        },
    )


def _phrases(table: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for meaning, phrases in table.items():
        yield from ((plain(phrase) or phrase, meaning) for phrase in phrases)


def _said_everywhere(key: str) -> Iterator[str]:
    for language in languages():
        try:
            yield say(key, language)
        except KeyError:
            return


def _own_headings() -> Iterator[tuple[str, str]]:
    for key, meaning in _OWN_COLUMNS:
        for text in _said_everywhere(key):
            yield plain(text), meaning


def _own_choices(kind: str, choices: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages():
        words = DocumentWords(language)
        for choice in choices:
            yield plain(words.choice(kind, choice)), choice


def _own_perspectives() -> Iterator[tuple[str, str]]:
    for band, meaning in (
        ("mission", "mission"), ("financial", "financial"), ("customer", "customer"),
        ("process", "process"), ("learning", "learning"),
    ):  # fmt: skip
        for text in _said_everywhere(f"map.band.{band}"):
            yield text, meaning


def _own_clusters() -> Iterator[tuple[str, str]]:
    for language in languages():
        words = DocumentWords(language)
        for cluster in CLUSTERS:
            yield plain(words.choice("cluster", cluster)), cluster


def table_words() -> Mapping[str, Any]:
    """Return the tables of words, for tests that look at each."""
    return meanings().tables
