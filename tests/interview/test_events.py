"""Events survive JSON; what is not an event is said to be none, and never half read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.interview.facts import registry
from bsc_coach.interview.facts.agenda import AgendaPlanned, AgendaReplanned, AskedInFull, TimeTaken
from bsc_coach.interview.facts.answers import (
    AnswerAffirmed,
    LookBackConfirmed,
    SlotAnswered,
    SlotDeclined,
    SlotParked,
    SlotPassed,
    SlotReopened,
)
from bsc_coach.interview.facts.coaching import RemarkKept, RuleMuted
from bsc_coach.interview.facts.lists import (
    ItemAdded,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ListClosed,
    ShortIdsGiven,
)
from bsc_coach.interview.facts.log import (
    Action,
    Event,
    SlotEvent,
    UnknownKindError,
    UnreadableEventError,
    action_body,
    event_to_json,
)
from bsc_coach.interview.facts.provenance import TookOver
from bsc_coach.interview.facts.registry import action_from_body, event_from_json
from bsc_coach.interview.facts.rounds import BallotsNamed, RoundLeft, RoundOpened, WayChosen
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, LanguageSet, ScriptAdopted
from bsc_coach.script.slots import ItemId, parse_slot
from bsc_coach.text import clean
from tests.script.test_slots import ITEMS, SLOTS

AT = datetime(2026, 11, 22, 9, 14, tzinfo=UTC)
TEXTS = st.text(max_size=12).map(lambda text: clean(text).text)
WHOLE = st.integers(0, 10**6)
VALUES = st.one_of(
    TEXTS, WHOLE, st.floats(allow_nan=False, allow_infinity=False), st.lists(TEXTS, max_size=3).map(tuple)
)
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))
"""Those that can be told in any zone."""
TABLES = st.dictionaries(TEXTS, TEXTS, max_size=3)
EVENTS: dict[type[Any], st.SearchStrategy[Any]] = {
    SlotAnswered: st.builds(SlotAnswered, SLOTS, VALUES, WHOLE, TABLES, st.booleans()),
    SlotParked: st.builds(SlotParked, SLOTS, TEXTS, TEXTS, TEXTS),
    SlotPassed: st.builds(SlotPassed, SLOTS),
    SlotDeclined: st.builds(SlotDeclined, SLOTS, TEXTS),
    SlotReopened: st.builds(SlotReopened, SLOTS),
    AnswerAffirmed: st.builds(AnswerAffirmed, SLOTS, TABLES, WHOLE),
    ItemAdded: st.builds(ItemAdded, SLOTS, ITEMS, TEXTS),
    ItemRemoved: st.builds(ItemRemoved, SLOTS, ITEMS),
    ItemRestored: st.builds(ItemRestored, SLOTS, ITEMS),
    ItemMoved: st.builds(ItemMoved, SLOTS, ITEMS, WHOLE),
    ListClosed: st.builds(ListClosed, SLOTS, TEXTS),
    RemarkKept: st.builds(RemarkKept, SLOTS, TEXTS, TEXTS, TEXTS),
    RuleMuted: st.builds(RuleMuted, TEXTS, TEXTS),
    LookBackConfirmed: st.builds(LookBackConfirmed, SLOTS, TEXTS, st.lists(TEXTS, max_size=3).map(tuple)),
    LanguageSet: st.builds(LanguageSet, TEXTS, st.booleans()),
    ScriptAdopted: st.builds(ScriptAdopted, WHOLE, TEXTS, TABLES, TEXTS),
    AgendaPlanned: st.builds(
        AgendaPlanned,
        TEXTS,
        TEXTS,
        TEXTS,
        WHOLE,
        WHOLE,
        WHOLE,
        st.lists(TEXTS, max_size=3).map(tuple),
        TABLES,
        st.booleans(),
        st.lists(TEXTS, max_size=3).map(tuple),
    ),
    AgendaReplanned: st.builds(AgendaReplanned, TEXTS, TABLES, st.booleans()),
    AskedInFull: st.builds(AskedInFull, TEXTS),
    TimeTaken: st.builds(TimeTaken, TEXTS, TEXTS, TEXTS),
    TookOver: st.builds(TookOver, TEXTS, TEXTS, TEXTS, TEXTS, st.booleans()),
    ShortIdsGiven: st.builds(ShortIdsGiven, TABLES),
    WayChosen: st.builds(WayChosen, TEXTS, st.booleans()),
    RoundOpened: st.builds(RoundOpened, SLOTS, TEXTS, WHOLE, WHOLE, st.booleans()),
    RoundLeft: st.builds(RoundLeft, SLOTS),
    BallotsNamed: st.builds(BallotsNamed, SLOTS, TABLES),
    ActionUndone: st.builds(ActionUndone, WHOLE, TEXTS),
    ActionRedone: st.builds(ActionRedone, WHOLE),
}
ANY_EVENT = st.one_of(*EVENTS.values())
LEAF = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.text(max_size=5))
JUNK = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)


def test_every_kind_of_event_is_covered_here() -> None:
    assert set(EVENTS) == set(registry.EVENTS.values()) == set(get_args(registry.AnyEvent))


@given(ANY_EVENT)
def test_an_event_survives_json(event: Event) -> None:
    written = json.dumps(event_to_json(event))
    assert event_from_json(json.loads(written)) == event


@given(st.lists(ANY_EVENT, max_size=4), TEXTS, WHOLE, TEXTS, st.none() | MOMENTS, st.integers(-839, 839))
def test_an_action_survives_json(
    events: list[Event], by: str, script: int, source: str, shown: datetime | None, offset: int
) -> None:
    at = AT.astimezone(timezone(timedelta(minutes=offset)))
    action = Action(7, at, by, tuple(events), script, source, shown)
    again = action_from_body(7, AT, json.loads(json.dumps(action_body(action))))
    assert again == action
    assert again.at.isoformat() == at.isoformat()


def test_an_action_without_an_offset_was_done_in_utc_and_a_wrong_one_is_no_action() -> None:
    assert action_from_body(7, AT, {"do": []}).at.isoformat() == "2026-11-22T09:14:00+00:00"
    assert "offset" not in action_body(Action(7, AT, "ann", ()))
    for wrong in ("", "1", "+1:00", "+24:00", "Z", 60):
        with pytest.raises(UnreadableEventError):
            action_from_body(7, AT, {"do": [], "offset": wrong})


def test_when_a_question_was_shown_is_told_like_other_times_and_left_out_when_unknown() -> None:
    assert action_body(Action(7, AT, "ann", (), shown=AT))["shown"] == "2026-11-22T09:14:00Z"
    assert "shown" not in action_body(Action(7, AT, "ann", ()))


@dataclass(frozen=True)
class Danced(SlotEvent):
    """An event of a later version."""

    kind: ClassVar[str] = "danced"
    since: ClassVar[str] = "0.10"


@dataclass(frozen=True)
class Sung(SlotEvent):
    """An event of a version between."""

    kind: ClassVar[str] = "sung"
    since: ClassVar[str] = "0.9"


SLOT = parse_slot("organisation.name")
OLD, SONG, DANCE = SlotPassed(SLOT), Sung(SLOT), Danced(SLOT)


@pytest.mark.parametrize(
    ("events", "needs"),
    [((OLD,), None), ((), None), ((OLD, SONG), "0.9"), ((DANCE, OLD, SONG), "0.10"), ((SONG, DANCE), "0.10")],
)
def test_an_action_says_which_version_knows_all_of_it(events: tuple[Event, ...], needs: str | None) -> None:
    assert action_body(Action(7, AT, "ann", events)).get("needs") == needs


def test_what_is_known_of_an_action_is_kept_and_the_rest_is_named() -> None:
    body = action_body(Action(7, AT, "ann", (DANCE, OLD, SONG)))
    assert action_from_body(7, AT, body) == Action(7, AT, "ann", (OLD,), unknown=("danced", "sung"))


def test_a_kind_that_is_not_known_is_told_from_what_is_damaged() -> None:
    with pytest.raises(UnknownKindError):
        event_from_json(event_to_json(DANCE))
    with pytest.raises(UnreadableEventError) as damaged:
        event_from_json({"t": "passed"})
    assert not isinstance(damaged.value, UnknownKindError)


def test_what_is_empty_is_left_out() -> None:
    told = {"t": "parked", "slot": "organisation.year"}
    assert event_to_json(event_from_json({**told, "owner": "", "due": ""})) == told


@pytest.mark.parametrize(
    "told",
    [
        None, [], "answered", 3, {}, {"t": None}, {"t": ["answered"]}, {"t": "exploded"},
        {"t": "answered", "value": "x"}, {"t": "answered", "slot": "a"},
        {"t": "answered", "slot": "A b", "value": "x"}, {"t": "answered", "slot": 3, "value": "x"},
        {"t": "answered", "slot": "a", "value": None}, {"t": "answered", "slot": "a", "value": True},
        {"t": "answered", "slot": "a", "value": {"x": 1}}, {"t": "answered", "slot": "a", "value": [1]},
        {"t": "answered", "slot": "a", "value": "x", "basis": [1]},
        {"t": "answered", "slot": "a", "value": "x", "rev": "1"},
        {"t": "answered", "slot": "a", "value": "x", "same": 1},
        {"t": "moved", "slot": "a", "item": "i", "to": True}, {"t": "undone", "number": "3"}, {"t": "undone"},
        {"t": "confirmed", "slot": "a", "digest": "d", "open": "all"},
    ],
)  # fmt: skip
def test_what_is_not_an_event_is_refused(told: object) -> None:
    with pytest.raises(UnreadableEventError):
        event_from_json(told)


@pytest.mark.parametrize(
    "body",
    [
        {}, {"do": None}, {"do": {}}, {"do": [1]}, {"do": [], "by": 3}, {"do": [], "script": "1"},
        {"do": [], "shown": 3}, {"do": [], "shown": "soon"}, {"do": [], "shown": "2026-11-22T09:14:03"},
        {"do": [{"t": "danced"}, {"t": "passed"}]},
    ],
)  # fmt: skip
def test_what_is_not_an_action_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(UnreadableEventError):
        action_from_body(1, AT, body)


@given(JUNK, st.sampled_from([kind.kind for kind in EVENTS]))
def test_junk_is_an_event_or_said_to_be_none(junk: object, kind: str) -> None:
    for told in (junk, {**junk, "t": kind} if isinstance(junk, dict) else {"t": kind, "slot": junk}):
        try:
            event = event_from_json(told)
        except UnreadableEventError:
            continue
        assert event_from_json(event_to_json(event)) == event


def test_control_characters_of_a_journal_do_not_come_in() -> None:
    event = event_from_json({"t": "declined", "slot": "a", "reason": "no\x1b[31m thing\x07"})
    assert event == SlotDeclined(event.slot, "no[31m thing")  # type: ignore[attr-defined]


def test_items_keep_their_ids() -> None:
    event = event_from_json({"t": "added", "slot": "goods", "item": "k7m2", "short": "P1"})
    assert isinstance(event, ItemAdded)
    assert event.item == ItemId("k7m2")
