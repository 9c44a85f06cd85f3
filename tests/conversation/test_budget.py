"""A choice over its budget: one less, one put off, one of two, or all kept with a reason."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import Slot, parse_slot
from bsc_coach.session.session import Session


@pytest.fixture
def too_many(own: Session) -> Talk:
    """A team that chose five processes of one cluster."""
    talk = start_talk(own)
    for title in ("Find beds sooner", "Clean rooms in the night"):
        talk.position.go_to(parse_slot("clusters[operations]/candidates"))
        submit(talk, title)
    talk.position.go_to(parse_slot("clusters[operations]/vital"))
    shorts = [one.id for one in own.strategy().candidates if one.cluster == "operations"]
    assert len(shorts) >= 5
    talk.do(Accept(talk.at, " ".join(shorts[-5:])))
    return talk


def chosen(talk: Talk) -> list[str]:
    candidates = talk.session.strategy().candidates
    return [one.id for one in candidates if one.selected and one.cluster == "operations"]


def heard(talk: Talk, at: Slot) -> list[str]:
    return [one.rule for one in remarks(talk.plan, at)]


def test_a_fifth_in_one_cluster_is_taken_and_remarked_on(too_many: Talk) -> None:
    assert len(chosen(too_many)) == 5
    assert too_many.at == parse_slot("clusters[operations]/vital")
    assert heard(too_many, too_many.at) == ["M12"]


def test_the_ways_out_name_what_was_chosen(too_many: Talk) -> None:
    all_of_them = chosen(too_many)
    submit(too_many, f"/demote {all_of_them[-1]}")
    one, other = all_of_them[:2]
    reply = too_many.do(Accept(too_many.at, " ".join(all_of_them)))
    (way,) = (turn.text for turn in reply.turns if "/demote" in turn.text)
    assert f"/merge {one} {other}" in way
    assert f"/demote {other}" in way


def test_one_less_is_silent(too_many: Talk) -> None:
    gone = chosen(too_many)[-1]
    submit(too_many, f"/demote {gone}")
    assert gone not in chosen(too_many)
    assert heard(too_many, parse_slot("clusters[operations]/vital")) == []
    assert gone in [one.id for one in too_many.session.strategy().candidates]


def test_what_is_shelved_waits_in_the_parking_lot(too_many: Talk) -> None:
    gone = chosen(too_many)[-1]
    submit(too_many, f"/shelve {gone}")
    assert gone not in chosen(too_many)
    assert too_many.session.strategy().parking[-1].title == "Clean rooms in the night"


def test_of_two_one_remains_and_is_worded_anew(too_many: Talk) -> None:
    first, *_, last = chosen(too_many)
    reply = submit(too_many, f"/merge {first} {last}")
    assert "Clean rooms in the night" in reply.turns[-1].text
    assert last not in [one.id for one in too_many.session.strategy().candidates]
    assert too_many.at is not None
    assert too_many.at.item == too_many.plan.state.item_by_name(first)


@pytest.mark.parametrize(
    "line", ["/demote", "/demote C1", "/shelve Z9", "/merge O1", "/merge O1 C1", "/merge O1 O1"]
)
def test_who_names_nothing_sensible_changes_nothing(too_many: Talk, line: str) -> None:
    before = too_many.session.strategy()
    submit(too_many, line)
    assert too_many.session.strategy() == before


def test_five_may_be_kept_with_a_reason_that_is_printed(too_many: Talk) -> None:
    submit(too_many, "/keep because the wards are where we are losing them")
    assert heard(too_many, parse_slot("clusters[operations]/vital")) == []
    rules = [one.rule for one in findings(too_many.plan)]
    assert "M12" not in rules
    assert [one.reason for one in too_many.session.notes().kept] == ["the wards are where we are losing them"]
