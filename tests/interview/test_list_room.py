"""Limits of lists and texts hold for what is imported as for what is typed, told in one sentence."""

from __future__ import annotations

import pytest

from bsc_coach import sizes
from bsc_coach.interview.differences import Difference, told_first
from bsc_coach.interview.facts.answers import Accept, SlotAnswered
from bsc_coach.interview.facts.lists import AddItem, ItemAdded, ItemRemoved
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.reconcile import Import, import_strategy
from bsc_coach.script.loader import bundled_script
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.strategy.model import Candidate, Objective, Segment, Strategy
from tests.support.room import Room
from tests.support.scripts import script_of

SEGMENTS = Slot(StepId("segments"))
FULL = 8
"""Segments at most, by the script of the program."""
NO_LIMIT = """
[script]
id = "wishes"
title = "Wishes"
version = 1
languages = ["en"]

[[step]]
id = "part"
kind = "section"
title = "Part"

[[step]]
id = "wishes"
in = "part"
kind = "collect"
ask = "Which wishes?"
more = "More?"
field = "segments[]"
prefix = "SEG"
label = ["wishes.name"]

[[step]]
id = "wishes.name"
in = "wishes"
kind = "text"
ask = "Which?"
field = "segments[].name"

[[step]]
id = "story"
in = "part"
kind = "long_text"
ask = "What happened?"
field = "review.story"
"""


def groups(count: int) -> tuple[Segment, ...]:
    return tuple(Segment(id=f"SEG{n}", name=f"Group {n}") for n in range(1, count + 1))


def take(room: Room, strategy: Strategy) -> Import:
    found = import_strategy(room.plan, strategy, room.stamp.ids)
    if found.events:
        room.happen(*found.events)
    return found


def full(found: Import) -> list[str]:
    return [one.told("en") for one in found.differences if one.kind == "full"]


@pytest.mark.parametrize("count", [FULL, FULL + 1, sizes.LIST])
def test_a_list_takes_as_many_as_the_script_says(count: int) -> None:
    room = Room(bundled_script())
    found = take(room, Strategy(segments=groups(count)))
    assert to_strategy(room.plan).segments == groups(FULL)
    sentence = (
        f"Segments: the list takes 8 at most, so {count - FULL} more that stand in the file were left out"
    )
    assert full(found) == ([sentence] if count > FULL else [])
    assert not any(one.kind == "left" for one in found.differences)


def test_what_stands_there_stays_and_what_is_taken_out_makes_room() -> None:
    room = Room(bundled_script())
    take(room, Strategy(segments=groups(FULL)))
    newer = Segment(id="SEG20", name="Newer")
    # Before those that are there: they stay all the same.
    found = take(room, Strategy(segments=(newer, *groups(FULL))))
    assert to_strategy(room.plan).segments == groups(FULL)
    assert len(full(found)) == 1
    # One of them was taken out by hand: the newer one has its place.
    found = take(room, Strategy(segments=(newer, *groups(FULL)[1:])))
    assert sum(isinstance(event, ItemRemoved) for event in found.events) == 1
    assert to_strategy(room.plan).segments == (newer, *groups(FULL)[1:])
    assert full(found) == []


def test_an_objective_whose_candidate_has_no_room_is_told_once() -> None:
    ids = [f"OM{n}" for n in range(1, 21)]
    told = {
        "candidates": tuple(Candidate(id=one, cluster="operations", title=one, selected=True) for one in ids),
        "objectives": tuple(Objective(id=one, title=one) for one in ids),
    }
    room = Room(bundled_script())
    found = take(room, Strategy(**told))
    assert [one.id for one in to_strategy(room.plan).objectives] == ids[:15]
    assert len(full(found)) == 1
    assert not any(one.kind == "left" for one in found.differences)


def test_a_list_without_a_limit_in_the_script_has_that_of_any_list() -> None:
    room = Room(script_of(NO_LIMIT))
    found = take(room, Strategy(segments=groups(sizes.LIST + 2)))
    assert to_strategy(room.plan).segments == groups(sizes.LIST)
    assert len(full(found)) == 1
    adding = AddItem(Slot(StepId("wishes")), {StepId("wishes.name"): "One more"})
    assert room.refusal(adding) == "list_full"
    take(room, Strategy(segments=groups(sizes.LIST - 1)))
    room.do(adding)  # the control


def test_a_list_that_is_fuller_already_stays_as_it_is() -> None:
    """As in a journal that was written elsewhere: nothing of it is lost, and it takes no more."""
    room = Room(bundled_script())
    take(room, Strategy(segments=groups(FULL)))
    item = next(room.stamp.ids)
    frame = ((SEGMENTS.step, item),)
    room.happen(
        ItemAdded(SEGMENTS, item, "SEG9"),
        SlotAnswered(Slot(StepId("segments.name"), frame), "Group 9", 1, {}),
    )
    assert to_strategy(room.plan).segments == groups(FULL + 1)
    found = take(room, Strategy(segments=(*groups(FULL + 1), Segment(id="SEG10", name="Group 10"))))
    assert to_strategy(room.plan).segments == groups(FULL + 1)
    assert len(full(found)) == 1


def test_a_text_that_is_typed_has_the_limit_of_a_file() -> None:
    room = Room(script_of(NO_LIMIT))
    story = Slot(StepId("story"))
    assert room.refusal(Accept(story, "x" * (sizes.TEXT + 1))) == "too_long"
    room.do(Accept(story, "x" * sizes.TEXT))
    assert len(to_strategy(room.plan).review.story or "") == sizes.TEXT


@pytest.mark.parametrize("more", [-1, 0, 1, 5_000])
def test_the_first_differences_are_told_and_the_number_of_the_rest(more: int) -> None:
    count = sizes.DIFFERENCES_TOLD + more
    differences = [Difference("added", f"O{n}", "", "Title") for n in range(count)]
    told = list(told_first(differences, "en"))
    assert told[: sizes.DIFFERENCES_TOLD] == [one.told("en") for one in differences[: sizes.DIFFERENCES_TOLD]]
    assert told[sizes.DIFFERENCES_TOLD :] == ([f"and {more} more"] if more > 0 else [])
    assert list(told_first(differences, "nl"))[-1].startswith("en nog") == (more > 0)
