"""A small script with every kind of round, and people who answer it at once."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.live_round import Ballot, HandInFault
from tests.support.people import Person, begins

ROUNDS = """
[script]
id = "baker"
version = 1
title = "Bakers at once"
languages = ["en"]
[[step]]
id = "top"
kind = "section"
title = "Top"

[[step]]
id = "written"
in = "top"
kind = "round"
ask = "Each for yourself: what must go better?"
short = "Written alone"
minutes = 5
most = 4

[[step]]
id = "points"
in = "top"
kind = "collect"
ask = "What must go better?"
more = "What else?"
short = "Points"
prefix = "O"
label = ["points.title"]
together = "written"
originals = "points.originals"
count = { min = 1 }

[[step]]
id = "points.title"
in = "points"
kind = "text"
ask = "How is it called?"
short = "Title"
stand_in = "it"

[[step]]
id = "points.originals"
in = "points"
kind = "long_text"
ask = "How was it written?"
optional = true
unasked = true

[[step]]
id = "heard"
in = "top"
kind = "long_text"
ask = "What did somebody want said?"
optional = true
unasked = true

[[step]]
id = "scoring"
in = "top"
kind = "for_each"
title = "Scores"
layout = "table"
over = ["points"]

[[step]]
id = "points.votes"
in = "scoring"
kind = "ballot"
ask = "How much does {{ points.title }} decide?"
short = "Influence"
sentences = "heard"
basis = ["points.title"]
minutes = 3

[[step]]
id = "points.influence"
in = "scoring"
kind = "choice"
ask = "How much does {{ points.title }} decide?"
short = "Influence"
together = "points.votes"
choices = [
  { id = "1", text = "hardly" },
  { id = "2", text = "a little" },
  { id = "3", text = "some" },
  { id = "4", text = "much" },
  { id = "5", text = "all of it" },
]

[[step]]
id = "dotting"
in = "top"
kind = "for_each"
title = "Dots"
over = ["points"]

[[step]]
id = "points.dots"
in = "dotting"
kind = "ballot"
each = 3
ask = "How many dots for {{ points.title }}?"
short = "Dots"

[[step]]
id = "ranking"
in = "top"
kind = "for_each"
title = "Order"
over = ["points"]

[[step]]
id = "points.rank"
in = "ranking"
kind = "ballot"
rank = true
ask = "Which place has {{ points.title }}?"
short = "Place"

[[step]]
id = "worth"
in = "top"
kind = "ballot"
names = "everyone"
ask = "Was it worth our time?"
short = "Worth it"
choices = [{ id = "yes", text = "Yes" }, { id = "no", text = "No" }]

[[step]]
id = "sure"
in = "top"
kind = "ballot"
scale = { min = 1, max = 10 }
ask = "How sure are you?"
short = "Sure"
"""
"""Rounds and ballots of every kind; the first two prepare a question that can be talked about instead."""


def hands_in(talk: Talk, seat: str, ballot: Ballot) -> HandInFault | None:
    """Hand in from a seat to the round that is open now."""
    form = talk.live.form
    assert form is not None
    return talk.live.hand_in(seat, form.id, ballot)


def votes(talk: Talk, **by_seat: str | list[str]) -> None:
    """Have each seat give the open ballot, one answer a line in their order."""
    form = talk.live.form
    assert form is not None
    for seat, told in by_seat.items():
        answers = told.split() if isinstance(told, str) else told
        values = {line.id: answer for line, answer in zip(form.lines, answers, strict=True)}
        assert hands_in(talk, seat, Ballot(values=values, named=seat)) is None


WRITTEN = "plan faster\n- less paper\n2. stop faxing"


def written(folder: Path, script: str = ROUNDS) -> Person:
    """Somebody whose team wrote three ideas alone, and made two points of them."""
    person = begins(folder, script)
    person.types("/together", WRITTEN)
    ideas = person.prompt.offers
    person.types(f"{ideas.index('plan faster') + 1}")
    person.types("1 2: Plan without paper", "")
    return person


def influence(folder: Path) -> Person:
    """Somebody who is at the first ballot on the influence of two points."""
    person = written(folder)
    person.types("/together")
    assert person.at == "points[O1]/points.votes"
    return person
