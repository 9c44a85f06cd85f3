"""The beginning of a new session: the name typed where it was made is the answer to the question for it."""

from __future__ import annotations

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.script.model import TextStep
from bsc_coach.session.session import Session

_NAME = "organisation.name"
"""Field of the strategy that holds the name of the organisation."""


def answer_name(session: Session, name: str) -> bool:
    """Answer the question for the organisation's name, as the team would; tell whether it was taken.

    It is an answer like any other: in the journal, to be undone. Where the script asks for no name, or does
    not take this one, nothing is answered and the question is asked as usual.
    """
    for slot, status in session.plan.statuses.items():
        if isinstance(status.step, TextStep) and status.step.field == _NAME and status.active:
            return session.do(Accept(slot, name.strip())).accepted
    return False
