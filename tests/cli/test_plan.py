"""``plan``: agenda and room checklist as Markdown, for a new session and for what is left of one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.facts.answers import Accept, Reopen
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.cli.conftest import Run
from tests.support.cli import one_sentence

ROW = re.compile(r"^\| (\d+:\d\d) \| (\d+) \| (.*?) \| (\d*) ?\|$", re.MULTILINE)


def rows(told: str) -> list[tuple[str, int, str]]:
    """Return time, minutes and part of each row of the agenda."""
    return [(time, int(minutes), part) for time, minutes, part, _ in ROW.findall(told)]


def under(told: str, heading: str) -> str:
    """Return what stands under a heading."""
    return told.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def reopened(folder: Path) -> Session:
    return open_session(folder, Environment(by="Tester"))


@pytest.mark.parametrize(("language", "pause"), [("en", "Break"), ("nl", "Pauze")])
def test_the_agenda_of_a_new_session_fills_the_slot(run: Run, language: str, pause: str) -> None:
    ran = run("plan", "--slot", "9:00-12:30", "--people", "7", "--break", "10:30+15", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    told = rows(ran.out)
    assert told[0][0] == "09:00"
    assert sum(minutes for _, minutes, _ in told) == 210
    assert [minutes for _, minutes, part in told if part == pause] == [15]
    assert "**210**" in ran.out
    assert "| 12:30 |" in ran.out


@pytest.mark.parametrize("language", ["en", "nl"])
def test_everything_is_said_in_one_language(run: Run, language: str) -> None:
    told = {one: run("plan", "--people", "7", "--lang", one).out for one in ("en", "nl")}
    ours, theirs = told[language], told["nl" if language == "en" else "en"]
    checks = [line for line in ours.splitlines() if line.startswith("- ")]
    assert len(checks) > 25
    assert not set(checks) & set(theirs.splitlines())
    assert "{" not in ours


def test_a_shorter_slot_asks_less_and_says_what_goes_where(run: Run) -> None:
    half, short = (run("plan", "--slot", slot).out for slot in ("3 hours", "90 minutes"))
    assert sum(minutes for _, minutes, _ in rows(half)) == 180
    assert sum(minutes for _, minutes, _ in rows(short)) == 90
    assert "**KPIs**: " in under(half, "Goes home with its owner")
    assert "Initiatives" in under(half, "Not discussed")
    assert "Process map" in under(short, "Not discussed")
    assert "Process map" in {part for _, _, part in rows(half)}
    assert "Process map" not in {part for _, _, part in rows(short)}


def test_two_sittings_have_a_table_each(run: Run) -> None:
    ran = run("plan", "--preset", "two_sittings", "--break", "90+15")
    first, second = ran.out.partition("### Sitting 2")[::2]
    assert [sum(minutes for _, minutes, _ in rows(one)) for one in (first, second)] == [180, 180]
    assert all("Break" in one for one in (first, second))
    assert "## Not discussed" not in ran.out


def test_a_slot_that_is_far_too_short_says_so(run: Run) -> None:
    ran = run("plan", "--slot", "40 minutes", "--preset", "half_day")
    assert ran.code == 0
    assert "too short" in ran.out
    assert sum(minutes for _, minutes, _ in rows(ran.out)) == 40


def test_the_checklist_knows_the_room_and_the_people(run: Run, begun: Path) -> None:
    assert "- [ ] 9 chairs" in run("plan", "--people", "9").out
    assert "chairs" not in run("plan").out
    ran = run("plan", begun)
    assert "spoke with tenants last week" in ran.out
    assert ran.out.startswith("# Agenda and room checklist: Acme Housing\n")


def test_of_a_session_is_told_what_is_left_and_nothing_is_written(run: Run, begun: Path) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    new, left = (rows(run("plan", *folder, "--slot", "9:00-12:00").out) for folder in ([], [begun]))
    assert new[0][2] == left[0][2] == "Ambition"
    parts = {part for _, _, part in (*new, *left)}
    assert "KPIs from before" not in parts, "no list came in, so there is nothing to sort"
    assert left[0][1] < new[0][1]
    assert sum(minutes for _, minutes, _ in left) == 180
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before


def test_a_session_keeps_its_depth_unless_a_preset_is_named(run: Run, begun: Path) -> None:
    session = reopened(begun)
    session.do(PlanAgenda("half_day", minutes=180))
    session.close()
    kept = run("plan", begun, "--slot", "60 minutes").out
    assert "**Initiatives**: as a whole" in kept
    assert "Enablers" in {part for _, _, part in rows(kept)}
    assert sum(minutes for _, minutes, _ in rows(kept)) == 60
    shorter = run("plan", begun, "--slot", "60 minutes", "--preset", "90_minutes").out
    assert "Enablers" not in {part for _, _, part in rows(shorter)}
    assert "To spare" not in {part for _, _, part in rows(run("plan", begun).out)}


def test_a_kpi_without_the_figure_of_today_is_on_the_checklist_with_its_owner(
    run: Run, riverbend: Path
) -> None:
    assert "the figure of today" not in run("plan", riverbend).out
    session = reopened(riverbend)
    item = session.plan.state.item_by_name("O1.1")
    assert item is not None
    frame = session.plan.state.frames[item]
    session.do(Reopen(Slot(StepId("kpis.baseline"), frame)))
    kpi = next(one for one in session.strategy().kpis if one.id == "O1.1")
    session.close()
    figures = [line for line in run("plan", riverbend).out.splitlines() if "the figure of today" in line]
    assert figures == [f"- [ ] O1.1 {kpi.name}: the figure of today, from {kpi.owner_role}"]


def test_what_people_typed_stays_words(run: Run, begun: Path) -> None:
    session = reopened(begun)
    session.do(Accept(parse_slot("organisation.name"), "Acme *Housing* | [x](y)"))
    session.close()
    assert "Acme \\*Housing\\* \\| \\[x\\](y)" in run("plan", begun).out


def test_a_script_of_ones_own_is_planned(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "mine.toml"
    assert run("script", "copy", copy).code == 0
    own = run("plan", "--script", copy, "--slot", "9:00-12:30")
    assert own.out == run("plan", "--slot", "9:00-12:30").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--slot", "soon"], "soon"),
        (["--people", "many"], "many"),
        (["--people", "61"], "60"),
        (["--break", "coffee"], "coffee"),
        (["--break", "10:30+15"], "10:30+15"),
        (["--slot", "9:00-12:00", "--break", "8:30+15"], "8:30+15"),
        (["--slot", "9:00-12:00", "--break", "12:00+15"], "12:00+15"),
        (["--slot", "60 minutes", "--break", "30+90"], "60"),
        (["--preset", "weekend"], "weekend"),
    ],
)
def test_a_slip_is_told_in_a_sentence(run: Run, options: list[str], said: str) -> None:
    ran = run("plan", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in one_sentence(ran)


def test_a_folder_has_its_questions_already(run: Run, begun: Path, tmp_path: Path) -> None:
    assert "--script" in one_sentence(run("plan", begun, "--script", tmp_path / "mine.toml"))
    assert run("plan", begun, "--lang", "fr").code == 1
    assert run("plan", tmp_path / "nowhere").code == 1


def test_what_cannot_be_seen_in_a_break_is_not_taken_for_a_part_of_it(run: Run) -> None:
    seen = run("plan", "--slot", "09:00-12:30", "--break", "10:30+15")
    hidden = run("plan", "--slot", "09:00-12:30", "--break", "\x0710:30+15\x1b")
    assert seen.code == 0
    assert seen != run("plan", "--slot", "09:00-12:30")
    assert hidden == seen
