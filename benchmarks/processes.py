"""What a whole process costs: processor time of all its threads and children, and wall time.

Processor time is what the figures are judged by: on a machine that does other things as well it stays the
same, where wall time tells how busy the machine is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import CLOCK_PROCESS_CPUTIME_ID, clock_gettime, perf_counter

SCRIPT = str(Path(sys.executable).with_name("bsc-coach"))
"""The program as people start it."""
_TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of one run."""

    processor: float
    wall: float


def running(*command: str) -> Callable[[], Spent]:
    """Return what runs a command line to its end and tells what that cost."""

    def run() -> Spent:
        start = perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command} ended with {process.returncode}")
        return Spent(usage.ru_utime + usage.ru_stime, wall)

    return run


def python(*arguments: str) -> tuple[str, ...]:
    """Return the command line of this interpreter with ``arguments``."""
    return (sys.executable, *arguments)


def processor_time(pid: int) -> float:
    """Return the seconds that a running process, its threads and the children it waited for have used."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    children = sum(map(int, fields[13:15])) * _TICK
    return clock_gettime(_clock_of(pid)) + children


def _clock_of(pid: int) -> int:
    """Return the clock of another process, as Linux numbers them: the process in the upper bits."""
    return CLOCK_PROCESS_CPUTIME_ID if pid == os.getpid() else (~pid << 3) | 2
