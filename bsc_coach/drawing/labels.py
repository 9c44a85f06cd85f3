"""Text in boxes: how wide it is, roughly, and how it is broken into lines that fit."""

from __future__ import annotations

import unicodedata
from itertools import takewhile

FONT_SIZE = 12.5
LINE_HEIGHT = 15.0
MOST_LINES = 5
"""Lines of a label; the whole title is in the tooltip and in the description."""
_SAFETY = 1.1
"""Fonts differ: what is taken as this much wider fits in the usual ones."""
_NARROW = frozenset("iljtfrI.,:;'!|()[]{} -‘’“”\"/")
_BROAD = frozenset("mwMWQO@%&—…")
_VOWELS = frozenset("aeiouyáéíóúàèëïöüäâêîôû")
_LEAST_PART = 3
"""Letters of a word that stay together at a break."""


def width_of(text: str, size: float = FONT_SIZE) -> float:
    """Return the width of ``text`` in points, rather too much than too little."""
    return sum(_width(letter) for letter in text) * size * _SAFETY


def _width(letter: str) -> float:
    """Return the width of a letter in parts of the font size."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.0
    if letter in _NARROW:
        return 0.36
    if letter in _BROAD:
        return 0.86
    return 0.66 if letter.isupper() or letter.isdecimal() else 0.54


def lines_of(text: str, room: float, *, most: int = MOST_LINES) -> tuple[str, ...]:
    """Return ``text`` in at most ``most`` lines of ``room`` points; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for part in _parts(word, room):
            longer = f"{line} {part}" if line else part
            if width_of(longer) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = part
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _shortened(lines[most - 1], room))


def _shortened(line: str, room: float) -> str:
    while line and width_of(f"{line}…") > room:
        line = line[:-1]
    return f"{line.rstrip(' -')}…"


def _parts(word: str, room: float) -> list[str]:
    """Return a word, or what it is broken into where it is wider than a line."""
    parts = []
    while width_of(word) > room:
        at = _break_at(word, room)
        sign = "" if word[at - 1] in "-/" else "-"
        parts.append(word[:at] + sign)
        word = word[at:]
    return [*parts, word]


def _break_at(word: str, room: float) -> int:
    """Return where to break: the last good place that fits, else the last one that fits."""
    fitting = takewhile(lambda at: width_of(f"{word[:at]}-") <= room, range(1, len(word)))
    fits = list(fitting) or [1]
    good = [at for at in fits if at >= _LEAST_PART and len(word) - at >= _LEAST_PART and _is_joint(word, at)]
    return (good or fits)[-1]


def _is_joint(word: str, at: int) -> bool:
    """Tell whether a syllable may begin at ``at``: a consonant before a vowel, or behind a hyphen."""
    if word[at - 1] in "-/":
        return True
    before, here, after = word[at - 1].lower(), word[at].lower(), word[at + 1 : at + 2].lower()
    return here.isalpha() and here not in _VOWELS and after in _VOWELS and before.isalpha()
