"""Several numbers typed at a cell of a table: they fill the cells that follow, as one action."""

from __future__ import annotations

from bsc_coach.conversation.commands.answers import accept
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.understanding.cells import cells_typed
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.slots import Slot


def fill_cells(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Answer the cells from ``slot`` on with the numbers of a line; None where it does not hold several."""
    try:
        cells = cells_typed(talk.plan, slot, text)
    except RefusedError as refused:
        return talk.refused(refused.refusal.sentence(talk.language))
    if not cells:
        return None
    (_, first), *others = cells
    return accept(talk, slot, first, tuple(Accept(cell, value) for cell, value in others), typed=text.strip())
