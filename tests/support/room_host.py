"""A host for a room without any session: a round, a wall, and what was told to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bsc_coach.conversation.live_rounds import LiveRounds
from bsc_coach.conversation.room_view import ProposalKind, Seat, WallView
from bsc_coach.interview.live_round import Ballot, FormChoice, FormLine, HandInFault, RoundForm

SURE = FormLine("sure[O1]", "O1 Park for free", "Sure", "scale", 1, 5, meaning="How sure are you?")
WORTH = FormLine(
    "worth",
    "",
    "Worth it",
    "choice",
    choices=(FormChoice("yes", "Yes", "all of it"), FormChoice("no", "No")),
)
VOTE = RoundForm("f1", "ballot", "How sure are we?", lines=(SURE, WORTH))
DOTS = RoundForm(
    "f2",
    "ballot",
    "Which are the vital few?",
    lines=tuple(FormLine(f"dots[CM{n}]", f"CM{n} Idea {n}", "Dots", "dots", 0, 3) for n in (1, 2, 3)),
    each=3,
)
RANK = RoundForm(
    "f3",
    "ballot",
    "In which order?",
    lines=tuple(FormLine(f"rank[S{n}]", f"S{n} Segment {n}", "Rank", "rank", 1, 3) for n in (1, 2, 3)),
    rank=True,
)
WRITING = RoundForm("f4", "round", "What must go better?", "Each for yourself.")


class FakeHost:
    """A host that remembers; what it shows is set by a test."""

    def __init__(self, form: RoundForm | None = None, language: str = "en") -> None:
        self.live = LiveRounds()
        self.view = WallView(language, "Riverbend", "Ambition", "", "Who is it for?", moved=1)
        self.told: tuple[Seat, ...] = ()
        self.proposed: list[tuple[ProposalKind, str, str]] = []
        self.most_proposals = 100
        self.svg = ""
        if form is not None:
            self.open(form)

    def open(self, form: RoundForm) -> None:
        self.live.open(form)
        self.change()

    def close(self) -> None:
        self.live.close()
        self.change()

    def change(self, **told: object) -> None:
        """Show something else on the wall."""
        self.view = replace(self.view, moved=self.view.moved + 1, **told)  # type: ignore[arg-type]

    def wall(self) -> WallView:
        return replace(self.view, round=self.live.form, handed_in=self.live.count, seats=len(self.told))

    def map_svg(self) -> str:
        return self.svg

    def hand_in(self, seat: str, form_id: str, ballot: Ballot) -> HandInFault | None:
        return self.live.hand_in(seat, form_id, ballot)

    def take_back(self, seat: str) -> None:
        self.live.take_back(seat)

    def own(self, seat: str) -> Ballot | None:
        return self.live.own(seat)

    def propose(self, kind: ProposalKind, text: str, by: str) -> bool:
        if len(self.proposed) >= self.most_proposals:
            return False
        self.proposed.append((kind, text, by))
        return True

    def seats_changed(self, seats: tuple[Seat, ...]) -> None:
        self.told = seats


def fixed_time() -> datetime:
    return datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
