"""A session in which remarks were kept and rules muted opens in every command, each a process of its own.

In one process of tests other modules have looked at the rules before; people start the program anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from bsc_coach.coach.catalogue import rules, rules_of
from bsc_coach.coach.rule import Family
from bsc_coach.digest import digest_of
from bsc_coach.interview.facts.coaching import MuteRule, RemarkKept
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.cli.conftest import UNPLANNED
from tests.support.cli import bsc_coach

BECAUSE = "the board has weighed this and wants it so"
FAMILIES: tuple[Family, ...] = get_args(Family)
ONE_OF_EACH = {family: rules_of(family)[-1].id for family in FAMILIES}
"""A rule of each family."""
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "render": (("render", "{}", "--format", "md,minutes,iso", "-o", "{}/out"), ""),
    "why": (("why", "O1", "{}"), ""),
    "status": (("status", "{}", "--json"), ""),
    "check": (("check", "{}", "--min-severity", "settle"), ""),
    "apply": (("apply", "{}"), '{"do":"undo"}\n'),
    "open": (("open", "{}", "--plain"), "/findings\n/review\n/quit\n"),
}


def _opened(folder: Path) -> Session:
    return open_session(folder, Environment(by="Tester"))


def _keep(folder: Path, *names: str) -> None:
    """Keep an answer about O1 against each of the rules, as a session of an earlier wording may hold it."""
    session = _opened(folder)
    item = session.state.item_by_name("O1")
    about = [one for one in session.plan.statuses.values() if one.slot.item == item and one.value]
    for name in names:
        for one in about:
            assert one.value is not None
            session.record([RemarkKept(one.slot, name, digest_of(one.value), BECAUSE)])
    session.close()


def _mute(folder: Path, *names: str) -> None:
    session = _opened(folder)
    for name in names:
        assert session.do(MuteRule(name, BECAUSE)).accepted
    session.close()


@pytest.fixture
def folder(riverbend_folder: Path, tmp_path: Path) -> Path:
    """A finished session of one's own."""
    return Path(shutil.copytree(riverbend_folder, tmp_path / "s"))


def _run(command: str, folder: Path) -> str:
    words, typed = COMMANDS[command]
    ran = bsc_coach(*(word.replace("{}", str(folder)) for word in words), typed=typed)
    assert ran.code == 0, ran
    return ran.out


@pytest.mark.parametrize("family", FAMILIES)
def test_one_kept_rule_of_each_family_renders(family: Family, folder: Path) -> None:
    _keep(folder, ONE_OF_EACH[family])
    _run("render", folder)
    assert BECAUSE in (folder / "out" / "annex.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs_where_rules_of_every_family_were_kept(command: str, folder: Path) -> None:
    _keep(folder, *ONE_OF_EACH.values())
    said = _run(command, folder)
    if command == "why":
        assert BECAUSE in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs_where_every_rule_was_muted(command: str, folder: Path) -> None:
    _mute(folder, *rules())
    _run(command, folder)
    if command == "render":
        assert BECAUSE in (folder / "out" / "annex.md").read_text(encoding="utf-8")


def test_keeping_against_a_rule_that_says_nothing_is_refused_in_a_sentence(tmp_path: Path) -> None:
    ran = bsc_coach(
        "new", tmp_path / "s", "--plain", typed=UNPLANNED + "Acme\n/back\n/keep O10 because we want\n/quit\n"
    )
    assert ran.code == 0, ran
    assert "O10" in ran.said


def test_a_kept_remark_on_the_map_lets_the_session_go_on(folder: Path) -> None:
    told = (
        "/edit O1\n/remove O1.1\n/findings\n/edit O1\n/keep M42 because the nurses are here already\n/quit\n"
    )
    assert bsc_coach("open", folder, "--plain", typed=told).code == 0
    for command in COMMANDS:
        _run(command, folder)
    assert "the nurses are here already" in (folder / "out" / "annex.md").read_text(encoding="utf-8")


def test_a_rule_that_this_program_does_not_know_takes_nothing_down(folder: Path) -> None:
    _keep(folder, "Z99")
    for command in COMMANDS:
        _run(command, folder)
    assert BECAUSE in (folder / "out" / "annex.md").read_text(encoding="utf-8")
