"""Where a KPI stands: the word and the colour of its last reading beside red line, amber line and target."""

from __future__ import annotations

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.now import COLOURS, now
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

NL_TOLD = "22,5 days, gemeten juni 2027: nog niet zover"
NL_STEP = "22,5 days → 14 days, uiterlijk december 2027"
DOWN = {"direction": "down", "baseline": 31, "target": 14, "red": 24, "amber": 18}
UP = {"direction": "up", "baseline": 40, "target": 90, "red": 60, "amber": 80}


def kpi(value: float | None, **told: object) -> Kpi:
    readings = [] if value is None else [{"date": "2027-03", "value": 0}, {"date": "2027-06", "value": value}]
    return Kpi.model_validate({"id": "O1.1", "measures": "O1", "unit": "days", **told, "readings": readings})


@pytest.mark.parametrize(
    ("line", "value", "status"),
    [
        (DOWN, 30, "red"), (DOWN, 24, "red"), (DOWN, 23, "watch"), (DOWN, 18, "watch"),
        (DOWN, 17, "on_course"),
        (DOWN, 14, "reached"), (DOWN, 3, "reached"), (UP, 50, "red"), (UP, 60, "red"), (UP, 61, "watch"),
        (UP, 80, "watch"), (UP, 81, "on_course"), (UP, 90, "reached"), (UP, 95, "reached"),
        ({**DOWN, "amber": None}, 17, "watch"), ({**DOWN, "red": None, "amber": None}, 30, "watch"),
        ({**DOWN, "direction": None}, 30, "red"), ({"red": 24, "target": 14}, 30, "red"),
        ({"target": 14}, 14, "reached"), ({"target": 14}, 15, "watch"), ({}, 15, "watch"),
        (DOWN, None, "start"), ({"target": 14}, None, "unknown"),
    ],
    ids=str,
)  # fmt: skip
def test_the_last_reading_says_how_it_stands(
    line: dict[str, object], value: float | None, status: str
) -> None:
    assert now(kpi(value, **line)).status == status


def test_without_a_reading_the_baseline_tells_where_it_stands() -> None:
    assert (now(kpi(None, **DOWN)).value, now(kpi(22.5, **DOWN)).value) == (31, 22.5)
    assert now(kpi(22.5, **DOWN)).covered == 0.5


@pytest.mark.parametrize(
    ("language", "told", "step"),
    [
        ("en", "22.5 days, measured June 2027: not there yet", "22.5 days → 14 days by December 2027"),
        (
            "nl",
            "22,5 days, gemeten juni 2027: nog niet zover",
            "22,5 days → 14 days, uiterlijk december 2027",
        ),
    ],
)
def test_documents_tell_it_in_words(language: str, told: str, step: str) -> None:
    one = kpi(22.5, **DOWN, target_date="2027-12")
    here = build_context(Strategy(language=language, kpis=(one,)), Notes())["kpis"][0]
    assert (here["now_text"], here["now"]["step_text"]) == (told, step)
    assert here["now"]["colour"] == COLOURS["watch"]
    assert [row["text"] for row in here["sheet"] if row["field"] == "now_text"] == [told]


def test_nothing_is_told_of_a_kpi_that_was_never_measured() -> None:
    here = build_context(Strategy(kpis=(kpi(None, **DOWN),)), Notes())["kpis"][0]
    assert here["now_text"] is None
    assert not {"now_text", "readings_text"} & {row["field"] for row in here["sheet"]}
