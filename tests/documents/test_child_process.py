"""What runs in a child keeps to its limits, and nothing of it is left, however it or its parent ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.child_process import ChildLimits, ChildOutcome, run_in_child
from bsc_coach.documents.pdf import LIMITS, render_pdf
from bsc_coach.errors import DocumentFaultError
from bsc_coach.strategy.model import Organisation, Strategy
from tests.support.cli import environment
from tests.support.strategies import NO_NOTES, RIVERBEND
from tests.support.terminal import readable

GENEROUS = ChildLimits(cpu_seconds=20, wall_seconds=60, memory=2_000_000_000, output=1_000_000)
BUSY = "while True: pass\n"
DEAF = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits and signals")


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules a child can run."""
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return tmp_path


def module(folder: Path, body: str) -> str:
    """Write what a child runs after it has set its limits; return the name of the module."""
    begin = "import sys\nfrom bsc_coach.child_process import be_a_child\nbe_a_child()\n"
    (folder / "a_child.py").write_text(begin + body)
    return "a_child"


def test_a_child_gets_its_job_and_makes_something(child: Path) -> None:
    echo = module(child, "sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])\n")
    assert run_in_child(echo, b"abc", GENEROUS) == ChildOutcome("made", b"cba")


def test_a_fault_is_told_and_a_crash_is_one(child: Path) -> None:
    fault = "from bsc_coach.child_process import EXIT_FAULT\nprint('no', end='')\nsys.exit(EXIT_FAULT)\n"
    assert run_in_child(module(child, fault), b"", GENEROUS) == ChildOutcome("fault", b"no")
    assert run_in_child(module(child, "raise ValueError\n"), b"", GENEROUS).ended == "crashed"
    assert run_in_child("no_such_module", b"", GENEROUS).ended == "crashed"


def test_a_child_gets_nothing_of_what_a_shell_holds(child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESS_TOKEN", "of nobody else")
    names = module(child, "import os\nprint(*os.environ)\n")
    told = run_in_child(names, b"", GENEROUS).told.decode().split()
    assert "PYTHONPATH" in told
    assert "ACCESS_TOKEN" not in told


@POSIX
def test_a_child_that_makes_more_than_it_may_is_ended(child: Path) -> None:
    writes = module(child, "sys.stdout.write('x' * 10_000)\n")
    assert run_in_child(writes, b"", replace(GENEROUS, output=4_000)).ended == "crashed"
    assert run_in_child(writes, b"", replace(GENEROUS, output=10_000)) == ChildOutcome("made", b"x" * 10_000)


@POSIX
def test_a_child_keeps_to_processor_time_clock_and_memory(child: Path) -> None:
    assert run_in_child(module(child, BUSY), b"", replace(GENEROUS, cpu_seconds=1)).ended == "slow"
    waits = module(child, "import signal\nsignal.pause()\n")
    assert run_in_child(waits, b"", replace(GENEROUS, wall_seconds=1)).ended == "slow"
    hungry = module(child, "x = bytearray(1_000_000_000)\n")
    assert run_in_child(hungry, b"", replace(GENEROUS, memory=500_000_000)).ended == "crashed"
    assert run_in_child(hungry, b"", GENEROUS).ended == "made"  # the control


@POSIX
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_child_that_hears_nothing_ends_with_its_parent(how: str, tmp_path: Path) -> None:
    """It holds the end of a pipe: that is closed when it is gone, and no sooner."""
    name = module(tmp_path, DEAF + "import os\nos.write(int(open('pipe').read()), b'!')\n" + BUSY)
    heard, told = os.pipe()
    os.set_inheritable(told, True)
    (tmp_path / "pipe").write_text(str(told))
    parent = (
        "import subprocess, sys\n"
        "from bsc_coach.child_process import ChildLimits, run_in_child\n"
        # What a child inherits is none of its business; here it is how the test sees it alive.
        "run = subprocess.run\n"
        f"subprocess.run = lambda *a, **o: run(*a, **{{**o, 'pass_fds': (*o['pass_fds'], {told})}})\n"
        f"run_in_child({name!r}, b'', ChildLimits(100, 100, 2_000_000_000, 1000))\n"
    )
    ran = subprocess.Popen(
        [sys.executable, "-c", parent],
        cwd=tmp_path,
        env=environment(PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path])),
        pass_fds=(told,),
        stderr=subprocess.DEVNULL,
    )
    os.close(told)
    try:
        assert os.read(heard, 1) == b"!"  # it runs, and is deaf
        assert not readable(heard, 0)  # the control: it lives while its parent does
        ran.send_signal(getattr(signal, how))
        ran.wait(timeout=60)
        assert readable(heard, 60)
        assert os.read(heard, 1) == b""
    finally:
        ran.kill()
        ran.wait()
        os.close(heard)


def test_a_pdf_that_takes_too_long_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.documents.pdf.LIMITS", replace(LIMITS, wall_seconds=1))
    endless = Strategy(organisation=Organisation(name="a" * 3_000_000))
    with pytest.raises(DocumentFaultError) as caught:
        render_pdf(endless, NO_NOTES)
    assert caught.value.key == "documents.pdf.slow"
    assert caught.value.values == {"seconds": 1}


def test_a_pdf_that_cannot_be_laid_out_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"main.typ": b'#panic("no room")'}
    monkeypatch.setattr("bsc_coach.documents.pdf.layout_files", lambda *_: broken)
    with pytest.raises(DocumentFaultError) as caught:
        render_pdf(RIVERBEND, NO_NOTES)
    assert caught.value.key == "documents.pdf.fault"
    assert "no room" in str(caught.value.values["fault"])
