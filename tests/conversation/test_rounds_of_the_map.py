"""The bundled questions with everybody answering at once, and by talking: what is asked, kept and heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bsc_coach.coach.check import check_strategy
from bsc_coach.conversation.rehearsal.path import WalkedPath, walk
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.model import BallotStep, LongTextStep, QuestionStep, RoundStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from tests.support.people import Person
from tests.support.riverbend import strategy_map
from tests.support.sessions import same_environment

PEOPLE = ("Marieke", "Joost", "Ilse", "Karim", "Bea")
AT_ONCE = {
    "clusters.written": "candidates",
    "candidates.influence_votes": "candidates.influence",
    "candidates.performance_votes": "candidates.performance",
    "candidates.dots": "vital",
    "links.confidence_votes": "links.confidence",
    "agreement.map_votes": "participants.vote",
    "meeting.keep_written": "meeting.keep",
    "meeting.change_written": "meeting.change",
}
"""Each round and ballot of the bundled questions that a question waits for."""


def walked(folder: Path, language: str, together: float, preset: str = "", seed: int = 4) -> WalkedPath:
    """Somebody who answers everything there is, or that a preset has time for, with rounds or without."""
    session = create_session(folder / "s", bundled_source(), same_environment(), language=language)
    if preset:
        session.do(PlanAgenda(preset))
    answers = PlausibleAnswers(
        Random(seed), language, date(2026, 9, 1), passed_by=0, put_off=0, together=together
    )
    return walk(session, answers)


def with_people(folder: Path, step: str = "", item: str = "", language: str = "en") -> Person:
    """Somebody in a session with five people in the room, at a question, in one of the clusters or not."""
    session = create_session(folder / "s", bundled_source(), same_environment(), language=language)
    for name in PEOPLE:
        told = {StepId("participants.name"): name, StepId("participants.role"): f"Head of {name}"}
        session.do(AddItem(Slot(StepId("participants")), told))
    talk = start_talk(session)
    talk.resume()
    if step:
        go_to(talk, step, item)
    return Person(talk)


def go_to(talk: Talk, step: str, item: str = "") -> None:
    """Go to the first question of a step, or to that about an item of a list that the script names."""
    slots = talk.plan.index.of_step[StepId(step)]
    talk.position.jump(next(slot for slot in slots if not item or slot.item == item))


def given(path: WalkedPath, steps: Sequence[str]) -> set[str]:
    """Return the steps among ``steps`` that something was answered to."""
    facts = path.talk.plan.state.facts
    return {step for step in steps if any(slot.step == step and fact.value for slot, fact in facts.items())}


def test_each_round_has_its_talking_variant() -> None:
    script = strategy_map()
    assert {str(name): str(step.id) for name, step in script.prepared.items()} == AT_ONCE
    alone = [
        str(step.id)
        for step in script.asked()
        if isinstance(step, RoundStep | BallotStep) and step.id not in script.prepared
    ]
    assert alone == ["meeting.worth_votes"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_whole_session_with_every_round_comes_to_its_end(tmp_path: Path, language: str) -> None:
    path = walked(tmp_path, language, 1.0, seed=1)
    assert path.troubles == []
    assert path.talk.prompt() is None
    assert given(path, tuple(AT_ONCE)) == set(AT_ONCE)
    # Fist to five is given once: by ballot, and then not by name.
    assert given(path, ("participants.vote", "participants.concern")) == set()
    strategy = path.talk.session.strategy()
    assert len(strategy.agreement.map_votes) >= 2
    assert any(one.originals for one in strategy.candidates)
    assert all(list(one.influence_votes) == sorted(one.influence_votes) for one in strategy.candidates)


def test_half_a_day_with_every_round_comes_to_its_end(tmp_path: Path) -> None:
    path = walked(tmp_path, "nl", 1.0, "half_day")
    assert path.troubles == []
    assert path.talk.prompt() is None
    in_the_room = {step for step in AT_ONCE if not step.startswith("meeting.")}
    assert given(path, tuple(AT_ONCE)) == in_the_room


@pytest.mark.slow
def test_by_talking_only_how_the_meeting_was_is_asked_in_addition(tmp_path: Path) -> None:
    path = walked(tmp_path, "en", 0.0)
    assert path.troubles == []
    new = {
        str(step.id)
        for step in strategy_map().asked()
        if isinstance(step, RoundStep | BallotStep) or str(step.id).startswith("meeting.")
    }
    reached = {str(step) for step in path.reached}
    assert reached & new == {"meeting.worth_votes", "meeting.keep", "meeting.change"}
    assert given(path, tuple(AT_ONCE)) == set()


def test_what_was_written_alone_becomes_candidates_that_keep_their_originals(tmp_path: Path) -> None:
    person = with_people(tmp_path, "candidates", "operations")
    assert person.prompt.by_round
    person.types("/together")
    assert person.at == "clusters[operations]/clusters.written"
    person.types("Answer before the third ring\nStop losing keys\nPick up the phone sooner")
    offers = person.prompt.offers
    first, third = (offers.index(text) + 1 for text in (offers[0], offers[2]))
    person.types(f"{first} {third}: Answer the phone sooner")
    strategy = person.talk.session.strategy()
    (candidate,) = strategy.candidates
    assert candidate.title == "Answer the phone sooner"
    assert sorted(str(candidate.originals).split("\n")) == sorted([offers[0], offers[2]])
    (cluster,) = (one for one in strategy.clusters if one.id == "operations")
    assert sorted(cluster.written) == sorted(offers)


def test_the_other_clusters_are_written_alone_too_until_somebody_chooses_otherwise(tmp_path: Path) -> None:
    person = with_people(tmp_path, "candidates", "operations")
    person.types("/together")
    go_to(person.talk, "clusters.written", "customer")
    person.types("/together off")
    assert person.at == "clusters[customer]/candidates"
    person.types("/undo")
    go_to(person.talk, "clusters.written", "innovation")
    person.types("call earlier\nwrite shorter letters")
    assert person.at == "clusters[innovation]/candidates"


def test_a_list_left_empty_on_purpose_is_jumped_back_to_and_no_round_that_nobody_chose(
    tmp_path: Path,
) -> None:
    person = with_people(tmp_path, "candidates", "innovation")
    person.types("", "nothing new this year")
    person.types("/jump innovation")
    assert person.at == "clusters[innovation]/candidates"


def test_fist_to_five_by_ballot_takes_the_place_of_raised_hands(tmp_path: Path) -> None:
    person = with_people(tmp_path, "participants.vote")
    assert person.at == "participants[T1]/participants.vote"
    person.types("/together")
    assert person.at == "agreement.map_votes"
    assert [option.id for option in person.prompt.options] == ["0", "1", "2", "3", "4", "5"]
    person.types("4 4 5 2 4 “I miss what we stop doing.”")
    plan = person.talk.plan
    votes = [status for status in plan.statuses.values() if status.step.id == "participants.vote"]
    assert [status.relevance for status in votes] == ["dormant"] * 5
    assert person.talk.session.strategy().agreement.map_said == "I miss what we stop doing."


def test_control_before_the_ballots_are_in_and_after_undo_hands_are_raised(tmp_path: Path) -> None:
    person = with_people(tmp_path, "participants.vote")
    person.types("/together", "4 4 5 2 4", "/undo")
    assert person.at == "agreement.map_votes"
    person.types("/together off")
    assert person.at == "participants[T1]/participants.vote"


def low(person: Person) -> list[str]:
    """Return what the coach says of low votes, in the words it names them with."""
    found = check_strategy(person.talk.session.strategy())
    return [one.word for one in found if one.rule == "M37"]


def test_a_low_ballot_without_a_sentence_is_heard_by_the_coach(tmp_path: Path) -> None:
    person = with_people(tmp_path, "participants.vote")
    person.types("/together", "4 4 5 2 4")
    assert low(person) == ["2, 4, 4, 4, 5"]


def test_control_with_its_sentence_or_from_three_up_it_is_not(tmp_path: Path) -> None:
    for n, line in enumerate(("4 4 5 2 4 “I miss what we stop doing.”", "4 4 5 3 4")):
        person = with_people(tmp_path / str(n), "participants.vote")
        person.types("/together", line)
        assert low(person) == []


def test_confidence_is_voted_on_in_words_and_enter_takes_the_middle(tmp_path: Path) -> None:
    person = with_people(tmp_path, language="nl")
    session = person.talk.session
    link = session.do(AddItem(Slot(StepId("links")), {StepId("links.because"): "omdat het zo werkt"}))
    assert link.action is not None
    go_to(person.talk, "links.confidence")
    person.types("/together")
    assert [option.text for option in person.prompt.options] == ["Een gok", "Waarschijnlijk", "Eerder gezien"]
    assert all("there" not in option.help for option in person.prompt.options)
    person.types("1 1 1 3 3")
    assert person.prompt.start == "low"


def test_texts_written_alone_are_the_answer_where_a_text_is_asked(tmp_path: Path) -> None:
    person = with_people(tmp_path, "meeting.keep")
    person.types("/together", "no slides\nthe director spoke last")
    meeting = person.talk.session.strategy().meeting
    assert sorted(str(meeting.keep).split("\n")) == ["no slides", "the director spoke last"]
    assert sorted(meeting.keep_written) == ["no slides", "the director spoke last"]
    assert "are the answer to “Keep”" in person.heard()


def test_how_the_meeting_was_may_stay_open(tmp_path: Path) -> None:
    person = with_people(tmp_path, "meeting.worth_votes")
    person.types("", "", "")
    assert person.at == "closing.confirm"
    assert not any("meeting" in cell.slot.step for cell in person.prompt.review)


def test_sentences_are_kept_where_nobody_asks_for_them() -> None:
    script = strategy_map()
    for step in script.asked():
        if isinstance(step, BallotStep) and step.sentences is not None:
            kept = script.step(step.sentences)
            assert isinstance(kept, LongTextStep)
            assert kept.unasked
            assert kept.optional


def test_nothing_of_a_vote_is_taken_over_by_the_next_session() -> None:
    script = strategy_map()
    of_one_session = [
        step
        for step in script.asked()
        if isinstance(step, RoundStep | BallotStep)
        or any(isinstance(one, BallotStep) and one.sentences == step.id for one in script.asked())
    ]
    assert all(isinstance(step, QuestionStep) and not step.taken_over for step in of_one_session)
    assert len(of_one_session) > len(AT_ONCE)
