"""Data for the strategy map as a Mermaid flowchart, for readers of Markdown that draw one.

A template writes the chart from this table. Labels are escaped for Mermaid in such a way that escaping
them for Markdown once more changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.words import left_out_sentence
from bsc_coach.drawing.model import BANDS, BoxContent
from bsc_coach.drawing.rows import Arranged, arrange
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.points import Perspective
from bsc_coach.text import clean, one_line

MOST_EDGES, MOST_CHARACTERS = 450, 45_000
"""Readers draw no chart beyond 500 edges or 50,000 characters."""
_LINE = 40
"""More than the characters of any line of the chart beside the label in it."""
_SPECIAL = re.compile(r"[^A-Za-z0-9 ,/\x80-\U0010ffff]")
_BLANK_BEFORE_NUMBER = re.compile(" (?=#)")


def label(text: str) -> str:
    """Return ``text`` as the inside of a quoted Mermaid label, on one line.

    Of ASCII only letters, digits, blanks, commas and slashes stay; the rest becomes ``#number;``. So does a
    blank before one, for Markdown takes a # behind a blank for its own.
    """
    line = one_line(clean(text).text)
    escaped = _SPECIAL.sub(lambda found: f"#{ord(found[0])};", line)
    return _BLANK_BEFORE_NUMBER.sub("#32;", escaped)


def flowchart(strategy: Strategy) -> Table:
    """Return the map as bands, clusters, nodes and edges with ids of their own, to be written as a chart.

    ``bands`` is empty where nothing stands on the map; ``too_large`` tells that no reader would draw it.
    """
    arranged = arrange(strategy)
    ids = {name: f"n{number}" for number, name in enumerate(arranged.entries, start=1)}
    bands = tuple(
        band for name in reversed(BANDS) if (band := _band(arranged, ids, name, strategy)) is not None
    )
    edges = tuple(
        {"cause": ids[tie.cause], "effect": ids[tie.effect], "is_guess": tie.confidence == "low"}
        for tie in arranged.ties
    )
    linked = {ids[end] for tie in arranged.ties for end in (tie.cause, tie.effect)}
    order = tuple(_order(bands, linked))
    characters = _LINE * (len(edges) + len(order) + 2 * len(bands) + 2 * len(arranged.places)) + sum(
        _LINE + len(label(_caption(entry))) for entry in arranged.entries.values()
    )
    return {
        "bands": bands,
        "edges": edges,
        "order": order,
        "too_large": len(edges) + len(order) > MOST_EDGES or characters > MOST_CHARACTERS,
        "left_out_text": left_out_sentence(strategy.language, arranged.left_out) or None,
    }


def _band(arranged: Arranged, ids: Mapping[str, str], name: Perspective, strategy: Strategy) -> Table | None:
    """Return a band with its nodes, those of the process band in their clusters; None where it is empty."""
    inside = [entry for entry in arranged.entries.values() if entry.band == name]
    if not inside:
        return None
    clusters = tuple(
        {
            "id": f"cluster{number}",
            "title": label(strategy.names.cluster(cluster, strategy.language)),
            "nodes": tuple(_node(entry, ids) for entry in inside if entry.cluster == cluster),
        }
        for number, cluster in enumerate(arranged.places, start=1)
        if name == "process" and any(entry.cluster == cluster for entry in inside)
    )
    return {
        "id": f"band{BANDS.index(name) + 1}",
        "title": label(strategy.names.band(name, strategy.language)),
        "clusters": clusters,
        "nodes": tuple(_node(entry, ids) for entry in inside if name != "process"),
    }


def _order(bands: Sequence[Table], linked: Set[str]) -> Iterator[dict[str, str]]:
    """Yield what stands below what though no link says so: bands, and nodes that would else be piled up."""
    for lower, upper in pairwise(bands):
        yield {"lower": lower["id"], "upper": upper["id"]}
        for part in (lower, *lower["clusters"]):
            for node in part["nodes"]:
                if node["id"] not in linked:
                    yield {"lower": node["id"], "upper": upper["id"]}


def _node(entry: BoxContent, ids: Mapping[str, str]) -> Table:
    return {"id": ids[entry.id], "text": label(_caption(entry))}


def _caption(entry: BoxContent) -> str:
    return f"{entry.id} {entry.title}".strip()
