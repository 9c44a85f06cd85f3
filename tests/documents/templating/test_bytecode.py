"""Templates are compiled once: the next process has their byte code, and the text where that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from jinja2 import Environment
compiled, compile_it = [], Environment.compile
def counted(self, source, name=None, *more, **named):
    compiled.append(name)
    return compile_it(self, source, name, *more, **named)
Environment.compile = counted
from bsc_coach.documents.board.pages import render_whole
from tests.support.strategies import RIVERBEND, RIVERBEND_NOTES
sys.stdout.write(render_whole(RIVERBEND, RIVERBEND_NOTES))
print(len(compiled), file=sys.stderr)
"""


def rendered(home: Path) -> tuple[str, int]:
    """Return what a new process with this home writes, and how many templates it compiled."""
    env = {**os.environ, "XDG_CACHE_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=env, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout, int(done.stderr)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_the_second_process_compiles_nothing_and_writes_the_same(home: Path) -> None:
    text, compiled = rendered(home)
    assert compiled > 10
    assert rendered(home) == (text, 0)


@pytest.mark.parametrize("damage", [b"", b"not code", None], ids=["empty", "other bytes", "cut"])
def test_damaged_byte_code_is_compiled_anew(home: Path, damage: bytes | None) -> None:
    text, compiled = rendered(home)
    for path in home.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    assert rendered(home) == (text, compiled)
    assert rendered(home) == (text, 0)


def test_a_home_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    text, compiled = rendered(tmp_path / "cache")
    assert text.startswith("# ")
    assert compiled > 10
