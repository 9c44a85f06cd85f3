"""Hostile files: told in one sentence or read as plain words, nothing run, reached for or lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bsc_coach import sizes
from bsc_coach.errors import BscCoachError
from bsc_coach.imports.making import make
from bsc_coach.imports.page import render_page, told_in_short
from bsc_coach.imports.reading import read_list
from bsc_coach.script.loader import bundled_script
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import clean, one_line
from bsc_coach.words import languages, say_error
from tests.support.hostile import hostile_text

XML = (
    '<?xml version="1.0"?>{doctype}<StrategicPlan><StrategicPlanCore><Goal><Name>{name}</Name></Goal>'
    "</StrategicPlanCore></StrategicPlan>"
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "' + "&a;" * 100 + '"><!ENTITY c "' + "&b;" * 100 + '">]>'


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def fault_of(path: Path) -> str:
    with pytest.raises(BscCoachError) as caught:
        read_list(path, "en", lambda: date(2026, 11, 30))
    for language in languages():
        assert "\n" not in say_error(caught.value, language)
    return caught.value.key


def test_a_plan_with_a_harmless_doctype_is_read(tmp_path: Path) -> None:
    """The control: what the hostile ones are made from is sound."""
    path = put(tmp_path, "plan.xml", XML.format(doctype="<!DOCTYPE StrategicPlan>", name="Prevent accidents"))
    reading = read_list(path, "en", lambda: date(2026, 11, 30))
    assert [entry.fields["title"] for entry in reading.entries] == ["Prevent accidents"]


def test_xml_that_expands_or_reaches_out_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", "the secret")
    for name, doctype, word in (
        ("laughs", LAUGHS, "&c;"),
        ("file", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>', "&e;"),
        ("parameter", f'<!DOCTYPE x [<!ENTITY % e SYSTEM "{secret.as_uri()}"> %e;]>', "Goal"),
        ("net", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "Goal"),
    ):
        path = put(tmp_path, f"{name}.xml", XML.format(doctype=doctype, name=word))
        assert fault_of(path) == "imports.file.entities", name


def test_xml_of_any_depth_and_size_ends_in_a_sentence(tmp_path: Path) -> None:
    deep = "<StrategicPlan>" + "<a>" * 100_000 + "</a>" * 100_000 + "</StrategicPlan>"
    many = "<StrategicPlan>" + "<Goal/>" * 300_000 + "</StrategicPlan>"
    assert fault_of(put(tmp_path, "deep.xml", deep)) == "imports.file.broken_xml"
    assert fault_of(put(tmp_path, "many.xml", many)) == "imports.file.broken_xml"
    assert (
        fault_of(put(tmp_path, "large.csv", b"KPI;Target\n" + b"a;1\n" * 2_500_000)) == "imports.file.large"
    )
    rows = "KPI;Target\n" + "".join(f"KPI {nr};1\n" for nr in range(sizes.SHEET_ROWS + 1))
    assert fault_of(put(tmp_path, "rows.csv", rows)) == "imports.file.rows"


def test_more_kpis_than_a_list_takes_are_each_named(tmp_path: Path) -> None:
    rows = "KPI;Target;Owner\n" + "".join(f"KPI {nr};{nr};Head\n" for nr in range(sizes.LIST + 20))
    reading = read_list(put(tmp_path, "many.csv", rows), "en", lambda: date(2026, 11, 30))
    made = make(reading, bundled_script(), Strategy(), (), "many.csv")
    out = [row for row in made.rows if row.fate == "out"]
    n = len(made.strategy.old_kpis)
    assert n <= sizes.LIST
    assert len(out) == sizes.LIST + 20 - n
    assert {remark.key for row in out for remark in row.remarks} == {"full"}


def test_formulas_of_a_csv_are_words(tmp_path: Path) -> None:
    path = put(tmp_path, "kpis.csv", 'KPI,Target,Owner\n"=cmd|\' /C calc\'!A0","=1+1",@SUM(A1)\n')
    made = make(
        read_list(path, "en", lambda: date(2026, 11, 30)), bundled_script(), Strategy(), (), path.name
    )
    (kpi,) = made.strategy.old_kpis
    assert (kpi.name, kpi.target, kpi.owner_role) == ("=cmd|' /C calc'!A0", "=1+1", "@SUM(A1)")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(hostile_text, min_size=3, max_size=9), separator=st.sampled_from(";,\t|"))
def test_hostile_words_stay_words(tmp_path: Path, words: list[str], separator: str) -> None:
    """In cells of a table whose headings are sound: every name comes in as it stood, and the page stands."""
    rows = [["KPI", "Target", "Owner"]]
    names = [f"Rate {nr} {clean(word).text}" for nr, word in enumerate(words)]
    rows += [[name, "5", "Head"] for name in names]
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path = put(tmp_path, "kpis.csv", "\n".join(quoted).encode("utf-8", "replace"))
    reading = read_list(path, "en", lambda: date(2026, 11, 30))
    made = make(reading, bundled_script(), Strategy(), (), path.name)
    assert [one.name for one in made.strategy.old_kpis] == [one_line(name) for name in names]
    for language in languages():
        assert render_page(reading, made.rows, path.name, language).startswith("# ")
        assert all("\x1b" not in line for line in told_in_short(reading, made.rows, language))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.one_of(st.binary(max_size=200), hostile_text.map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    path = put(tmp_path, "any.txt", data)
    try:
        reading = read_list(path, "en", lambda: date(2026, 11, 30))
    except BscCoachError as error:
        told = error
    else:
        assert make(reading, bundled_script(), Strategy(), (), path.name).rows
        return
    assert say_error(told, "nl")


@pytest.mark.parametrize("marks", ["*a ", "[", "_a", "[a](b", "1. ", "from 1 to ", "<!--", "|", ";"])
def test_a_line_of_nothing_but_marks_is_read_at_once(tmp_path: Path, marks: str) -> None:
    """Each would take minutes where a pattern tries every end for every beginning."""
    path = put(tmp_path, "plan.md", "# Goals\n- Fewer falls\n- " + marks * 20_000)
    reading = read_list(path, "en", lambda: date(2026, 11, 30))
    assert any(entry.fields.get("title") == "Fewer falls" for entry in reading.entries)
