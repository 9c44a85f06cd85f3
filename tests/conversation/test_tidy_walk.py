"""The walk through the wordings before printing: kept, taken, typed anew, and nothing else touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.tidying import wordings_to_tidy
from bsc_coach.interview.facts.answers import Accept, Confirm
from bsc_coach.interview.facts.coaching import KeepAnswer
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.plan import SlotStatus
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import Slot, parse_slot
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.support.people import Person
from tests.support.sessions import same_environment

LOOKS = tuple(parse_slot(name) for name in ("readback.confirm", "closing.confirm"))
MOST_OFFERED = 0.02
SLIPS = {
    "outcomes.title": "Fund our own renewal bcause nobody else will",
    "candidates.reason": "as above",
    "links.because": "its a promise that patients can check",
    "decisions.dissent": "Nobody: all agree .",
}
"""A slip in an answer of each of some steps, in the order of asking."""


def first(own: Session, step: str) -> Slot:
    return next(
        slot for slot, status in own.plan.statuses.items() if slot.step == step and status.value is not None
    )


@pytest.fixture
def slipped(own: Session) -> Person:
    """Somebody at the end of a session with four slips in it."""
    for step, text in SLIPS.items():
        own.do(Accept(first(own, step), text, same=True))
    for look in LOOKS:
        own.do(Confirm(look))
    talk = start_talk(own)
    talk.resume()
    assert talk.ended
    return Person(talk)


def texts(own: Session) -> list[object]:
    return [own.plan.answer(first(own, step)) for step in SLIPS]


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_of_what_careful_teams_wrote_hardly_anything_is_offered(
    sample: str, sample_folder: Callable[[str], Path]
) -> None:
    session = open_session(sample_folder(sample), same_environment(), read_only=True)
    answers = [one for one in session.plan.statuses.values() if isinstance(one.value, str)]
    offered = sum(len(one.slots) for one in wordings_to_tidy(session.plan))
    assert len(answers) > 400
    assert offered <= MOST_OFFERED * len(answers)
    session.close()


def test_each_wording_is_asked_about_once_in_the_order_of_asking(slipped: Person) -> None:
    asked = [one.text for one in wordings_to_tidy(slipped.talk.plan)]
    assert asked == list(SLIPS.values())
    heard = []
    slipped.types("t")
    while slipped.talk.asking is not None:
        heard.append(slipped.talk.asking.text)
        slipped.types("")
    assert [text in said for text, said in zip(asked, heard, strict=True)] == [True] * len(SLIPS)
    assert slipped.last.screen == "end"
    assert slipped.at == "done"


def test_enter_keeps_a_key_takes_and_typing_replaces(slipped: Person) -> None:
    own = slipped.talk.session
    slipped.types("/tidy", "1", "Fewer hospital days, and the county pays for them", "1", "")
    assert texts(own) == [
        "Fund our own renewal because nobody else will",
        "Fewer hospital days, and the county pays for them",
        "it's a promise that patients can check",
        SLIPS["decisions.dissent"],
    ]
    assert slipped.last.screen == "end"


def test_what_was_kept_is_asked_about_on_the_next_walk(slipped: Person) -> None:
    slipped.types("/tidy", "", "", "", "")
    assert slipped.talk.asking is None
    slipped.types("/tidy")
    assert slipped.talk.asking is not None
    assert SLIPS["outcomes.title"] in slipped.talk.asking.text


def test_the_walk_may_be_left(slipped: Person) -> None:
    before = slipped.talk.session.number
    slipped.types("/tidy", "", "0")
    assert slipped.talk.asking is None
    assert slipped.talk.session.number == before


def test_nothing_is_offered_for_what_says_nothing(slipped: Person) -> None:
    slipped.types("/tidy", "")
    assert "as above" in (slipped.talk.asking.text if slipped.talk.asking else "")
    assert "type how it should read" in slipped.tries("1")
    assert slipped.talk.asking is not None


def test_a_better_wording_leaves_everything_else_as_it_is(slipped: Person) -> None:
    def standing(one: SlotStatus) -> tuple[object, ...]:
        return one.slot, one.answer_state, one.stale_because, one.relevance

    own = slipped.talk.session
    before = [standing(one) for one in own.plan.statuses.values()]
    slipped.types("/tidy", "1", "", "1", "1")
    assert [standing(one) for one in own.plan.statuses.values()] == before
    assert slipped.at == "done"
    assert own.notes().confirmed
    # A control: the same words, given as an answer of their own, open the confirmation again.
    own.do(Accept(first(own, "outcomes.title"), "Something else"))
    assert not own.notes().confirmed


def test_a_wording_is_tidied_wherever_it_stands(own: Session) -> None:
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    text = "Offer a first visit within 14 days, bcause it decides"
    both = [one for one in own.plan.statuses if one.item == item and one.step.endswith(".title")]
    assert len(both) == 2
    for slot in both:
        own.do(Accept(slot, text, same=True))
    person = Person(start_talk(own))
    person.types("/tidy", "1")
    assert {own.plan.answer(slot) for slot in both} == {text.replace("bcause", "because")}
    own.do(Undo())
    assert {own.plan.answer(slot) for slot in both} == {text}


def test_a_remark_that_was_overruled_stays_so(own: Session) -> None:
    slot = first(own, "objective.title")
    own.do(Accept(slot, "Excellent care bcause it matters", same=True))
    rules = [one.rule for one in remarks(own.plan, slot)]
    assert rules
    for rule in rules:
        own.do(KeepAnswer(slot, rule, "it is what we are called"))
    Person(start_talk(own)).types("/tidy", "1")
    assert own.plan.answer(slot) == "Excellent care because it matters"
    assert remarks(own.plan, slot) == ()
    own.do(Accept(slot, "Complaints handling"))  # another remark than the one on “excellent”
    assert remarks(own.plan, slot)


def test_the_word_for_customers_becomes_small_everywhere(own: Session) -> None:
    word, story = parse_slot("organisation.customers"), parse_slot("review.story")
    own.do(Accept(word, "Hospital users", same=True))
    own.do(Accept(story, "We open the beds that Hospital users wait for.", same=True))
    person = Person(start_talk(own))
    person.types("/tidy", "1", "1")
    assert own.plan.answer(word) == "hospital users"
    assert own.plan.answer(story) == "We open the beds that hospital users wait for."


def test_names_are_left_to_those_who_have_them(own: Session) -> None:
    own.do(Accept(first(own, "participants.name"), "jan becuase", same=True))
    assert wordings_to_tidy(own.plan) == ()


def test_a_session_for_reading_is_not_tidied(slipped: Person, tmp_path: Path) -> None:
    folder = slipped.talk.session.folder
    slipped.leaves()
    person = Person(start_talk(open_session(folder, same_environment(), read_only=True)))
    person.tries("/tidy")
    assert person.talk.asking is None


@pytest.fixture
def small(own: Session) -> Person:
    """Somebody at the end of a session with three objectives that begin small, and a slip in another."""
    titles = [slot for slot in own.plan.statuses if slot.step == "outcomes.title"]
    for slot in titles[:3]:
        title = str(own.plan.answer(slot))
        own.do(Accept(slot, title[:1].lower() + title[1:], same=True))
    own.do(Accept(first(own, "links.because"), SLIPS["links.because"], same=True))
    return Person(start_talk(own))


def capitals(own: Session) -> list[bool]:
    slots = [slot for slot in own.plan.statuses if slot.step == "outcomes.title"]
    return [str(own.plan.answer(slot))[:1].isupper() for slot in slots[:3]]


def test_all_of_one_kind_are_taken_at_once_and_taken_back_at_once(small: Person) -> None:
    own = small.talk.session
    before = len(own.actions)
    asked = small.types("/tidy").turns[-1].text
    assert "a takes all 3 like this" in asked
    small.types("a")
    assert capitals(own) == [True] * 3
    assert own.plan.answer(first(own, "links.because")) == SLIPS["links.because"]
    assert small.talk.asking is not None  # the other kind is still asked about
    assert SLIPS["links.because"] in small.talk.asking.text
    assert len(own.actions) == before + 1
    small.types("/undo")
    assert capitals(own) == [False] * 3


def test_what_was_kept_is_not_taken_with_the_others(small: Person) -> None:
    """With fewer than two more of the kind, the key is not shown, and takes nothing."""
    small.types("/tidy")
    asked = small.types("").turns[-1].text
    assert "like this" not in asked
    assert "type how it should read" in small.tries("a")
    small.types("1")
    assert capitals(small.talk.session) == [False, True, False]


def test_the_key_is_told_in_dutch(small: Person) -> None:
    small.types("/language nl", "/tidy")
    heard = []
    while small.talk.asking is not None:
        heard.append(small.talk.asking.text)
        small.types("")
    # Above them are the English words that a Dutch session does not know.
    assert sum("a neemt alle 3 van deze soort over" in one for one in heard) == 1
