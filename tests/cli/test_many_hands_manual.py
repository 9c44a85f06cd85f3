"""docs/many-hands.md as a reader follows it: its commands are run, and what it shows is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bsc_coach.session.copies import copies_beside
from bsc_coach.session.disk import Disk
from tests.cli.conftest import Run
from tests.support.cli import environment
from tests.support.two_facilitators import ANN, BOB, SAID, carried_out, copied

MANUAL = (Path(__file__).parents[2] / "docs" / "many-hands.md").read_text(encoding="utf-8")


WHO = {f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def blocks(kind: str) -> list[str]:
    """Return the fenced blocks of one kind in the manual, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)


COPY, MERGE, DRIVER, PULL, BESIDE = blocks("sh")
TALK, ATTRIBUTES = blocks("text")


def follow(commands: str, where: Path) -> str:
    """Type the commands of a block; whatever opens the app is answered in plain lines by nobody."""
    program = f'bsc-coach() {{ {shlex.quote(sys.executable)} -m bsc_coach "$@"; }}\n'
    plain = re.sub(r"^(bsc-coach open .*)$", r"\1 --plain </dev/null", commands, flags=re.MULTILINE)
    driver = f"{shlex.quote(sys.executable)} -m bsc_coach merge-driver"
    plain = plain.replace('"bsc-coach merge-driver', f'"{driver}')
    done = subprocess.run(
        ["bash", "-e", "-c", program + plain],
        cwd=where,
        env=environment(
            GIT_CONFIG_GLOBAL=str(where / "gitconfig"),
            GIT_CONFIG_SYSTEM="/dev/null",
            **{
                f"GIT_{who}_{what}": "t@example.org"
                for who in ("AUTHOR", "COMMITTER")
                for what in ("NAME", "EMAIL")
            },
        ),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def acme(hands: Path, tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return copied(hands / "before", tmp_path / "here" / "acme")


def shown_as_in_the_manual(out: str) -> None:
    """Check the lines of the talk that the manual shows: sides and times are those of the day."""
    asked, how, *sides = TALK.splitlines()
    assert asked in out
    assert how in out
    for side in sides:
        pattern = re.escape(re.sub(r" \(.*|(?<=/take \d  ).*", "", side))
        assert re.search(rf"^{pattern}.* \(\w+, \d{{4}}-\d\d-\d\d \d\d:\d\d\)$", out, re.MULTILINE), side
    told = {re.sub(r"^  /take \d  | \(.*", "", side) for side in sides}
    assert told == {"Acme Homes", "The Acme Society"}
    assert all(said in out for said in told)


def test_breakout_groups_come_together(run: Run, acme: Path) -> None:
    where = acme.parent
    follow(COPY, where)
    carried_out(where / "acme-blue", "Ann", *ANN)
    carried_out(where / "acme-green", "Bob", *BOB)
    out = follow(MERGE, where)
    assert f"{len(ANN)} actions by Ann came from acme-blue" in out
    assert f"{len(BOB)} actions by Bob came from acme-green" in out
    shown_as_in_the_manual(out)
    for names in (["strategy.toml"], ["strategy.md", "kpis.md", "annex.md"]):
        text = "".join((acme / name).read_text(encoding="utf-8") for name in names)
        assert [said for said in SAID if said not in text] == []


@pytest.mark.skipif(shutil.which("git") is None, reason="NOT TESTED HERE: git is not installed")
@pytest.mark.slow
def test_two_clones_follow_the_manual(run: Run, acme: Path, tmp_path: Path) -> None:
    one, two = acme.parent, tmp_path / "two"
    assert (acme / ".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES
    follow("git init -q -b main\ngit add acme\ngit commit -q -m Begun", one)
    follow(f"git clone -q {shlex.quote(str(one))} {shlex.quote(str(two))}", tmp_path)
    follow(DRIVER, two)
    carried_out(acme, "Ann", *ANN)
    follow("git add acme\ngit commit -q -m Hers", one)
    carried_out(two / "acme", "Bob", *BOB)
    shown_as_in_the_manual(follow(PULL, two))
    text = (two / "acme" / "strategy.toml").read_text(encoding="utf-8")
    assert [said for said in SAID if said not in text] == []


def test_a_copy_beside_the_journal_follows_the_manual(run: Run, acme: Path) -> None:
    bob = copied(acme, acme.parent / "bob")
    carried_out(bob, "Bob", *BOB)
    names = re.findall(r"“(journal[^”]*)”", MANUAL)
    assert len(names) == 4
    for name in names:
        target = copied(acme, acme.parent / f"beside {name}" / "acme")
        shutil.copy(bob / "journal.jsonl", target / name)
        assert copies_beside(target, Disk()) == [target / name]
    assert f"{len(BOB)} actions by Bob came" in follow(BESIDE, target.parent)


def test_every_command_of_the_manual_is_played() -> None:
    """The control: a block that is added has to be played here as well."""
    assert len(blocks("sh")) + len(blocks("text")) == MANUAL.count("```") // 2
