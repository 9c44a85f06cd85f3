"""How much room text takes in the font of our office files."""

from __future__ import annotations

from bsc_coach.drawing.labels import FONT_SIZE, lines_of, width_of

FONT = "Arial"
"""There is one of its width on every system."""
LINE = 1.17
"""Height of a line in parts of the font size."""
_SLIM = 1.12
"""It is narrower than what the drawing reckons with."""
_MOST_LINES = 10_000
_LONGEST_WORD = 50
"""What is longer is no word, and reckoning with it whole would take ever so long."""


def lines_in(text: str, room: float, size: float, *, most: int = _MOST_LINES) -> tuple[str, ...]:
    """Return ``text`` in lines of ``room`` points at font size ``size``, rather too many than too few."""
    words = (
        word[at : at + _LONGEST_WORD] for word in text.split() for at in range(0, len(word), _LONGEST_WORD)
    )
    return lines_of(" ".join(words), room * _SLIM * FONT_SIZE / size, most=most)


def width_in(text: str, size: float) -> float:
    """Return how wide ``text`` is in points on one line, rather too much than too little."""
    return width_of(text, size) / _SLIM
