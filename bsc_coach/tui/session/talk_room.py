"""The session as the host of a room: what the room's server asks of the app, answered from kept values.

The server runs in the event loop of the app. Ballots go into the round that the talk holds, which any thread
may; nothing of a phone waits for the talk's own thread, and the talk waits for no phone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bsc_coach.conversation.headline import answer_of
from bsc_coach.conversation.room_view import ProposalKind, Seat, WallView
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.live_round import Ballot, HandInFault
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy


def wall_of(talk: Talk) -> WallView:
    """Return what stands on the wall of a talk now."""
    prompt = talk.prompt()
    title, on_paper = answer_of(talk.plan, "organisation.name"), talk.paper.most
    view = WallView(talk.language, title, "", "", "", result=talk.result, handed_in=on_paper)
    if prompt is None:
        return replace(view, ended=talk.ended)
    return replace(
        view,
        section=prompt.section,
        about=prompt.about or "",
        ask=prompt.ask,
        items=tuple((item.short, item.label) for item in prompt.items),
        options=tuple((str(option.number), option.text) for option in prompt.options),
    )


class TalkRoom:
    """What a room's server sees of a session. Made and told in the thread of the app."""

    def __init__(self, talk: Talk, seats_told: Callable[[tuple[Seat, ...]], None]) -> None:
        self._live, self._proposals, self._now = talk.live, talk.proposals, talk.now
        self._seats_told = seats_told
        self._view = wall_of(talk)
        self._plan = talk.plan
        self.seats: tuple[Seat, ...] = ()
        self.address = ""

    def moved(self, view: WallView, plan: Plan) -> None:
        """Take in what stands on the wall after a move of the driver."""
        if replace(view, moved=self._view.moved) != self._view or plan is not self._plan:
            self._view, self._plan = replace(view, moved=self._view.moved + 1), plan

    # What the server asks

    def wall(self) -> WallView:
        """Return what stands on the wall, with the round that is open and how many have handed in."""
        here = sum(1 for seat in self.seats if seat.part != "observer")
        form = self._live.form
        return replace(
            self._view,
            round=form,
            result=None if form is not None else self._view.result,
            handed_in=self._view.handed_in + self._live.count,
            seats=here,
            address=self.address,
        )

    def map_svg(self) -> str:
        """Return the map so far, or nothing where there is no point on it yet."""
        from bsc_coach.documents.map.svg import render_svg

        strategy = to_strategy(self._plan)
        inner = (strategy.objectives, strategy.candidates, strategy.enablers)
        return render_svg(strategy) if any((*inner, strategy.promises, strategy.outcomes)) else ""

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
