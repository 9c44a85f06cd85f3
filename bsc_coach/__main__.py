"""The command: ``bsc-coach`` and ``python -m bsc_coach``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from bsc_coach import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == ["--version"]:
        # Scripts ask for it often: nothing is imported to answer.
        print(f"bsc-coach {__version__}")  # not sys.stdout.write: there may be no output at all
        return 0
    if arguments is None:
        gc.disable()  # nothing that is imported is garbage; on again once the command is known
    from bsc_coach.cli.main import run

    if arguments is None:
        from bsc_coach.session.last_handler import print_no_traceback

        print_no_traceback()
    return run(given)


if __name__ == "__main__":
    sys.exit(main())
