"""Actions of a session from the records of its journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bsc_coach.interview.branches import in_order
from bsc_coach.interview.facts.log import Action, UnreadableEventError
from bsc_coach.interview.facts.provenance import as_told_today
from bsc_coach.interview.facts.registry import action_from_body
from bsc_coach.session.line_format import Record


def actions_of(records: Iterable[Record]) -> tuple[list[Action], int]:
    """Return the actions in records, in the order of the log, and how many records tell none."""
    actions, unread = [], 0
    for record in records:
        try:
            at = datetime.fromisoformat(record.at)
            actions.append(action_from_body(record.number, at, record.body, record.writer))
        except (UnreadableEventError, ValueError):
            unread += 1
    return as_told_today(in_order(actions)), unread
