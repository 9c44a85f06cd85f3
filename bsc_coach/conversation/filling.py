"""What takes an answer that somebody wrote on paper or on a page: the commands of it, or why it is left."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.conversation.prompt_builder import first_inside
from bsc_coach.conversation.understood import wonder
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.projection import value_in_words
from bsc_coach.interview.understanding.readings import AskBack, Passed, Understood
from bsc_coach.interview.values import Refusal
from bsc_coach.script.model import BallotStep, CollectStep, ConfirmStep, PickStep, RoundStep
from bsc_coach.script.slots import Slot
from bsc_coach.session.session import Session
from bsc_coach.text import shorten
from bsc_coach.words import say

_QUOTED = 60


class LeftError(Exception):
    """An answer that is not taken; says why."""


def commands_of(session: Session, slot: Slot, text: str) -> Iterator[Command]:
    """Yield what takes an answer: itself, or an item for each line of a list. Raises LeftError."""
    from bsc_coach.interview.understanding.understand import understand

    plan, language = session.plan, session.plan.language
    status = plan.statuses[slot]
    step = status.step
    if isinstance(step, RoundStep | BallotStep | ConfirmStep):
        raise LeftError(say("talk.fill.not_so", language))
    if status.answer_state in ("answered", "declined"):
        known = shorten(value_in_words(plan, status), _QUOTED)
        raise LeftError(say("talk.fill.answered", language, answer=known))
    if isinstance(step, CollectStep):
        first, _ = first_inside(plan, slot)
        if isinstance(first, PickStep):
            raise LeftError(say("talk.fill.not_so", language))
        for line in text.split("\n"):
            yield possible(session, AddItem(slot, {first.id: line}))
        return
    match understand(plan, slot, text, session.environment.today):
        case AskBack() as asked:
            raise LeftError(wonder(asked, text, language))
        case Understood(value=value):
            yield possible(session, Accept(slot, value, typed=text))
        case Passed():
            return
        case _:
            yield possible(session, Accept(slot, text))


def possible(session: Session, command: Command) -> Command:
    """Return a command that would be carried out. Raises LeftError for one that would be refused."""
    refusals: tuple[Refusal, ...] = tuple(session.decide(command).refusals)
    if refusals:
        raise LeftError(refusals[0].sentence(session.plan.language))
    return command
