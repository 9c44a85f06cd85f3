"""Readings of a KPI as one answer: how they are typed, kept, projected and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.fold import advance
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.reconcile import import_strategy
from bsc_coach.interview.values import Offer, RefusedError, read_value
from bsc_coach.script.model import ConfirmStep, LongTextStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.strategy.reading_lines import in_order, lines_of
from bsc_coach.strategy.readings import Reading, reading_of
from tests.support.clock import Clock, item_ids
from tests.support.riverbend import riverbend_plan

STEP = LongTextStep(id=StepId("kpis.readings"), ask="What was measured?", each_line="reading")


def kept(text: str, language: str = "en") -> str:
    return str(read_value(STEP, text, Offer(), language))


@pytest.mark.parametrize(
    ("typed", "language", "wanted"),
    [
        ("2027-03 9.5", "en", "2027-03 9.5"),
        ("31-3-2027: 9,5 | the first | gate log", "nl", "2027-03-31 9.5 | the first | gate log"),
        ("2027-06 8\n2027-03 9", "en", "2027-03 9\n2027-06 8"),
        ("2027-03 9\n2027-03 8", "en", "2027-03 8"),
        ("2027-03;1.200,5;with comma", "nl", "2027-03 1200.5 | with comma"),
        ("2027-03 9.1250", "nl", "2027-03 9.1250"),
    ],
    ids=str,
)
def test_they_are_typed_one_a_line(typed: str, language: str, wanted: str) -> None:
    assert kept(typed, language) == wanted
    assert kept(wanted, language) == wanted, "what is kept can be handed in again"


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("better", "not_a_reading"), ("soon 9", "not_a_date"), ("2027-03 many", "not_a_number"),
     ("2027-03 1.234", "ambiguous_number"), ("2027-02-30 9", "no_such_day")],
)  # fmt: skip
def test_a_line_that_is_none_is_refused(typed: str, refusal: str) -> None:
    with pytest.raises(RefusedError) as refused:
        kept(f"2027-01 5\n{typed}")
    assert refused.value.refusal.key == refusal


DATES = st.dates().map(lambda day: day.isoformat()) | st.integers(1900, 2100).map(str)
TEXTS = st.none() | st.text("ab ¦=+-;:é%", max_size=12).map(lambda one: one.strip() or None)
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(-1e12, 1e12, allow_nan=False).filter(
    lambda one: "e" not in repr(one)
)


@given(st.lists(st.builds(Reading, date=DATES, value=NUMBERS, note=TEXTS, source=TEXTS), max_size=6))
def test_what_is_kept_says_the_same_readings(readings: list[Reading]) -> None:
    def bare(one: Reading) -> Reading:
        texts = {name: " ".join(text.split()) for name in ("note", "source") if (text := getattr(one, name))}
        return one.model_copy(update=texts)

    told = [bare(one) for one in in_order(readings)]
    lines = lines_of(readings)
    assert [reading_of(line) for line in lines.split("\n") if line] == told
    if told and len(lines) < 60_000:
        assert kept(lines, "en") == kept(lines, "nl") == lines


def with_readings(plan: Plan, text: str) -> Plan:
    (slot,) = [Slot(StepId("kpis.readings"), plan.state.frames[item]) for item in _items(plan, "O1.1")]
    stamp = Stamp(item_ids("rd"))
    events = decide(plan, Accept(slot, text), stamp).events
    action = Action(len(plan.state.actions) + 1, Clock()(), "Ann", events)
    return make_plan(plan.script, advance(plan.state, action), plan)


def _items(plan: Plan, short: str) -> list[str]:
    return [item for item, name in plan.state.shorts.items() if name == short]


def test_they_fill_their_kpi_and_leave_everything_that_was_confirmed() -> None:
    before = riverbend_plan()
    after = with_readings(before, "2027-03 22.5 | the first")
    (kpi,) = [one for one in to_strategy(after).kpis if one.id == "O1.1"]
    assert kpi.readings == (Reading(date="2027-03", value=22.5, note="the first"),)
    looks = [slot for slot, status in before.statuses.items() if isinstance(status.step, ConfirmStep)]
    assert looks
    assert {before.statuses[slot].answer_state for slot in looks} == {"answered"}
    assert [slot for slot in looks if after.statuses[slot].answer_state != "answered"] == []
    assert [slot for slot, status in after.statuses.items() if status.stale] == []


def test_an_edited_file_brings_them_and_takes_them_away() -> None:
    before = riverbend_plan()
    after = with_readings(before, "2027-03 22.5 | the first\n2027-06 20")
    for here, there in ((before, after), (after, before)):
        found = import_strategy(here, to_strategy(there), item_ids("im"))
        action = Action(len(here.state.actions) + 1, Clock()(), "Ann", found.events, source="edit")
        then = make_plan(here.script, advance(here.state, action), here)
        assert to_strategy(then) == to_strategy(there)
        assert [one.kind for one in found.differences] == ["changed" if there is after else "withdrawn"]
