"""What a question shows, and what typing what it shows means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.conversation.prompt_builder import prompt_for
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept, Reopen
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    session = create_session(tmp_path / "votes", bundled_source(), Environment(by="Ann"))
    session.do(AddItem(Slot(StepId("participants")), {StepId("participants.name"): "Bob"}))
    yield start_talk(session)
    session.close()


@pytest.mark.parametrize("place", range(6))
def test_typing_the_number_that_is_shown_gives_the_vote_that_is_shown(talk: Talk, place: int) -> None:
    item = talk.plan.members[StepId("participants")][0]
    slot = Slot(StepId("participants.vote"), item)
    talk.position.go_to(slot)
    option = prompt_for(talk.plan, slot).options[place]
    submit(talk, str(option.number))
    assert talk.plan.statuses[slot].value == option.id
    assert option.number == place


def test_choices_without_numbers_of_their_own_are_counted_from_one(talk: Talk) -> None:
    slot = Slot(StepId("proposition.type"))
    assert [option.number for option in prompt_for(talk.plan, slot).options] == [1, 2, 3, 4]
    talk.session.do(Accept(slot, "2"))
    assert talk.plan.statuses[slot].value == prompt_for(talk.plan, slot).options[1].id


def test_the_vital_few_are_chosen_with_their_scores_in_view(talk: Talk) -> None:
    listing = parse_slot("clusters[operations]/candidates")
    scores = {"Shorten the wait for a first visit": ("5", "2"), "Improve the parking": ("2", "4")}
    for title, (influence, performance) in scores.items():
        talk.session.do(AddItem(listing, {StepId("candidates.title"): title}))
        frame = talk.plan.members[StepId("candidates")][-1]
        talk.session.do(Accept(Slot(StepId("candidates.influence"), frame), influence))
        if title.startswith("Shorten"):
            talk.session.do(Accept(Slot(StepId("candidates.performance"), frame), performance))
    first, second = prompt_for(talk.plan, parse_slot("clusters[operations]/vital")).options
    assert first.help == "influence 5, performance 2, priority 20: concentrate here"
    assert second.help == ""  # nobody has said how well it goes


def test_what_others_count_is_offered_once_the_objective_is_worded(own: Session) -> None:
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    talk = start_talk(own, at=Slot(StepId("kpis"), own.plan.state.frames[item]))
    prompt = talk.prompt()
    assert prompt is not None
    assert len(prompt.offers) == 3
    submit(talk, "2")
    taken = [one.name for one in own.strategy().kpis if one.measures == "O1"]
    assert taken[-1] == prompt.offers[1]
    own.do(Reopen(Slot(StepId("objective.title"), own.plan.state.frames[item])))
    talk.position.go_to(Slot(StepId("kpis"), own.plan.state.frames[item]))
    again = talk.prompt()
    assert again is not None
    assert again.offers == ()


def test_the_story_is_read_back_and_may_be_taken_over(own: Session) -> None:
    slot = parse_slot("review.story")
    own.do(Reopen(slot))
    talk = start_talk(own, at=slot)
    prompt = talk.prompt()
    assert prompt is not None
    (story,) = prompt.offers
    people, money = story.index("begins with our own people"), story.index("brings about")
    assert people < money
    submit(talk, "1")
    assert own.strategy().review.story == story


def test_no_story_is_made_up(talk: Talk) -> None:
    talk.position.go_to(parse_slot("review.story"))
    prompt = talk.prompt()
    assert prompt is not None
    assert prompt.offers == ()


def test_the_lowest_hand_is_heard_first(own: Session) -> None:
    people = [slot for slot in own.plan.statuses if slot.step == "participants.vote"]
    votes = ["2", "5", "0", "1", "3"]
    for slot, vote in zip(people, votes, strict=False):
        own.do(Accept(slot, vote))
    asked = (one for one in own.plan.statuses.values() if one.step.id == "participants.concern")
    concerns = [one.slot.item for one in asked if one.active]
    assert concerns == [people[2].item, people[3].item, people[0].item]


@pytest.mark.parametrize("list_id", ["missions", "promises", "outcomes", "enablers", "candidates"])
def test_a_list_shows_the_question_that_its_answers_are_judged_by(own: Session, list_id: str) -> None:
    prompt = prompt_for(own.plan, own.plan.index.of_step[StepId(list_id)][0])
    assert prompt.adding
    item = own.plan.index.of_step[StepId(f"{list_id}.title")][0]
    assert prompt.judged_by == prompt_for(own.plan, item).ask


@pytest.mark.parametrize("list_id", ["participants", "decisions"])
def test_a_list_that_the_coach_does_not_judge_shows_its_own_question_alone(
    own: Session, list_id: str
) -> None:
    assert prompt_for(own.plan, own.plan.index.of_step[StepId(list_id)][0]).judged_by is None
