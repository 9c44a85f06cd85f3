"""The session as the host of a room: what the room's server asks of the app, answered from kept values.

The server runs in the event loop of the app. Ballots go into the round that the talk holds, which any thread
may; nothing of a phone waits for the talk's own thread, and the talk waits for no phone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bsc_coach.conversation.room_view import ProposalKind, Seat, WallView
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.wall import driver_now, wall_view
from bsc_coach.interview.live_round import Ballot, HandInFault
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy


@dataclass(frozen=True)
class RoomMove:
    """What a room is told after each move of the driver: the wall, the plan for the map, ballots on paper."""

    view: WallView
    plan: Plan
    on_paper: int


def move_of(talk: Talk) -> RoomMove:
    """Return what stands on the wall of a talk now; who gave what is shown here where the team may see it."""
    view = wall_view(talk.plan, driver_now(talk))
    result = None if view.result is None else talk.result
    return RoomMove(replace(view, result=result), talk.plan, talk.paper.most)


class TalkRoom:
    """What a room's server sees of a session. Made and told in the thread of the app."""

    def __init__(self, talk: Talk, seats_told: Callable[[tuple[Seat, ...]], None]) -> None:
        self._live, self._proposals, self._now = talk.live, talk.proposals, talk.now
        self._seats_told = seats_told
        self._now_at = move_of(talk)
        self._moved = 1
        self.seats: tuple[Seat, ...] = ()
        self.address = ""

    def moved(self, move: RoomMove) -> None:
        """Take in what stands on the wall after a move of the driver."""
        before, self._now_at = self._now_at, move
        # How many have handed in is told otherwise, and how often the driver moved is counted here.
        same = replace(move.view, moved=0, handed_in=0) == replace(before.view, moved=0, handed_in=0)
        if not same or move.plan is not before.plan:
            self._moved += 1

    # What the server asks

    def wall(self) -> WallView:
        """Return what stands on the wall, with the round that is open and how many have handed in."""
        here = sum(1 for seat in self.seats if seat.part != "observer")
        form = self._live.form
        return replace(
            self._now_at.view,
            round=form,
            result=None if form is not None else self._now_at.view.result,
            handed_in=self._now_at.on_paper + self._live.count,
            seats=here,
            address=self.address,
            moved=self._moved,
        )

    def map_svg(self) -> str:
        """Return the map so far, or nothing where there is no point on it yet."""
        from bsc_coach.documents.map.svg import render_svg

        strategy = to_strategy(self._now_at.plan)
        inner = (strategy.objectives, strategy.candidates, strategy.enablers)
        return render_svg(strategy, page=None) if any((*inner, strategy.promises, strategy.outcomes)) else ""

    def hand_in(self, seat: str, form_id: str, ballot: Ballot) -> HandInFault | None:
        """Take a ballot into memory, or return why not."""
        return self._live.hand_in(seat, form_id, ballot)

    def take_back(self, seat: str) -> None:
        """Forget the ballot of a seat."""
        self._live.take_back(seat)

    def own(self, seat: str) -> Ballot | None:
        """Return what a seat has handed in."""
        return self._live.own(seat)

    def propose(self, kind: ProposalKind, text: str, by: str) -> bool:
        """Put what a scribe proposes into the queue."""
        return self._proposals.put(kind, text, by, self._now())

    def seats_changed(self, seats: tuple[Seat, ...]) -> None:
        """Take note of who is here."""
        self.seats = seats
        self._seats_told(seats)
