"""What stands in cells, text in its encodings, and the words for all that a column can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bsc_coach.imports.cells import Notation, amount_in, choice_in, date_in, notation_of
from bsc_coach.imports.columns import MEANINGS
from bsc_coach.imports.decoding import text_of
from bsc_coach.imports.meanings import meanings, table_words
from bsc_coach.imports.workbook import Value
from bsc_coach.words import languages, say

POINT = Notation(comma=False, month_first=False, language="en")
COMMA = Notation(comma=True, month_first=False, language="nl")
AMERICAN = Notation(comma=False, month_first=True, language="en")


@pytest.mark.parametrize(
    ("cell", "notation", "value", "unit", "direction"),
    [
        ("1,250", POINT, 1250, "", ""),
        ("1,250", COMMA, 1.25, "", ""),
        ("1.250,5", COMMA, 1250.5, "", ""),
        ("1.250", POINT, 1.25, "", ""),
        ("1.250", COMMA, 1250, "", ""),
        ("€ 1,2 mln", COMMA, 1_200_000, "€", ""),
        ("$4,250,000", POINT, 4_250_000, "$", ""),
        ("≥ 85%", POINT, 85, "%", "up"),
        ("max. 2", COMMA, 2, "", "down"),
        ("< 8 days", POINT, 8, "days", "down"),
        ("-12", POINT, -12, "", ""),
        ("300k", POINT, 300_000, "", ""),
        (7, POINT, 7, "", ""),
    ],
)
def test_amounts(cell: Value, notation: Notation, value: float, unit: str, direction: str) -> None:
    amount = amount_in(cell, notation)
    assert amount is not None
    assert (amount.value, amount.unit, amount.direction) == (value, unit, direction)


@pytest.mark.parametrize(
    "cell", ["", "as low as can be", "10 to 20", "Q4", True, None, date(2027, 1, 1), "1.2.3"]
)
def test_what_is_no_amount(cell: Value) -> None:
    assert amount_in(cell, POINT) is None


def test_a_percentage_is_what_the_cell_shows() -> None:
    amount = amount_in(0.85, POINT, is_percent=True)
    assert amount is not None
    assert (amount.value, amount.unit) == (85, "%")


@pytest.mark.parametrize(
    ("cell", "notation", "iso"),
    [
        (date(2027, 3, 31), POINT, "2027-03-31"),
        (46568, POINT, "2027-06-30"),
        (2027, POINT, "2027"),
        ("2027", POINT, "2027"),
        ("31-12-2027", COMMA, "2027-12-31"),
        ("12/31/2027", AMERICAN, "2027-12-31"),
        ("12/31/2027", POINT, "2027-12-31"),
        ("Q4 2027", POINT, "2027-12"),
        ("eind 2028", COMMA, "2028-12"),
        ("FY2027", POINT, "2027"),
        ("2027-13", POINT, None),
        ("soon", POINT, None),
        (12.5, POINT, None),
    ],
)
def test_dates(cell: Value, notation: Notation, iso: str | None) -> None:
    assert date_in(cell, notation, lambda: date(2026, 11, 30)) == iso


def test_the_notation_is_that_of_the_file_and_not_of_one_cell() -> None:
    assert notation_of(["1.250", "9,5"], "en").comma
    assert not notation_of(["1,250", "9.5"], "nl").comma
    assert notation_of(["1.250"], "en", ";").comma
    assert notation_of(["1.200 deelnemers van het project"], "en").comma
    assert notation_of(["01/02/2027", "12/31/2027"], "en") == AMERICAN
    assert notation_of(["01/02/2027"], "en").doubt == "01/02/2027"
    assert notation_of(["01/02/2027"], "en", month_first=True) == AMERICAN


def test_choices_in_both_languages() -> None:
    for text, choice in (("Maandelijks", "monthly"), ("per kwartaal", "quarterly"), ("Annually", "yearly")):
        assert choice_in("frequencies", text) == choice
    assert choice_in("perspectives", "Leren & groeien") == "learning"
    assert choice_in("perspectives", "Quality of care") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_text_of_every_age_is_read(encoding: str) -> None:
    text = "Cliënten die het één keer zeggen; tevredenheid; België; coöperatie; €-waarde\n" * 3
    text = text if encoding not in ("cp850", "mac_roman") else text.replace("€-", "")
    assert text_of(text.encode(encoding), Path("list.csv")).text == text


def test_all_that_a_column_can_be_has_words() -> None:
    told = set(table_words()["columns"].values())
    assert set(MEANINGS) <= told
    for language in languages():
        for meaning in MEANINGS:
            assert say(f"imports.meaning.{meaning}", language)


def test_a_phrase_means_one_thing_in_its_table() -> None:
    """An own heading may mean what a foreign one means; none takes the meaning of another."""
    assert meanings().heading("Target")[0] == "target"
    assert meanings().heading("Doel")[0] == "objective"
    assert meanings().heading("Streefwaarde 2027 (%)")[0] == "target"
    assert meanings().heading("The weather in the week before the survey was taken")[0] is None
