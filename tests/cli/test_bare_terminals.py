"""A terminal that can only print: the app does not start in it, and line mode works."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bsc_coach.session.environment import Environment
from bsc_coach.words import say
from tests.support.sessions import played

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
if sys.platform != "win32":
    from tests.support.terminal import program_in

ESCAPE = b"\x1b"


def ran(*arguments: str, term: str | None = "dumb", errors: Path | None = None) -> tuple[int, str]:
    """Run the program in a terminal of this name; return its exit code and what it printed there."""
    program = ["-m", "bsc_coach", *arguments]
    if errors is not None:  # its standard error goes to a file
        script = "import os, sys; fd = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT); os.dup2(fd, 2)"
        program = [
            "-c",
            f"{script}; from bsc_coach.__main__ import main; sys.exit(main())",
            str(errors),
            *arguments,
        ]
    with program_in(*program, TERM=term, LANG="C.UTF-8") as terminal:
        code = terminal.ended()
        assert ESCAPE not in terminal.seen
        return code, terminal.seen.decode()


@pytest.mark.parametrize("command", ["open", "new", "home", "demo"])
def test_the_app_does_not_start_and_says_what_works(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    played(tmp_path / "s", 5, environment).close()
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    arguments = {"open": ["open", "s"], "new": ["new", "other"], "home": [], "demo": ["demo"]}
    code, told = ran(*arguments[command])
    assert code == 2
    assert told.split() == say("cli.bare_terminal", "en", term="dumb").split()
    assert "--plain" in told
    assert sorted(tmp_path.rglob("*")) == before, "nothing was made"


@pytest.mark.parametrize("term", ["unknown", "", None, "DUMB", "vt52"])
def test_by_whatever_name(tmp_path: Path, term: str | None) -> None:
    if term == "vt52" and not _is_known(term):
        pytest.skip("NOT TESTED HERE: the list of terminals of this system lacks it")
    code, told = ran("new", str(tmp_path / "s"), term=term)
    assert code == 2
    assert "--plain" in told


def _is_known(term: str) -> bool:
    return any(
        (Path(at) / term[0] / term).exists()
        for at in ("/lib/terminfo", "/usr/share/terminfo", "/etc/terminfo")
    )


def test_line_mode_works_there(tmp_path: Path, environment: Environment) -> None:
    played(tmp_path / "s", 5, environment).close()
    with program_in("-m", "bsc_coach", "open", str(tmp_path / "s"), "--plain", TERM="dumb") as terminal:
        terminal.read_until(b"Which values")
        terminal.write(b"/quit\r")
        assert terminal.ended() == 0
        assert ESCAPE not in terminal.seen


@pytest.mark.slow
@pytest.mark.parametrize("term", ["xterm-256color", "a-terminal-of-next-year"])
def test_a_terminal_that_can_paint_gets_the_app(tmp_path: Path, environment: Environment, term: str) -> None:
    played(tmp_path / "s", 5, environment).close()
    with program_in("-m", "bsc_coach", "open", str(tmp_path / "s"), TERM=term) as terminal:
        terminal.read_until(b"Which values")
        assert b"\x1b[?1049h" in terminal.seen
        terminal.write(b"\x11")
        assert terminal.ended() == 0


def test_an_app_whose_painting_would_go_to_a_file_does_not_start(
    tmp_path: Path, environment: Environment
) -> None:
    played(tmp_path / "s", 5, environment).close()
    code, _ = ran("open", str(tmp_path / "s"), term="xterm-256color", errors=tmp_path / "errors")
    assert code == 2
    assert (tmp_path / "errors").read_text().split() == say("cli.no_terminal", "en").split()
