"""Decisions of a context: whether each still holds, since when, and which one replaces which."""

from __future__ import annotations

from bsc_coach.documents.context.tables import Table, label, plain_all
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.decisions import replaced_by
from bsc_coach.strategy.model import Strategy


def decisions(strategy: Strategy, speak: DocumentWords) -> tuple[Table, ...]:
    """Return the decisions with ``status_text``, and ``told``: the label, and whether it holds.

    A decision that another one replaces is told as that, whatever its own status says.
    """
    told = plain_all(strategy.decisions, speak)
    for one in told:
        one["label"] = label(one["id"], one["title"])
    labels = {one["id"]: one["label"] for one in told}
    later = replaced_by(strategy.decisions)
    for one in told:
        one["replaced_by"] = tuple(labels[by] for by in later.get(one["id"], ()))
        one["replaces_text"] = None
        if one["replaces"] not in (None, one["id"]):
            one["replaces_text"] = labels.get(one["replaces"], one["replaces"])
        if one["replaced_by"]:
            one["status_text"] = speak.say("sentence.replaced_by", by=speak.listing(one["replaced_by"]))
        holds = one["status"] in (None, "decided") and not one["replaced_by"]
        one["told"] = one["label"] if holds else f"{one['label']} ({one['status_text']})"
    return told
