"""A decision knows its day, its status and which one it replaces: asked, kept, imported, told everywhere."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.pages import unlinked

OLD, NEW, TARIFF = "Deliver within a day", "No same-day delivery outside the region", "A new tariff"
LINES = [
    {"do": "add", "list": "decisions", "answers": {"decisions.title": OLD, "decisions.date": "2025-11-20"}},
    {"do": "add", "list": "decisions", "answers": {"decisions.title": NEW, "decisions.date": "2026-11-18"}},
    {"do": "add", "list": "decisions", "answers": {"decisions.title": TARIFF}},
    {"do": "close", "list": "decisions"},
    {"do": "accept", "step": "decisions.proposals", "value": ["D3"]},
    {"do": "accept", "step": "decisions.outdated", "value": ["D1"]},
    {"do": "accept", "step": "decisions.replaces", "of": "D2", "value": ["D1"]},
]
BY_NEW = f"replaced by D2 {NEW}"


@pytest.fixture
def decided(run: Run, tmp_path: Path) -> Path:
    """A session with three decisions: one that another replaces, that other, and a proposal."""
    folder = tmp_path / "decided"
    assert run("new", folder, "--plain", typed="/quit\n").code == 0
    assert run("apply", folder, typed="".join(f"{json.dumps(line)}\n" for line in LINES)).code == 0
    return folder


def decisions_in(folder: Path) -> list[dict[str, str]]:
    told: list[dict[str, str]] = tomllib.loads((folder / "strategy.toml").read_text("utf-8"))["decisions"]
    return told


def test_they_are_kept_in_the_strategy(decided: Path) -> None:
    assert decisions_in(decided) == [
        {"id": "D1", "title": OLD, "status": "replaced", "date": "2025-11-20"},
        {"id": "D2", "title": NEW, "date": "2026-11-18", "replaces": "D1"},
        {"id": "D3", "title": TARIFF, "status": "proposed"},
    ]


def test_a_decision_never_replaces_itself(run: Run, decided: Path) -> None:
    before = decisions_in(decided)
    asked = {"do": "accept", "step": "decisions.replaces", "of": "D2"}
    refused, taken = (
        run("apply", decided, typed=json.dumps({**asked, "value": [other]})) for other in ("D2", "D3")
    )
    assert (refused.code, taken.code) == (1, 0)
    assert decisions_in(decided) != before
    assert decisions_in(decided)[1]["replaces"] == "D3"


def test_they_come_along_into_the_next_session(run: Run, decided: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    ran = run("new", again, "--from", decided / "strategy.toml", "--plain", typed="/quit\n")
    assert ran.code == 0
    assert "Left out" not in ran.err
    assert decisions_in(again) == decisions_in(decided)


def test_an_edit_by_hand_is_taken_over(run: Run, decided: Path) -> None:
    path = decided / "strategy.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('status = "proposed"', 'status = "decided"\ndate = "2027-06-01"'), "utf-8")
    assert run("apply", decided, "--take-edits").code == 0
    assert decisions_in(decided)[2]["status"] == "decided"
    assert decisions_in(decided)[2]["date"] == "2027-06-01"


def test_what_another_stands_for_is_told_as_that(run: Run, decided: Path, tmp_path: Path) -> None:
    assert run("render", decided, "--format", "md,html,minutes", "-o", tmp_path / "out").code == 0
    for name in ("annex.md", "strategy.html", "minutes.md"):
        text = unlinked((tmp_path / "out" / name).read_text("utf-8"))
        assert BY_NEW in text
        assert "20 November 2025" in text
        assert "proposed, not decided yet" in text
    document = unlinked((tmp_path / "out" / "strategy.md").read_text("utf-8"))
    first = document.partition("## The strategy map")[0]
    assert f"- D1 {OLD} ({BY_NEW})" in first
    assert f"- D2 {NEW}\n" in first
    assert f"- D3 {TARIFF} (proposed, not decided yet)" in first


def test_why_leads_from_the_old_decision_to_the_new_one_and_back(run: Run, decided: Path) -> None:
    assert f"D2 {NEW} – 18 November 2026 – replaces D1" in run("why", decided, "D1").out
    assert f"D1 {OLD} – replaced by D2 – 20 November 2025" in run("why", decided, "D2").out
    assert "D1" not in run("why", decided, "D3").out  # the control


def test_diff_tells_what_became_of_a_decision(run: Run, decided: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.toml"
    text = (decided / "strategy.toml").read_text("utf-8")
    for line in ('status = "replaced"\n', 'replaces = "D1"\n'):
        assert line in text
        text = text.replace(line, "")
    before.write_text(text, "utf-8")
    told = run("diff", before, decided / "strategy.toml").out
    assert f"D1 {OLD}" in told
    assert "replaced" in told
    assert "which decision it replaces" in told
    assert run("diff", before, before).out.count("D1") == 0  # the control


@pytest.mark.parametrize(("said", "asked"), [("4", True), ("2", False)])
def test_only_a_session_that_asks_everything_asks_for_them(
    said: str, asked: bool, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    typed = f"{said}\n/jump decisions\n{OLD}\n\n\n\n\n{NEW}\n\n\n\n\n\n\n\n/quit\n"
    ran = run("new", folder, "--plain", typed=typed)
    assert ran.code == 0
    assert ("On which day was it decided" in ran.out) is asked
    assert ("somebody who is not here still have to agree" in ran.out) is asked
    assert "take the place of" not in ran.out  # nothing was said to be replaced
