"""Opening a folder in the file manager of the desktop, where there is one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

_OPENERS = {"darwin": "open", "win32": "explorer"}


def opener() -> str | None:
    """The program that opens a folder on this desktop, or None where there is none."""
    return shutil.which(_OPENERS.get(sys.platform, "xdg-open"))


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager, if the desktop has one."""
    program = opener()
    if program is None:
        return
    nowhere = subprocess.DEVNULL
    subprocess.Popen([program, str(folder)], stdin=nowhere, stdout=nowhere, stderr=nowhere)
