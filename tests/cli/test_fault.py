"""A fault of the program ends each command in one sentence, a code of its own, and a note without answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.errors import EXIT_FAULT
from bsc_coach.session.journal import Journal
from tests.support.cli import Ran, bsc_coach, one_sentence

Run = Callable[..., Ran]
SECRET = "Geheimhaus"
ACCEPT = json.dumps({"do": "accept", "step": "organisation.name", "value": SECRET}) + "\n"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def breaks(*_: object, **__: object) -> None:
    answer = SECRET
    try:
        raise KeyError(answer)
    except KeyError as error:
        raise ValueError(f"cannot take {answer}") from error


def notes_in(folder: Path) -> list[str]:
    return [path.read_text(encoding="ascii") for path in sorted(folder.glob("crash-*.txt"))]


@pytest.mark.parametrize(
    ("place", "command", "typed"),
    [
        ("bsc_coach.session.journal.Journal.append", ["open", "{folder}", "--plain"], f"{SECRET}\n"),
        ("bsc_coach.session.journal.Journal.append", ["apply", "{folder}"], ACCEPT),
        ("bsc_coach.cli.render.render", ["render", "{folder}"], ""),
        ("bsc_coach.cli.status.status", ["status", "{folder}"], ""),
    ],
    ids=["line mode", "apply", "render", "status"],
)
def test_one_sentence_a_code_and_a_note(
    place: str, command: list[str], typed: str, begun: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, breaks)
    ran = run(*(one.format(folder=begun) for one in command), typed=typed, broken=True)
    sentence = ran.err.splitlines()[-1]
    assert "The program had to stop because of a fault of its own" in sentence
    assert str(begun) in sentence
    assert SECRET not in ran.said
    [note] = notes_in(begun / ".local")
    assert str(next((begun / ".local").glob("crash-*.txt"))) in sentence
    for line in ("program: ", "python: ", "system: ", f"command: {command[0]}", "failed: ValueError"):
        assert f"\n{line}" in note
    assert "\nbecause: KeyError\n" in note
    assert "  at bsc_coach/cli/main.py:" in note
    assert SECRET not in note
    assert "cannot take" not in note
    assert str(Path(__file__).parent) not in note


def test_without_the_handler_the_answer_would_be_printed(
    begun: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the planted fault does carry an answer."""

    def as_before(error: Exception) -> int:
        raise error

    monkeypatch.setattr(Journal, "append", breaks)
    monkeypatch.setattr("bsc_coach.cli.main.end_by_fault", as_before)
    with pytest.raises(ValueError, match=SECRET):
        run("apply", begun, typed=ACCEPT)


def test_answers_in_memory_only_are_told_as_lost(
    begun: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Journal, "_write_line", full)
    monkeypatch.setattr(Journal, "_save", full)
    monkeypatch.setattr("bsc_coach.cli.apply._write_documents", breaks)
    ran = run("apply", begun, typed=ACCEPT, broken=True)
    assert "1 answer was in memory only and is lost" in ran.err.splitlines()[-1]
    assert "every answer that was given is on the disk" not in ran.err


def test_a_session_that_is_only_looked_at_gets_no_note(
    begun: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bsc_coach.cli.sessions.open_folder", breaks)
    run("open", begun, "--plain", "--read-only", broken=True)
    assert notes_in(begun / ".local") == []
    assert len(notes_in(tmp_path / "state" / "bsc-coach")) == 1


def test_a_command_without_a_session_keeps_its_note_with_the_program(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bsc_coach.cli.check.explain", breaks)
    ran = run("explain", "O01", broken=True)
    assert "no session was open" in one_sentence(ran)
    assert len(notes_in(tmp_path / "state" / "bsc-coach")) == 1


def test_a_note_that_goes_nowhere_is_not_told_of(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.cli.check.explain", breaks)
    monkeypatch.setattr("bsc_coach.session.last_handler.write_new", _nowhere)
    ran = run("explain", "O01", broken=True)
    assert "crash-" not in one_sentence(ran)


def _nowhere(*_: object) -> None:
    raise OSError(30, "Read-only file system")


def test_an_endless_recursion_is_told_like_any_fault_and_its_note_is_short(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deeper(options: object) -> int:
        return deeper(options)

    monkeypatch.setattr("bsc_coach.cli.check.explain", deeper)
    run("explain", "O01", broken=True)
    [note] = notes_in(tmp_path / "state" / "bsc-coach")
    assert "failed: RecursionError" in note
    assert 50 < len(note.splitlines()) < 200


def test_the_note_on_a_long_stack_names_both_of_its_ends(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deeper(left: int) -> int:
        return deeper(left - 1) if left else the_last()

    def the_last() -> int:
        raise ValueError

    monkeypatch.setattr("bsc_coach.cli.check.explain", lambda _: deeper(200))
    run("explain", "O01", broken=True)
    [note] = notes_in(tmp_path / "state" / "bsc-coach")
    places = [line for line in note.splitlines() if line.startswith("  at ")]
    assert len(places) == 120
    assert "bsc_coach/cli/main.py" in places[0]
    assert places[-1].endswith("the_last")


def test_the_note_names_what_failed_before_while_something_was_tidied_up(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tidies(_: object) -> int:
        try:
            raise KeyError
        finally:
            raise ValueError

    monkeypatch.setattr("bsc_coach.cli.check.explain", tidies)
    run("explain", "O01", broken=True)
    [note] = notes_in(tmp_path / "state" / "bsc-coach")
    kinds = [line for line in note.splitlines() if line.startswith(("failed", "because"))]
    assert kinds == ["failed: ValueError", "because: KeyError"]


def test_at_most_twenty_notes_are_kept_in_a_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bsc_coach.cli.check.explain", breaks)
    for _ in range(22):
        run("explain", "O01", broken=True)
    assert len(notes_in(tmp_path / "state" / "bsc-coach")) == 20


BROKEN_APP = """
import sys
import bsc_coach.tui.session.controller as controller
def breaks(*given):
    raise ValueError(f"cannot take {given}")
controller.submit = breaks
from bsc_coach.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_terminal_of_the_app_is_given_back_with_one_sentence(begun: Path) -> None:
    import pty

    pid, fd = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", BROKEN_APP, "open", os.fspath(begun)])
    heard, typed = b"", False
    while True:
        try:
            more = os.read(fd, 65536)
        except OSError:
            break
        if not more:
            break
        heard += more
        if not typed and b"\x1b[?1049h" in heard and len(heard) > 3000:
            os.write(fd, f"{SECRET}\r".encode())
            typed = True
    os.close(fd)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == EXIT_FAULT
    screen, _, after = heard.rpartition(b"\x1b[?1049l")
    assert screen
    assert b"because of a fault of its own; every answer that was given is on the disk" in after
    assert b"Traceback" not in heard
    assert SECRET.encode() not in after
    [note] = notes_in(begun / ".local")
    assert "failed: ValueError" in note
    assert SECRET not in note


CLOSED = {"<&-": (0, 1), ">&-": (0, 1), "2>&-": (0, 1, 2), "<&- >&- 2>&-": (0, 1, 2)}


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("command", ["--version", "open {0} --plain", "open {0}"])
def test_standard_streams_that_are_closed_end_in_no_traceback(closed: str, command: str, begun: Path) -> None:
    """A service manager or cron may start a program so; a journal must not get the number of a stream."""
    before = (begun / "journal.jsonl").read_bytes()
    program = f'"{sys.executable}" -m bsc_coach {command.format(begun)} {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", program], capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ},
    )  # fmt: skip
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2)
    assert (begun / "journal.jsonl").read_bytes().startswith(before)
    if command == "open {0}" and "2>&-" not in closed:
        assert b"--plain" in done.stderr


def test_closed_input_is_the_end_of_it(begun: Path) -> None:
    ran = bsc_coach("open", begun, "--plain", typed="")
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m bsc_coach open "{begun}" --plain <&-'],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (ran.code, done.returncode) == (0, 0)
    assert EXIT_FAULT not in (ran.code, done.returncode)
