"""The examples in the manual: what lies there is what the program makes of the strategy.toml beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bsc_coach.__main__ import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NAMES = ("riverbend", "brakelman", "woonstichting")


def differing(folder: Path) -> int:
    """Return what ``render --check`` of the text files ends with: 0 where they are as they would be made."""
    return main(["render", str(folder / "strategy.toml"), "--format", "md,board", "--check"])


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_what_the_program_makes(name: str) -> None:
    assert differing(EXAMPLES / name) == 0


def test_control_an_example_of_something_else_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(EXAMPLES / "woonstichting", folder)
    told = folder / "strategy.toml"
    told.write_text(told.read_text().replace("Mutatieleegstand", "Leegstand"))
    assert differing(folder) == 1
