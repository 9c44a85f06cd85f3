"""``script rehearse``: what is printed, exit codes, and finding the same again."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from bsc_coach.tui import unseen
from tests.cli.conftest import Run
from tests.support.odd_scripts import DOCS, HEAD, listed, one_from, step

EMPTY_PICK = HEAD + listed("wishes") + step("best", "pick", one_from("wishes"))


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_script_of_the_manual_is_rehearsed_in_the_app_too(tmp_path: Path, run: Run) -> None:
    (script,) = DOCS.values()
    ran = run("script", "rehearse", written(tmp_path, script.base.decode()), "--paths", "3")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("0 findings in 4 paths with ")


def test_findings_are_told_with_file_and_line_and_can_be_seen_again(tmp_path: Path, run: Run) -> None:
    path = written(tmp_path, EMPTY_PICK)
    ran = run("script", "rehearse", path, "--paths", "2", "--seed", "5")
    first, again, typed = ran.out.splitlines()
    line = EMPTY_PICK.splitlines().index('id = "best"') + 1
    assert ran.code == 1
    assert first.startswith(f"{path}:{line}: best: There may be nothing to choose from")
    assert typed.strip().startswith("typed last: ")
    command = shlex.split(again.partition("bsc-coach ")[2])
    assert run(*command).out.splitlines()[0] == first


def test_findings_as_json_hold_all_that_was_typed(tmp_path: Path, run: Run) -> None:
    ran = run("script", "rehearse", written(tmp_path, EMPTY_PICK), "--paths", "0", "--format", "json")
    told = json.loads(ran.out)
    one = next(one for one in told["found"] if one["path"] is not None)
    assert (ran.code, told["paths"], told["seed"]) == (1, 1, 1)
    assert (one["kind"], one["step"], one["language"], one["path"]) == ("nothing_to_choose", "best", "en", 0)
    assert one["typed"] == [""]


def test_a_step_never_reached_names_no_path(tmp_path: Path, run: Run) -> None:
    never = 'when = { all = [{ parked = "a" }, { parked = "b" }, { parked = "c" }, { parked = "d" }] }'
    text = HEAD + "".join(step(name, "text") for name in "abcd") + step("e", "text", never)
    ran = run("script", "rehearse", written(tmp_path, text), "--paths", "1")
    assert (ran.code, len(ran.out.splitlines())) == (1, 1)
    assert ": e: No path came here." in ran.out


def test_a_fault_of_the_app_is_told(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(app: object) -> object:
        raise RuntimeError("planted")

    monkeypatch.setattr(unseen, "CoachApp", broken)
    ran = run("script", "rehearse", written(tmp_path, HEAD + step("name", "text")), "--paths", "0")
    assert ran.code == 1
    assert "The program failed: RuntimeError: planted" in ran.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--paths", "many"], "--paths wants a whole number"),
        (["--seed", "-1"], "--seed wants a whole number"),
        (["--lang", "nl"], "--lang"),
        (["--format", "sarif"], "--format"),
    ],
)
def test_an_option_that_means_nothing_is_refused(
    options: list[str], told: str, tmp_path: Path, run: Run
) -> None:
    ran = run("script", "rehearse", written(tmp_path, HEAD + step("name", "text")), *options)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_script_with_faults_is_not_rehearsed(tmp_path: Path, run: Run) -> None:
    ran = run("script", "rehearse", written(tmp_path, HEAD + step("name", "txt")))
    assert (ran.code, ran.out) != (0, "")
    assert "mine.toml:" in ran.err
    assert run("script", "rehearse", tmp_path / "none.toml").code == 1
