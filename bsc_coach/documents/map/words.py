"""Text alternative of the strategy map, and the sentence on links that could not be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bsc_coach.drawing.model import LeftOut, MapDrawing
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, one_line
from bsc_coach.words import say

MOST_LEFT_OUT = 6
"""Links told one by one under the map; of the others the number is told."""


def title_of(strategy: Strategy, theme: str | None = None) -> str:
    """Return what the picture is called, with the theme where it shows one alone."""
    name = one_line(clean(strategy.organisation.name or "").text)
    told = say("map.picture.title" if name else "map.picture.title_bare", strategy.language, name=name)
    return say("document.title.theme", strategy.language, title=told, theme=theme) if theme else told


def remarks_on(strategy: Strategy, notes: Notes) -> tuple[str, ...]:
    """Return what must stand on a picture that travels alone: which theme it shows, that it is redacted."""
    theme = (title_of(strategy, notes.theme),) if notes.theme else ()
    return (*theme, say("redact.status", strategy.language)) if notes.redacted else theme


def description(strategy: Strategy, drawing: MapDrawing) -> str:
    """Return the map in sentences: band by band from the top, what leads to what, what is not drawn."""
    return " ".join(_sentences(drawing, strategy))


def _sentences(drawing: MapDrawing, strategy: Strategy) -> Iterator[str]:
    language = strategy.language
    for band in drawing.bands:
        titles = [
            f"{box.entry.id} {box.entry.title}".strip() for box in drawing.boxes if box.entry.band == band.id
        ]
        key = "map.picture.band" if titles else "map.picture.band_empty"
        yield say(key, language, band=strategy.names.band(band.id, language), titles="; ".join(titles))
    if drawing.routes:
        yield say("map.picture.links", language, n=len(drawing.routes))
        told = [
            say("map.picture.link", language, cause=one.cause, effect=one.effect) for one in drawing.routes
        ]
        yield "; ".join(told) + "."
    if drawing.left_out:
        yield left_out_sentence(language, drawing.left_out, most=len(drawing.left_out))


def left_out_sentence(language: str, left_out: Sequence[LeftOut], *, most: int = MOST_LEFT_OUT) -> str:
    """Return which links are not drawn and why; nothing where all of them are."""
    if not left_out:
        return ""
    told = [
        say(f"map.left_out.{one.reason}", language, link=one.link, cause=one.cause, effect=one.effect)
        for one in left_out[:most]
    ]
    if len(left_out) > most:
        told.append(say("map.left_out.more", language, n=len(left_out) - most))
    return say("map.left_out.all", language, links="; ".join(told))
