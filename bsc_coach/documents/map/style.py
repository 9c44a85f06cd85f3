"""How the strategy map looks wherever it is drawn: colours, dots of horizons, dashes of links."""

from __future__ import annotations

from collections.abc import Mapping

from bsc_coach.drawing.model import Box, Confidence, LinkKind
from bsc_coach.strategy.model import ClusterId, Horizon
from bsc_coach.strategy.points import Perspective

FILLS: Mapping[Perspective, str] = {
    "mission": "#f7f3ea",
    "financial": "#eef3f8",
    "customer": "#f3f0f7",
    "process": "#f0f2f4",
    "learning": "#eef5ef",
}
BAND_COLOURS: Mapping[Perspective, str] = {
    "mission": "#6b4e00",
    "financial": "#1d4f7c",
    "customer": "#5b2f7f",
    "process": "#3d4655",
    "learning": "#2b6134",
}
CLUSTER_COLOURS: Mapping[ClusterId | None, str] = {
    "operations": "#0b5394",
    "customer": "#8f3b00",
    "innovation": "#6a1b7a",
    "social": "#1f6b3b",
    None: BAND_COLOURS["process"],
}
"""Dark enough on white for text (at least 4.5 to 1), and told apart in grey by their frames and names."""
INK = "#333b49"
EDGE = "#c9ccd3"
CHIP_FILL = "#eceef2"
TIP_FILLS: Mapping[LinkKind, str | None] = {"drives": None, "enables": "none", "holds_back": None}
"""How the end of a link is filled, by its kind; None for its own colour."""
MARKS: Mapping[Horizon, int] = {"short": 1, "medium": 2, "long": 3}
"""Dots of a horizon."""
DASHES: Mapping[Confidence, str] = {"high": "", "medium": "8 5", "low": "0.1 5"}
"""Line and gap of a link, in points; what was not said is drawn as a whole line."""


def colour_of(box: Box) -> str:
    """Return the colour of a box and of the links that leave it."""
    entry = box.entry
    return CLUSTER_COLOURS[entry.cluster] if entry.band == "process" else BAND_COLOURS[entry.band]


def cap_of(confidence: Confidence | None) -> str:
    """Return how the dashes of a link end: those of a guess are dots."""
    return "round" if confidence == "low" else "butt"
