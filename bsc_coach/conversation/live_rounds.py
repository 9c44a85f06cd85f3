"""Holder of the round that is open: the driver opens and closes it, any thread hands in; in memory only.

What it holds is one immutable value that is swapped under a lock, so that a reader never waits and never sees
half a change. Nothing of it is written: before closing, ballots exist here and with those who gave them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bsc_coach.interview.live_round import Ballot, HandInFault, LiveRound, RoundForm

Listener = Callable[[], None]
"""Called after each change, in the thread that made it; it learns nothing but that something has changed."""


@dataclass(frozen=True)
class _Held:
    """The open round, and the least turn that a seat may hand in after it took its ballot back."""

    round: LiveRound | None = None
    least_turn: Mapping[str, int] = field(default_factory=dict)


class LiveRounds:
    """The round that is open now, if any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = _Held()
        self._listeners: tuple[Listener, ...] = ()

    @property
    def now(self) -> LiveRound | None:
        """The open round with its ballots, for the driver's own use: nothing of it is for a screen."""
        return self._held.round

    @property
    def form(self) -> RoundForm | None:
        """What is asked of everybody now, or None."""
        live = self._held.round
        return None if live is None else live.form

    @property
    def count(self) -> int:
        """How many have handed in: the only thing that is shown before closing."""
        live = self._held.round
        return 0 if live is None else live.count

    def open(self, form: RoundForm) -> None:
        """Open a round; one with the same id goes on with the ballots that it has."""
        from bsc_coach.interview.live_round import LiveRound

        with self._lock:
            live = self._held.round
            if live is not None and live.form.id == form.id:
                self._held = replace(self._held, round=replace(live, form=form))
            else:
                self._held = _Held(LiveRound(form))
        self._tell()

    def hand_in(self, seat: str, form_id: str, ballot: Ballot) -> HandInFault | None:
        """Take a ballot in place of an earlier one of this seat, or return why it was not taken.

        What the form did not ask for is left out before anything is kept: a name where nobody was to be
        named, a sentence where none was wanted.
        """
        with self._lock:
            live = self._held.round
            if live is None:
                return "no_round"
            kept = replace(
                ballot,
                named=ballot.named if live.form.names != "nobody" else "",
                rule=live.form.names,
                sentence=ballot.sentence if live.form.sentence else "",
            )
            fault = live.fault_of(form_id, seat, kept)
            if fault is not None:
                return fault
            before = live.ballots.get(seat)
            if before == kept:
                return None  # sent twice
            if before is not None and before.turn == kept.turn:
                return "older"  # two pages of one phone: neither may win by coming last
            if kept.turn < self._held.least_turn.get(seat, 0):
                return "older"
            self._held = replace(self._held, round=live.with_ballot(seat, kept))
        self._tell()
        return None

    def take_back(self, seat: str) -> None:
        """Forget the ballot of a seat; what it had sent before that is not taken again."""
        with self._lock:
            live = self._held.round
            before = None if live is None else live.ballots.get(seat)
            if live is None or before is None:
                return
            least = {**self._held.least_turn, seat: before.turn + 1}
            self._held = _Held(live.without(seat), least)
        self._tell()

    def own(self, seat: str) -> Ballot | None:
        """Return what a seat has handed in, for that seat alone."""
        live = self._held.round
        return None if live is None else live.ballots.get(seat)

    def has(self, seat: str) -> bool:
        """Tell whether a seat has handed in."""
        live = self._held.round
        return live is not None and live.has(seat)

    def close(self) -> LiveRound | None:
        """Close the round and return it with its ballots; nothing of it is held afterwards."""
        with self._lock:
            live, self._held = self._held.round, _Held()
        if live is not None:
            self._tell()
        return live

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Have ``listener`` called after each change, until what is returned is called."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def stop() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
