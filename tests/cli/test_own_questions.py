"""Questions of one's own on the command line: ``diff`` tells the answers, ``why`` finds the questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.own_questions import IDS, answered_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return answered_folder(tmp_path_factory.mktemp("own") / "clinic")


@pytest.fixture
def edited(folder: Path, tmp_path: Path) -> Path:
    """The strategy with another choice, another date, an answer less and one more."""
    text = (folder / "strategy.toml").read_text(encoding="utf-8")
    for before, after in (
        ('answer = "zz_heavy"\nsaid = "Very heavy"', 'answer = "zz_light"\nsaid = "Hardly at all"'),
        ('answer = "2001-06"', 'answer = "2002-01"'),
        ('step = "own.regulator"', 'step = "own.overseer"'),
        ("answer = 1234\n", "answer = 0\n"),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    path = tmp_path / "edited.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_comparison_tells_answers_in_words(run: Run, folder: Path, edited: Path) -> None:
    ran = run("diff", folder, edited)
    assert ran.code == 1
    for line in (
        "How heavy does it weigh? (O1.1 Days of waiting): “Very heavy” → “Hardly at all”",
        "Since when is it counted? (O1.1 Days of waiting): June 2001 → January 2002",
        "How many neighbours are there?: 1,234 → 0",
        "New: Which regulator looks at us? (“The Harbour Board”)",
        "Dropped: Which regulator looks at us? (was “The Harbour Board”)",
    ):
        assert line in ran.out
    markdown = run("diff", folder, edited, "--format", "md").out
    assert "“Very heavy” → “Hardly at all”" in markdown
    assert not [one for one in IDS if one in ran.out + markdown.replace("\\", "")]


def test_a_comparison_for_programs_has_the_answers_before_and_after(
    run: Run, folder: Path, edited: Path
) -> None:
    told = json.loads(run("diff", folder, edited, "--format", "json").out)["changes"]
    found = {(one["id"], one["what"]): (one.get("before"), one.get("after")) for one in told}
    assert found == {
        ("own.overseer", "new"): (None, "The Harbour Board"),
        ("own.regulator", "dropped"): ("The Harbour Board", None),
        ("own.beds", "changed"): (1234, 0),
        ("own.weight O1.1", "changed"): ("Very heavy", "Hardly at all"),
        ("own.since O1.1", "changed"): ("2001-06", "2002-01"),
    }


def test_the_language_is_no_change(run: Run, folder: Path, tmp_path: Path) -> None:
    dutch = tmp_path / "strategy.toml"
    assert run("render", folder, "--format", "toml", "--lang", "nl", "-o", tmp_path).code == 0
    assert "Heel zwaar" in dutch.read_text(encoding="utf-8")
    ran = run("diff", folder, dutch, "--format", "json")
    assert [one for one in json.loads(ran.out)["changes"] if one["part"] == "extra"] == []


@pytest.mark.parametrize("name", ["own.regulator", "OWN.REGULATOR", "Which regulator looks at us?"])
def test_why_finds_a_question_outside_a_list(run: Run, folder: Path, name: str) -> None:
    ran = run("why", name, folder)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Which regulator looks at us? (question of the script)")
    assert "The Harbour Board" in ran.out


def test_why_tells_what_was_answered_about_each_item(run: Run, folder: Path) -> None:
    lines = [line.strip() for line in run("why", "own.mood", folder).out.splitlines()]
    assert any("Full of confidence" in line for line in lines[lines.index("Operations") :])
    assert any("Tired but willing" in line for line in lines[lines.index("Social and societal") :])
    assert json.loads(run("why", "own.mood", folder, "--json").out)["kind"] == "question"


def test_why_finds_an_item_of_a_list_of_ones_own(run: Run, folder: Path) -> None:
    told = run("why", "Z1", folder).out
    assert told.startswith("Z1 Ask sooner (a list of your own)")
    assert "All of us" in told


def test_a_question_that_is_not_there_is_not_found(run: Run, folder: Path) -> None:
    ran = run("why", "own.nothing", folder)
    assert ran.code == 2
    assert "own.nothing" in ran.err
