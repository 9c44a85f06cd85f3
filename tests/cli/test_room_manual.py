"""docs/the-room.md as a reader follows it: its commands are run, and what it shows is what happens."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bsc_coach import sizes
from tests.support.cli import environment
from tests.support.two_facilitators import begin

MANUAL = (Path(__file__).parents[2] / "docs" / "the-room.md").read_text(encoding="utf-8")
BREAKOUTS = MANUAL.partition("\n## Breakouts\n")[2].partition("\n## ")[0]
GROUPS = {
    "acme-operations": ("Ann", "Shorten the time from call to repair, 4, 2\n\n2\n\n1\nIt decides\n"),
    "acme-customer": ("Bob", "1\n1\n1\n/edit organisation.year\n2031\n\n"),
    "acme-innovation+social": ("Carla", "/edit organisation.year\n2032\n\n"),
}


def blocks(kind: str) -> list[str]:
    """Return the fenced blocks of one kind in the section, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", BREAKOUTS, re.MULTILINE | re.DOTALL)


SPLIT, ZIP, OPEN, MERGE = blocks("sh")
MADE, THROUGH, CAME, CONTESTED = blocks("text")


def follow(commands: str, where: Path, typed: str = "") -> str:
    """Type the commands of a block; what opens a session is answered in plain lines."""
    program = f'bsc-coach() {{ {shlex.quote(sys.executable)} -m bsc_coach "$@"; }}\n'
    plain = re.sub(r"^(bsc-coach .*open .*)$", r"\1 --plain", commands, flags=re.MULTILINE)
    done = subprocess.run(
        ["bash", "-e", "-c", program + plain],
        cwd=where,
        env=environment(),
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def dated(text: str) -> str:
    """Return a text with counts and times that are those of the day left open."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(?:–\d\d:\d\d)?", "WHEN", text)
    return re.sub(r"\b\d+ actions?\b", "SOME", text)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return begin(tmp_path / "acme").parent


def test_a_breakout_follows_the_manual(here: Path) -> None:
    assert MADE in follow(SPLIT, here)
    for name, (who, typed) in GROUPS.items():
        opening = OPEN.replace("Ann", who).replace("acme-operations", name)
        ended = follow(opening, here, f"{typed}/end\n")
        if name == "acme-operations":
            assert THROUGH.strip() in ended
    merge, again = MERGE.splitlines()
    follow(merge, here)
    out = follow(again, here, "\n3 3\n5 2\n\n\n\n")
    assert dated(CAME.strip()) in dated(out)
    how, *sides = CONTESTED.splitlines()
    assert how in out
    told = re.findall(r"^  /take \d  (\d+) \((Bob|Carla), ", out, re.MULTILINE)
    assert {year for year, _ in told} == set(re.findall(r" (\d{4}) \(", "\n".join(sides))) == {"2031", "2032"}
    assert "a tie" in out
    assert "what stands at /take 1 is taken" in out
    assert "The plenary is through" in out


@pytest.mark.slow
def test_zips_are_put_where_the_manual_says(here: Path) -> None:
    follow(ZIP, here)
    made = sorted(path.name for path in (here / "stick").iterdir())
    assert made == sorted(f"{name}.zip" for name in GROUPS)
    zips = " ".join(f"stick/{name}" for name in made)
    assert "nothing in stick/acme-customer.zip" in follow(f"bsc-coach merge acme {zips}", here)


def test_the_manual_tells_the_size_of_the_table() -> None:
    assert f"({sizes.ZIP_FILE // 1_000_000} MB)" in BREAKOUTS


def test_every_command_of_the_section_is_played() -> None:
    """The control: a block that is added has to be played here as well."""
    assert len(blocks("sh")) + len(blocks("text")) == BREAKOUTS.count("```") // 2
