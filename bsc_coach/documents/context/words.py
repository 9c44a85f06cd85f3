"""Localisation of documents: words for choices, numbers with units, dates, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir
from bsc_coach.strategy.dates import date_parts
from bsc_coach.words import BASE_LANGUAGE, number_said, say, texts

if TYPE_CHECKING:
    from bsc_coach.strategy.model import Strategy
    from bsc_coach.strategy.names import Names

AREA = "document"
TEMPLATE_GROUPS = ("heading", "label", "lead", "nothing")
"""The groups of words that a template looks up itself."""

_CURRENCY = re.compile(r"([$€£¥])\s*(.*)", re.DOTALL)
_OF_ONE = re.compile(r"$|/|per\b")
"""What may stand behind a currency whose decimals are cents; of millions they are not."""


class DocumentWords:
    """The words and notations of documents in ``language``; English where the language lacks some."""

    def __init__(self, language: str, names: Names | None = None) -> None:
        self.language = language
        self.names = names

    @classmethod
    def of(cls, strategy: Strategy) -> DocumentWords:
        """Return the words in the language of a strategy, with the names that its script gives."""
        return cls(strategy.language, strategy.names)

    def say(self, key: str, **values: object) -> str:
        """Return the text of ``key`` of the document words. Raises KeyError for an unknown one."""
        return say(f"{AREA}.{key}", self.language, **values)

    def choice(self, group: str, value: object) -> str:
        """Return the words for the choice id ``value`` of ``group``: "short" → "within a year"."""
        own = self.names.of_choice(group, str(value)) if self.names is not None else None
        return own or self.say(f"choice.{group}.{value}")

    def band(self, perspective: str) -> str:
        """Return what a perspective of the map is called."""
        if self.names is None:
            return say(f"map.band.{perspective}", self.language)
        return self.names.band(perspective, self.language)

    def number(self, value: float) -> str:
        """Return ``value`` with the separators of the language: 14200.5 → "14,200.5"."""
        return number_said(value, self.language)

    def amount(self, value: float, unit: str | None) -> str:
        """Return ``value`` with its ``unit`` where the language puts it: "27%", "$14,200", "31 days"."""
        number = self.number(value)
        if not unit:
            return number
        if unit.startswith("%"):
            return self.say("format.percent", number=number, rest=unit[1:])
        if currency := _CURRENCY.fullmatch(unit):
            sign, rest = currency.groups()
            number = number_said(value, self.language, cents=_OF_ONE.match(rest) is not None)
            return self.say("format.currency", sign=sign, number=number, rest=f" {rest}" if rest else "")
        return self.say("format.unit", number=number, unit=unit)

    def date(self, value: str) -> str:
        """Return an ISO date of any coarseness in words: "2028-06" → "June 2028"; other text as it is."""
        parts = date_parts(value)
        if parts is None:
            return value
        year, month, day = parts
        if month is None:
            return year
        name = self.say(f"month.{month}")
        if day is None:
            return self.say("format.month", month=name, year=year)
        return self.say("format.day", day=int(day), month=name, year=year)

    def listing(self, texts: Sequence[str]) -> str:
        """Return ``texts`` as people list them: "a, b and c"; "a and b; c" where they hold lists."""
        if len(texts) < 2:
            return "".join(texts)
        marks = self.say("format.comma"), self.say("format.and", rest="", last="")
        if any(mark in text for mark in marks for text in texts):
            return self.say("format.semicolon").join(texts)
        rest = self.say("format.comma").join(texts[:-1])
        return self.say("format.and", rest=rest, last=texts[-1])

    def because(self, reason: str) -> str:
        """Return ``reason`` to go on a sentence with: ", because …", once where it says that itself."""
        first_word = reason.split(" ", 1)[0]
        if first_word.lower() in self.say("because.words").split():
            return self.say("because.own", reason=first_word.lower() + reason[len(first_word) :])
        return self.say("because.ours", reason=reason)

    def for_templates(self, customers: str) -> dict[str, dict[str, str]]:
        """Return the groups of words that templates look up, with what the team calls its ``customers``."""
        told = {
            group: {key: self.say(f"{group}.{key}", customers=customers) for key in keys}
            for group, keys in _keys().items()
        }
        told["heading"] |= self.names.headings() if self.names is not None else {}
        told["band"] = {
            perspective: self.band(perspective) for perspective in texts("map", self.language)["band"]
        }
        return told


def zone_of(at: str) -> str:
    """Return the zone of an ISO date and time as people say it: "UTC", "UTC+1", "UTC+5:30"."""
    offset = datetime.fromisoformat(at).strftime("%z")
    hours, minutes = offset[:3], offset[3:5]
    if not offset or int(offset) == 0:
        return "UTC"
    return f"UTC{hours[0]}{int(hours[1:])}" + (f":{minutes}" if minutes != "00" else "")


@cache
def _keys() -> dict[str, tuple[str, ...]]:
    """The keys of every group for templates; English has them all."""
    source = asset_dir("prompts") / "words" / BASE_LANGUAGE / f"{AREA}.toml"
    catalogue = parse_toml(source.read_bytes())
    return {group: tuple(catalogue[group]) for group in TEMPLATE_GROUPS}
