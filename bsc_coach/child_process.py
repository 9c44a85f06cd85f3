"""Run a module of ours in a child process with limits: bounded time and memory, and Ctrl+C works at once.

What is slow or can be led astray (a template of a person's own, the library that lays out a PDF) runs in
a fresh interpreter that holds nothing but its job. The job comes on standard input; what is made goes to
standard output, or with exit code ``EXIT_FAULT`` a fault of the job, in words that both sides agree on.
Whatever happens, nothing of the child is left: it is ended and waited for.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Final, Literal

EXIT_FAULT: Final = 3
"""The child ends so when it tells a fault in place of what it was to make."""
_NEEDED_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")


@dataclass(frozen=True)
class ChildLimits:
    """What a child may use: processor seconds, seconds on the clock, bytes of memory and of what it makes."""

    cpu_seconds: int
    wall_seconds: int
    """The guard for machines that cannot limit processor time, and for a child that waits."""
    memory: int
    output: int

    @property
    def arguments(self) -> list[str]:
        """What the child is told of them on its command line."""
        return [str(self.cpu_seconds), str(self.memory), str(self.output)]


@dataclass(frozen=True)
class ChildOutcome:
    """How a child ended, and what it wrote."""

    ended: Literal["made", "fault", "slow", "crashed"]
    told: bytes = b""


def run_in_child(module: str, job: bytes, limits: ChildLimits) -> ChildOutcome:
    """Run a module as ``python -m`` on a job, and return how it ended.

    An interruption (Ctrl+C) ends the child and is passed on.
    """
    with TemporaryFile() as given, TemporaryFile() as made, _lifeline() as lifeline:
        given.write(job)
        given.seek(0)
        try:
            child = subprocess.run(
                # -P: the working folder may hold a module with the name of one of ours.
                [sys.executable, "-P", "-X", "utf8", "-m", module, *limits.arguments, *map(str, lifeline)],
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=limits.wall_seconds,
                check=False,
                pass_fds=lifeline,
            )
        except subprocess.TimeoutExpired:
            return ChildOutcome("slow")
        except OSError:
            return ChildOutcome("crashed")
        made.seek(0)
        told = made.read(limits.output)
    return ChildOutcome(_ended(child.returncode), told)


@contextlib.contextmanager
def _lifeline() -> Iterator[tuple[int, ...]]:
    """Give the end of a pipe for the child to inherit; the other one is closed when this process ends."""
    if sys.platform == "win32":
        yield ()
        return
    theirs, ours = os.pipe()
    try:
        yield (theirs,)
    finally:
        os.close(theirs)
        os.close(ours)


def _ended(exit_code: int) -> Literal["made", "fault", "slow", "crashed"]:
    if exit_code in (0, EXIT_FAULT):
        return "fault" if exit_code else "made"
    for_time = {-int(getattr(signal, name, 0)) for name in ("SIGKILL", "SIGXCPU")}
    return "slow" if exit_code in for_time else "crashed"


def _environment() -> dict[str, str]:
    """Return the few variables that an interpreter needs: what a shell holds is none of its business."""
    kept = {name: os.environ[name] for name in _NEEDED_VARIABLES if name in os.environ}
    paths = [path or os.getcwd() for path in sys.path]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}


def be_a_child(out_of_time: Callable[[], None] | None = None) -> None:
    """Set, in the child, what it may use, and that it ends when its parent does, however that ends.

    A platform without such limits has the parent's clock only. ``out_of_time`` is called when the processor
    time is used up, a second before the process is ended.
    """
    try:
        import resource
    except ImportError:
        return
    cpu_seconds, memory, output = (int(told) for told in sys.argv[1:4])
    if out_of_time is not None:
        signal.signal(signal.SIGXCPU, lambda _signal, _frame: out_of_time())
    wanted = (
        # The first limit can still be told, the second just ends the process.
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, 2 * output, 2 * output),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for which, soft, hard in wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (soft, hard))
    for lifeline in sys.argv[4:5]:
        _end_with_parent(int(lifeline))


def _end_with_parent(lifeline: int) -> None:
    """Let the system end this process when the other end of a pipe is closed, whatever Python is doing."""
    import fcntl
    import select

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    waiting = select.poll()  # whatever the number of the descriptor
    waiting.register(lifeline, select.POLLIN)
    if waiting.poll(0):
        sys.exit(EXIT_FAULT)  # the parent ended before anybody was listening
