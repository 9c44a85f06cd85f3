"""The words of the screens, by key below ``tui``."""

from __future__ import annotations

from bsc_coach.words import BASE_LANGUAGE, say


def ui(key: str, language: str = BASE_LANGUAGE, **values: object) -> str:
    """Return the words of ``tui.key`` in ``language``."""
    return say(f"tui.{key}", language, **values)
