"""The collector is paused while the program starts, and never for longer."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.session import gc_tuning
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from tests.support.app import running
from tests.support.sessions import new_session


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc_tuning.let_go()
    gc.enable()


async def test_it_runs_again_once_the_first_picture_stands(tmp_path: Path, environment: Environment) -> None:
    session = new_session(tmp_path / "s", environment)
    gc_tuning.pause()
    async with running(session):
        assert gc.isenabled()


def test_a_session_opened_while_it_is_paused_does_not_start_it(
    tmp_path: Path, environment: Environment
) -> None:
    new_session(tmp_path / "s", environment).close()
    gc_tuning.pause()
    session = open_session(tmp_path / "s", environment)
    assert not gc.isenabled()
    gc_tuning.go_on()
    assert gc.isenabled()
    session.close()


@pytest.mark.parametrize("line", [["explain", "O01"], ["render", "nowhere"], ["status", "nowhere"]])
def test_it_runs_while_a_command_is_carried_out(line: list[str]) -> None:
    code = (
        "import gc, sys; from bsc_coach import __main__;"
        f"sys.argv = ['bsc-coach', *{line!r}]; __main__.main(); print(gc.isenabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"


def test_the_control_it_is_paused_before_the_command_is_known() -> None:
    code = (
        "import gc, sys; from bsc_coach import __main__;"
        "sys.argv = ['bsc-coach', '--help']; __main__.main(); print(gc.isenabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
