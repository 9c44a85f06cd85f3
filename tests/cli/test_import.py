"""``import`` and ``new --from`` a list: shown before it is taken, told row by row, taken over unconfirmed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, EXIT_USAGE
from bsc_coach.interview.provenance import unconfirmed_by_part
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import UNPLANNED, Run

BROUGHT = Path(__file__).parents[1] / "imports" / "brought"
HOUSING = BROUGHT / "woonstichting.csv"
EXPORT = BROUGHT / "export.csv"


def opened(folder: Path) -> Session:
    session = open_session(folder, Environment(by="Tester"), read_only=True)
    session.close()
    return session


def written(folder: Path) -> Strategy:
    return read_toml((folder / "strategy.toml").read_bytes())


def journal(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]


def test_a_session_begins_with_a_list(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "acme"
    ran = run("new", folder, "--from", EXPORT, "--plain", typed=UNPLANNED)
    assert ran.code == EXIT_FINE
    assert "8 of 8 items came in." in ran.out
    strategy = written(folder)
    assert {one.title for one in strategy.outcomes} == {
        "Grow recurring revenue",
        "Acquire customers at lower cost",
    }
    kpi = next(one for one in strategy.kpis if one.name == "Renewal rate")
    assert (kpi.baseline, kpi.target, kpi.unit, kpi.owner_role) == (82, 92, "%", "Head of Success")
    # All of it is asked again, and says where it is from.
    session = opened(folder)
    assert sum(unconfirmed_by_part(session.plan).values()) > 0
    assert session.plan.state.taken_over is not None
    assert session.plan.state.taken_over.source == "export.csv"
    assert "export.csv" in (folder / "strategy.md").read_text()


def test_the_page_tells_every_row_in_the_language_of_the_session(tmp_path: Path, run: Run) -> None:
    titles = {"en": ("What came in", "No place for"), "nl": ("Wat er binnenkwam", "Geen plaats voor")}
    for language, words in titles.items():
        folder = tmp_path / language
        ran = run("new", folder, "--from", HOUSING, "--plain", "--lang", language, typed=UNPLANNED)
        assert ran.code == EXIT_FINE
        (page,) = folder.glob("*woonstichting.md")
        text = page.read_text()
        assert str(page) in ran.out
        for told in (*words, "Mutatieleegstand", "Streefwaarde 2025: 1.020", "cp1252"):
            assert told in text or told.casefold() in text.casefold()
        assert text.count("\n| ") >= 10 + len("ABCDEFGHIJ")


def test_a_list_is_shown_before_it_is_taken(begun: Path, run: Run) -> None:
    before = journal(begun)
    ran = run("import", begun, EXPORT)
    assert ran.code == EXIT_FINDINGS
    assert "8 of 8 items came in." in ran.out
    assert "--yes" in ran.err
    assert journal(begun) == before
    ran = run("import", begun, EXPORT, "--yes")
    assert ran.code == EXIT_FINE
    assert len(journal(begun)) == len(before) + 1  # one action, which one undo takes back
    assert len(written(begun).kpis) == 8
    assert written(begun).organisation.name == "Acme Housing"  # what was there stays


def test_a_list_that_comes_twice_adds_nothing(begun: Path, run: Run) -> None:
    assert run("import", begun, EXPORT, "--yes").code == EXIT_FINE
    before = journal(begun)
    ran = run("import", begun, EXPORT, "--yes")
    assert ran.code == EXIT_FINE
    assert "8 were there already." in ran.out
    assert journal(begun) == before


def test_ids_of_what_was_removed_are_not_given_again(begun: Path, run: Run) -> None:
    assert run("import", begun, EXPORT, "--yes").code == EXIT_FINE
    (gone,) = [one.id for one in written(begun).objectives if one.title.startswith("Release smaller")]
    request = {"do": "remove", "list": "candidates", "in": "operations", "item": gone}
    assert run("apply", begun, typed=json.dumps(request)).code in (EXIT_FINE, EXIT_FINDINGS)
    there = {one.id for one in written(begun).objectives}
    assert run("import", begun, EXPORT, "--yes").code == EXIT_FINE
    (again,) = [one.id for one in written(begun).objectives if one.title.startswith("Release smaller")]
    assert again == gone if gone in there else again != gone


def test_columns_are_changed_by_letter_number_or_heading(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "columns"
    ran = run(
        "new", folder, "--from", HOUSING, "--plain", "--lang", "nl",
        "--columns", "F=target,Streefwaarde 2027=-,9=-", typed=UNPLANNED,
    )  # fmt: skip
    assert ran.code == EXIT_FINE
    kpi = next(one for one in written(folder).kpis if one.name == "Ziekteverzuim")
    assert (kpi.target, kpi.owner_role) == (6.2, None)


@pytest.mark.parametrize(
    ("columns", "told"),
    [("B", "B=kpi"), ("B=colour", "colour"), ("Z=kpi", "Z"), ("=kpi", "B=kpi")],
)
def test_columns_that_make_no_sense_are_told(tmp_path: Path, run: Run, columns: str, told: str) -> None:
    ran = run("new", tmp_path / "x", "--from", EXPORT, "--plain", "--columns", columns)
    assert ran.code == EXIT_USAGE
    assert told in ran.err
    assert not (tmp_path / "x").exists()


def test_a_file_changed_by_hand_comes_first(begun: Path, run: Run) -> None:
    run("apply", begun)
    path = begun / "strategy.toml"
    path.write_text(path.read_text().replace("Acme Housing", "Acme Homes"))
    ran = run("import", begun, EXPORT, "--yes")
    assert ran.code == EXIT_FINDINGS
    assert "changed by hand" in ran.err
    assert "Acme Homes" in path.read_text()


def test_two_sources_are_both_named(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "two"
    assert run("new", folder, "--from", EXPORT, "--plain", typed=UNPLANNED).code == EXIT_FINE
    assert run("import", folder, BROUGHT / "okrs.md", "--yes").code == EXIT_FINE
    taken_over = opened(folder).plan.state.taken_over
    assert taken_over is not None
    assert taken_over.source == "export.csv; okrs.md"


def test_a_strategy_of_another_session_is_added(
    begun: Path, run: Run, sample_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    ran = run("import", begun, sample_folder("riverbend") / "strategy.toml", "--yes")
    assert ran.code == EXIT_FINE
    strategy = written(begun)
    assert strategy.organisation.name == "Acme Housing"
    assert len(strategy.kpis) == 24
    assert len(strategy.links) == 24
    assert strategy.participants == ()  # who was there stays with that session


def test_objectives_written_by_hand_come_in_with_their_links(tmp_path: Path, run: Run) -> None:
    """Without candidates, with one that is not selected, in each cluster."""
    ids = ("O1", "CM1", "I1", "S1")
    text = "\n".join(
        (
            *(f'[[objectives]]\nid = "{one}"\ntitle = "Do {one} better"' for one in ids),
            '[[candidates]]\nid = "S1"\ncluster = "social"\ntitle = "Do S1 better"',
            '[[promises]]\nid = "C1"\ntitle = "Always there"',
            *(
                f'[[links]]\nid = "X{nr}"\ncause = "{one}"\neffect = "C1"'
                for nr, one in enumerate(ids, start=1)
            ),
            '[[kpis]]\nid = "CM1.1"\nmeasures = "CM1"\nname = "Calls answered"\ntarget = 90',
        )
    )
    (tmp_path / "strategy.toml").write_text(text)
    folder = tmp_path / "by_hand"
    ran = run("new", folder, "--from", tmp_path / "strategy.toml", "--plain", typed=UNPLANNED)
    assert ran.code == EXIT_FINE
    assert "Could not be taken over" not in ran.said
    strategy = written(folder)
    assert {one.id for one in strategy.objectives} == set(ids)
    assert {one.cause for one in strategy.links} == set(ids)
    assert [one.target for one in strategy.kpis] == [90]


def test_what_is_no_list_makes_no_session(tmp_path: Path, run: Run) -> None:
    for name, data in {
        "notes.txt": b"\x00\x01\x02\x03" * 100,
        "page.html": b"<!DOCTYPE html><html><body>Goals</body></html>",
        "plan.xml": b"<?xml version='1.0'?><rss><channel/></rss>",
        "broken.xml": b"<StrategicPlan><StrategicPlanCore>",
        "data.json": b'{"goals": []}',
        "plan.pdf": b"%PDF-1.4",
        "numbers.csv": b"1;2;3\n4;5;6\n",
        "empty.csv": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
        for language in ("en", "nl"):
            ran = run("new", tmp_path / "x", "--from", tmp_path / name, "--plain", "--lang", language)
            assert ran.code == EXIT_FINDINGS, name
            assert name in ran.err
            assert len(ran.err.splitlines()) == 1
            assert not (tmp_path / "x").exists()


def test_a_list_fills_a_copy_of_a_session_the_same_way(begun: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(begun, tmp_path / "copy")
    for folder in (begun, tmp_path / "copy"):
        assert run("import", folder, EXPORT, "--yes").code == EXIT_FINE
    assert written(begun).kpis == written(tmp_path / "copy").kpis


def test_kpis_without_a_point_wait_to_be_sorted_and_not_to_be_confirmed(tmp_path: Path, run: Run) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("KPI;Unit;Target\nDays until answered;days;3\nMeetings held;meetings;24\n", "utf-8")
    folder = tmp_path / "acme"
    ran = run("new", folder, "--from", listed, "--plain", typed=UNPLANNED)
    assert "2 KPIs from before are to be sorted" in ran.out
    assert "Nobody has confirmed" not in ran.out
    typed = "/jump KPIs from before\n1\n3\n\n3\n\n/quit\n"
    assert "2 KPIs were there before. Is retired: 2." in run("open", folder, "--plain", typed=typed).out
    assert [old.verdict for old in written(folder).old_kpis] == ["retire", "retire"]
