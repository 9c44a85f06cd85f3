"""The program on a file system without locks; run as ``python -m tests.faults.no_locks ARGUMENTS``."""

from __future__ import annotations

import errno
import os
import sys

from bsc_coach.__main__ import main
from bsc_coach.session.disk import Disk


def _no_lock(_disk: Disk, _fd: int) -> bool:
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


if __name__ == "__main__":
    Disk.lock = _no_lock  # type: ignore[method-assign]
    sys.exit(main(sys.argv[1:]))
