"""Where prompts/ and templates/ are: in the wheel beside the code, in a checkout above it."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def asset_dir(name: str) -> Traversable:
    """Return the folder of content called ``name`` ("prompts" or "templates").

    A wheel carries it inside the package, a checkout at the top level.
    """
    bundled = files("bsc_coach") / name
    return bundled if bundled.is_dir() else Path(__file__).parents[1] / name
