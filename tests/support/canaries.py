"""Texts that nobody but the driver may see, put wherever a session can hold one."""

from __future__ import annotations

from bsc_coach.conversation.submit import submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.live_round import Ballot, FormLine, LiveRound, RoundForm
from bsc_coach.script.slots import parse_slot

DRAFT, BETWEEN, NOTE = "canarydraft", "canarybetween", "canarynote"
BALLOT, SENTENCE = "canaryballot", "canarysentence"
PRIVATE = (DRAFT, BETWEEN, NOTE, BALLOT, SENTENCE)

FORM = RoundForm(
    "r1",
    "ballot",
    "How much does each decide?",
    lines=(FormLine("a", "O1 Park for free", "Influence", "scale", 1, 10),),
    names="nobody",
)


def with_secrets(talk: Talk) -> LiveRound:
    """Put a secret into each place of a talk, and return the round that is open with ballots in it."""
    at = talk.at or parse_slot("organisation.name")
    submit(talk, f"/note {NOTE} the director is not convinced")
    talk.session.drafts.put(str(at), f"{DRAFT} half typed")
    talk.session.drafts.put(f"{at}?", f"{BETWEEN} half typed")
    talk.ask(f"{BETWEEN}: who says so?", lambda line: talk.note("cancelled"))
    ballot = Ballot({"a": "7"}, sentence=f"{SENTENCE} because", named=BALLOT)
    return LiveRound(FORM).with_ballot("seat", ballot)
