"""Texts that nobody but the driver, or nobody at all, may see: put wherever a session can hold one."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.submit import submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.live_round import Ballot
from bsc_coach.script.slots import parse_slot
from tests.support.people import begins
from tests.support.rounds import ROUNDS, hands_in

DRAFT, BETWEEN, NOTE, WRITTEN = "canarydraft", "canarybetween", "canarynote", "canarywritten"
PRIVATE = (DRAFT, BETWEEN, NOTE, WRITTEN)


def with_secrets(talk: Talk) -> None:
    """Put a secret into each place of a talk that the driver alone sees."""
    at = talk.at or parse_slot("organisation.name")
    submit(talk, f"/note {NOTE} the director is not convinced")
    talk.session.drafts.put(str(at), f"{DRAFT} half typed")
    talk.session.drafts.put(f"{at}?", f"{BETWEEN} half typed")
    talk.ask(f"{BETWEEN}: who says so?", lambda line: talk.note("cancelled"))


def in_an_open_round(folder: Path) -> Talk:
    """Return a talk with all of that in which a round is open, to which one of three has handed in."""
    person = begins(folder, ROUNDS)
    person.types("/together", "/open 5")
    with_secrets(person.talk)
    assert hands_in(person.talk, "first", Ballot(texts=(f"{WRITTEN} alone",))) is None
    person.talk.seats_here = 3
    return person.talk
