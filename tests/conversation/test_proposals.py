"""What scribes propose: a bounded queue that the driver goes through with one key each."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.proposals import MOST_PROPOSALS, ProposalQueue, Proposals
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.session.environment import Environment
from tests.support.room_host import fixed_time
from tests.support.sessions import played

NOW = fixed_time()


@pytest.fixture
def talk(tmp_path: Path, environment: Environment) -> Talk:
    made = start_talk(played(tmp_path / "s", 3, environment))
    made.resume()
    return made


def said(talk: Talk, line: str) -> str:
    return "\n".join(turn.text for turn in submit(talk, line).turns)


def test_the_queue_takes_so_many_of_a_length_and_no_empty_ones() -> None:
    queue = ProposalQueue()
    for _ in range(MOST_PROPOSALS):
        longer = queue.put("note", "x" * 280, "Sam", NOW)
        assert longer is not None
        queue = longer
    assert queue.put("note", "one more", "Sam", NOW) is None
    assert ProposalQueue().put("note", "x" * 281, "Sam", NOW) is None
    assert ProposalQueue().put("note", "  ", "Sam", NOW) is None
    assert [one.number for one in queue.without(1).waiting[:2]] == [2, 3]


def test_a_number_is_never_given_twice() -> None:
    proposals = Proposals()
    proposals.put("note", "a", "Sam", NOW)
    proposals.drop(1)
    proposals.put("note", "b", "Sam", NOW)
    assert [one.number for one in proposals.waiting] == [2]


def test_listeners_hear_of_what_came_until_they_stop() -> None:
    proposals, heard = Proposals(), []
    stop = proposals.on_change(lambda: heard.append(len(proposals.waiting)))
    proposals.put("note", "a", "Sam", NOW)
    stop()
    proposals.put("note", "b", "Sam", NOW)
    assert heard == [1]


def test_an_empty_queue_says_so(talk: Talk) -> None:
    assert "Nobody has proposed anything" in said(talk, "/queue")


def test_parked_points_and_decisions_are_taken_one_after_the_other_and_one_stays_at_the_question(
    talk: Talk,
) -> None:
    at = talk.at
    talk.proposals.put("parked", "Merge with the clinic?", "Sam", NOW)
    talk.proposals.put("decision", "No third site", "", NOW)
    assert "from Sam" in said(talk, "/queue")
    assert "On the parking lot: Merge with the clinic?" in said(talk, "1")
    assert "On the list of decisions: No third site" in said(talk, "")
    assert talk.proposals.waiting == ()
    assert talk.at == at
    strategy = talk.session.strategy()
    assert [one.title for one in strategy.parking] == ["Merge with the clinic?"]
    assert [one.title for one in strategy.decisions] == ["No third site"]


def test_a_wording_comes_into_the_line_and_what_stood_there_is_told(talk: Talk) -> None:
    talk.session.drafts.put(str(talk.at), "half of")
    talk.proposals.put("wording", "Bread at every door", "Sam", NOW)
    said(talk, "/queue")
    told = said(talk, "1")
    assert "Bread at every door" in told
    assert "half of" in told
    assert talk.session.drafts.get(str(talk.at)) == "Bread at every door"
    assert talk.session.actions[-1].do, "nothing was answered by it"


def test_what_is_dropped_is_gone_and_what_is_left_stays(talk: Talk) -> None:
    for text in ("a", "b"):
        talk.proposals.put("note", text, "Sam", NOW)
    said(talk, "/queue")
    assert "“b”" in said(talk, "0")
    said(talk, "l")
    assert [one.text for one in talk.proposals.waiting] == ["b"]
    assert talk.asking is None


def test_another_key_is_told_which_there_are(talk: Talk) -> None:
    talk.proposals.put("note", "a", "Sam", NOW)
    said(talk, "/queue")
    assert "1 takes it over" in said(talk, "perhaps")
    assert [one.text for one in talk.proposals.waiting] == ["a"]
    assert talk.asking is not None
