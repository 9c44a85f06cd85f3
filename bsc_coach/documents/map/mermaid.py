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
from bsc_coach.strategy.points import Perspective, perspectives_of, places_of
from bsc_coach.text import clean, one_line

MOST_EDGES, MOST_CHARACTERS = 450, 45_000
"""Readers draw no chart beyond 500 edges or 50,000 characters."""
_LINE = 50
"""More than the characters of any line of the chart beside the label in it."""
_SPECIAL = re.compile(
    r"""[^A-Za-z0-9 ,/.()'?!%;=^:+\x80-\U0010ffff-]"""  # the label would end, or hold Markdown, HTML
    r"""|:(?!\ |$)"""  # https:// would be a link, and Mermaid reads "style:x#...;" itself
    r"""|(?<=[Ww]{3})\."""  # so would www.
    r"""|^[^A-Za-z0-9\x80-\U0010ffff]|^[0-9]+[.)]"""  # at the start: a list, a line, a quote
)
_BLANK_BEFORE_NUMBER = re.compile(" (?=#)")


def label(text: str) -> str:
    """Return ``text`` as the inside of a quoted Mermaid label, on one line.

    What would end the label, or be read as Markdown, HTML or a number there, becomes ``#number;``. So does a
    blank before one, for Markdown takes a # behind a blank for its own. The rest stays readable.
    """
    line = one_line(clean(text).text)
    escaped = _SPECIAL.sub(lambda found: "".join(_escaped(one) for one in found[0]), line)
    return _BLANK_BEFORE_NUMBER.sub("#32;", escaped)


def _escaped(character: str) -> str:
    return character if character.isalnum() else f"#{ord(character)};"


def flowchart(strategy: Strategy) -> Table:
    """Return the map as bands, clusters, nodes and edges with ids, to be written as a chart.

    Ids are those of the strategy: one more objective and its link are two lines more, and change no other.
    ``bands`` is empty where nothing stands on the map; ``too_large`` tells that no reader would draw it.
    """
    arranged = arrange(strategy)
    ids = {name: name.replace(".", "-") for name in arranged.entries}
    bands = tuple(
        band
        for name in reversed(perspectives_of(strategy))
        if (band := _band(arranged, ids, name, strategy)) is not None
    )
    edges = tuple(
        {"cause": ids[tie.cause], "effect": ids[tie.effect], "is_guess": tie.confidence == "low"}
        for tie in arranged.ties
    )
    linked = {ids[end] for tie in arranged.ties for end in (tie.cause, tie.effect)}
    order = tuple(_order(bands, linked))
    characters = _LINE * (len(edges) + len(order) + 2 * len(bands) + 2 * len(places_of(strategy))) + sum(
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
            "id": f"cluster-{cluster or 'elsewhere'}",
            "title": label(strategy.names.cluster(cluster, strategy.language)),
            "nodes": tuple(_node(entry, ids) for entry in inside if entry.cluster == cluster),
        }
        for cluster in places_of(strategy)
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
