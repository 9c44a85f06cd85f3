"""Real processes that keep a journal and are killed or starved; run as ``python -m tests.faults.children``.

Each acknowledges a record by its number on a pipe, only when the store says that it is durable.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from bsc_coach.session.disk import Disk
from tests.support.broken_journals import Buffered, sound
from tests.support.faulty_disk import FaultyDisk
from tests.support.journals import bodies, body, opened

OPENERS = {"sound": sound, "buffered": Buffered}


class SilentSync(FaultyDisk):
    """Never flushes: for the audit of the order of calls."""

    def fsync(self, fd: int) -> None:
        return


def say_on(pipe: int, path: Path, opener: str, count: int, start: int) -> None:
    """Append and acknowledge until killed or done."""
    journal = OPENERS[opener](path, Disk())
    for one in bodies(count, start):
        record = journal.append(one)
        if not journal.unsaved:
            os.write(pipe, b"%d\n" % record.number)
    os._exit(0)


def kill_one(path: Path, opener: str, *, wait_for: int, spin: int, start: int) -> list[int]:
    """Let a child write, kill it at no particular moment after ``wait_for`` acknowledgements; return them."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        say_on(writing, path, opener, 10_000, start)
    os.close(writing)
    heard = b""
    while heard.count(b"\n") < wait_for:
        heard += os.read(reading, 4096)
    for _ in range(spin):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while more := os.read(reading, 4096):
        heard += more
    os.close(reading)
    return [int(number) for number in heard.split(b"\n")[:-1]]


def starve(path: Path, limit: int, count: int) -> dict[str, object]:
    """Write ``count`` answers with files limited to ``limit`` bytes, then one more without; in a child."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, json.dumps(_starving(path, limit, count)).encode())
        except BaseException as failure:  # the parent must hear of anything
            os.write(writing, json.dumps({"crash": repr(failure)}).encode())
        os._exit(0)
    os.close(writing)
    heard = b""
    while more := os.read(reading, 65536):
        heard += more
    os.close(reading)
    os.waitpid(pid, 0)
    return json.loads(heard)


def _starving(path: Path, limit: int, count: int) -> dict[str, object]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    journal, _ = opened(path)
    told = True
    for one in bodies(count):
        journal.append(one)
        told = told and bool(journal.unsaved) == bool(journal.trouble)
    durable = len(opened(path, read_only=True)[0].records)
    unsaved = journal.unsaved
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    journal.append(body("one more"))
    found = opened(path, read_only=True)[0].records
    return {
        "told": told,
        "acknowledged": durable >= count - unsaved,
        "unsaved": unsaved,
        "healed": [record.body for record in found] == [*bodies(count), body("one more")],
    }


def main(mode: str, folder: str, *rest: str) -> None:
    """Run one mode for a test in another process."""
    path = Path(folder) / "journal.jsonl"
    if mode == "audit":
        disk = SilentSync(Disk()) if "silent" in rest else Disk()
        journal = sound(path, disk)
        for one in bodies(int(rest[0])):
            record = journal.append(one)
            if not journal.unsaved:
                os.write(1, b"A %d\n" % record.number)
    elif mode == "full":
        print(json.dumps(_until_full(path)))
    elif mode == "read_only":
        journal, report = opened(path)
        journal.append(body("typed anyway"))
        print(json.dumps({"kept": report.kept, "unsaved": journal.unsaved, "trouble": journal.trouble}))


def _until_full(path: Path) -> dict[str, object]:
    ballast = path.with_name("ballast")
    ballast.write_bytes(bytes(40 * 1024))
    journal, _ = opened(path)
    said = []
    while not journal.unsaved and len(said) < 2000:
        said.append(body("x" * 500, len(said)))
        journal.append(said[-1])
    trouble = journal.trouble
    ballast.unlink()
    journal.append(body("one more"))
    found = [record.body for record in opened(path, read_only=True)[0].records]
    return {"said": len(said), "trouble": trouble, "whole": found == [*said, body("one more")]}


if __name__ == "__main__":
    main(*sys.argv[1:])
