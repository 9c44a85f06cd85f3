"""The path of a KPI: where its numbers stand, whatever they are."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsc_coach.documents.web.kpi_chart import MARKS, KpiChart, MarkKind, draw_kpi
from bsc_coach.drawing.labels import width_of
from bsc_coach.strategy.measures import Benchmark, Kpi

number = st.one_of(
    st.none(),
    st.integers(-(10**320), 10**320).filter(lambda it: abs(it) < 10**300),
    st.floats(allow_nan=False, allow_infinity=False),
)
LABELS: Mapping[MarkKind, str] = {kind: f"{kind} 12 days" for kind in MARKS}


def kpi(**numbers: object) -> Kpi:
    benchmark = Benchmark.model_validate({"value": numbers.pop("benchmark", None)})
    return Kpi.model_validate({"id": "O1.1", "measures": "O1", "benchmark": benchmark, **numbers})


def drawn(**numbers: object) -> KpiChart:
    chart = draw_kpi(kpi(**numbers), LABELS)
    assert chart is not None
    return chart


def from_left(chart: KpiChart) -> list[MarkKind]:
    return [mark.kind for mark in sorted(chart.marks, key=lambda mark: mark.x)]


def test_where_higher_is_better_the_highest_stands_on_the_right() -> None:
    chart = drawn(direction="up", baseline=27, red=50, target=80, benchmark=90)
    assert from_left(chart) == ["baseline", "red", "target", "benchmark"]


def test_where_lower_is_better_the_lowest_stands_on_the_right() -> None:
    chart = drawn(direction="down", baseline=31, red=24, target=14, benchmark=9)
    assert from_left(chart) == ["baseline", "red", "target", "benchmark"]


def test_without_a_direction_the_target_is_better_than_the_baseline() -> None:
    assert from_left(drawn(baseline=-3, target=-8)) == ["baseline", "target"]
    assert from_left(drawn(baseline=-8, target=-3)) == ["baseline", "target"]


def test_places_are_in_proportion_to_the_numbers() -> None:
    at = {mark.kind: mark.x for mark in drawn(direction="up", baseline=-10, red=0, target=30).marks}
    assert at["red"] - at["baseline"] == pytest.approx((at["target"] - at["baseline"]) / 4)


def test_the_way_goes_from_the_baseline_to_the_target() -> None:
    chart = drawn(direction="down", baseline=31, red=24, target=14)
    at = {mark.kind: mark.x for mark in chart.marks}
    assert chart.path == (at["baseline"], at["target"])
    assert chart.red_until == at["red"]


def test_a_target_that_is_worse_than_the_baseline_is_shown_as_such() -> None:
    chart = drawn(direction="up", baseline=5, target=1)
    assert chart.path is not None
    assert chart.path[0] > chart.path[1]


@pytest.mark.parametrize("known", MARKS)
def test_one_number_alone_stands_in_the_middle(known: MarkKind) -> None:
    chart = drawn(**{known: 5})
    assert [(mark.kind, mark.x) for mark in chart.marks] == [(known, chart.width / 2)]
    assert chart.path is None


def test_equal_numbers_stand_at_one_place_with_a_row_for_each_label() -> None:
    chart = drawn(baseline=1, red=1, target=1, benchmark=1)
    assert len({mark.x for mark in chart.marks}) == 1
    assert len({mark.text_y for mark in chart.marks}) == len(MARKS)
    assert chart.path is None


def test_without_a_number_there_is_no_chart() -> None:
    assert draw_kpi(kpi(direction="up", unit="days"), LABELS) is None


def check_inside(chart: KpiChart) -> None:
    """Assert that everything stands inside the frame, and no label on another or on the line."""
    for mark in chart.marks:
        half = width_of(mark.text) / 2
        assert 0 <= mark.x <= chart.width
        assert mark.text_x - half >= -0.01
        assert mark.text_x + half <= chart.width + 0.01
        assert 10 <= mark.text_y <= chart.height
        assert abs(mark.text_y - chart.line_y) > 12
    feet = sorted(mark.text_y for mark in chart.marks)
    assert all(lower - upper >= 12.5 for upper, lower in pairwise(feet))


@settings(max_examples=100, deadline=None)
@given(
    baseline=number,
    red=number,
    target=number,
    benchmark=number,
    direction=st.sampled_from(["up", "down", None]),
    label=st.sampled_from(["7", "Grenswaarde 12 weken", "W" * 300, "arbeidsongeschiktheidsverzekering " * 4]),
)
def test_whatever_the_numbers_everything_stands_inside(label: str, **numbers: object) -> None:
    chart = draw_kpi(kpi(**numbers), dict.fromkeys(MARKS, label))
    known = [name for name in MARKS if numbers[name] is not None]
    assert (chart is None) == (not known)
    if chart is not None:
        assert {mark.kind for mark in chart.marks} == set(known)
        check_inside(chart)


def test_the_check_catches_a_label_that_runs_over_the_edge() -> None:
    """The control."""
    chart = drawn(baseline=1, target=2)
    one, *others = chart.marks
    moved = KpiChart(
        height=chart.height,
        line_y=chart.line_y,
        marks=(type(one)(one.kind, one.x, 1.0, one.text_y, one.text), *others),
        path=None,
        red_until=None,
    )
    with pytest.raises(AssertionError):
        check_inside(moved)
