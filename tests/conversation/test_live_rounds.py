"""The round that is open: order of arrival changes nothing, sent twice is once, an older one never wins."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.conversation.live_rounds import LiveRounds
from bsc_coach.interview.live_round import Ballot, FormLine, RoundForm

SURE = FormLine("sure[O1]", "O1 Park", "Sure", "scale", 1, 5)
SCALE = RoundForm("f1", "ballot", "How sure?", lines=(SURE,))
WRITING = RoundForm("f2", "round", "What must go better?")

Sent = tuple[str, int, str]
"""Seat, turn, value."""


def vote(value: str, turn: int = 1, **more: str) -> Ballot:
    """Return a ballot on the one line."""
    return Ballot({"sure[O1]": value}, turn=turn, **more)


def outcome(sent: list[Sent]) -> dict[str, str]:
    """Hand in everything and return what each seat has at closing."""
    rounds = LiveRounds()
    rounds.open(SCALE)
    for seat, turn, value in sent:
        rounds.hand_in(seat, "f1", vote(value, turn))
    closed = rounds.close()
    assert closed is not None
    return {seat: ballot.values["sure[O1]"] for seat, ballot in closed.ballots.items()}


# A turn of a seat has one value, as a phone numbers what it sends.
by_turn = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 4)), st.sampled_from("12345"), min_size=1
)


@given(by_turn, st.integers(0, 2**32), st.integers(0, 3))
def test_neither_order_of_arrival_nor_repetition_changes_the_outcome(
    votes: dict[tuple[str, int], str], seed: int, again: int
) -> None:
    sent = [(seat, turn, value) for (seat, turn), value in votes.items()]
    shuffled = sent * (1 + again)
    random.Random(seed).shuffle(shuffled)
    latest = {seat: votes[seat, max(turn for one, turn in votes if one == seat)] for seat, _ in votes}
    assert outcome(shuffled) == latest


def test_without_turns_the_order_would_matter() -> None:
    """The control: were all of one turn, whoever comes last would win."""
    there, back = [("a", 1, "2"), ("a", 1, "5")], [("a", 1, "5"), ("a", 1, "2")]
    assert outcome(there) != outcome(back)


def test_nothing_is_taken_without_a_round_for_another_one_or_off_the_scale() -> None:
    rounds = LiveRounds()
    assert rounds.hand_in("a", "f1", vote("3")) == "no_round"
    rounds.open(SCALE)
    assert rounds.hand_in("a", "f0", vote("3")) == "other_round"
    assert rounds.hand_in("a", "f1", vote("6")) == "not_possible"
    assert rounds.hand_in("a", "f1", Ballot()) == "not_complete"
    assert rounds.count == 0
    assert rounds.hand_in("a", "f1", vote("3")) is None
    assert rounds.count == 1


def test_what_was_taken_back_is_not_taken_again_by_a_repeated_request() -> None:
    rounds = LiveRounds()
    rounds.open(SCALE)
    rounds.hand_in("a", "f1", vote("3", 4))
    rounds.take_back("a")
    assert rounds.own("a") is None
    assert rounds.hand_in("a", "f1", vote("3", 4)) == "older"
    assert rounds.hand_in("a", "f1", vote("2", 5)) is None
    assert rounds.own("a") == vote("2", 5)


@pytest.mark.parametrize(("names", "kept"), [("nobody", ""), ("team", "Ann"), ("everyone", "Ann")])
def test_a_name_is_held_only_where_somebody_may_see_it_and_with_the_rule_of_then(
    names: str, kept: str
) -> None:
    rounds = LiveRounds()
    rounds.open(RoundForm("f1", "ballot", "How sure?", lines=SCALE.lines, names=names))  # type: ignore[arg-type]
    rounds.hand_in("a", "f1", vote("3", named="Ann", sentence="Hear me"))
    own = rounds.own("a")
    assert own is not None
    assert (own.named, own.sentence, own.rule) == (kept, "", names)


def test_opening_the_same_round_again_keeps_what_is_there_and_another_one_begins_anew() -> None:
    rounds = LiveRounds()
    rounds.open(SCALE)
    rounds.hand_in("a", "f1", vote("3"))
    rounds.open(SCALE)
    assert rounds.count == 1
    rounds.open(WRITING)
    assert (rounds.count, rounds.form) == (0, WRITING)
    rounds.close()
    assert rounds.close() is None
    assert rounds.form is None


def test_listeners_hear_of_changes_until_they_stop() -> None:
    rounds, heard = LiveRounds(), []
    stop = rounds.on_change(lambda: heard.append(rounds.count))
    rounds.open(SCALE)
    rounds.hand_in("a", "f1", vote("3"))
    rounds.hand_in("a", "f1", vote("3"))
    rounds.hand_in("b", "f1", vote("9"))
    stop()
    rounds.close()
    assert heard == [0, 1]


def test_no_ballot_is_lost_when_many_threads_hand_in() -> None:
    rounds = LiveRounds()
    rounds.open(SCALE)
    together = threading.Barrier(8)

    def hand_in(first: int) -> None:
        together.wait()
        for number in range(100):
            rounds.hand_in(f"{first}-{number}", "f1", vote("3"))

    threads = [threading.Thread(target=hand_in, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rounds.count == 800
