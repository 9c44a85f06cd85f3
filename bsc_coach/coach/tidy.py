"""Tidying a wording before it is printed: what is surely a slip in it, and how it reads without.

Pure, and shy: a team reads its own words on paper, so what may be meant is left alone. Looked at are words
that are spelled wrong, the capital of the team's word for customers inside a sentence, the capital at the
beginning, stray spaces and punctuation, doubled words, bullets left in one sentence, enclosing quotes, and
answers that say nothing yet ("as above").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bsc_coach.coach.lexicon.word_lists import wordlists
from bsc_coach.coach.spelling import WORD, begins_sentence, slips_in
from bsc_coach.text import normal

ChangeKind = Literal["unfinished", "lines", "quotes", "doubled", "spaces", "spelling", "customers", "capital"]
_BULLET = re.compile(r"\A\s*(?:[-*–—•·▪‣o]\s+|•)")
_ENCLOSED = re.compile(
    r"\s*(?:[“„\"«]+|['‘](?=.*['’]\s*\Z))\s*(?P<inside>[^“”„\"«»\n]*[^“”„\"«»\s'’])\s*[”“\"»'’]+\s*\Z"
)
_STRAY = (
    (re.compile(r"(?<=[^\W\d_])[ \t]+,[ \t]*(?=[^\W\d_])"), ", "),
    (re.compile(r"(?<=\S)[ \t]+([,;!?]|\.(?![.…]))(?=\s|\Z)"), r"\1"),
    (re.compile(r"([,;:!])\1+"), r"\1"),
    (re.compile(r"(?<![.…])\.\.(?!\.)"), "."),
    (re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])"), ", "),
    (re.compile(r"\([ \t]+"), "("),
    (re.compile(r"[ \t]+\)"), ")"),
    (re.compile(r"(?<=\S)[ \t]{2,}"), " "),
)
"""Stray punctuation and spaces, and what stands there instead."""
_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)[ \t]+\1(?![\w'’-])", re.IGNORECASE)
_SHORTEST_CUSTOMER = 3
_OFTEN = 2


@dataclass(frozen=True)
class Mended:
    """One thing that a tidied wording has otherwise: the part as it was, and as it would be."""

    kind: ChangeKind
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Tidied:
    """How a wording would read without its slips; no text where it must be worded anew."""

    text: str | None
    mended: tuple[Mended, ...]


@dataclass(frozen=True)
class Vocabulary:
    """What is known about the words of a team: its language, its word for customers, words left alone."""

    language: str
    customers: str = ""
    known: frozenset[str] = frozenset()
    """Names, abbreviations and what stands in several answers, case folded: never corrected."""


def vocabulary(language: str, customers: str, names: Iterable[str], texts: Iterable[str]) -> Vocabulary:
    """Return the words of a team, from its ``texts`` and the ``names`` of people and organisation."""
    known = {word.casefold() for name in names for word in WORD.findall(name)}
    seen: Counter[str] = Counter()
    for text in {normal(text): text for text in texts}.values():
        for match in WORD.finditer(text):
            word = match[0]
            capital_inside = word[:1].isupper() and not begins_sentence(text, match.start())
            if capital_inside or not (word.islower() or word[1:].islower() or len(word) == 1):
                known.add(word.casefold())
        seen.update({word.casefold() for word in WORD.findall(text) if len(word) > 1})
    known |= {word for word, times in seen.items() if times >= _OFTEN}
    return Vocabulary(language, customers.strip(), frozenset(known))


def tidied(text: str, words: Vocabulary, *, one_line: bool, begins_capital: bool) -> Tidied | None:
    """Return how a wording would read without its slips, or None where nothing is surely one.

    ``one_line``: it is printed as one sentence. ``begins_capital``: it stands by itself on the page.
    """
    if normal(text).strip(" .…!-") in _unfinished(words.language):
        return Tidied(None, (Mended("unfinished", text.strip()),))
    changes: list[Mended] = []
    now = text
    for step in (_joined if one_line else _unlisted, _unquoted, _spaced):
        now = _noted(changes, step(now), now)
    now = _without_doubles(now, words, changes)
    now = _spelled(now, words, changes)
    now = _with_small_customers(now, words, changes)
    now = _begun(now, changes) if begins_capital else now
    return Tidied(now, tuple(changes)) if now != text else None


def tidied_customer_word(text: str) -> Tidied | None:
    """Return the team's word for customers as it stands inside sentences: small, but for an abbreviation."""
    word = text.strip().rstrip(".,;:")
    first = word.split(" ", 1)[0]
    if not first[:1].isupper() or not first[1:].islower():
        return None
    small = word[0].lower() + word[1:]
    return Tidied(small, (Mended("customers", word, small),))


def _unfinished(language: str) -> frozenset[str]:
    return wordlists(language).words("unfinished_answers") | {"?", "??", "???", ""}


def _noted(changes: list[Mended], step: tuple[str, ChangeKind], before: str) -> str:
    """Note what a step changed, and return its text."""
    text, kind = step
    if text != before:
        changes.append(Mended(kind))
    return text


def _joined(text: str) -> tuple[str, ChangeKind]:
    """Make one sentence of several lines, without their bullets."""
    lines = [line for line in (_BULLET.sub("", line).strip() for line in text.strip().split("\n")) if line]
    if len(lines) < 2:
        bare = _BULLET.sub("", text)
        return (bare if bare.strip() and not text.lstrip().startswith("o ") else text), "lines"
    ended = (line if line[-1] in ".!?:;," else f"{line};" for line in lines[:-1])
    return " ".join((*ended, lines[-1])), "lines"


def _unlisted(text: str) -> tuple[str, ChangeKind]:
    """Make one text of a list with bullets; lines without them may be paragraphs, and stay."""
    return _joined(text) if any(_BULLET.match(line) for line in text.split("\n")) else (text, "lines")


def _unquoted(text: str) -> tuple[str, ChangeKind]:
    """Take the quotes off that enclose the whole: where they belong, the document has its own."""
    whole = _ENCLOSED.match(text)
    return (text if whole is None else whole["inside"]), "quotes"


def _spaced(text: str) -> tuple[str, ChangeKind]:
    """Take off spaces and punctuation that nobody meant."""
    now = text.strip()
    for pattern, instead in _STRAY:
        now = pattern.sub(instead, now)
    return now, "spaces"


def _without_doubles(text: str, words: Vocabulary, changes: list[Mended]) -> str:
    """Say a word once that stands there twice, but for those that may."""
    allowed = wordlists(words.language).words("doubled_words")

    def once(match: re.Match[str]) -> str:
        if match[1].casefold() in allowed or match[1].isupper():
            return match[0]
        changes.append(Mended("doubled", match[0], match[1]))
        return match[1]

    return _DOUBLED.sub(once, text)


def _spelled(text: str, words: Vocabulary, changes: list[Mended]) -> str:
    """Correct the words that are surely spelled wrong."""
    slips, now = slips_in(text, words.language, words.known), text
    changes += [Mended("spelling", text[slip.start : slip.end], slip.right) for slip in slips]
    for slip in reversed(slips):
        now = now[: slip.start] + slip.right + now[slip.end :]
    return now


def _with_small_customers(text: str, words: Vocabulary, changes: list[Mended]) -> str:
    """Write the team's word for customers small inside a sentence, whatever its capitals elsewhere."""
    first = words.customers.split(" ", 1)[0]
    if len(words.customers) < _SHORTEST_CUSTOMER or not (first.islower() or first[1:].islower()):
        return text  # an abbreviation keeps its capitals
    small = words.customers[0].lower() + words.customers[1:]

    def smaller(match: re.Match[str]) -> str:
        if match[0] == small or match[0].isupper() or begins_sentence(match.string, match.start()):
            return match[0]
        changes.append(Mended("customers", match[0], small))
        return small

    return re.sub(rf"(?<!\w){re.escape(words.customers)}(?!\w)", smaller, text, flags=re.IGNORECASE)


def _begun(text: str, changes: list[Mended]) -> str:
    """Begin with a capital, but for words that have one inside (iPhone), or a sign in it (e-mail)."""
    first = text.split(" ", 1)[0]
    if not first[:1].islower() or not first.rstrip(",.;:").replace("'", "").replace("’", "").isalpha():
        return text
    if not first.islower():
        return text
    now = text[:1].upper() + text[1:]
    changes.append(Mended("capital", first, now.split(" ", 1)[0]))
    return now
