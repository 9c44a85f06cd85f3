"""The slides on the map: the map itself, its story in builds from people to result, the four clusters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from bsc_coach.documents.context.document_context import objectives_in
from bsc_coach.documents.context.sentences import story_rows
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.map.style import BAND_COLOURS, CLUSTER_COLOURS, EDGE, FILLS
from bsc_coach.documents.office.slides.builds import appear_one_by_one
from bsc_coach.documents.office.slides.panels import (
    BODY,
    PAD,
    SIZES,
    SMALLEST,
    Look,
    Say,
    box,
    fitting,
    height_of,
    side_by_side,
)
from bsc_coach.documents.office.slides.telling import Telling
from bsc_coach.drawing.model import Area
from bsc_coach.strategy.points import PERSPECTIVE_OF

_ROW_GAP = 8.0
_HEAD = 30.0


def notes_of_map(telling: Telling) -> Iterator[str]:
    """Yield what is told of the map beside the objectives: money, people, themes that run through it."""
    context = telling.context
    for name, fields in (
        ("outcomes", ("lever_text", "horizon_text", "owner_role", "strengthened_by", "measured_by")),
        ("enablers", ("capital_text", "horizon_text", "owner_role", "leads_to", "measured_by")),
    ):
        if context[name]:
            yield f"{telling.heading(name)}:"
        for one in context[name]:
            yield telling.point(one, *fields)
    if context["themes"]:
        yield f"{telling.heading('themes')}:"
    for one in context["themes"]:
        points = "; ".join(one["points_text"])
        yield ". ".join(part for part in (one["label"], one["description"], points) if part)


def put_story(telling: Telling) -> None:
    """Add the story: a row for each perspective from the bottom up, which appear one by one."""
    context = telling.context
    rows = story_rows(context["links"], context["items"], DocumentWords(context["language"]))
    if not rows:
        return
    bands = context["words"]["band"]
    said = [
        [Say("", bands[PERSPECTIVE_OF[kind]], colour=BAND_COLOURS[PERSPECTIVE_OF[kind]]), Say(sentence)]
        for kind, sentence in rows
    ]
    # As large as all rows allow together, then each as tall as it needs.
    width = BODY.width - 2 * PAD
    room = BODY.height - _ROW_GAP * (len(rows) - 1) - PAD * len(rows)
    size = next((one for one in SIZES if sum(height_of(row, width, one) for row in said) <= room), SMALLEST)
    heights = [height_of(row, width, size) + PAD for row in said]
    spare = (BODY.height - _ROW_GAP * (len(rows) - 1) - sum(heights)) / len(rows)
    slide = telling.deck.slide(telling.titles.story())
    bottom, shapes = BODY.bottom, []
    for (kind, _), row, needed in zip(rows, said, heights, strict=True):
        height = needed + min(spare, 30)
        area = Area(BODY.x, bottom - height, BODY.width, height)
        fill = FILLS[PERSPECTIVE_OF[kind]]
        shapes.append(
            box(telling.deck, slide, area, row, Look(sizes=(size,), fill=fill, middle=True), name=row[0].lead)
        )
        bottom -= height + _ROW_GAP
    appear_one_by_one(slide, shapes[1:])
    telling.deck.notes(slide, _of_the_story(telling))


def _of_the_story(telling: Telling) -> Iterator[str]:
    """Yield the story as the team told it, and because of what each link is believed, from the bottom up."""
    context, bands = telling.context, telling.context["words"]["band"]
    review = context["review"]
    for name in ("story", "contribution"):
        if review[name]:
            yield f"{telling.label(name)}: {review[name]}"

    def band(link: Table) -> str | None:
        cause = context["items"].get(link["cause"])
        return str(bands[PERSPECTIVE_OF[cause["kind"]]]) if cause else None

    for perspective, links in groupby(context["links"], band):
        if perspective:
            yield telling.phrase("label.links_of", band=perspective)
        for link in links:
            said = link["sentence"] or telling.fields(link, "because", "seen_in")
            yield f"{link['id']}. {said}" if said else ""


def put_clusters(telling: Telling) -> None:
    """Add the objectives, the four clusters side by side; on more slides where there are more than fit."""
    context = telling.context
    # The clusters, and behind them what belongs to none.
    parts = [
        (one["id_text"], one["id"], list(one["objectives"]), one["empty_text"]) for one in context["clusters"]
    ]
    if context["elsewhere"]:
        parts.append((telling.heading("elsewhere"), None, list(context["elsewhere"]), None))
    if not objectives_in(context) and not any(empty for *_, empty in parts):
        return
    # Each in a column of its own, with as many slides as the longest needs.
    areas = side_by_side(BODY, [1.0] * len(parts), 12)
    pages = [
        _pages([_objective(telling, one) for one in objectives], areas[0]) for _, _, objectives, _ in parts
    ]
    count = max(len(page) for page in pages)
    for at in range(count):
        slide = telling.deck.slide(telling.deck.part(telling.titles.clusters(), at + 1, count))
        for area, (name, cluster, objectives, empty), cards in zip(areas, parts, pages, strict=True):
            if at >= len(cards):
                continue
            colour = CLUSTER_COLOURS[cluster]
            head = Area(area.x, area.y, area.width, _HEAD)
            box(
                telling.deck,
                slide,
                head,
                [Say(name, bold=True, colour="#ffffff")],
                Look(fill=colour, middle=True, sizes=(16.0, 14.0, 12.0)),
            )
            below = Area(area.x, area.y + _HEAD + 4, area.width, area.height - _HEAD - 4)
            if objectives:
                _cards(telling, slide, below, cards[at], colour)
            else:
                nothing = empty or context["words"]["nothing"]["cluster"]
                box(
                    telling.deck,
                    slide,
                    below,
                    [Say(nothing, italic=True)],
                    Look(edge=EDGE, sizes=(16.0, 14.0, 12.0)),
                )
        if at == 0:
            telling.deck.notes(slide, _of_the_clusters(telling))


def _objective(telling: Telling, one: Table) -> list[Say]:
    owner = one["owner_role"] or telling.phrase("label.not_named")
    told = ", ".join(part for part in (owner, one["horizon_text"]) if part)
    said = [Say(one["title"] or "", one["id"]), Say(told, italic=True)]
    return [*said, Say(f"({one['origin_text']})")] if one["origin_text"] else said


def _pages(cards: Sequence[list[Say]], area: Area) -> list[list[tuple[list[Say], float]]]:
    """Return the cards of each slide with their heights, at the smallest size if they need more than one."""
    width, room = area.width - 2 * PAD, area.height - _HEAD - 4
    pages: list[list[tuple[list[Say], float]]] = [[]]
    left = room
    for card in cards:
        height = min(height_of(card, width, SMALLEST) + PAD, room / 2)
        if pages[-1] and height > left:
            pages.append([])
            left = room
        pages[-1].append((card, height))
        left -= height + _ROW_GAP
    return pages


def _cards(
    telling: Telling, slide: Any, area: Area, cards: Sequence[tuple[list[Say], float]], colour: str
) -> None:
    """Draw cards below each other, in the largest size at which all of them fit, with the room they leave."""
    width = area.width - 2 * PAD
    gaps = _ROW_GAP * (len(cards) - 1)
    sizes = [
        one
        for one in SIZES
        if one <= 16
        and sum(height_of(card, width, one) + PAD for card, _ in cards) + gaps <= area.height
        and all(fitting(card, width, area.height, (one,))[1] is card for card, _ in cards)
    ]
    size = sizes[0] if sizes else SMALLEST
    y = area.y
    for card, least in cards:
        height = height_of(card, width, size) + PAD if sizes else least
        box(telling.deck, slide, Area(area.x, y, area.width, height), card, Look(edge=colour, sizes=(size,)))
        y += height + _ROW_GAP


def _of_the_clusters(telling: Telling) -> Iterator[str]:
    for cluster in telling.context["clusters"]:
        told = "; ".join(f"{row['label']}: {row['text']}" for row in cluster["sheet"])
        parts = (cluster["id_text"], cluster["empty_text"], told)
        if told or cluster["empty_text"]:
            yield ". ".join(part for part in parts if part)
        yield from telling.sheets(cluster["objectives"])
    yield from telling.sheets(telling.context["elsewhere"])
