"""Rounds as pure functions: neither order nor sender can be told from what a closed round comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.interview.ballots import BallotScale, kept_ballots
from bsc_coach.interview.closing_round import Collected, closing, collected
from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.log import event_to_json
from bsc_coach.interview.facts.rounds import AnswerTogether, KeepNames, LeaveRound, OpenRound, RoundOpened
from bsc_coach.interview.live_round import Ballot, LiveRound, RoundForm
from bsc_coach.interview.members import members_at, open_round
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.strategy.agreement import mean, middle, spread
from tests.support.clock import item_ids
from tests.support.room import Room
from tests.support.rounds import ROUNDS
from tests.support.scripts import script_of

SEATS = [f"seat{number}" for number in range(9)]
SURE = Slot(StepId("sure"))
VOTES = st.dictionaries(st.sampled_from(SEATS), st.integers(1, 5).map(str), min_size=2)
WORDS = st.text("abc ", min_size=1, max_size=8).filter(str.strip)
WRITTEN = st.dictionaries(st.sampled_from(SEATS), st.lists(WORDS, min_size=1, max_size=3), min_size=1)


@cache
def three_points() -> Plan:
    """Return a plan with three points whose influence is voted on."""
    room = Room(script_of(ROUNDS))
    for title in ("Rye", "Spelt", "Oats"):
        room.add("points", title=title)
    room.close("points")
    room.do(AnswerTogether(StepId("points.votes")), AnswerTogether(StepId("written")))
    return room.plan


def events_of(plan: Plan, command: Command) -> list[object]:
    """Return what the journal would hold of a command."""
    return [event_to_json(event) for event in decide(plan, command, Stamp(item_ids())).events]


Putting = Callable[[Iterable[Ballot]], Collected]


def outcome(plan: Plan, slot: Slot, ballots: Sequence[Ballot], putting: Putting | None = None) -> object:
    """Return what the journal would hold once a round was closed over ballots that came in this order."""
    members = members_at(plan, slot)
    assert members is not None
    found = collected(members, ballots) if putting is None else putting(ballots)
    return events_of(plan, closing(plan, members, found))


@given(VOTES, st.randoms(use_true_random=False))
def test_the_order_in_which_votes_come_and_who_gave_which_changes_nothing(
    votes: dict[str, str], random: object
) -> None:
    plan = three_points()
    ballots = [Ballot({"sure": vote}, named=seat) for seat, vote in votes.items()]
    others = list(ballots)
    random.shuffle(others)  # type: ignore[attr-defined]
    swapped = [Ballot(ballot.values, named=f"not {ballot.named}") for ballot in reversed(others)]
    assert outcome(plan, SURE, ballots) == outcome(plan, SURE, others) == outcome(plan, SURE, swapped)


@given(WRITTEN, st.randoms(use_true_random=False))
def test_the_order_in_which_texts_come_changes_nothing(written: dict[str, list[str]], random: object) -> None:
    plan, slot = three_points(), Slot(StepId("written"))
    ballots = [Ballot(texts=tuple(texts)) for texts in written.values()]
    others = list(ballots)
    random.shuffle(others)  # type: ignore[attr-defined]
    assert outcome(plan, slot, ballots) == outcome(plan, slot, others)


def test_a_closing_that_keeps_names_or_sentences_in_order_is_found_out() -> None:
    """The control: each of these would tell who said what, and the comparison above sees it."""
    plan = three_points()
    slots = members_at(plan, parse_slot("points"))
    assert slots is None  # a list is no round
    votes = parse_slot("scoring")
    members = members_at(plan, votes)
    assert members is not None
    ballots = [
        Ballot({str(slot): vote for slot in members.slots}, sentence=f"says {seat}", named=seat)
        for seat, vote in (("a", "5"), ("b", "1"), ("c", "2"), ("d", "2"))
    ]

    def named(found: Iterable[Ballot]) -> Collected:
        told = collected(members, found)
        return Collected(told.ballots, told.texts, [f"{one.named}: {one.sentence}" for one in found])

    renamed = [Ballot(one.values, sentence=one.sentence, named=f"x{one.named}") for one in ballots]
    assert outcome(plan, votes, ballots) == outcome(plan, votes, renamed)
    assert outcome(plan, votes, ballots, named) != outcome(plan, votes, renamed, named)


@given(st.lists(st.integers(1, 5).map(str), min_size=1, max_size=12))
def test_under_four_no_distribution_and_from_four_on_all_of_it(ballots: list[str]) -> None:
    kept = kept_ballots(ballots, BallotScale(1, 5))
    assert len(kept) == len(ballots)
    if len(ballots) < 4:
        assert len(set(kept)) == 1
        assert float(kept[0]) == pytest.approx(mean([float(one) for one in ballots]), abs=0.005)
        assert spread([float(one) for one in kept], 1, 5) is None
    else:
        assert sorted(kept) == sorted(ballots)


@pytest.mark.parametrize(
    ("numbers", "apart"),
    [((3, 3, 3, 3), 0.0), ((1, 1, 5, 5), 1.0), ((2, 4, 2, 4), 0.5), ((1, 5, 5), None), ((1, 5), None)],
)
def test_spread_is_the_deviation_over_half_the_scale(numbers: tuple[int, ...], apart: float | None) -> None:
    assert spread(numbers, 1, 5) == apart


def test_the_middle_lies_between_two_where_they_are_even() -> None:
    assert middle([1, 5, 2]) == 2
    assert middle([4, 1, 2, 3]) == 2.5


@given(st.lists(st.tuples(st.sampled_from(SEATS), st.integers(1, 10), st.integers(0, 5)), max_size=30))
def test_the_last_ballot_of_a_seat_counts_whatever_is_sent_again(
    sent: list[tuple[str, int, int]],
) -> None:
    live, last = LiveRound(RoundForm("f", "ballot", "How sure?")), {}
    for seat, vote, turn in sent:
        ballot = Ballot({}, sentence=str(vote), turn=turn)
        if live.fault_of("f", seat, ballot) is None:
            live = live.with_ballot(seat, ballot)
            last[seat] = ballot
        again = live.ballots.get(seat)
        assert again is not None
        assert again.turn >= turn or again == ballot
    assert dict(live.ballots) == last


def test_a_round_is_open_from_its_opening_until_an_answer_or_until_it_is_left() -> None:
    room = Room(script_of(ROUNDS))
    assert room.refusal(LeaveRound(SURE)) == "no_round_here"
    room.do(OpenRound(SURE, minutes=4, seats=8))
    opened = open_round(room.plan, SURE)
    assert opened is not None
    assert (opened.names, opened.minutes, opened.seats) == ("nobody", 4, 8)
    room.say("sure", [1, 2, 3, 4])
    assert open_round(room.plan, SURE) is None
    room.do(OpenRound(SURE))
    assert open_round(room.plan, SURE) is not None
    room.do(LeaveRound(SURE))
    assert open_round(room.plan, SURE) is None


def test_a_point_that_comes_after_closing_opens_no_round_again() -> None:
    room = Room(script_of(ROUNDS))
    room.add("points", title="Rye")
    room.do(AnswerTogether(StepId("points.votes")))
    room.do(OpenRound(room.slot("points[O1]/points.votes")))
    assert open_round(room.plan, room.slot("points[O1]/points.votes")) is not None
    room.say("points[O1]/points.votes", [3, 3, 4, 4])
    room.add("points", title="Oats")
    assert open_round(room.plan, room.slot("points[O2]/points.votes")) is None
    room.do(OpenRound(room.slot("points[O2]/points.votes")))
    assert open_round(room.plan, room.slot("points[O2]/points.votes")) is not None


def test_names_are_kept_only_where_everyone_knew_beforehand() -> None:
    room = Room(script_of(ROUNDS))
    room.do(OpenRound(SURE, "team"))
    room.say("sure", [1, 2, 3, 4])
    assert room.refusal(KeepNames(SURE, {"Ann": "1"})) == "no_names_rule"
    room.do(OpenRound(SURE, "everyone"), KeepNames(SURE, {"Ann": "1"}))
    assert dict(room.plan.state.named[SURE]) == {"Ann": "1"}


def test_the_rounds_of_a_cluster_are_one_and_those_of_another_another() -> None:
    room = Room(script_of(ROUNDS))
    room.add("points", title="Rye")
    room.add("points", title="Oats")
    room.do(AnswerTogether(StepId("points.votes")))
    slot = room.slot("points[O1]/points.votes")
    members = members_at(room.plan, slot)
    assert members is not None
    assert members.key == Slot(StepId("scoring"))
    assert len(members.slots) == 2
    room.say("points[O1]/points.votes", [3, 3, 4, 4])
    left = members_at(room.plan, slot)
    assert left is not None
    assert left.slots == (room.slot("points[O2]/points.votes"),)


@pytest.mark.parametrize(("minutes", "within"), [(10**18, 240), (-5, 0), (7, 7)])
def test_a_journal_that_says_anything_of_a_round_says_no_more_than_a_round_may_last(
    minutes: int, within: int
) -> None:
    assert RoundOpened(parse_slot("closing"), minutes=minutes).within == within
