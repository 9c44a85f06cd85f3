"""Line filter against control characters: none that a terminal may act on reaches it.

Textual hands control characters inside a text on to the terminal. Everything that enters is cleaned
already; this also catches what would come in by a way that nobody thought of.
"""

from __future__ import annotations

import re

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# The zero-width joiners are left alone: Persian, Hindi and emoji need them.
DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


def harmless(text: str) -> str:
    """Return ``text`` with a mark, as wide as before, in the place of each dangerous character."""
    return DANGEROUS.sub(lambda found: "\ufffd" * cell_len(found[0]), text)


class SafeLines(LineFilter):
    """Makes every line that a widget renders harmless; the control segments of Textual itself stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line, harmless."""
        if not any(DANGEROUS.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else Segment(harmless(segment.text), segment.style, segment.control)
            for segment in segments
        ]
