"""Faulty and hand-written strategy files on the command line: what is said, what is taken, what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.cli.conftest import Run
from tests.support.faulty_edits import FAULTY, GOOD, edited


@pytest.fixture
def faulty(riverbend: Path) -> Path:
    """Riverbend's folder, with three faults and four good edits in its strategy.toml."""
    path = riverbend / "strategy.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(edited(text, *FAULTY[:3], *GOOD), encoding="utf-8")
    return riverbend


def told_of_each(said: str, name: str = "strategy.toml") -> bool:
    """Tell whether each of the three faults was told with its line."""
    places = ((471, "O2.horizon"), (478, "O2.aspect"), (488, "O3.effects"))
    return all(f"{name}:{line}: {place}:" in said for line, place in places)


def test_apply_ends_with_1_and_leaves_the_file(run: Run, faulty: Path) -> None:
    before = (faulty / "strategy.toml").read_bytes()
    ran = run("apply", faulty)
    assert ran.code == 1
    assert told_of_each(ran.err)
    assert "“See me within two weeks” → “See me within ten days”" in ran.err
    assert (faulty / "strategy.toml").read_bytes() == before
    assert '"source":"edit"' not in (faulty / "journal.jsonl").read_text(encoding="utf-8").replace(" ", "")


def test_apply_takes_the_good_edits_when_asked_and_still_leaves_the_file(run: Run, faulty: Path) -> None:
    before = (faulty / "strategy.toml").read_bytes()
    ran = run("apply", faulty, "--take-edits")
    assert ran.code == 1
    assert told_of_each(ran.err)
    assert (faulty / "strategy.toml").read_bytes() == before
    session = open_session(faulty, Environment(), read_only=True)
    assert session.strategy().promises[0].title == "See me within ten days"
    assert session.strategy().objectives[1].horizon == "short"
    assert run("apply", faulty).err.count("→") == 0  # they are in; the faults are left
    assert (faulty / "strategy.toml").read_bytes() == before


def test_apply_writes_the_file_once_its_faults_are_mended(run: Run, faulty: Path) -> None:
    run("apply", faulty, "--take-edits")
    text = (faulty / "strategy.toml").read_text(encoding="utf-8")
    for fault in FAULTY[:3]:
        text = text.replace(fault.new, fault.old)
    (faulty / "strategy.toml").write_text(text, encoding="utf-8")
    assert run("apply", faulty).code == 0
    assert 'who = "Chair of the board"' in (faulty / "strategy.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("answer", ["y", "n"])
def test_line_mode_shows_both_and_leaves_the_file(run: Run, faulty: Path, answer: str) -> None:
    before = (faulty / "strategy.toml").read_bytes()
    ran = run("open", faulty, "--plain", typed=f"{answer}\n/quit\n")
    assert told_of_each(ran.out)
    assert "“CEO” → “Chair of the board”" in ran.out
    assert "Take what can be read" in ran.out
    assert "was not written" in ran.err
    assert (faulty / "strategy.toml").read_bytes() == before
    session = open_session(faulty, Environment(), read_only=True)
    assert (session.strategy().review.who == "Chair of the board") is (answer == "y")


def test_check_of_a_session_shows_both(run: Run, faulty: Path) -> None:
    ran = run("check", faulty)
    assert ran.code == 1
    assert told_of_each(ran.err)
    assert "“CEO” → “Chair of the board”" in ran.err


def test_in_dutch_all_of_it_is_dutch(run: Run, faulty: Path) -> None:
    said = run("check", faulty / "strategy.toml", "--lang", "nl").err
    assert told_of_each(said, str(faulty / "strategy.toml"))
    assert "kan hier niet staan" in said
    assert "Bedoelde u “short”?" in said
    assert "cannot" not in said


WAYS = (
    ("check", "{file}"),
    ("render", "{file}", "--format", "md", "-o", "{out}"),
    ("diff", "{other}", "{file}"),
    ("new", "{out}", "--plain", "--from", "{file}"),
)


@pytest.mark.parametrize("way", WAYS, ids=[way[0] for way in WAYS])
def test_an_id_that_stands_twice_is_told_with_both_lines_everywhere(
    run: Run, way: tuple[str, ...], tmp_path: Path, riverbend_folder: Path
) -> None:
    other = riverbend_folder / "strategy.toml"
    text = other.read_text(encoding="utf-8")
    file, out = tmp_path / "twice.toml", tmp_path / "out"
    names = {"file": str(file), "other": str(other), "out": str(out)}
    file.write_text(text.replace('id = "C2"', 'id = "C1"'), encoding="utf-8")
    ran = run(*(part.format(**names) for part in way))
    assert ran.code == (2 if way[0] == "diff" else 1)
    assert f"{file}:182: C1: The id C1 stands twice, first in line 176." in ran.err
    assert not out.exists()
    # The control: with an id each, none of them has anything to say against the file.
    file.write_text(text.replace('id = "C2"', 'id = "C9"').replace('"C2"', '"C9"'), encoding="utf-8")
    assert "stands twice" not in run(*(part.format(**names) for part in way)).err


MANUAL = (Path(__file__).parents[2] / "docs" / "hand-edits.md").read_text(encoding="utf-8")
MINIMAL = MANUAL.partition("```toml\n")[2].partition("```")[0]


def test_the_faults_of_the_manual_are_told_so(run: Run, riverbend_folder: Path, tmp_path: Path) -> None:
    shown = MANUAL.partition("```text\n")[2].partition("```")[0].splitlines()
    file = tmp_path / "strategy.toml"
    text = (riverbend_folder / "strategy.toml").read_text(encoding="utf-8")
    text = edited(text, FAULTY[0]).replace('\nrole = "CFO"', '\nrol = "CFO"')
    file.write_text(text.replace('id = "C2"', 'id = "C1"'), encoding="utf-8")
    told = [line.removeprefix(f"{tmp_path}/") for line in run("check", file).err.splitlines()]
    assert len(shown) == 3
    assert set(shown) <= set(told)


@pytest.mark.parametrize(
    "candidates",
    ["", '[[candidates]]\nid = "O1"\ncluster = "operations"\ntitle = "Calls"\n'],
    ids=["none", "not selected"],
)
def test_a_minimal_file_written_by_hand_comes_in_whole(run: Run, tmp_path: Path, candidates: str) -> None:
    file, folder = tmp_path / "city.toml", tmp_path / "city"
    file.write_text(MINIMAL + candidates, encoding="utf-8")
    ran = run("new", folder, "--from", file, "--plain")
    assert ran.code == 0
    assert "Could not be taken over" not in ran.err
    wanted, taken = (read_toml(path.read_bytes()) for path in (file, folder / "strategy.toml"))
    for name in ("segments", "promises", "objectives", "links", "kpis"):
        assert getattr(taken, name) == getattr(wanted, name), name
    chosen = {one.id: one.cluster for one in taken.candidates if one.selected}
    assert chosen == {"O1": "operations", "CM1": "customer", "I1": "innovation", "S1": "social"}


def test_an_objective_of_no_cluster_is_named(run: Run, tmp_path: Path) -> None:
    """The control: letters that no cluster has tell nothing about where it belongs."""
    file = tmp_path / "city.toml"
    file.write_text(MINIMAL + '[[objectives]]\nid = "B1"\ntitle = "Build"\n', encoding="utf-8")
    ran = run("new", tmp_path / "city", "--from", file, "--plain")
    assert "Could not be taken over" in ran.err
    assert "B1" in ran.err


def test_a_reference_to_nothing_is_told_and_the_rest_is_rendered(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    file.write_text(MINIMAL.replace('effect = "C1"', 'effect = "C7"'), encoding="utf-8")
    ran = run("render", file, "--format", "md", "-o", tmp_path / "out")
    assert ran.code == 0
    assert "X1.effect: There is no C7 in this file. Known here: C1." in ran.err


@pytest.mark.parametrize(
    ("old", "new", "still"),
    [
        ("T2", "SEG1", "Daniel Kowalski"),
        ("C1", "O1", "See me within two weeks"),
        ("N2", "D1", "Noon-discharge huddles"),
    ],
)
def test_an_id_of_another_list_is_a_fault_and_loses_nothing(
    old: str, new: str, still: str, run: Run, riverbend: Path
) -> None:
    path = riverbend / "strategy.toml"
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    line = lines.index(f'id = "{old}"')
    path.write_text("\n".join((*lines[:line], f'id = "{new}"', *lines[line + 1 :])), encoding="utf-8")
    before = path.read_bytes()
    ran = run("apply", riverbend, "--take-edits")
    assert ran.code == 1
    assert f"The id {new} stands in another list as well" in ran.err
    assert f"Did you mean “{old}”?" in ran.err
    assert path.read_bytes() == before
    session = open_session(riverbend, Environment(), read_only=True)
    assert still in write_toml(session.strategy())
    alone = run("render", path, "-o", riverbend.parent / "out")
    assert alone.code == 1
    assert "stands in another list as well" in alone.err


def test_a_file_mended_while_the_session_is_open_is_offered_before_it_is_written(
    run: Run, faulty: Path
) -> None:
    path = faulty / "strategy.toml"
    session = open_session(faulty, Environment(by="Ann"))
    found = session.edited_file()
    assert found is not None
    session.take_edits(found)
    assert session.write_strategy() is None
    mended = path.read_text(encoding="utf-8")
    for fault in FAULTY[:3]:
        mended = mended.replace(fault.new, fault.old)
    mended = mended.replace("See me within ten days", "See me within nine days")
    path.write_text(mended, encoding="utf-8")
    assert session.write_strategy() is None
    assert path.read_text(encoding="utf-8") == mended
    again = session.edited_file()
    assert again is not None
    assert [one.now for one in again.taken] == ["See me within nine days"]
    session.take_edits(again)
    session.write_strategy()
    assert session.strategy().promises[0].title == "See me within nine days"
    session.close()
