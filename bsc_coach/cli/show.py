"""``show``: the wall of a session in a terminal of its own, for the beamer; it follows whoever drives."""

from __future__ import annotations

import argparse

from bsc_coach.cli import output
from bsc_coach.errors import FolderError
from bsc_coach.session.following import Follower
from bsc_coach.session.owned_files import STRATEGY

WAITS = "wall.waits"


def show(options: argparse.Namespace) -> int:
    """Follow a session, read-only and without its lock. Raises FolderError where there is none.

    A folder that is empty yet is waited for: the wall may be there before the session.
    """
    output.needs_screen()
    follower = Follower(options.folder)
    found = follower.look()
    if found.fault is not None and not (found.fault.key == WAITS and _is_new(follower)):
        raise (
            FolderError("session.none_here", path=options.folder) if found.fault.key == WAITS else found.fault
        )
    if found.plan is not None:
        output.speak_as(options, found.plan.language)
    from bsc_coach.tui.wall_app import run_wall

    return run_wall(follower)


def _is_new(follower: Follower) -> bool:
    """Tell whether nothing of anybody is in the folder yet, or a session is just being made there."""
    names = [path.name for path in follower.folder.iterdir()]
    return STRATEGY not in names and all(name.startswith((".", "script.")) for name in names)
