"""Real processes: killed at any moment, starved at any byte, watched call by call."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.children import kill_one, starve
from tests.support.journals import bodies, bodies_in, content

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")


def lost_by_kills(folder: Path, kills: int, opener: str = "sound") -> tuple[int, int]:
    """Kill ``kills`` writers; return how many were found wanting, and how many acknowledgements they gave."""
    chance = random.Random(kills)
    wanting = acknowledged = 0
    for turn in range(kills):
        path = folder / str(turn // 20) / "journal.jsonl"
        path.parent.mkdir(exist_ok=True)
        before = bodies_in(path)
        acks = kill_one(
            path, opener, wait_for=chance.randint(1, 6), spin=chance.randint(0, 20_000), start=len(before)
        )
        found = bodies_in(path)
        said = before + bodies(10_000, len(before))[: len(found) - len(before)]
        wanting += found != said or (bool(acks) and len(found) < acks[-1])
        acknowledged += len(acks)
    return wanting, acknowledged


@pytest.mark.parametrize("kills", [20, pytest.param(1000, marks=pytest.mark.slow)])
def test_killed_at_any_moment_no_acknowledged_answer_is_lost(kills: int, tmp_path: Path) -> None:
    wanting, acknowledged = lost_by_kills(tmp_path, kills)
    assert wanting == 0
    assert acknowledged >= kills


def test_a_buffering_store_is_caught_by_kills(tmp_path: Path) -> None:
    assert lost_by_kills(tmp_path, 5, "buffered")[0] > 0


@pytest.mark.parametrize("step", [97, pytest.param(1, marks=pytest.mark.slow)])
def test_a_disk_full_at_any_byte_loses_nothing_and_heals(step: int, tmp_path: Path) -> None:
    length = len(content(12))
    limits = range(0, length + step, step)
    for limit in limits:
        folder = tmp_path / str(limit)
        folder.mkdir()
        found = starve(folder / "journal.jsonl", limit, 12)
        assert (found.get("told"), found.get("acknowledged"), found.get("healed")) == (True, True, True), (
            found
        )
        assert (found["unsaved"] == 0) == (limit >= length)
        shutil.rmtree(folder)


def needs(tool: str) -> str:
    """Return where ``tool`` is, or skip so that everybody sees it."""
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"NOT TESTED HERE: {tool} is not installed")
    return found


def child(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def acknowledged_while_dirty(log: str, journal: str) -> tuple[int, int]:
    """Return how often the child acknowledged, and how often with bytes that were not flushed yet."""
    dirty = False
    acks = violations = 0
    for line in log.splitlines():
        if "write(1<" in line and '"A ' in line:
            acks += 1
            violations += dirty
        elif "write(" in line and journal in line:
            dirty = True
        elif "fsync(" in line and journal in line and line.rstrip().endswith("= 0"):
            dirty = False
    return acks, violations


def audited(folder: Path, count: int, *options: str) -> tuple[int, int]:
    strace = needs("strace")
    log = folder / "calls"
    calls = "trace=write,fsync,fdatasync,rename"
    command = [sys.executable, "-m", "tests.faults.children", "audit", str(folder), str(count), *options]
    done = child(strace, "-f", "-y", "-s", "8", "-o", str(log), "-e", calls, *command)
    if "ptrace" in done.stderr:
        pytest.skip("NOT TESTED HERE: strace may not trace")
    assert done.returncode == 0, done.stderr
    return acknowledged_while_dirty(log.read_text(), "journal.jsonl")


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_nothing_is_acknowledged_before_it_is_flushed(count: int, tmp_path: Path) -> None:
    assert audited(tmp_path, count) == (count, 0)


def test_a_store_without_flush_is_caught_by_the_audit(tmp_path: Path) -> None:
    acks, violations = audited(tmp_path, 10, "silent")
    assert (acks, violations) == (10, 10)


def boxed(folder: Path, mode: str, *mounts: str) -> dict[str, object]:
    """Run a child under bubblewrap with ``mounts`` over the session folder."""
    bwrap = needs("bwrap")
    command = [sys.executable, "-m", "tests.faults.children", mode, str(folder)]
    done = child(bwrap, "--dev-bind", "/", "/", *mounts, *command)
    if done.stderr.startswith("bwrap:"):
        pytest.skip(f"NOT TESTED HERE: bubblewrap may not mount ({done.stderr.strip()})")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_disk_that_really_is_full_loses_nothing(tmp_path: Path) -> None:
    found = boxed(tmp_path, "full", "--size", "65536", "--tmpfs", str(tmp_path))
    assert found["trouble"] == "session.trouble.full"
    assert found["whole"]
    assert found["said"] > 10


def test_a_disk_that_can_only_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_bytes(content(5))
    found = boxed(tmp_path, "read_only", "--ro-bind", str(tmp_path), str(tmp_path))
    assert found == {"kept": 5, "unsaved": 1, "trouble": "session.trouble.read_only"}
