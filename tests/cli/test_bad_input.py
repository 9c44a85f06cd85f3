"""Bad input gets one plain sentence and loses nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import UNPLANNED, Run
from tests.session.test_names import HOSTILE
from tests.support.cli import Ran, bsc_coach, environment, one_sentence, well_behaved
from tests.support.journals import append_action

ACCEPT = '{"do": "accept", "step": "organisation.name", "value": "Other"}\n'
READING = [["status"], ["render"], ["apply"], ["open", "--plain"], ["open", "--plain", "--read-only"]]


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return each file below ``folder`` but those that only note who was there."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


# Where no session is


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_folder_there(command: list[str], run: Run, tmp_path: Path) -> None:
    ran = run(command[0], tmp_path / "nowhere", *command[1:])
    assert ran.code == 1
    assert "bsc-coach new" in one_sentence(ran)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [*READING, ["new", "--plain"]], ids=" ".join)
def test_a_file_in_the_place_of_the_folder(command: list[str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("something of mine")
    ran = run(command[0], tmp_path / "file", *command[1:])
    assert ran.code == 1
    one_sentence(ran)
    assert everything_in(tmp_path) == {"file": b"something of mine"}


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_an_empty_folder(command: list[str], run: Run, tmp_path: Path) -> None:
    ran = run(command[0], tmp_path, *command[1:])
    assert ran.code == 1
    one_sentence(ran)
    assert everything_in(tmp_path) == {}


def test_a_session_is_never_started_over_another(run: Run, begun: Path) -> None:
    before = everything_in(begun)
    ran = run("new", begun, "--plain", typed=UNPLANNED + "Other\n")
    assert ran.code == 1
    assert "bsc-coach open" in one_sentence(ran)
    assert everything_in(begun) == before


# Journals


def foreign(data: bytes) -> bytes:
    return b"Dear diary, today\n" * 40


def newer(data: bytes) -> bytes:
    """Return a journal whose header says that a later version wrote it, made as the store makes them."""
    first, _, rest = data.partition(b"\n")
    told = json.loads(first)
    told["format"] = 99
    return json.dumps(told).encode() + b"\n" + rest


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_foreign_journal_is_left_alone(command: list[str], run: Run, begun: Path) -> None:
    (begun / "journal.jsonl").write_bytes(foreign(b""))
    before = everything_in(begun)
    ran = run(command[0], begun, *command[1:], typed=ACCEPT if command == ["apply"] else "Other\n")
    assert ran.code == 1
    assert "not a journal" in one_sentence(ran)
    assert everything_in(begun) == before


def test_a_truncated_journal_keeps_what_is_whole(run: Run, begun: Path) -> None:
    path = begun / "journal.jsonl"
    data = path.read_bytes()
    last = data.rstrip(b"\n").rfind(b"\n") + 1
    for cut in (len(data) - 1, len(data) - 5, last + 30, last):
        path.write_bytes(data[:cut])
        told = json.loads(run("status", begun, "--json").out)
        assert told["organisation"] == "Acme Housing"
        assert told["actions"] == (6 if cut == len(data) - 1 else 5)
        assert path.read_bytes() == data[:cut]
    path.write_bytes(data[: len(data) - 5])
    ran = run(
        "apply", begun, typed='{"do": "accept", "step": "organisation.values", "value": "Warm homes"}\n'
    )
    assert ran.code == 0
    assert "damaged" in ran.err or "left out" in ran.err
    assert data[: len(data) - 5] in b"".join(everything_in(begun).values())


def test_a_damaged_line_costs_that_line_only_and_is_told(run: Run, begun: Path) -> None:
    path = begun / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"tenants", b"tyrants")
    path.write_bytes(b"".join(lines))
    ran = run("status", begun, "--json")
    assert json.loads(ran.out)["actions"] == 5
    assert "changed outside bsc_coach" in ran.err
    assert b"tyrants" in path.read_bytes()


@pytest.mark.parametrize("how", ["bom", "crlf", "utf-16"])
def test_what_editors_do_to_a_journal(how: str, run: Run, begun: Path) -> None:
    path = begun / "journal.jsonl"
    data = path.read_bytes()
    changed = {
        "bom": b"\xef\xbb\xbf" + data,
        "crlf": data.replace(b"\n", b"\r\n"),
        "utf-16": data.decode().encode("utf-16"),
    }[how]
    path.write_bytes(changed)
    ran = run("status", begun, "--json")
    assert (ran.code, json.loads(ran.out)["actions"]) == (0, 6)
    assert "An editor" in ran.err


@pytest.mark.parametrize("command", [["open", "--plain"], ["apply"]], ids=" ".join)
@pytest.mark.parametrize("how", ["empty", "missing", "an answer short"])
def test_what_a_lost_journal_leaves_in_the_strategy_file_is_never_lost(
    how: str, command: list[str], run: Run, begun: Path
) -> None:
    path = begun / "journal.jsonl"
    if how == "missing":
        path.unlink()
    else:
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[1:-1]) if how == "an answer short" else b"")
    ran = run(command[0], begun, *command[1:])
    assert ran.code in (0, 1)
    assert "Everybody who rents" in b"".join(everything_in(begun).values()).decode("utf-8", "replace")
    assert "Acme Housing" in b"".join(everything_in(begun).values()).decode("utf-8", "replace")


LATER = (
    {"t": "answered", "slot": "organisation.name", "value": "Acme Homes"},
    {"t": "sung", "slot": "organisation.name", "song": "la"},
)


@pytest.fixture
def later(begun: Path) -> Path:
    """A session that went on in a later version of the program: also with an action all unknown."""
    append_action(begun, *LATER, needs="0.7")
    append_action(begun, LATER[1], needs="0.7")
    append_action(begun, {"t": "undone", "number": 8})
    return begun


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (["render", "{}", "--format", "md,minutes,toml,html", "-o", "{}/out"], ""),
        (["status", "{}"], ""), (["why", "proposition", "{}"], ""), (["check", "{}"], ""),
        (["apply", "{}"], ACCEPT),
        (["open", "{}", "--plain"], "/review\nSomething new\n/undo\n/map\n/quit\n"),
    ],
    ids=lambda told: told[0] if isinstance(told, list) else "",
)  # fmt: skip
def test_a_session_of_a_later_version_is_read_and_not_written(
    command: list[str], typed: str, run: Run, later: Path
) -> None:
    assert (later / "journal.jsonl").read_bytes().count(b"\n") == 9
    before = everything_in(later)
    ran = run(*(word.replace("{}", str(later)) for word in command), typed=typed)
    assert ran.code == (1 if command[0] in ("apply", "check") else 0)
    assert "later version of bsc_coach" in ran.err
    assert "Update bsc_coach to 0.7 or later" in ran.err
    after = everything_in(later)
    if command[0] == "render":
        assert b"Acme Homes" in after["out/strategy.md"]
        assert b"Acme Homes" in after["out/minutes.md"]
    assert {name: data for name, data in after.items() if not name.startswith("out/")} == before


def test_a_command_is_not_carried_out_in_a_session_of_a_later_version(run: Run, later: Path) -> None:
    assert run("apply", later, typed=ACCEPT).out == ""


def test_the_control_is_an_action_that_cannot_be_read(run: Run, begun: Path) -> None:
    append_action(begun, LATER[0], {"t": "declined", "slot": "segments"})
    ran = run("apply", begun, typed=ACCEPT)
    assert ran.code == 0
    assert json.loads(ran.out)["accepted"] is True
    assert "cannot be read" in ran.err
    assert "later version" not in ran.err


# Strategy files


BAD_TOML = {
    "utf-16": 'format = 1\nlanguage = "en"\n'.encode("utf-16"),
    "cp1252": 'format = 1\nlanguage = "en"\n[organisation]\nname = "Müller"\n'.encode("cp1252"),
    "no toml": b"Dear all,\nplease find attached",
    "nothing of ours": b'[tool.poetry]\nname = "x"\n',
    "a newer format": b'format = 99\nlanguage = "en"\n',
    "a wrong kind": b'format = 1\nlanguage = "en"\nobjectives = "many"\n',
    "many wrong keys": b"format = 1\n[organisation]\n" + b"".join(b"k%d = 1\n" % n for n in range(5_000)),
    "deep nesting": b"x = " + b"[" * 2_000 + b"]" * 2_000,
    "a long number": b"format = " + b"9" * 5_000,
    "a long hex number": b"format = 0x" + b"f" * 50_000,
    "a key of many parts": b".".join([b"a"] * 20_000) + b" = 1",
    "nan": b'format = 1\nlanguage = "en"\nkpis = [{id = "O1.1", measures = "O1", name = "n", target = nan}]',
    "nul": b'format = 1\nlanguage = "e\x00n"\n',
    "too large": b"# " + b"x" * 9_000_000,
    "escapes": b'format = 1\nlanguage = "\\u001b[2J"\n[\\u001b]\n',
}


@pytest.mark.parametrize("data", BAD_TOML.values(), ids=BAD_TOML.keys())
def test_a_bad_strategy_file(data: bytes, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "strategy.toml"
    path.write_bytes(data)
    started = time.monotonic()
    for command in (["render", path], ["new", tmp_path / "made", "--from", path, "--plain"]):
        ran = run(*command)
        assert ran.code == 1
        *faults, _ = ran.err.splitlines()
        assert all(line.startswith(f"{path}:") for line in faults)
        assert len(faults) <= 201
        assert "Traceback" not in ran.err
    assert time.monotonic() - started < 20  # a guard against hanging, no measurement
    assert everything_in(tmp_path) == {"strategy.toml": data}


def test_a_byte_order_mark_does_no_harm(run: Run, begun: Path, tmp_path: Path) -> None:
    marked = tmp_path / "marked.toml"
    marked.write_bytes(b"\xef\xbb\xbf" + (begun / "strategy.toml").read_bytes().replace(b"\n", b"\r\n"))
    assert run("render", marked, "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "strategy.toml").read_bytes() == (begun / "strategy.toml").read_bytes()


@pytest.mark.parametrize("data", [BAD_TOML["utf-16"], BAD_TOML["deep nesting"], BAD_TOML["escapes"]])
def test_a_session_goes_on_beside_a_bad_strategy_file_which_stays(data: bytes, run: Run, begun: Path) -> None:
    (begun / "strategy.toml").write_bytes(data)
    ran = run("apply", begun, typed='{"do": "undo"}\n')
    assert ran.code == 1
    assert '"accepted": true' in ran.out
    assert (begun / "strategy.toml").read_bytes() == data
    (begun / "strategy.toml").unlink()
    assert run("apply", begun).code == 0
    assert b"Acme Housing" in (begun / "strategy.toml").read_bytes()


# Scripts


BAD_SCRIPTS = {
    "utf-16": '[script]\nid = "x"\n'.encode("utf-16"),
    "cp1252": '[script]\nid = "x"\ntitle = "Müller"\n'.encode("cp1252"),
    "no toml": b"Dear all,\nplease find attached",
    "empty": b"",
    "no steps": b'[script]\nid = "x"\nversion = 1\ntitle = "x"\nlanguages = ["en"]\n',
    "deep nesting": b"x = " + b"[" * 2_000 + b"]" * 2_000,
    "a key of many parts": b".".join([b"a"] * 3_000) + b" = 1",
    "no tables": b"x\xff\n[1",
    "wrong everywhere": b'script = 1\nstep = "none"\n',
}


@pytest.mark.parametrize("data", BAD_SCRIPTS.values(), ids=BAD_SCRIPTS.keys())
def test_a_bad_script(data: bytes, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(data)
    ran = run("script", "check", path)
    assert ran.code == 1
    assert ran.out
    ran = run("new", tmp_path / "made", "--script", path, "--plain")
    assert ran.code == 1
    assert ran.err
    assert everything_in(tmp_path) == {"mine.toml": data}


@pytest.mark.parametrize("data", [b"", b"x = [", BAD_SCRIPTS["utf-16"]], ids=["empty", "no toml", "utf-16"])
def test_a_session_whose_script_was_spoilt(data: bytes, run: Run, begun: Path) -> None:
    (begun / "script.toml").write_bytes(data)
    before = everything_in(begun)
    for command in (["status", begun], ["open", begun, "--plain"]):
        ran = run(*command, typed="/quit\n")
        assert ran.code in (0, 1)
        assert ran.err
    assert everything_in(begun)["journal.jsonl"] == before["journal.jsonl"]


def test_missing_files_named_as_options(run: Run, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.toml"
    for command in (
        ["new", tmp_path / "a", "--from", nowhere, "--plain"],
        ["new", tmp_path / "a", "--script", nowhere, "--plain"],
        ["new", tmp_path / "a", "--from", tmp_path, "--plain"],
        ["new", tmp_path / "a", "--script", tmp_path, "--plain"],
        ["script", "check", nowhere],
        ["script", "check", tmp_path],
        ["script", "copy", tmp_path / "no" / "such" / "folder.toml"],
        ["render", nowhere],
    ):
        ran = run(*command)
        assert ran.code == 1, command
        one_sentence(ran)
    assert list(tmp_path.iterdir()) == []


# Folders


@pytest.mark.parametrize(
    "name", [name for names in HOSTILE.values() for name in names if "\0" not in name], ids=ascii
)
def test_hostile_folder_names(name: str, run: Run, tmp_path: Path) -> None:
    ran = run("new", "--plain", "--", f"{tmp_path}/{name}", typed=UNPLANNED + "Acme\n")
    if ran.code == 0:  # what was typed, as it was typed
        assert [one.name for one in tmp_path.iterdir()] == [name.partition("/")[0]]
        assert name.isprintable()
        return
    assert ran.code in (1, 2)
    one_sentence(ran)
    assert list(tmp_path.iterdir()) == []


def test_an_argument_that_is_not_utf8_is_refused(run: Run, begun: Path) -> None:
    before = everything_in(begun)
    for given in (["status", f"{begun}\udce9"], ["--as", "Ren\udce9", "open", begun, "--plain"]):
        ran = run(*given, typed="/quit\n")
        assert ran.code == 2
        assert "not UTF-8" in one_sentence(ran)
    assert everything_in(begun) == before
    assert run("--as", "René", "open", begun, "--plain", typed="/quit\n").code == 0  # the control


def without_power(command: list[str], typed: str) -> Ran:
    """Run the program as somebody whom rights bind, also when the tests run as root."""
    less = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.getuid() == 0 else []
    done = subprocess.run(
        [*less, sys.executable, "-m", "bsc_coach", *command],
        input=typed.encode(),
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    well_behaved(ran)
    return ran


@pytest.mark.skipif(
    os.getuid() == 0 and shutil.which("setpriv") is None,
    reason="LOUD: without setpriv root may write anywhere; unwritable folders were not tried",
)
def test_a_folder_that_cannot_be_written(begun: Path, tmp_path: Path) -> None:
    shut = [begun, *begun.rglob("*")]
    before = everything_in(begun)
    for path in shut:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        told = without_power(["apply", str(begun)], ACCEPT)
        assert told.code == 1
        assert [json.loads(line)["saved"] for line in told.out.splitlines()] == [False, False]
        assert "NOT SAVED" in told.err
        typed = without_power(["open", str(begun), "--plain"], "Warm homes\n/quit\n")
        assert typed.code == 1
        assert "NOT SAVED" in typed.out + typed.err
        new = without_power(["new", str(begun / "other"), "--plain"], UNPLANNED + "Acme\n")
        assert new.code == 1
        assert "could not be made" in one_sentence(new)
        assert without_power(["status", str(begun)], "").code == 0
        drawn = without_power(["render", str(begun), "-o", str(begun / "out")], "")
        assert drawn.code == 1
        one_sentence(drawn)
    finally:
        for path in reversed(shut):
            path.chmod(0o700)
    assert everything_in(begun) == before


def test_a_folder_that_vanishes_in_the_middle(begun: Path) -> None:
    talking = subprocess.Popen(
        [sys.executable, "-m", "bsc_coach", "apply", str(begun)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert talking.stdin is not None
    assert talking.stdout is not None
    talking.stdin.write(b'{"do": "undo"}\n')
    talking.stdin.flush()
    assert json.loads(talking.stdout.readline())["saved"] is True
    shutil.rmtree(begun)
    talking.stdin.write(ACCEPT.encode())
    talking.stdin.flush()
    told = json.loads(talking.stdout.readline())
    assert told["accepted"] is True
    out, err = talking.communicate(timeout=60)
    well_behaved(Ran(talking.returncode, out.decode(), err.decode()))
    if not told["saved"]:
        assert talking.returncode == 1
        assert "NOT SAVED" in err.decode()
    else:
        assert b"Other" in (begun / "journal.jsonl").read_bytes()


# Two at once


def test_two_programs_on_one_session(begun: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-m", "bsc_coach", "--as", "Ann", "apply", str(begun)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert first.stdin is not None
    assert first.stdout is not None
    first.stdin.write(b'{"do": "undo"}\n')
    first.stdin.flush()
    assert json.loads(first.stdout.readline())["accepted"] is True  # it has the session now
    before = (begun / "journal.jsonl").read_bytes()

    second = bsc_coach("apply", begun, typed=ACCEPT)
    assert second.code == 1
    assert "Ann has had this session open" in second.err
    assert second.out == ""
    reading = bsc_coach("open", begun, "--plain", typed="Something else\n/map\n")
    assert "Ann has had this session open" in reading.err
    assert "reading only" in reading.out
    assert bsc_coach("status", begun).code == 0
    assert (begun / "journal.jsonl").read_bytes() == before

    out, _ = first.communicate(b'{"do": "redo"}\n', timeout=60)
    assert (first.returncode, json.loads(out)["accepted"]) == (0, True)
    assert bsc_coach("apply", begun, typed=ACCEPT).code == 0


@pytest.mark.parametrize("how", ["apply", "line mode"])
def test_lines_that_a_stranger_adds_meanwhile_are_kept_and_told(how: str, begun: Path) -> None:
    command = ["apply", str(begun)] if how == "apply" else ["open", str(begun), "--plain"]
    talking = subprocess.Popen(
        [sys.executable, "-m", "bsc_coach", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert talking.stdin is not None
    assert talking.stdout is not None
    undo, redo = (b'{"do": "undo"}\n', b'{"do": "redo"}\n') if how == "apply" else (b"/undo\n", b"/redo\n")
    talking.stdin.write(undo)
    talking.stdin.flush()
    while b"Undone" not in (heard := talking.stdout.readline()) and b"accepted" not in heard:
        assert heard
    append_action(begun)
    out, err = talking.communicate(redo, timeout=60)
    well_behaved(Ran(talking.returncode, out.decode(), err.decode()))
    assert "Somebody else added 1 action" in err.decode()
    assert b"Zoe" in (begun / "journal.jsonl").read_bytes()
