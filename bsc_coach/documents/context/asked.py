"""What a board is asked, where people see it differently, and what comes next: read off the answers.

``context["asked"]`` and ``context["differing"]`` are lines, each with what it is ``told`` as and the ``id``
it is about (None for points that nobody settled); ``context["next"]`` has all that has a date but the
targets, which the scorecard tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bsc_coach.documents.context.deadlines import DatedPoint, dated_points
from bsc_coach.documents.context.sentences import as_line
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.text import normal
from bsc_coach.words import say

_END_OF_CLAUSE = re.compile(r"[:;,.(–]")
_SUPPORTS = 3
"""The least of fist-to-five at which somebody goes along."""


def asked(context: Table, speak: DocumentWords) -> Iterator[Table]:
    """Yield what the board is asked: to decide, to find means for, to answer, to settle."""

    def line(kind: str, about: str | None, key: str, **values: object) -> Table:
        return {"kind": kind, "id": about, "told": say(f"board.asked.{key}", speak.language, **values)}

    for one in context["decisions"]:
        if one["status"] == "proposed" and not one["replaced_by"]:
            key = "decide_by" if one["date"] else "decide"
            told = line("decide", one["id"], key, what=one["label"], date=one["date_text"])
            if one["reason"]:
                told["told"] += say("board.asked.reason", speak.language, text=as_line(one["reason"]))
            yield told
    for one in context["initiatives"]:
        if not one["means_text"]:
            owner = _owner(one["owner_role"], speak)
            yield line("means", one["id"], "means", what=one["label"], owner=owner)
    if context["amounts_text"]:
        yield line("money", None, "money", sum=context["amounts_text"])
    for one in context["risks"]:
        if not one["answer"]:
            owner = _owner(one["owner_role"], speak)
            yield line("risk", one["id"], "risk", what=one["label"], owner=owner)
    for one in context["parked"]:
        # What somebody answers for and no day waits for is between them and the team.
        if one["waits"] and (one["due"] or not one["owner"]):
            key = "parked_by" if one["due"] else "parked"
            owner = _owner(one["owner"], speak)
            yield line("parked", one["id"], key, what=one["label"], owner=owner, date=one["due_text"])
    for group in context["open_points"]:
        yield line("points", None, "points", n=group["count"], what=group["kind_text"])


def differing(context: Table, speak: DocumentWords) -> Iterator[Table]:
    """Yield what was said against a decision, concerns, hands that do not go along, ballots far apart."""

    def line(about: str | None, key: str, **values: object) -> Table:
        return {"id": about, "told": say(f"board.differing.{key}", speak.language, **values)}

    for one in against(context, speak):
        yield line(one["id"], "decision", what=one["label"], text=as_line(one["dissent"]))
    for one in context["participants"]:
        who = as_line(one["name"] or one["role"] or one["id"])
        vote = one["vote_text"]
        if one["concern"]:
            key = "concern" if vote is None else "concern_vote"
            yield line(None, key, who=who, vote=vote, text=as_line(one["concern"]))
        elif one["vote"] is not None and one["vote"] < _SUPPORTS:
            yield line(None, "vote", who=who, vote=vote)
    for one in context["dissent"]["first"]:
        parts = (one["place"], *(row["text"] for row in one["sheet"] if row["field"] in ("mean", "spread")))
        told = speak.say("format.semicolon").join(part for part in parts if part)
        yield line(None, "voted", what=one["title"], text=told)


def against(context: Table, speak: DocumentWords) -> Iterator[Table]:
    """Yield the decisions with a dissent: one that says that there is none is none."""
    for one in context["decisions"]:
        if one["dissent"] and not _says_nobody(one["dissent"], speak):
            yield one


def _says_nobody(text: str, speak: DocumentWords) -> bool:
    """Tell whether a dissent says that there is none: “Nobody”, “Nobody: all agree”."""
    begins = _END_OF_CLAUSE.split(normal(text), maxsplit=1)[0].strip()
    return begins in say("board.nobody", speak.language).split("; ")


def upcoming(context: Table, speak: DocumentWords) -> Iterator[Table]:
    """Yield what comes next, the earliest first: its ``when_text``, ``what`` it is, and ``owner_text``."""
    for one in dated_points(context):
        if one.kind != "target":
            yield {
                "kind": one.kind,
                "id": one.id or None,
                "when": one.when,
                "when_text": speak.date(one.when),
                "what": _what(one, speak),
                "owner_text": _owner(one.owner, speak),
            }


def _what(point: DatedPoint, speak: DocumentWords) -> str:
    if point.kind == "review":
        key = "review_rhythm" if point.detail else "review"
        return say(f"board.next.{key}", speak.language, rhythm=point.detail)
    return say(f"calendar.event.{point.kind}", speak.language, label=point.told)


def _owner(role: str | None, speak: DocumentWords) -> str:
    return role or speak.say("nothing.owner")
