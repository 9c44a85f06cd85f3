"""Colour themes: dark and light, and a high-contrast pair for projectors.

Nothing is told by colour alone, so a theme is only a matter of taste and of the light in the room. Every
colour of text has a contrast of at least 4.5 to what lies under it; a test measures it.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

DEFAULT = "evening"


@dataclass(frozen=True)
class Palette:
    """The colours of a theme, each named for what it is used for."""

    dark: bool
    ground: str
    """Under the conversation."""
    side: str
    """Under the panels at the sides, the header and the hints."""
    block: str
    """Under the open question, so that it stands out from what was said before."""
    text: str
    muted: str
    """For what is there but not now: help, settled sections, keys."""
    coach: str
    team: str
    mark: str
    """For what is chosen or where one is."""
    on_mark: str
    """Text on a background of ``mark``."""
    warn: str
    good: str
    rule: str
    """Lines between parts; carries no meaning."""


PALETTES: dict[str, Palette] = {
    "evening": Palette(
        dark=True, ground="#12171d", side="#191f27", block="#1e2732", text="#dde3ea", muted="#97a3b1",
        coach="#8cc8c4", team="#efd9a7", mark="#8cc8c4", on_mark="#0d1216",
        warn="#ffb38a", good="#9fd49a", rule="#3a4552",
    ),
    "morning": Palette(
        dark=False, ground="#fcfbf8", side="#f2f0ea", block="#eef2ee", text="#20262c", muted="#59616b",
        coach="#0b5f63", team="#6f3b00", mark="#0b5f63", on_mark="#ffffff",
        warn="#9c2c00", good="#23651f", rule="#c9c4b8",
    ),
    "projector-dark": Palette(
        dark=True, ground="#000000", side="#000000", block="#101a1e", text="#ffffff", muted="#d4d4d4",
        coach="#7fffff", team="#ffff66", mark="#ffff00", on_mark="#000000",
        warn="#ffb07a", good="#7dff7d", rule="#a0a0a0",
    ),
    "projector-light": Palette(
        dark=False, ground="#ffffff", side="#ffffff", block="#f0f3fa", text="#000000", muted="#333333",
        coach="#00309c", team="#5c0059", mark="#00309c", on_mark="#ffffff",
        warn="#8f1d00", good="#00520a", rule="#555555",
    ),
}  # fmt: skip


def _theme(name: str, palette: Palette) -> Theme:
    # first what Textual derives its own colours from, then our names for style sheets and for its widgets
    return Theme(
        name=name,
        primary=palette.mark,
        secondary=palette.coach,
        accent=palette.mark,
        warning=palette.warn,
        error=palette.warn,
        success=palette.good,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.ground,
        panel=palette.side,
        dark=palette.dark,
        text_alpha=1.0,
        variables={
            "ground": palette.ground,
            "side": palette.side,
            "block": palette.block,
            "ink": palette.text,
            "muted": palette.muted,
            "coach": palette.coach,
            "team": palette.team,
            "mark": palette.mark,
            "on-mark": palette.on_mark,
            "warn": palette.warn,
            "good": palette.good,
            "rule": palette.rule,
            "text": palette.text,
            "text-muted": palette.muted,
            "input-cursor-background": palette.mark,
            "input-cursor-foreground": palette.on_mark,
            "input-cursor-text-style": "none",
            "input-selection-background": palette.mark,
            "input-selection-foreground": palette.on_mark,
            "screen-selection-background": palette.mark,
            "screen-selection-foreground": palette.on_mark,
            "scrollbar": palette.rule,
            "scrollbar-hover": palette.muted,
            "scrollbar-active": palette.mark,
            "scrollbar-background": palette.side,
            "scrollbar-background-hover": palette.side,
            "scrollbar-background-active": palette.side,
            "scrollbar-corner-color": palette.side,
        },
    )


THEMES: tuple[Theme, ...] = tuple(_theme(name, palette) for name, palette in PALETTES.items())
NAMES: tuple[str, ...] = tuple(PALETTES)


def after(name: str) -> str:
    """Return the theme that follows ``name``, for one key that goes through them all."""
    place = NAMES.index(name) if name in NAMES else -1
    return NAMES[(place + 1) % len(NAMES)]
