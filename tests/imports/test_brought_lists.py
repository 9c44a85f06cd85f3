"""Lists and plans as people bring them: how many rows come in right, against what a person reads there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bsc_coach.imports.entries import ListReading
from bsc_coach.imports.making import Made, RowTold, make
from bsc_coach.imports.reading import read_list
from bsc_coach.script.loader import bundled_script
from bsc_coach.strategy.model import Strategy
from tests.imports import workbooks
from tests.imports.expected import LISTS, Place, Row

BROUGHT = Path(__file__).parent / "brought"
TO_COME_IN_RIGHT = 0.95


def taken(path: Path, language: str) -> tuple[ListReading, Made]:
    reading = read_list(path, language, lambda: date(2026, 11, 30))
    return reading, make(reading, bundled_script(), Strategy(language=language), (), path.name)


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[ListReading, Made]]:
    """Every list, read into a new session: look, do not touch."""
    made = tmp_path_factory.mktemp("brought")
    paths = {name: BROUGHT / name for name in LISTS}
    for name in ("city_scorecard", "water_board"):
        paths[f"{name}.xlsx"] = getattr(workbooks, name)(made / f"{name}.xlsx")
    return {name: taken(paths[name], language) for name, (language, _) in LISTS.items()}


def place_of(row: RowTold) -> Place:
    return (row.place.sheet, row.place.line) if row.place.sheet else row.place.line


def is_right(row: RowTold | None, wanted: Row, strategy: Strategy) -> bool:
    if row is None or isinstance(wanted, str):
        return row is not None and row.fate == wanted
    if row.fate not in ("in", "partly", "there") or len(row.became) != len(wanted):
        return False
    return all(_is(row, kind, fields, strategy) for kind, fields in wanted)


def _is(row: RowTold, kind: str, fields: dict[str, object], strategy: Strategy) -> bool:
    for became in row.became:
        if became.kind != kind:
            continue
        found = [one for one in getattr(strategy, kind, ()) if one.id == became.id]
        if not fields or any(
            all(getattr(one, name) == told for name, told in fields.items()) for one in found
        ):
            return True
    return False


def wrong_rows(name: str, made: Made, wanted: dict[Place, Row]) -> Iterator[str]:
    told = {place_of(row): row for row in made.rows}
    for place in {**told, **wanted}:
        if place not in wanted or not is_right(told.get(place), wanted[place], made.strategy):
            yield f"{name} {place}: {told.get(place)}"


@pytest.mark.parametrize("name", LISTS)
def test_rows_come_in_right(brought: dict[str, tuple[ListReading, Made]], name: str) -> None:
    wanted = LISTS[name][1]
    wrong = list(wrong_rows(name, brought[name][1], wanted))
    assert len(wrong) <= (1 - TO_COME_IN_RIGHT) * len(wanted), wrong


def test_a_row_that_came_in_otherwise_is_counted(brought: dict[str, tuple[ListReading, Made]]) -> None:
    """The measure itself: another target, another owner, a row too many or too few are wrong rows."""
    made = brought["mail.txt"][1]
    wanted = LISTS["mail.txt"][1]
    row = wanted[4]
    assert isinstance(row, list)
    others: list[dict[Place, Row]] = [
        {**wanted, 4: [("old_kpis", {**row[0][1], "target": "4"})]},
        {**wanted, 4: [("kpis", row[0][1])]},
        {**wanted, 4: "aside"},
        {**wanted, 9: "aside"},
        {place: told for place, told in wanted.items() if place != 4},
    ]
    assert not list(wrong_rows("mail.txt", made, wanted))
    assert [len(list(wrong_rows("mail.txt", made, other))) for other in others] == [1] * len(others)


def test_every_line_of_a_text_is_accounted_for(brought: dict[str, tuple[ListReading, Made]]) -> None:
    """Lines that say something: comments and the rules of tables say nothing."""
    for name, (language, _) in LISTS.items():
        if not name.endswith((".md", ".txt", ".csv")):
            continue
        reading, made = brought[name]
        text = (BROUGHT / name).read_bytes().decode({"city_utf16.txt": "utf-16"}.get(name, reading.encoding))
        says = {
            at
            for at, line in enumerate(text.splitlines(), start=1)
            if any(map(str.isalnum, line)) and not line.startswith("<!--")
        }
        assert says == {row.place.line for row in made.rows}, (name, language)


def test_whatever_was_guessed_is_told(brought: dict[str, tuple[ListReading, Made]]) -> None:
    """An objective without a perspective, a cluster by its words, a column by what stands in it."""
    rows = {place_of(row): row for row in brought["city_utf16.txt"][1].rows}
    assert {remark.key for remark in rows[5].remarks} == {"no_perspective", "cluster_guessed"}
    assert all(column.guessed for column in brought["no_header.csv"][0].columns)
    assert {column.heading for column in brought["city_utf16.txt"][0].columns if column.guessed} == {
        "Goal 2028"
    }


def test_what_has_no_place_is_told_with_its_row(brought: dict[str, tuple[ListReading, Made]]) -> None:
    housing = {place_of(row): row for row in brought["woonstichting.csv"][1].rows}
    (left,) = [remark for remark in housing[4].remarks if remark.key == "unplaced"]
    assert left.values["what"] == "Streefwaarde 2025: 1.020; Streefwaarde 2026: 990"
    city = brought["city_scorecard.xlsx"][0]
    assert {remark.key: remark.values["sheet"] for remark in city.remarks} == {
        "hidden_sheet": "Lists",
        "no_table": "Chart data",
    }


def test_old_kpis_keep_all_that_their_row_says(brought: dict[str, tuple[ListReading, Made]]) -> None:
    hospital = {one.id: one for one in brought["hospital.csv"][1].strategy.old_kpis}
    ulcers = hospital["K2"]
    assert ulcers.source == "hospital.csv, line 7"
    assert ulcers.note is not None
    for told in ("Quality of care", "14", "2025", "definition changed in March"):
        assert told in ulcers.note
    assert ulcers.verdict is None
