"""The manual page: what stands in docs/ is what the parser of the command line says today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", ["en_GB.UTF-8", "nl_NL.UTF-8"])
def test_the_manual_page_is_what_the_parser_says(language: str, tmp_path: Path) -> None:
    """Mend with: python docs/make_man.py"""
    made = tmp_path / "bsc-coach.1"
    command = [sys.executable, DOCS / "make_man.py", made]
    subprocess.run(command, env={**os.environ, "LC_ALL": language}, check=True, timeout=60)
    assert made.read_text(encoding="utf-8") == (DOCS / "bsc-coach.1").read_text(encoding="utf-8")


def test_every_command_has_its_place_with_usage_and_words() -> None:
    page = (DOCS / "bsc-coach.1").read_text(encoding="utf-8")
    assert r".SS \fBscript check\fR \fIfile\fR" in page
    assert r".SS \fBwhy\fR [\fB\-\-json\fR] \fIID\fR [\fIfolder\fR]" in page
    assert "\nhow far a session is\n" in page
    assert r".SS \fBtell\fR" not in page  # the control
