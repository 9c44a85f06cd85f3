"""Where files are: the content of the program, and the user's folders for cache and state."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_APP = "bsc-coach"


def asset_dir(name: str) -> Traversable:
    """Locate a folder of content, "prompts" or "templates".

    A wheel carries it inside the package, a checkout at the top level. ``importlib.resources`` costs 5 ms
    and is only asked where the package is no folder.
    """
    package = Path(__file__).parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    from importlib.resources import files

    return files("bsc_coach") / name


def user_cache_dir() -> Path:
    """Locate the folder for what can be made anew at any time, as ``platformdirs`` names it."""
    return _user_dir("XDG_CACHE_HOME", ".cache", "user_cache_dir")


def user_state_dir() -> Path:
    """Locate the folder for what the program remembers between sessions, as ``platformdirs`` names it."""
    return _user_dir("XDG_STATE_HOME", ".local/state", "user_state_dir")


def _user_dir(variable: str, below_home: str, elsewhere: str) -> Path:
    """Apply the XDG rule, two lines of which are enough on Linux: ``platformdirs`` takes 10 ms to import."""
    if sys.platform.startswith("linux"):
        return Path(os.environ.get(variable, "").strip() or os.path.expanduser(f"~/{below_home}")) / _APP
    import platformdirs

    return Path(getattr(platformdirs, elsewhere)(_APP, appauthor=False))
