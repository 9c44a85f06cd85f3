"""Shapes and arrows of the map as the tables that the XML of office files is made from; lengths are EMU."""

from __future__ import annotations

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.office.map_shapes import ArrowShape, Shape
from bsc_coach.drawing.model import Area

EMU = 12700
"""Of the unit of office formats, so many make a point."""
_RIGHT, _DOWN, _LEFT, _UP = 0, 5_400_000, 10_800_000, 16_200_000
"""Where an arrow goes from an edge, in 60,000ths of a degree."""
_CORNER = 4.0
"""Points of the round corners of a box."""


def emu(points: float) -> int:
    """Return points in the unit of office formats."""
    return round(points * EMU)


def place_of(area: Area) -> Table:
    """Return where a rectangle stands."""
    return {"x": emu(area.x), "y": emu(area.y), "width": emu(area.width), "height": emu(area.height)}


def box_of(shape: Shape) -> Table:
    """Return the outline of a box, with the places where arrows can be glued."""
    width, height = emu(shape.area.width), emu(shape.area.height)
    middles = (
        (width // 2, 0, _UP), (0, height // 2, _LEFT),
        (width // 2, height, _DOWN), (width, height // 2, _RIGHT),
    )  # fmt: skip
    own = ((emu(x), emu(y), _UP if y < shape.area.height / 2 else _DOWN) for x, y in shape.sites or ())
    return {
        "width": width,
        "height": height,
        "corner": min(emu(_CORNER), width // 2, height // 2),
        "sites": [{"x": x, "y": y, "angle": angle} for x, y, angle in (*middles, *own)],
    }


def arrow_of(arrow: ArrowShape) -> Table:
    """Return the outline of an arrow."""
    elbow = arrow.elbow
    return {
        **place_of(elbow.area),
        "kind": elbow.kind,
        "turn": elbow.turn,
        "mirrored": elbow.mirrored,
        "backwards": elbow.backwards,
        # A guide of the only bend of an elbow is called adj1 as well.
        "bends": [{"name": f"adj{at}", "value": value} for at, value in enumerate(elbow.bends, start=1)],
        "leaves": arrow.leaves,
        "enters": arrow.enters,
        "colour": arrow.colour.lstrip("#").upper(),
        "dash": arrow.dash,
        "tip": arrow.tip,
    }
