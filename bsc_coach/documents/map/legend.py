"""The legend of the strategy map: what dots and lines mean, in as many lines as the width asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bsc_coach.documents.map.style import DASHES, INK, MARKS, TIP_FILLS, cap_of
from bsc_coach.drawing.labels import BOLD, width_of
from bsc_coach.drawing.model import Confidence, LinkKind, MapDrawing
from bsc_coach.strategy.model import Horizon
from bsc_coach.words import say

SIZE = 13.0
LINE = 20.0
LEFT = 14.0
SAMPLE = 44.0
"""Length of the piece of line that is explained."""
DOT = 8.0
"""From dot to dot."""
AFTER_SAMPLE, AFTER_WORDS, AFTER_GROUP = 6.0, 16.0, 40.0


@dataclass(frozen=True)
class Explained:
    """Words of the legend, with the dots or the piece of line before them."""

    words: str
    horizon: Horizon | None = None
    confidence: Confidence | None = None
    kind: LinkKind | None = None
    is_heading: bool = False
    ends_group: bool = False

    @property
    def sample_width(self) -> float:
        """The width of what stands before the words."""
        if self.horizon:
            return MARKS[self.horizon] * DOT + AFTER_SAMPLE
        return SAMPLE + AFTER_SAMPLE if self.confidence or self.kind else 0.0

    def width(self, slim: float) -> float:
        """Return the width of all of it, in letters that are so slim."""
        return self.sample_width + width_of(self.words, SIZE) * (BOLD if self.is_heading else 1.0) / slim


def legend_of(language: str, drawing: MapDrawing) -> tuple[list[dict[str, object]], float]:
    """Return the parts of the legend below a drawing, and where it ends."""
    width, slim = drawing.width, drawing.slim
    x, y = LEFT, drawing.height + LINE / 2
    parts: list[dict[str, object]] = []
    for one in _explained(language, drawing):
        wide = one.width(slim)
        if x > LEFT and x + wide > width - LEFT:
            x, y = LEFT, y + LINE
        dots = MARKS[one.horizon] if one.horizon else 0
        end = x + SAMPLE
        parts.append(
            {
                "words": one.words,
                "is_heading": one.is_heading,
                "x": f"{x + one.sample_width:.1f}",
                "y": f"{y + 4:.1f}",
                "sample_y": f"{y:.1f}",
                "dots": [f"{x + DOT * (n + 0.5):.1f}" for n in range(dots)],
                "line": f"M{x:.1f} {y:.1f} h{SAMPLE:.1f}" if one.confidence or one.kind else "",
                "dash": DASHES[one.confidence or "high"],
                "cap": cap_of(one.confidence),
                "tip": _TIPS[one.kind].format(x=f"{end:.1f}", y=f"{y:.1f}") if one.kind else "",
                "tip_fill": TIP_FILLS[one.kind or "drives"] or INK,
            }
        )
        x += wide + (AFTER_GROUP if one.ends_group else AFTER_WORDS)
    return parts, y + LINE / 2


_TIPS: Mapping[LinkKind, str] = {
    "drives": "M{x} {y} l-10 -5 v10 z",
    "enables": "M{x} {y} m-10 -5 l10 5 l-10 5",
    "holds_back": "M{x} {y} a5 5 0 1 0 -10 0 a5 5 0 1 0 10 0 z",
}


def words_of_lines(language: str, drawing: MapDrawing) -> dict[Confidence, str]:
    """Return what a line means; nothing where there are links, and of none was said how sure it is.

    Of others it may not have been said: they are drawn as a whole line, and the legend says so.
    """
    said = {route.confidence for route in drawing.routes}
    if said == {None}:
        return {}
    words = {one: say(f"document.choice.confidence.{one}", language) for one in DASHES}
    if None in said:
        words["high"] = say("map.legend.or_not_said", language, words=words["high"])
    return words


def _explained(language: str, drawing: MapDrawing) -> Iterator[Explained]:
    yield Explained(say("map.legend.horizon", language), is_heading=True)
    for horizon in MARKS:
        words = say(f"document.choice.horizon.{horizon}", language)
        yield Explained(words, horizon=horizon, ends_group=horizon == "long")
    lines = words_of_lines(language, drawing)
    if lines:
        yield Explained(say("map.legend.confidence", language), is_heading=True)
    for confidence, words in lines.items():
        yield Explained(words, confidence=confidence, ends_group=confidence == "low")
    if {route.kind for route in drawing.routes} - {"drives"}:
        yield Explained(say("map.legend.kind", language), is_heading=True)
        for kind in _TIPS:
            yield Explained(say(f"document.choice.link_kind.{kind}", language), kind=kind)
