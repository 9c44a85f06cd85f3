"""A long fuzz of the whole program: ``python -m tests.fuzz.run --minutes 60 [--seed N] [--only SEED]``.

Each case has a seed of its own, by which ``--only`` plays it again. What it finds is a fault to mend, and an
example for a test.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzz.playing import Case
from tests.support.sessions import play_once

LONGEST_CASE = 120
"""Seconds after which a case hangs."""


def play_seed(seed: int, home: Path, riverbend: Path) -> None:
    """Play one case."""
    case = Case(random.Random(seed).choice, home, riverbend)
    case.play()


def fault_of(seed: int, riverbend: Path) -> str:
    """Play one case; return where it failed, or nothing."""
    signal.alarm(LONGEST_CASE)
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            play_seed(seed, Path(home), riverbend)
    except Exception as error:
        cause = error.__cause__ or error
        at = traceback.extract_tb(cause.__traceback__)
        ours = [frame for frame in at if "bsc_coach" in frame.filename] or at
        place = f"{ours[-1].filename.rpartition('bsc_coach/')[2]}:{ours[-1].lineno}" if ours else ""
        return f"{type(cause).__name__} {place} | {str(cause)[:100]!r} | {str(error)[:160]!r}"
    finally:
        signal.alarm(0)
    return ""


def _hangs(*_: object) -> None:
    raise TimeoutError("a case hangs")


def main() -> int:
    """Play cases until the time is over; tell each kind of fault once, with a seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _hangs)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as base:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(base) / name)
        os.environ |= {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        riverbend = play_once("riverbend", Path(base) / "sample")
        if options.only is not None:
            play_seed(options.only, Path(base) / "case", riverbend)
            return 0
        found: Counter[str] = Counter()
        until, seed = time.monotonic() + options.minutes * 60, options.seed
        while time.monotonic() < until:
            if fault := fault_of(seed, riverbend):
                kind = fault.split(" | ")[0]
                found[kind] += 1
                if found[kind] <= 2:
                    print(f"{seed}: {fault}", flush=True)
            seed += 1
        print(f"{seed - options.seed} cases from seed {options.seed}, {found.total()} with a fault:")
        for kind, count in found.most_common():
            print(f"  {count:5} {kind}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
