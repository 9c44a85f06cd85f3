"""The console: what only the driver sees beside the talk. The time, what comes next, who is silent, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.room_view import Seat
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.time_words import clock_said, time_of_day
from bsc_coach.interview.navigation import next_slot
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import Slot
from bsc_coach.session.notes_file import read_notes
from bsc_coach.words import say

MOST_NEXT = 3
MOST_NOTES = 20
"""Notes that stand on the console, the latest ones; ``/notes`` lists all."""


@dataclass(frozen=True)
class ConsoleView:
    """What stands on the console."""

    clock: str = ""
    """How the time of the session stands; nothing where none was planned."""
    following: tuple[str, ...] = ()
    """The next questions, by their names."""
    silent: tuple[str, ...] | None = None
    """Who has not handed in to the round that is open; None where none is open, or nobody has joined."""
    notes: tuple[tuple[str, str], ...] = ()
    """Time and text of the private notes, the latest one first."""


def console_of(talk: Talk) -> ConsoleView:
    """Return what stands on the console of a talk."""
    session = talk.session
    among = None if talk.position.among is None else talk.position.among(talk.plan)
    notes = read_notes(session.folder, session.disk)[-MOST_NOTES:]
    return ConsoleView(
        clock=clock_said(talk.plan, talk.now()) if talk.plan.state.agenda.minutes else "",
        following=tuple(name_of(talk.plan, slot) for slot in coming_next(talk.plan, talk.at, among)),
        silent=silent_seats(talk.seats, talk.language) if talk.live.form and talk.seats else None,
        notes=tuple((time_of_day(one.at), one.text) for one in reversed(notes)),
    )


def coming_next(plan: Plan, at: Slot | None, among: Sequence[Slot] | None = None) -> list[Slot]:
    """Return the questions that come after ``at``, as far as that is known now."""
    found: list[Slot] = []
    while len(found) < MOST_NEXT:
        slot = next_slot(plan, found[-1] if found else at, among)
        if slot is None or slot == at or slot in found:
            break
        found.append(slot)
    return found


def silent_seats(seats: tuple[Seat, ...], language: str) -> tuple[str, ...]:
    """Return who could hand in to the open round and has not, by name or by the number of the seat."""
    return tuple(
        one.name or say("wall.console.seat", language, number=one.number)
        for one in seats
        if one.part != "observer" and not one.handed_in
    )
