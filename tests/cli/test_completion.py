"""Completion, tried in the shells themselves: the file is printed, loaded, and asked what it offers."""

from __future__ import annotations

import os
import pty
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.cli.command_tree import CommandNode, CommandOption, command_tree
from bsc_coach.cli.main import build_parser
from bsc_coach.documents.formats import known_formats
from tests.support.cli import Ran
from tests.support.terminal import readable

Run = Callable[..., Ran]
Offered = Callable[[str], set[str]]

ASK_BASH = r"""
source "$1"
line=$2
read -r -a COMP_WORDS <<< "$line"
case "$line" in *" ") COMP_WORDS+=("") ;; esac
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_bsc_coach
printf '%s\n' "${COMPREPLY[@]}"
"""


def asked(shell: str, *arguments: str) -> set[str]:
    """Return the lines that a shell prints."""
    done = subprocess.run([shell, *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return {line.partition("\t")[0] for line in done.stdout.splitlines() if line}


@pytest.fixture(params=["bash", "fish"])
def offered(request: pytest.FixtureRequest, run: Run, tmp_path: Path) -> Offered:
    """Ask a shell what it offers at the end of a line."""
    shell = str(request.param)
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    file = tmp_path / "completion"
    file.write_text(run("completion", shell).out, encoding="utf-8")
    if shell == "bash":
        return lambda line: asked("bash", "--norc", "-c", ASK_BASH, "bash", str(file), line)
    return lambda line: asked("fish", "--no-config", "-c", f"source {file}; complete -C '{line}'")


def test_commands_and_what_they_take_are_offered(offered: Offered) -> None:
    assert offered("bsc-coach ren") == {"render"}
    assert offered("bsc-coach s") == {"status", "split", "script", "schema", "show"}
    assert offered("bsc-coach script ") == {"check", "copy", "list", "rehearse", "translate"}
    assert offered("bsc-coach render --fo") == {"--format", "--force"}
    assert offered("bsc-coach plan --preset ") == {"90_minutes", "half_day", "two_sittings", "everything"}
    assert offered("bsc-coach render x --format ") == {*known_formats(), "all"}
    assert offered("bsc-coach check --format s") == {"sarif"}
    assert offered("bsc-coach new --plain --lang ") == {"en", "nl"}
    assert offered("bsc-coach explain M1") == {f"M1{digit}" for digit in range(10)}
    assert offered("bsc-coach completion ") == {"bash", "zsh", "fish"}


def test_what_is_not_there_is_not_offered(offered: Offered) -> None:
    assert offered("bsc-coach zz") == set()
    assert offered("bsc-coach script check --wo") == set()
    assert offered("bsc-coach check --wo") == {"--wording"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_is_asked_with_an_equals_sign_as_a_word_of_its_own(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "completion"
    file.write_text(run("completion", "bash").out, encoding="utf-8")
    for line in ("bsc-coach render --lang =", "bsc-coach render --lang = n"):
        found = asked("bash", "--norc", "-c", ASK_BASH, "bash", str(file), line)
        assert found == ({"nl"} if line.endswith("n") else {"en", "nl"})


def typed_in_zsh(folder: Path, line: str, until: str) -> str:
    """Type a line in a zsh that completes from ``folder``; return what the screen shows until ``until``."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe(
            "zsh", ["zsh", "-f", "-i"], {**os.environ, "TERM": "dumb", "PS1": "> ", "ZDOTDIR": str(folder)}
        )
    heard = ""
    try:
        set_up = f"fpath=({folder} $fpath); autoload -U compinit; compinit -u -D; print rea''dy\n"
        for keys, sign in ((set_up, "ready"), (line, until)):
            os.write(fd, keys.encode())
            heard, give_up = "", time.monotonic() + 60  # a guard against hanging
            while sign not in heard:
                assert time.monotonic() < give_up, heard
                if readable(fd, 1):
                    heard += os.read(fd, 65536).decode(errors="replace")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
    return heard


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("bsc-coach ren\t", "bsc-coach render "),
        ("bsc-coach script cop\t", "script copy "),
        ("bsc-coach check --format sa\t", "--format sarif "),
        ("bsc-coach render --red\t", "--redact "),
        ("bsc-coach s\t\t", "how far a session is"),
    ],
)
def test_zsh_completes_what_is_typed(line: str, until: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "_bsc-coach").write_text(run("completion", "zsh").out, encoding="utf-8")
    assert until in typed_in_zsh(tmp_path, line, until)


def test_every_value_in_the_tree_belongs_to_an_option_that_is_there() -> None:
    """Values are told by command and name: a name that changes would silently lose them."""
    tree = command_tree(build_parser())
    assert len(list(tree.walk())) > 15
    told = {
        (*node.path, one.names[-1] if one.names else one.metavar)
        for node in tree.walk()
        for one in with_values(node)
    }
    assert told == {
        *((command, "--lang") for command in ("new", "render", "plan", "diff", "check", "explain")),
            ("plan", "--preset"),
        ("render", "--format"), ("render", "--paper"), ("diff", "--format"), ("check", "--format"),
        ("check", "--wording"),
        ("check", "--row"), ("check", "--min-severity"), ("explain", "RULE"), ("demo", "name"),
        ("split", "CLUSTER"), ("completion", "SHELL"),
            ("new", "--dates"), ("import", "--dates"), ("readings", "--dates"),
        ("script", "rehearse", "--lang"), ("script", "rehearse", "--format"),
    }  # fmt: skip


def with_values(node: CommandNode) -> list[CommandOption]:
    """Return what a command takes that has known values."""
    return [one for one in (*node.options, *node.arguments) if one.values]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_help_beside_it_is_in_the_language_of_the_environment(
    shell: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    told = run("completion", shell).out
    assert ("hoe ver een sessie is" in told) == (shell != "bash")


def test_another_shell_is_refused(run: Run) -> None:
    ran = run("completion", "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert "bash, zsh, fish" in ran.err
