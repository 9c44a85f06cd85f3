"""Reading the form of a phone: fields become a ballot, cleaned and on one line each; pure."""

from __future__ import annotations

from bsc_coach.interview.live_round import Ballot, RoundForm
from bsc_coach.room.messages import Fields
from bsc_coach.text import clean, one_line

LARGEST_TURN = 1_000_000
DIVIDED = ("dots", "points")
"""Kinds of lines where nothing typed means nothing given."""


def field_of(number: int) -> str:
    """Return the name of the field of a line, by its place in the form."""
    return f"v{number}"


def turn_in(fields: Fields) -> int | None:
    """Return which hand-in of its seat it is, or None where that cannot be told."""
    told = fields.get("turn")
    if not (told.isascii() and told.isdecimal() and len(told) < 8):
        return None
    return int(told) if 0 < int(told) <= LARGEST_TURN else None


def ballot_in(form: RoundForm, fields: Fields, *, turn: int, named: str) -> Ballot:
    """Return the ballot that the fields of a form hold; whether it can be taken is for others to say.

    ``named`` is the name of the seat: the fields cannot give another one. It goes along only where the page
    that they typed on told the rule that holds now: one loosened meanwhile does not touch them.
    """
    values: dict[str, str] = {}
    for number, line in enumerate(form.lines):
        told = tidied(fields.get(field_of(number)))
        if not told and line.kind in DIVIDED:
            told = "0"
        if told:
            values[line.id] = _without_zeros(told)
    texts = tuple(text for text in map(tidied, fields.all("text")) if text)
    return Ballot(
        values,
        texts,
        sentence=tidied(fields.get("sentence")) if form.sentence else "",
        named=named if form.names != "nobody" and fields.get("rule") == form.names else "",
        turn=turn,
    )


def tidied(text: str) -> str:
    """Return a text of a phone as it is kept: cleaned, on one line."""
    return one_line(clean(text).text)


def _without_zeros(told: str) -> str:
    """Return a number as it is compared: 07 is 7."""
    return str(int(told)) if told.isascii() and told.isdecimal() and len(told) < 10 else told
