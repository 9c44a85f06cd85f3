"""A script of one's own through every command: it is checked, talked through, rendered, and asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.odd_scripts import DOCS, SOUND_SCRIPTS
from tests.support.playing import TEXT_FORMATS, begun, play

SHORTS = ("L1", "P1", "E1", "O1", "N1", "X1", "V1")
COMMANDS = [
    *(f"/{name} {short}" for name in ("up", "down", "edit", "shelve", "demote") for short in ("", *SHORTS)),
    *(f"/merge {short} {short[0]}2" for short in SHORTS),
    "/homework", "/homework Ann", "/keep", "/keep M12 because", "/keep O10 because we say so", "/mute",
    "/mute M12 we say so", "/mute M12", "/jump the", "/edit L1", "/done", "/why", "/why L1", "/example",
    "/history", "/agenda", "/map", "/findings", "/review", "/document", "/save", "/right", "/undo", "/redo",
    "/park", "later", "/na", "because", "/back", "/next", "/language en", "/export md", "/quit",
]  # fmt: skip


def script_file(folder: Path, name: str) -> Path:
    path = folder / "mine.toml"
    path.write_bytes(SOUND_SCRIPTS[name].base)
    return path


@pytest.mark.parametrize("name", SOUND_SCRIPTS)
def test_a_script_goes_through_every_command(name: str, tmp_path: Path, run: Run) -> None:
    script, folder = script_file(tmp_path, name), tmp_path / "session"
    talk = begun(tmp_path / "talk", SOUND_SCRIPTS[name])
    typed = play(talk)
    assert run("script", "check", script).code == 0
    assert run("new", folder, "--script", script, "--plain", typed="\n".join(typed) + "\n").code == 0
    told = json.loads(run("status", folder, "--json").out)
    assert told["progress"]["settled"] == told["progress"]["certain"] > 0
    assert told["next"] is None
    assert all(part["title"] in run("status", folder).out for part in told["sections"])
    assert run("render", folder, "--format", ",".join(TEXT_FORMATS), "-o", tmp_path / "out").code == 0
    assert run("open", folder, "--plain", typed="\n".join(COMMANDS) + "\n").code == 0
    assert run("check", folder).code in (0, 1)
    for short in (*SHORTS, "Z9", "north"):
        run("why", short, folder)
    assert run("render", folder, "--format", "md,minutes", "--redact", "-o", tmp_path / "case").code == 0


@pytest.mark.parametrize("name", SOUND_SCRIPTS)
def test_any_request_on_any_script_is_answered(name: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "session"
    run("new", folder, "--script", script_file(tmp_path, name), "--plain")
    steps = [
        line.split('"')[1] for line in SOUND_SCRIPTS[name].base.decode().splitlines() if line[:4] == "id ="
    ]
    requests: list[dict[str, object]] = []
    for step in steps[1:]:
        requests += [{"do": "add", "list": step}, {"do": "close", "list": step, "reason": "none"}]
        requests += [
            {"do": "accept", "step": step, **of, "value": value}
            for of in ({}, {"of": "L1"}, {"of": "north"}, {"of": "P1"})
            for value in ("1", 7, ["P1"], ["1"], "2028", "")
        ]
        requests += [{"do": "confirm", "step": step}, {"do": "park", "step": step, "reason": "later"}]
        requests += [{"do": "keep", "step": step, "check": "O10", "reason": "ours"}, {"do": "undo"}]
    requests += [{"do": "mute", "rule": "M12", "reason": "ours"}, {"do": "remove", "item": "P1"}]
    ran = run("apply", folder, typed="".join(f"{json.dumps(one)}\n" for one in requests))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert len(answers) == len(requests)
    assert any(answer["accepted"] for answer in answers)
    assert all(answer["accepted"] or answer["refused"]["say"] for answer in answers)


@pytest.mark.parametrize("name", DOCS)
def test_the_example_of_the_documentation_stands_on_its_agenda(name: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "session"
    run("new", folder, "--script", script_file(tmp_path, name), "--plain", typed="1\n/agenda\n")
    told = json.loads(run("status", folder, "--json").out)
    assert [part["title"] for part in told["sections"]] == ["Aims", "Is this the day you want?"]
