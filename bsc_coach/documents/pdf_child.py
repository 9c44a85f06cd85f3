"""The process that lays out a PDF with typst: ``pdf`` starts it and reads what it makes.

It gets the files of the layout as JSON on standard input, in base 64, and whether the machine's fonts count.
It writes the PDF to standard output, or what typst finds wrong with exit code ``EXIT_FAULT``. It imports
little, so that it starts fast.
"""

from __future__ import annotations

import json
import sys
from base64 import b64decode

import typst

from bsc_coach.child_process import EXIT_FAULT, be_a_child


def main() -> int:
    """Lay out the files on standard input; return the exit code."""
    be_a_child()
    told = json.load(sys.stdin.buffer)
    try:
        files = {name: b64decode(data) for name, data in told["files"].items()}
        made = _laid_out(files, machine_fonts=told["machine_fonts"])
    except typst.TypstError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "replace"))
        return EXIT_FAULT
    sys.stdout.buffer.write(made)
    return 0


def _laid_out(files: dict[str, bytes], *, machine_fonts: bool) -> bytes:
    """Return a PDF with the fonts of the library, or else of the machine too; PDF/UA-1 where that goes.

    ``machine_fonts`` takes those of the machine at once: a house has a font of its own.
    """
    for own_fonts_only in (False,) if machine_fonts else (True, False):
        try:
            return _compiled(files, own_fonts_only=own_fonts_only, standards=["ua-1"])
        except typst.TypstError:
            continue
    return _compiled(files, own_fonts_only=False, standards=[])


def _compiled(files: dict[str, bytes], *, own_fonts_only: bool, standards: list[str]) -> bytes:
    # Its stubs do not know that it takes the files themselves; so nothing is read from the disk.
    return typst.compile(  # type: ignore[call-overload,no-any-return]
        files, format="pdf", ignore_system_fonts=own_fonts_only, pdf_standards=standards
    )


if __name__ == "__main__":
    sys.exit(main())
