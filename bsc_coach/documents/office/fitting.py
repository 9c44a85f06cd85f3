"""How much room text takes in the font of our office files."""

from __future__ import annotations

from bsc_coach.drawing.labels import FONT_SIZE, lines_of

FONT = "Arial"
"""There is one of its width on every system."""
LINE = 1.17
"""Height of a line in parts of the font size."""
_SLIM = 1.12
"""It is narrower than what the drawing reckons with."""
_LONGEST = 10_000


def lines_in(text: str, room: float, size: float, *, most: int = _LONGEST) -> tuple[str, ...]:
    """Return ``text`` in lines of ``room`` points at a font size of ``size``, rather too many than too few."""
    return lines_of(text, room * _SLIM * FONT_SIZE / size, most=most)
