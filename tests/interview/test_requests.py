"""Commands as JSON: what each means in a session, and what means nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.interview.addresses import address, short_address
from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda, Replan
from bsc_coach.interview.facts.answers import Accept, Confirm, Decline, Fill, Park, Pass, Reopen, StillRight
from bsc_coach.interview.facts.coaching import KeepAnswer, MuteRule
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, CloseList, MoveItem, RemoveItem, RestoreItem, TakeSide
from bsc_coach.interview.facts.rounds import AnswerTogether, LeaveRound, OpenRound
from bsc_coach.interview.facts.session import Redo, SetLanguage, Undo
from bsc_coach.interview.requests import command_of, read_request, request_schema
from bsc_coach.interview.state import Break
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.slots import StepId
from bsc_coach.session.samples import read_sample
from tests.support.room import Room, baked

NINE = "2026-11-22T09:00+01:00"
O1 = "clusters[operations]/candidates[O1]"


def meant(room: Room, told: dict[str, Any]) -> Command:
    return command_of(room.plan, read_request(told))


def refusal(room: Room, told: object) -> str:
    with pytest.raises(RefusedError) as refused:
        command_of(room.plan, read_request(told))
    assert refused.value.refusal.sentence("en")
    return refused.value.refusal.key


@pytest.fixture(scope="module")
def room() -> Room:
    return baked()


def test_each_request_means_its_command(room: Room) -> None:
    slogan, title = room.slot("slogan"), room.slot(f"{O1}/candidates.title")
    candidates = room.slot("clusters[operations]/candidates")
    said: list[tuple[dict[str, Any], Command]] = [
        ({"do": "accept", "step": "slogan", "value": "x"}, Accept(slogan, "x")),
        (
            {"do": "accept", "step": "candidates.title", "of": "O1", "value": "x", "same": True},
            Accept(title, "x", True),
        ),
        ({"do": "accept", "slot": str(title), "value": ["a"]}, Accept(title, ["a"])),
        ({"do": "fill", "answers": [{"step": "slogan", "value": 3}]}, Fill(((slogan, 3),))),
        ({"do": "park", "step": "slogan", "owner": "Ann"}, Park(slogan, "", "Ann", "")),
        ({"do": "pass", "step": "slogan"}, Pass(slogan)),
        ({"do": "decline", "step": "slogan", "reason": "no"}, Decline(slogan, "no")),
        ({"do": "reopen", "step": "slogan"}, Reopen(slogan)),
        ({"do": "still_right", "step": "slogan"}, StillRight(slogan)),
        (
            {"do": "keep", "step": "candidates.title", "of": "O1", "check": "O10", "reason": "so"},
            KeepAnswer(title, "O10", "so"),
        ),
        ({"do": "confirm", "step": "ending.confirm"}, Confirm(room.slot("ending.confirm"))),
        (
            {"do": "add", "list": "goods", "answers": {"goods.name": "Buns"}},
            AddItem(room.slot("goods"), {StepId("goods.name"): "Buns"}),
        ),
        ({"do": "add", "list": "candidates", "of": "operations"}, AddItem(candidates)),
        (
            {"do": "close", "list": "candidates", "of": "operations", "because": "no"},
            CloseList(candidates, "no"),
        ),
        ({"do": "remove", "item": "P1"}, RemoveItem(room.item("P1"))),
        ({"do": "restore", "item": str(room.item("P1"))}, RestoreItem(room.item("P1"))),
        ({"do": "move", "item": "P1", "to": 1}, MoveItem(room.item("P1"), 1)),
        ({"do": "take", "step": "slogan", "side": 2}, TakeSide(room.slot("slogan"), 2)),
        ({"do": "mute", "rule": "O09", "reason": "so"}, MuteRule("O09", "so")),
        ({"do": "language", "to": "nl"}, SetLanguage("nl")),
        (
            {"do": "plan", "preset": "half_day", "minutes": 210, "people": 7, "begin": NINE,
             "breaks": ["90+15"]},
            PlanAgenda("half_day", datetime.fromisoformat(NINE), 210, 7, (Break(90, 15),)),
        ),
        ({"do": "plan", "minutes": 95}, PlanAgenda("90_minutes", None, 95)),
        (
            {"do": "replan", "how": "sitting", "cut": ["goods", "clusters[operations]"], "short": True},
            Replan("sitting", {"goods": "sitting", "clusters[operations]": "sitting"}, True),
        ),
        ({"do": "in_full", "part": "goods"}, AskInFull("goods")),
        ({"do": "in_full"}, AskInFull()),
        ({"do": "together", "step": "slogan"}, AnswerTogether(StepId("slogan"))),
        ({"do": "together", "step": "slogan", "together": False}, AnswerTogether(StepId("slogan"), False)),
        (
            {"do": "open_round", "step": "slogan", "names": "team", "minutes": 3, "seats": 8},
            OpenRound(slogan, "team", 3, 8),
        ),
        ({"do": "leave_round", "step": "slogan"}, LeaveRound(slogan)),
        ({"do": "undo"}, Undo()),
        ({"do": "redo"}, Redo()),
    ]  # fmt: skip
    for told, command in said:
        assert meant(room, told) == command
    assert {told["do"] for told, _ in said} == set(request_schema()["discriminator"]["mapping"])


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (None, "not_a_request"), ([], "not_a_request"), ({}, "not_a_request"),
        ({"do": "dance"}, "not_a_request"),
        ({"do": "accept", "step": "slogan"}, "not_a_request"),
        ({"do": "accept", "step": "slogan", "value": None}, "not_a_request"),
        ({"do": "accept", "step": "slogan", "value": "x", "vlaue": "y"}, "not_a_request"),
        ({"do": "fill", "answers": []}, "not_a_request"),
        ({"do": "move", "item": "P1", "to": "first"}, "not_a_request"),
        ({"do": "accept", "value": "x"}, "no_such_question"),
        ({"do": "accept", "step": "slogn", "value": "x"}, "no_such_question"),
        ({"do": "accept", "slot": "slogan]", "value": "x"}, "no_such_question"),
        ({"do": "accept", "step": "candidates.title", "of": "O9", "value": "x"}, "no_such_item"),
        ({"do": "add", "list": "candidates", "of": "nowhere"}, "no_such_item"),
        ({"do": "remove", "item": "P9"}, "no_such_item"), ({"do": "restore", "item": ""}, "no_such_item"),
        ({"do": "move", "item": "?", "to": 0}, "no_such_item"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_in_words(room: Room, told: object, key: str) -> None:
    assert refusal(room, told) == key


def test_a_request_that_goes_deeper_than_anything_is_refused(room: Room) -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    assert refusal(room, {"do": "accept", "step": "slogan", "value": deep}) == "not_a_request"


@given(
    st.recursive(st.none() | st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=2))
)
def test_any_json_is_a_request_or_refused(value: object) -> None:
    for told in (value, {"do": value}, {"do": "accept", "step": value}, {"do": "undo", "x": value}):
        with pytest.raises(RefusedError):
            read_request(told)


def test_every_slot_of_a_session_has_an_address_that_leads_to_it(room: Room) -> None:
    for slot in room.plan.order:
        short = short_address(room.plan, slot)
        step = short.get("step") or short["list"]
        assert address(room.plan, step, short.get("of")) == slot


def test_the_schema_accepts_the_recorded_session_and_refuses_what_is_wrong() -> None:
    validator = jsonschema.Draft202012Validator(request_schema())
    for told in read_sample("riverbend").commands:
        command = {key: value for key, value in told.items() if key not in ("after", "by")}
        assert validator.is_valid(command), command
    assert not validator.is_valid({"do": "dance"})
    assert not validator.is_valid({"do": "accept", "step": "a"})
    assert not validator.is_valid({"do": "undo", "what": "all"})
