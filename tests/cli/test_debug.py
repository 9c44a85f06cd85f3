"""``--debug``: a log that helps whoever reads it, and holds nothing that a team said."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.errors import EXIT_FAULT
from bsc_coach.session.journal import Journal
from tests.support.cli import Ran, bsc_coach

Run = Callable[..., Ran]

SECRETS = ("Geheimhaus", "Nightingale", "winterplan", "Zwartepoort", "unspoken", "Quillfeather")
TYPED = """\
/where
Geheimhaus
1
Nightingale guests
/back
/park the winterplan is not ready
/unspoken words
Zwartepoort
2027-03
2030
/keep because Zwartepoort wants it
/edit Zwartepoort
"""


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state folder for each test: the list of recent sessions is kept there, too."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def log_of(folder: Path) -> str:
    """Return the log in the folder of a session."""
    return (folder / ".local" / "debug.log").read_text(encoding="ascii")


def state_log() -> Path:
    """Return where the log of a command without a session is."""
    return Path(os.environ["XDG_STATE_HOME"]) / "bsc-coach" / "debug.log"


def told(text: str) -> list[str]:
    """Return which of the secrets stand in a text."""
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


@pytest.fixture
def talked(tmp_path: Path, run: Run) -> Path:
    """A session in line mode, with secrets in answers, reasons, commands, names and its folder."""
    folder = tmp_path / "Quillfeather"
    ran = run("new", folder, "--plain", "--debug", "--as", "Quillfeather", typed=TYPED)
    assert ran.code == 0
    assert str(folder / ".local" / "debug.log") in ran.err.splitlines()[-1]
    return folder


def test_the_log_tells_what_was_done_and_no_answer(talked: Path) -> None:
    log = log_of(talked)
    for line in (
        "start command=new given=by,command,debug,folder,plain",
        "do command=Accept slot=organisation.name number=1",
        "slash command=back at=",
        "slash command=park at=",
        "do command=Park slot=organisation.customers number=",
        "slash command=keep at=",
        "library name=textual version=",
        "environment name=TERM value=xterm-256color",
        "stream name=in terminal=False",
        "end code=0 ms=",
    ):
        assert line in log
    assert told(log) == []


def test_the_secrets_were_really_said(talked: Path) -> None:
    """The control."""
    kept = told((talked / "journal.jsonl").read_text(encoding="utf-8"))
    assert set(kept) == {"Geheimhaus", "Nightingale", "winterplan", "Zwartepoort", "Quillfeather"}
    assert set(SECRETS) - set(kept) == set(told("/unspoken words"))


def test_a_fault_of_the_program_is_told_by_type_and_place(
    talked: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        answer = "Zwartepoort"
        try:
            raise KeyError(answer)
        except KeyError as error:
            raise ValueError(f"cannot save {answer}") from error

    monkeypatch.setattr(Journal, "append", breaks)
    request = json.dumps({"do": "accept", "step": "organisation.name", "value": "Nightingale"})
    assert run("apply", talked, "--debug", typed=f"{request}\n", broken=True).code == EXIT_FAULT
    log = log_of(talked)
    assert "failed type=ValueError" in log
    assert "because type=KeyError" in log
    assert "at place=bsc_coach/session/session.py:" in log
    assert ":Session.record" in log
    assert "do command=Accept slot=organisation.name ms=" in log
    assert told(log) == []
    assert str(Path(sys.prefix)) not in log
    assert str(Path(__file__).parent) not in log


def test_a_refusal_is_told_by_its_key(talked: Path, run: Run) -> None:
    request = json.dumps({"do": "accept", "step": "organisation.kind", "value": "Nightingale"})
    ran = run("--debug", "apply", talked, typed=f"{request}\n")
    key = json.loads(ran.out.splitlines()[-1])["refused"]["key"]
    assert f"do command=Accept slot=organisation.kind refused={key} ms=" in log_of(talked)
    assert told(log_of(talked)) == []


def test_without_being_asked_there_is_no_log_and_nothing_to_write_one_is_loaded(begun: Path) -> None:
    code = (
        "import sys; from bsc_coach.__main__ import main; main(sys.argv[1:]); print('logging' in sys.modules)"
    )
    for asked in ([], ["--debug"]):
        done = subprocess.run(
            [sys.executable, "-c", code, "status", begun, *asked], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == str(bool(asked))
        assert (begun / ".local" / "debug.log").exists() == bool(asked)


def test_a_command_without_a_session_and_one_that_only_looks_log_elsewhere(run: Run, begun: Path) -> None:
    ran = run("explain", "O01", "--debug")
    assert (ran.code, str(state_log()) in ran.err) == (0, True)
    assert "start command=explain" in state_log().read_text(encoding="ascii")
    ran = run("open", begun, "--read-only", "--plain", "--debug")
    assert str(state_log()) in ran.err
    assert not (begun / ".local" / "debug.log").exists()
    ran = run("--debug", "status", begun.parent / "Quillfeather")
    assert ran.code == 1
    log = state_log().read_text(encoding="ascii")
    assert "failed type=FolderError key=session.none_here" in log
    assert told(log) == []


def test_the_log_is_its_owners_and_is_never_written_through_a_link(
    begun: Path, run: Run, tmp_path: Path
) -> None:
    run("status", begun, "--debug")
    path = begun / ".local" / "debug.log"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    path.symlink_to(precious)
    ran = run("status", begun, "--debug")
    assert (ran.code, str(state_log()) in ran.err) == (0, True)
    assert precious.read_text(encoding="utf-8") == "mine"


def test_a_log_that_cannot_be_written_anywhere_is_said_and_stops_nothing(begun: Path, tmp_path: Path) -> None:
    (begun / ".local" / "debug.log").mkdir()
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    ran = bsc_coach("status", begun, "--debug", XDG_STATE_HOME=str(tmp_path / "file"))
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == "The log could not be written anywhere."
    assert ran.out


def test_an_old_log_is_put_aside_and_at_most_three_are_kept(begun: Path, run: Run) -> None:
    local = begun / ".local"
    for number in range(5):
        (local / "debug.log").write_text(f"run {number}\n" + "x" * 1_000_000, encoding="ascii")
        run("status", begun, "--debug")
    kept = sorted(path.name for path in local.glob("debug.log*"))
    assert kept == ["debug.log", "debug.log.1", "debug.log.2", "debug.log.3"]
    firsts = [(local / f"debug.log.{number}").read_text(encoding="ascii")[:5] for number in (1, 2, 3)]
    assert firsts == ["run 4", "run 3", "run 2"]
