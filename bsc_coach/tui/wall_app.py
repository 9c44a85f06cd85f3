"""App of a wall: one screen that follows a session, with the themes and ends of the usual app."""

from __future__ import annotations

from textual.screen import Screen

from bsc_coach.session.following import Follower
from bsc_coach.tui.app import CoachApp, run_watched
from bsc_coach.tui.screens.wall import FollowingWall


class WallApp(CoachApp):
    """Textual app that shows the wall of a session which another process drives."""

    def __init__(self, follower: Follower) -> None:
        super().__init__(folder=follower.folder)
        self._follower = follower

    def first_page(self) -> Screen[None]:
        """Return the wall."""
        return FollowingWall(self._follower, self.environment.clock)


def run_wall(follower: Follower) -> int:
    """Show the wall until somebody leaves it; return the exit code."""
    return run_watched(WallApp(follower))
