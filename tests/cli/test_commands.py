"""Exit codes, streams and what each command does when all is well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from bsc_coach import __version__
from bsc_coach.errors import StrategyFileError
from bsc_coach.strategy.closing import Agreement, Review
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import UNPLANNED, Run
from tests.support.cli import bsc_coach


def test_version_is_data_on_standard_output() -> None:
    ran = bsc_coach("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"bsc-coach {__version__}\n", "")


def test_version_beside_other_options(run: Run) -> None:
    assert run("--as", "Ann", "--version").out == f"bsc-coach {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["open"],
        ["new"],
        ["status", "--yaml", "x"],
        ["script"],
        ["script", "frobnicate"],
        ["--as"],
        ["demo", "nobody", "--plain"],
        ["render", ".", "--format", "docbook"],
        ["render", ".", "--format", " , "],
    ],
    ids=" ".join,
)
def test_what_cannot_be_meant_ends_with_2_and_says_why(arguments: list[str], run: Run, begun: Path) -> None:
    told = [str(begun) if one == "." else one for one in arguments]
    ran = run(*told)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err


@pytest.mark.parametrize(
    "command", [[], ["new"], ["open"], ["demo"], ["apply"], ["render"], ["status"], ["script"]]
)
def test_help_is_data(command: list[str], run: Run) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert "usage: bsc-coach" in ran.out
    assert ran.err == ""


def test_talk_goes_beside_the_data(run: Run, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "a", "--plain", typed=UNPLANNED + "Acme\n")
    assert "A session was made in" in ran.err
    assert "Written:" in ran.err
    assert "Coach: Which organisation" in ran.out
    assert "Written:" not in ran.out


def test_the_demo_makes_documents_and_says_where(tmp_path: Path) -> None:
    ran = bsc_coach("demo", cwd=tmp_path)
    assert ran.code == 0
    assert "riverbend/strategy.md" in ran.out
    assert "riverbend/strategy.toml" in ran.out


@pytest.mark.slow
def test_the_demo_run_twice_takes_a_new_folder(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "riverbend", tmp_path / "riverbend-2"
    assert run("demo", "--to", one, "--plain", typed="/quit\n").code == 0
    second = run("demo", "riverbend", "--to", one, "--plain", typed="/map\n/quit\n")
    assert second.code == 0
    assert f"{two}/strategy.md" in second.out
    assert "Internal processes" in second.out
    for name in ("strategy.md", "strategy.toml", "journal.jsonl", "script.toml"):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name
    assert run("render", one, "--check").code == 0


def test_status_for_people(run: Run, begun: Path) -> None:
    ran = run("status", begun)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Acme Housing"
    assert "Ambition" in ran.out


def test_status_for_programs(run: Run, begun: Path) -> None:
    before = {path.name: path.read_bytes() for path in begun.iterdir() if path.is_file()}
    ran = run("status", begun, "--json")
    told = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert told["organisation"] == "Acme Housing"
    assert told["actions"] == 6
    assert told["progress"]["settled"] <= told["progress"]["certain"] <= told["progress"]["possible"]
    assert [entry["title"] for entry in told["sections"]][:2] == ["Ambition", "Segments"]
    assert told["next"] in ({"step": "organisation.values"}, {"step": "organisation.purpose"})
    assert {path.name: path.read_bytes() for path in begun.iterdir() if path.is_file()} == before


def test_the_schema_fits_the_recorded_strategy(run: Run, riverbend_folder: Path) -> None:
    schema = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    strategy = tomllib.loads((riverbend_folder / "strategy.toml").read_text(encoding="utf-8"))
    validator.validate(strategy)
    strategy["objectives"][0]["tilte"] = "a slip of the pen"  # the control
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(strategy)


KEYWORDS = set(jsonschema.Draft202012Validator.VALIDATORS) | {
    "$defs", "$schema", "title", "description", "default", "discriminator",
}  # fmt: skip


def unknown_keywords(schema: object, *, names: bool = False) -> set[str]:
    """Return the keywords of a schema that no validator knows; under ``names`` stand names of people's."""
    if isinstance(schema, list):
        return set().union(*(unknown_keywords(one) for one in schema))
    if not isinstance(schema, dict):
        return set()
    found = set() if names else set(schema) - KEYWORDS
    for key, inner in schema.items():
        if names or key not in ("default", "discriminator", "enum", "const"):
            found |= unknown_keywords(inner, names=not names and key in ("properties", "$defs"))
    return found


@pytest.mark.parametrize("command", [("schema",), ("apply", "--schema")])
def test_every_limit_of_a_schema_is_one_that_validators_know(
    command: tuple[str, ...], run: Run, begun: Path
) -> None:
    told = run(command[0], *([begun] if command[0] == "apply" else []), *command[1:])
    assert unknown_keywords(json.loads(told.out)) == set()
    assert unknown_keywords({"properties": {"ge": {"anyOf": [{"type": "number", "ge": 0}]}}}) == {"ge"}


@pytest.mark.parametrize(
    ("given", "is_fine"),
    [
        ('[[links]]\nid = "K1"\ndelay_months = -1', False),
        ('[[links]]\nid = "K1"\ndelay_months = -0.5', False),
        ('[[links]]\nid = "K1"\ndelay_months = 0', True),
        ('[[links]]\nid = "K1"\ndelay_months = 1.5', True),
        ('[[kpis]]\nid = "O1.1"\nmeasures = "O1"\nbaseline = -5', True),
        ('[[kpis]]\nid = "O1.1"\nmeasures = "O1"\nbenchmark = { year = 202 }', False),
        ('[[kpis]]\nid = "O1.1"\nmeasures = "O1"\nbenchmark = { year = 2024 }', True),
        ('[[candidates]]\nid = "O1"\ninfluence = 6', False),
        ('[[candidates]]\nid = "O1"\ninfluence = 5', True),
    ],
)
def test_the_schema_refuses_the_numbers_that_the_program_refuses(given: str, is_fine: bool, run: Run) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(run("schema").out))
    if 'id = "O1"\ni' in given:
        given += '\ncluster = "operations"'
    assert validator.is_valid(tomllib.loads(given)) is is_fine
    try:
        read_toml(given.encode())
    except StrategyFileError:
        assert not is_fine
    else:
        assert is_fine


@pytest.mark.parametrize("what", ["", "strategy.toml"], ids=["folder", "file"])
def test_new_from_an_earlier_strategy_takes_over_all_but_what_belongs_to_its_session(
    what: str, run: Run, tmp_path: Path, riverbend_folder: Path
) -> None:
    source = riverbend_folder / "strategy.toml"
    ran = run("new", tmp_path / "again", "--from", riverbend_folder / what, "--plain")
    assert ran.code == 0
    assert "were taken over from riverbend" in ran.err
    assert "(as of 18 November 2026)" in ran.err
    assert "Could not be taken over" not in ran.err
    again = read_toml((tmp_path / "again" / "strategy.toml").read_bytes())
    before = read_toml(source.read_bytes())
    own = {"participants", "review", "agreement"}
    assert again.model_dump(exclude=own) == before.model_dump(exclude=own)
    assert (again.participants, again.agreement) == ((), Agreement())
    assert again.review == Review(
        rhythm=before.review.rhythm, who=before.review.who, story=before.review.story
    )


def test_a_script_is_copied_checked_and_used(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    copied = run("script", "copy", mine)
    assert (copied.code, copied.out) == (0, f"{mine}\n")
    checked = run("script", "check", mine)
    assert (checked.code, checked.out) == (0, "")
    assert "0 faults" in checked.err
    mine.write_text(
        mine.read_text(encoding="utf-8").replace(
            "Which organisation, or which part", "Which bakery, or which part"
        ),
        encoding="utf-8",
    )
    assert "Which bakery" in run("new", tmp_path / "own", "--script", mine, "--plain", typed=UNPLANNED).out
    assert "Which bakery" in run("open", tmp_path / "own", "--plain").out


def test_faults_of_a_script_are_findings_with_line_and_id(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    run("script", "copy", mine)
    text = mine.read_text(encoding="utf-8")
    broken = text.replace('in = "ambition"', 'in = "ambitoin"', 1).replace(
        'kind = "number"', 'kind = "nubmer"', 1
    )
    mine.write_text(broken, encoding="utf-8")
    ran = run("script", "check", mine)
    assert ran.code == 1
    assert "ambitoin" in ran.out
    assert "nubmer" in ran.out
    refused = run("new", tmp_path / "x", "--script", mine, "--plain")
    assert refused.code == 1
    assert not (tmp_path / "x").exists()


def test_a_copied_script_never_overwrites(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("mine")
    assert run("script", "copy", mine).code == 1
    assert mine.read_text() == "mine"


def test_output_that_nobody_reads_any_more_is_no_failure_of_ours(riverbend_folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    writer = subprocess.run(
        [sys.executable, "-m", "bsc_coach", "status", str(riverbend_folder)],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert writer.stderr == b""
    assert writer.returncode == 1
