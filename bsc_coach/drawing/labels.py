"""Line breaking and text metrics for boxes: estimated widths, hyphenation, ellipsis."""

from __future__ import annotations

import unicodedata

FONT_SIZE = 13.0
LINE_HEIGHT = 16.0
MOST_LINES = 7
"""Lines of a label; the whole title is in the tooltip and in the description."""
BOLD = 1.12
"""How much wider bold letters are."""
_NARROW = frozenset("iljtfrI.,:;'!|()[]{} -‘’“”\"/")
_SLIM = frozenset("ckvxysz")
_BROAD = frozenset("mwMWQO@%&—…")
_VOWELS = frozenset("aeiouyáéíóúàèëïöüäâêîôû")
_ONE_SOUND = frozenset({
    "ch", "sh", "th", "ph", "qu", "br", "cr", "dr", "fr", "gr", "kr", "pr", "tr", "vr", "bl", "cl", "fl",
    "gl", "kl", "pl", "sl", "kn", "kw", "sp", "st", "sch",
})  # fmt: skip
"""Letters that begin a syllable together."""
_JOINER = "\u200d"
_LEAST_BEFORE, _LEAST_AFTER = 2, 3
"""Letters of a word that stay together at a break."""
_MOST_LETTERS = 500
"""More than ever fit in a box; the rest of a longer text is not even measured."""


def width_of(text: str, size: float = FONT_SIZE) -> float:
    """Estimate the width of ``text`` in points, rather too much than too little."""
    return sum(map(_PLAIN.__getitem__ if text.isascii() else _width, text)) * size


def _width(letter: str) -> float:
    """Return the width of a letter in parts of the font size, as in the widest of the usual fonts."""
    if not letter.isascii():
        if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
            return 0.0
        if unicodedata.east_asian_width(letter) in ("W", "F"):
            return 1.3 if unicodedata.category(letter) == "So" else 1.05
        letter = unicodedata.normalize("NFD", letter)[0]
    if letter in _NARROW:
        return 0.42
    if letter in _SLIM:
        return 0.6
    if letter in _BROAD:
        return 1.0
    return 0.64 if letter.isascii() and not letter.isupper() else 0.78


_PLAIN = {letter: _width(letter) for letter in map(chr, range(128))}
"""The widths of the ASCII letters: a map measures a million of them."""


def lines_of(
    text: str, room: float, *, most: int = MOST_LINES, size: float = FONT_SIZE, lead: str = ""
) -> tuple[str, ...]:
    """Break ``text`` into at most ``most`` lines of ``room`` points; what does not fit ends in an ellipsis.

    ``lead`` is set before it, in bold letters, and never stands alone: the next word is rather broken.
    """
    lines: list[str] = []
    line = ""
    left = room - (width_of(f"{lead} ", size) * BOLD if lead else 0.0)
    starts = bool(lead)
    # Greedy line breaking; a word that does not fit is broken only where it is wider than a line.
    for word in text[:_MOST_LETTERS].split():
        rest = word
        while rest:
            longer = f"{line} {rest}" if line else rest
            if width_of(longer, size) <= left:
                line, rest = longer, ""
                continue
            is_long = width_of(rest, size) > room
            if not line or is_long:
                free = left - (width_of(f"{line} ", size) if line else 0.0)
                part, rest = _broken(rest, free, size, must=not line and (is_long or not starts))
                line = f"{line} {part}".strip()
            lines.append(line)
            line, left, starts = "", room, False
    if line or not lines:
        lines.append(line)
    # What is left over is cut from the last line that stays.
    if len(lines) > most or len(text) > _MOST_LETTERS:
        kept = lines[:most]
        lines = [*kept[:-1], _shortened(kept[-1], room if len(kept) > 1 else left, size)]
    lines[0] = f"{lead} {lines[0]}".strip()
    return tuple(lines)


def _shortened(line: str, room: float, size: float) -> str:
    while " " in line and width_of(f"{line}…", size) > room:
        line = line.rpartition(" ")[0]
    while line and width_of(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip(' -')}…"


def _broken(word: str, room: float, size: float, *, must: bool) -> tuple[str, str]:
    """Return the part of a word that stands on this line, with its hyphen, and what goes on the next.

    Nothing stands on this line where there is no good break, unless something ``must``.
    """
    last, good, hyphen, reach = 0, 0, 0, 0.0
    for at in range(1, len(word)):
        reach += _width(word[at - 1]) * size
        sign = hyphen_at(word, at)
        if reach + width_of(sign, size) > room:
            break
        if may_part(word, at):
            last = at
            if _LEAST_BEFORE <= at <= len(word) - _LEAST_AFTER and (not sign or is_joint(word, at)):
                good = at
                hyphen = at if word[at - 1] == "-" else hyphen
    at = hyphen or good or (max(last, 1) if must else 0)
    if at == len(word):  # a single character, however narrow the line
        return word, ""
    return (word[:at] + hyphen_at(word, at), word[at:]) if at else ("", word)


def hyphen_at(word: str, at: int) -> str:
    """Return the hyphen of a break: scripts without capitals have none, nor has what is no letter."""
    before, here = word[at - 1], word[at]
    return "-" if before.lower() != before.upper() and here.lower() != here.upper() else ""


def may_part(word: str, at: int) -> bool:
    """Tell whether no sign of several characters is torn apart: an accent, a flag, a family of emoji."""
    return _JOINER not in word[at - 1 : at + 1] and unicodedata.category(word[at]) not in ("Mn", "Me", "Sk")


def is_joint(word: str, at: int) -> bool:
    """Tell whether a syllable may begin at ``at``: consonants that are said together, before a vowel."""
    rest = word[at:].lower()
    begin = next((n for n, letter in enumerate(rest) if letter in _VOWELS), 0)
    if begin == 0 or (begin > 1 and rest[:begin] not in _ONE_SOUND):
        return False
    before = word[at - 1].lower()
    return not any(before + rest[:n] in _ONE_SOUND for n in range(1, begin + 1))
