"""Message lookup for the screens: words by key below ``tui``."""

from __future__ import annotations

from bsc_coach.words import say


def ui(key: str, language: str, **values: object) -> str:
    """Return the words of ``tui.key`` in ``language``."""
    return say(f"tui.{key}", language, **values)
