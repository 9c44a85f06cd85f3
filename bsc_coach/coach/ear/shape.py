"""The shape of a text in a few numbers, which an encoder of meaning does not tell."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+")
_FEW, _MANY, _MOST = 3, 14, 25
SHAPES = 5
"""How many numbers there are."""


def words_of(text: str) -> list[str]:
    """Return the words of a text, case folded: runs of letters."""
    return WORD.findall(text.casefold())


def shape_of(text: str) -> tuple[float, ...]:
    """Return how long a text is, and whether there is a digit or a comma in it."""
    count = len(words_of(text))
    return (
        min(count, _MOST) / 10,
        float(any(letter.isdigit() for letter in text)),
        float("," in text),
        float(count <= _FEW),
        float(count > _MANY),
    )
