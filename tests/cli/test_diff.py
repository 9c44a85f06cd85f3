"""``diff``: two sessions or files told apart in words, with an exit code that a program can use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bsc_coach.documents.reports.changes import told_apart
from bsc_coach.strategy.comparison import PARTS, Change, compare
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.cli.conftest import Run
from tests.support.any_strategies import places, two_values, with_value
from tests.support.cli import one_sentence


@pytest.fixture
def edited(riverbend_folder: Path, tmp_path: Path) -> Path:
    """The strategy of the sample with three changes."""
    text = (riverbend_folder / "strategy.toml").read_text(encoding="utf-8")
    for before, after in (
        ('owner_role = "Head of Pharmacy"', 'owner_role = "Chief Nursing Officer"'),
        ("target = 14\n", "target = 10\n"),
        ('choice = "not_served"', 'choice = "target"'),
    ):
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "edited.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_changed_is_said_and_is_exit_0(run: Run, riverbend_folder: Path) -> None:
    for other in (riverbend_folder, riverbend_folder / "strategy.toml"):
        ran = run("diff", riverbend_folder, other)
        assert (ran.code, ran.out, ran.err) == (0, "Nothing changed.\n", "")
    assert run("diff", riverbend_folder, riverbend_folder, "--format", "md").code == 0
    told = json.loads(run("diff", riverbend_folder, riverbend_folder, "--format", "json").out)
    assert told == {"changes": []}


def test_in_words_the_most_important_first(run: Run, riverbend_folder: Path, edited: Path) -> None:
    ran = run("diff", riverbend_folder, edited)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        "3 changes",
        "",
        "Groups of customers",
        "  Now served: SEG4 Transplant and complex oncology (deliberately not served → also a target)",
        "",
        "Objectives",
        "  O3 Prevent harmful medication errors: owner from Head of Pharmacy to Chief Nursing Officer",
        "",
        "KPIs",
        "  O1.1 Median days from referral to first visit: target from 14 days by December 2027 to 10 days by "
        "December 2027",
    ]


def test_in_dutch_and_as_markdown(run: Run, riverbend_folder: Path, edited: Path) -> None:
    ran = run("diff", riverbend_folder, edited, "--lang", "nl", "--format", "md")
    assert ran.code == 1
    assert ran.out.startswith(
        "# Wat er veranderd is in de strategie van Riverbend Regional Hospital\n\n3 verschillen\n"
    )
    assert "- O3 Prevent harmful medication errors: eigenaar van Head of Pharmacy naar" in ran.out


def test_as_json_by_documented_keys(run: Run, riverbend_folder: Path, edited: Path) -> None:
    changes = json.loads(run("diff", riverbend_folder, edited, "--format", "json").out)["changes"]
    assert [(one["part"], one["what"], one["id"]) for one in changes] == [
        ("segments", "served", "SEG4"), ("objectives", "other_owner", "O3"), ("kpis", "moved", "O1.1"),
    ]  # fmt: skip
    guide = (Path(__file__).parents[2] / "docs" / "looking-back.md").read_text(encoding="utf-8")
    for name in (*Change.model_fields, *PARTS):
        assert f"`{name}`" in guide, name


def test_the_language_is_that_of_the_new_one(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(write_toml(Strategy()), encoding="utf-8")
    new.write_text(write_toml(Strategy(language="nl")), encoding="utf-8")
    assert run("diff", old, new).out == "Er is niets veranderd.\n"


@pytest.mark.parametrize("arguments", [("--format", "html"), ("--format", "")])
def test_an_unknown_form_is_a_slip(arguments: tuple[str, str], run: Run, riverbend_folder: Path) -> None:
    ran = run("diff", riverbend_folder, riverbend_folder, *arguments)
    assert ran.code == 2
    assert "text, md, json" in one_sentence(ran)


def test_a_language_without_words_is_a_slip_of_the_command_line(run: Run, riverbend_folder: Path) -> None:
    ran = run("diff", riverbend_folder, riverbend_folder, "--lang", "xx")
    assert ran.code == 2
    assert "en, nl" in one_sentence(ran)


def test_what_is_no_strategy_is_said(run: Run, riverbend_folder: Path, tmp_path: Path) -> None:
    assert run("diff", riverbend_folder, tmp_path).code == 2
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"\xff\xfe")
    one_sentence(run("diff", bad, riverbend_folder))


def test_a_session_that_went_on(run: Run, riverbend: Path, riverbend_folder: Path) -> None:
    typed = json.dumps(
        {"do": "accept", "step": "objective.title", "of": "O3", "value": "Prevent harm by medicines"}
    )
    assert run("apply", riverbend, typed=typed + "\n").code == 0
    ran = run("diff", riverbend_folder, riverbend)
    assert "O3 reworded: “Prevent harmful medication errors” → “Prevent harm by medicines”" in ran.out
    assert read_toml((riverbend / "strategy.toml").read_bytes()) != read_toml(
        (riverbend_folder / "strategy.toml").read_bytes()
    )


def test_what_cannot_be_read_is_no_difference(run: Run, riverbend: Path, tmp_path: Path) -> None:
    broken = tmp_path / "strategy.toml"
    broken.write_text("format = 'x'", encoding="utf-8")
    for other in (tmp_path / "nowhere", broken):
        ran = run("diff", riverbend, other)
        assert (ran.code, ran.out) == (2, "")
    fault, summary = ran.err.splitlines()
    assert fault.startswith(f"{broken}:1: format: “x” cannot stand here")
    assert "has 1 fault" in summary


FIRST = {place.part: place for place in reversed(places()) if str(place) != "candidates.title"}
"""One field of every part."""


@pytest.mark.parametrize("part", FIRST)
def test_one_change_in_each_part_is_all_that_the_command_tells(part: str, run: Run, tmp_path: Path) -> None:
    one, other = (with_value(FIRST[part], value) for value in two_values(FIRST[part]))
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(write_toml(one), encoding="utf-8")
    new.write_text(write_toml(other), encoding="utf-8")
    groups = told_apart(compare(one, other), one, other, "en")
    ran = run("diff", old, new)
    assert ran.code == 1
    assert ran.out.splitlines()[2:] == [groups[0].heading, *(f"  {line}" for line in groups[0].lines)]
    told = json.loads(run("diff", old, new, "--format", "json").out)["changes"]
    assert {change["part"] for change in told} == {part}
    page = run("diff", old, new, "--format", "md", "--lang", "en").out.splitlines()
    assert [line for line in page if line.startswith("- ")] == [f"- {line}" for line in groups[0].lines]
    assert run("diff", new, new).code == 0
