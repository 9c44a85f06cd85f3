"""Make the examples of the manual: the board set of both samples and of one that brought its list.

    python docs/make_examples.py

A test compares the text files with what the program makes of the strategy.toml beside them.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

EXAMPLES = Path(__file__).parent / "examples"
MADE_BY: Mapping[str, tuple[str, ...]] = {
    "riverbend": ("demo", "riverbend", "--to"),
    "brakelman": ("demo", "brakelman", "--to"),
    "woonstichting": ("new", "--lang", "nl", "--from", str(EXAMPLES / "woonstichting" / "kpis-2025.csv")),
}
"""The command that makes the session of each example; its folder comes last."""
FORMATS = "toml,md,board,board-pdf,pptx"


def make(folder: Path, name: str) -> None:
    """Write the documents of an example into ``folder``, from a session that nobody else sees."""
    with tempfile.TemporaryDirectory() as work:
        session = Path(work) / name
        _run(*MADE_BY[name], str(session), "--plain")  # nobody is there to answer: it ends at once
        _run("render", str(session), "--format", FORMATS, "-o", str(folder), "--force")
        for page in session.glob("*-kpis-2025.md"):  # the page that tells every row that came in
            shutil.copy(page, folder)
        (folder / "bsc-coach.schema.json").unlink()


def _run(*words: str) -> None:
    command = [sys.executable, "-m", "bsc_coach", *words]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)


if __name__ == "__main__":
    for name in MADE_BY:
        make(EXAMPLES / name, name)
