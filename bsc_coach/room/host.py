"""The interface of the room's server to whoever runs the session."""

from __future__ import annotations

from typing import Protocol

from bsc_coach.conversation.room_view import ProposalKind, Seat, WallView
from bsc_coach.interview.live_round import Ballot, HandInFault


class RoomHost(Protocol):
    """What the server asks, and tells; each call but ``map_svg`` returns at once.

    ``seat`` is the server's secret id of a seat: it is shown and sent to nobody.
    """

    def wall(self) -> WallView:
        """Return what stands on the wall now: a kept value, asked for many times a second."""

    def map_svg(self) -> str:
        """Return the map so far as SVG. May take a while; asked in a thread, once what is shown has moved."""

    def hand_in(self, seat: str, form_id: str, ballot: Ballot) -> HandInFault | None:
        """Take a ballot into memory, or return why not."""

    def take_back(self, seat: str) -> None:
        """Forget the ballot of a seat."""

    def own(self, seat: str) -> Ballot | None:
        """Return what a seat handed in to the open round, for its own page only."""

    def propose(self, kind: ProposalKind, text: str, by: str) -> bool:
        """Put what a scribe proposes into the driver's queue; False where that is full."""

    def seats_changed(self, seats: tuple[Seat, ...]) -> None:
        """Take note of who is here, silent or gone."""
