"""Ballots in ``why`` and in ``diff``: what they came to, in words and never as lists of numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.talk import Talk
from bsc_coach.documents.reports.changes import told_apart
from bsc_coach.documents.reports.explanation import explained
from bsc_coach.documents.reports.minutes import render_minutes
from bsc_coach.interview.explanation import explain
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.rounds import OpenRound
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.slots import parse_slot
from bsc_coach.strategy.closing import Meeting
from bsc_coach.strategy.comparison import compare
from bsc_coach.strategy.model import Candidate, Link, Strategy
from bsc_coach.words import say
from tests.documents.test_dissent import BALLOT, TITLE
from tests.support.voting import WRITTEN, voted_session


def lines(talk: Talk, point: str) -> list[str]:
    about = explain(talk.plan, point)
    assert about is not None
    return list(explained(about, to_strategy(talk.plan)))


def part(told: list[str], heading: str) -> list[str]:
    """Return the lines below a heading, as far as they are set in."""
    at = next(number for number, line in enumerate(told) if line.startswith(heading))
    below = told[at + 1 :]
    return [line.strip() for line in below[: below.index("") if "" in below else None]]


def test_why_tells_originals_ballots_sentences_and_what_the_talk_made_of_them(tmp_path: Path) -> None:
    told = lines(voted_session(tmp_path / "s"), "O1")
    originals = part(told, "What it was made of")
    assert len(originals) == 2
    assert set(originals) < set(WRITTEN)
    voted = part(told, "What everybody voted")
    # 1 1 4 5 5: a mean of 3.2, a deviation of 1.83, half of the scale is 2.
    assert voted[0] == "Influence"
    assert voted[1].endswith("3.2 on average, 5 ballots, spread 0.92")
    assert voted[2:] == ["In the talk it became: 4"]
    assert part(told, "What somebody wanted said") == ["Beds are not ours to give"]
    assert not any("5 ballots" in line for line in part(told, "What was said"))


def test_why_tells_how_often_it_was_voted_on_and_what_was_reworded(tmp_path: Path) -> None:
    talk, ballot = voted_session(tmp_path / "s"), parse_slot(BALLOT)
    assert talk.session.do(Accept(ballot, "4 4 4 5 5")).accepted
    assert talk.session.do(Accept(parse_slot(TITLE), "Shorten the wait in triage")).accepted
    voted = part(lines(talk, "O1"), "What everybody voted")
    assert "voted again" not in voted[1]
    assert "voted again: 4.4 on average, 5 ballots" in voted[2]
    assert "voted on before it was reworded" in voted
    assert not any("became" in line or "middle" in line for line in voted), "the score is older than these"
    # What is taken back was said, and says so.
    talk.session.do(Undo())
    talk.session.do(Undo())
    assert "(taken back)" in part(lines(talk, "O1"), "What everybody voted")[2]


def test_a_point_without_ballots_has_no_such_parts(tmp_path: Path) -> None:
    talk = voted_session(tmp_path / "s")
    told = "\n".join(lines(talk, "operations"))
    assert "voted" not in told
    assert "made of" not in told


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "O1 Shorten the wait, ballots on influence: 3 on average, 4 ballots, spread 1.00"
            " → 4.5 on average, 4 ballots, spread 0.25",
        ),
        (
            "nl",
            "O1 Shorten the wait, stemmen over invloed: gemiddeld 3, 4 stemmen, spreiding 1,00"
            " → gemiddeld 4,5, 4 stemmen, spreiding 0,25",
        ),
    ],
)
def test_diff_tells_ballots_by_mean_and_spread(language: str, expected: str) -> None:
    def voted(*ballots: int) -> Strategy:
        one = Candidate(id="O1", cluster="operations", title="Shorten the wait", influence_votes=ballots)
        return Strategy(language=language, candidates=(one,))

    assert told(voted(1, 1, 5, 5), voted(4, 4, 5, 5)) == [expected]


def test_diff_tells_dots_choices_and_texts_without_listing_them() -> None:
    link = Link(id="K1", cause="O1", effect="C1", confidence_votes=("low", "low", "high", "high"))
    before = Strategy(links=(link,), meeting=Meeting(keep_written=("Silence", "Coffee")))
    sure = link.model_copy(update={"confidence_votes": ("high", "high", "high", "high")})
    after = Strategy(links=(sure,), meeting=Meeting(keep_written=("Silence", "Coffee", "The walk")))
    found = told(before, after)
    assert found == [
        "K1 O1 → C1, ballots on how sure we are: a guess in the middle, 4 ballots, spread 1.00"
        " → seen before in the middle, 4 ballots, spread 0.00",
        "What was written that we keep: 2 texts → 3 texts",
    ]


def told(before: Strategy, after: Strategy) -> list[str]:
    groups = told_apart(compare(before, after), before, after, after.language)
    return [line for group in groups for line in group.lines]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Everybody at once on Operations · Influence: 4 minutes, nobody sees who said what."),
        ("nl", "Iedereen tegelijk over Operations · Influence: 4 minuten, niemand ziet wie wat zei."),
    ],
)
def test_the_minutes_tell_when_a_round_was_opened_for_how_long_and_who_saw_what(
    tmp_path: Path, language: str, line: str
) -> None:
    session = voted_session(tmp_path / "s").session
    assert session.do(OpenRound(parse_slot(BALLOT), "nobody", 4)).accepted
    strategy = session.strategy().model_copy(update={"language": language})
    told = render_minutes(strategy, session.notes(), session.minutes())
    assert line in told
    session.do(Undo())
    taken_back = say("minutes.undone", language, said=line)
    assert taken_back not in told
    assert taken_back in render_minutes(strategy, session.notes(), session.minutes())
