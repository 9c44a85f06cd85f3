"""The colours of the strategy map, the same in every format. Nothing is told by them alone."""

from __future__ import annotations

from collections.abc import Mapping

from bsc_coach.drawing.model import BandId, Entry
from bsc_coach.strategy.model import ClusterId

FILLS: Mapping[BandId, str] = {
    "mission": "#f7f3ea",
    "financial": "#eef3f8",
    "customer": "#f3f0f7",
    "process": "#f0f2f4",
    "learning": "#eef5ef",
}
BANDS: Mapping[BandId, str] = {
    "mission": "#6b4e00",
    "financial": "#1d4f7c",
    "customer": "#5b2f7f",
    "process": "#3d4655",
    "learning": "#2b6134",
}
CLUSTERS: Mapping[ClusterId, str] = {
    "operations": "#0b5394",
    "customer": "#8f3b00",
    "innovation": "#6a1b7a",
    "social": "#1f6b3b",
}
"""Dark enough on white for text (at least 4.5 to 1), and told apart in grey by their frames and names."""
INK = "#333b49"
EDGE = "#c9ccd3"


def colour_of(entry: Entry) -> str:
    """Return the colour of a point of the map: that of its cluster, else that of its band."""
    return CLUSTERS[entry.cluster] if entry.cluster is not None else BANDS[entry.band]
