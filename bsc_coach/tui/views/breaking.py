"""Titles in narrow cards: lines measured in cells, long words broken with a hyphen where one may."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

from bsc_coach.text import one_line, visible

LEAST_ROOM = 4
_LEAST_PART = 3
"""Letters of a word that stay together."""
_VOWELS = frozenset("aeiouyáéíóúàèëïöüäâêîôû")
_JOINER = "\u200d"


def broken(text: str, width: int, most: int) -> list[str]:
    """Return ``text`` in at most ``most`` lines of ``width`` cells, with an ellipsis where it was cut."""
    room = max(width, LEAST_ROOM)
    shown = visible(one_line(text))
    begin = shown[: room * most * 2]  # more never fits, but for signs that take no cell
    lines = [""]
    for word in begin.split():
        for part in _parts(word, room):
            longer = f"{lines[-1]} {part}".lstrip()
            if cell_len(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) <= most and begin == shown:
        return lines
    last = lines[:most][-1]
    while cell_len(last) >= room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' -')}…"]


def _parts(word: str, room: int) -> Iterator[str]:
    """Yield a word, or what it is broken into where it is wider than a line."""
    while cell_len(word) > room:
        fits = [at for at in range(1, len(word)) if cell_len(word[:at]) < room and _may_part(word, at)]
        good = [at for at in fits if _LEAST_PART <= at <= len(word) - _LEAST_PART and _is_joint(word, at)]
        hyphens = [at for at in good if word[at - 1] == "-"]
        at = (hyphens or good or fits or [1])[-1]
        yield word[:at] + ("-" if _has_case(word[at - 1]) and _has_case(word[at]) else "")
        word = word[at:]
    yield word


def _may_part(word: str, at: int) -> bool:
    """Tell whether no sign of several characters is torn apart, like a letter with an accent or a family."""
    return _JOINER not in word[at - 1 : at + 1] and unicodedata.category(word[at]) not in ("Mn", "Me", "Sk")


def _has_case(letter: str) -> bool:
    """Tell whether a letter is of a script that parts words with a hyphen."""
    return letter.lower() != letter.upper()


def _is_joint(word: str, at: int) -> bool:
    """Tell whether a syllable may begin at ``at``: a consonant before a vowel, or behind a hyphen."""
    if not word[at - 1].isalpha():
        return True
    here, after = word[at].lower(), word[at + 1 : at + 2].lower()
    return here.isalpha() and here not in _VOWELS and after in _VOWELS
