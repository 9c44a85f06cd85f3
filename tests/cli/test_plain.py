"""Line mode: whole dialogues typed on standard input."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bsc_coach.cli.line_mode import run_plain
from bsc_coach.cli.typed_lines import TypedLines
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import BEGUN, UNPLANNED, Run
from tests.support.cli import bsc_coach, one_sentence
from tests.support.sessions import same_environment
from tests.support.small_map import small_map

WHO = "\n\nAnn\nDirector\nBob\nPlanner\n\n1\n\n\n"
"""No purpose and scope, two people in the room, the list finished, Ann decides, and nobody is missing."""


def strategy_in(folder: Path) -> dict[str, object]:
    return read_toml((folder / "strategy.toml").read_bytes()).model_dump(mode="json")


def journal_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]


def test_a_whole_section_then_left_then_gone_on_with(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    first = bsc_coach("new", folder, "--plain", typed=UNPLANNED + BEGUN + WHO + "/quit\nnever read\n")
    assert first.code == 0
    asked = [line for line in first.out.splitlines() if line.startswith("Coach: ")]
    assert asked[0].startswith("Coach: How long have we")
    assert asked[1].startswith("Coach: Which organisation")
    assert "And in which role does Bob sit here?" in first.out
    assert "which tenants would miss you most" in asked[-1]
    told = strategy_in(folder)
    assert told["organisation"]["name"] == "Acme Housing"
    assert [one["name"] for one in told["participants"]] == ["Ann", "Bob"]
    assert "never read" not in (folder / "journal.jsonl").read_text()

    second = bsc_coach("open", folder, "--plain", typed="Tenants over 75 who live alone\n")
    assert second.code == 0
    assert "which tenants would miss you most" in second.out
    assert "Which organisation" not in second.out
    assert "Tenants over 75" in (folder / "annex.md").read_text(encoding="utf-8")


def test_the_scribe_is_who_types(run: Run, tmp_path: Path) -> None:
    typed = UNPLANNED + BEGUN + WHO + "/edit participants.part\n4\nTenants over 75 who live alone\n"
    run("new", tmp_path / "a", "--plain", typed=typed)
    assert [action["by"] for action in journal_of(tmp_path / "a")][-1] == "Ann"
    run("--as", "Carla", "open", tmp_path / "a", "--plain", typed="/park later\n\n\n")
    assert [action["by"] for action in journal_of(tmp_path / "a")][-1] == "Carla"


@pytest.mark.parametrize("before", [True, False])
def test_who_types_may_be_told_before_or_behind_the_command(run: Run, tmp_path: Path, before: bool) -> None:
    who, line = ("--as", "Carla"), ("new", tmp_path / "a", "--plain")
    run(*(*who, *line) if before else (*line, *who), typed=UNPLANNED + "Riverbend\n")
    assert {action["by"] for action in journal_of(tmp_path / "a")} == {"Carla"}


def test_what_is_parked_says_who_and_when(run: Run, begun: Path) -> None:
    ran = run("open", begun, "--plain", typed="/jump segments\n/park ask sales first\nAnn\n2027-01\n")
    assert "Who brings it back?" in ran.out
    parked = journal_of(begun)[-1]["do"][0]
    assert parked == {**parked, "t": "parked", "reason": "ask sales first", "owner": "Ann", "due": "2027-01"}
    assert "ask sales first" in (begun / "annex.md").read_text(encoding="utf-8")


def test_undo_and_redo_work_across_runs(run: Run, begun: Path) -> None:
    ran = run("open", begun, "--plain", typed="/undo\n/undo\n/undo\n")
    assert ran.out.count("Undone:") == 3
    assert (
        "horizon_year" not in strategy_in(begun)["organisation"]
        or not strategy_in(begun)["organisation"]["horizon_year"]
    )
    ran = run("open", begun, "--plain", typed="/redo\n/redo\n/redo\n/redo\n")
    assert ran.out.count("Redone:") == 3
    assert "There is nothing to redo." in ran.out
    assert strategy_in(begun)["organisation"]["horizon_year"] == 2030


def test_an_answer_goes_on_behind_a_backslash(run: Run, tmp_path: Path) -> None:
    run(
        "new",
        tmp_path / "a",
        "--plain",
        typed=UNPLANNED + "Acme\n1\ntenants\n2030\nEverybody pays less.\\\nAnd is warm.\n",
    )
    assert journal_of(tmp_path / "a")[-1]["do"][0]["value"] == "Everybody pays less.\nAnd is warm."


def test_a_slash_of_the_answer_itself(run: Run, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "a", "--plain", typed=UNPLANNED + "//dev/null Ltd\n/nonsense\n")
    assert strategy_in(tmp_path / "a")["organisation"]["name"] == "/dev/null Ltd"
    assert "There is no command /nonsense." in ran.out


def test_a_refused_answer_says_why_and_the_question_stays(run: Run, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "a", "--plain", typed=UNPLANNED + "Acme\n7\nneither\n1\n")
    assert "“7” is none of the 2 choices" in ran.out
    assert "“neither” is none of the 2 choices" in ran.out
    assert strategy_in(tmp_path / "a")["organisation"]["kind"] == "business"


def test_an_edit_that_touches_others_asks_first(run: Run, begun: Path) -> None:
    ran = run(
        "open", begun, "--plain", typed="/edit organisation.year\n2031\nc\n/edit organisation.year\n2032\n\n"
    )
    assert "Accepting this touches what was said elsewhere" in ran.out
    assert "Left as it was." in ran.out
    assert strategy_in(begun)["organisation"]["horizon_year"] == 2032
    ran = run("open", begun, "--plain", typed="/edit organisation.ambition\n\n")
    assert "Enter if it is still right" in ran.out


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/help", "/park"),
        ("/why", "Coach: "),
        ("/example", "For example: "),
        ("/agenda", "Ambition"),
        ("/map", "Internal processes"),
        ("/document", "# "),
        ("/review", ""),
        ("/findings", ""),
        ("/export", ""),
        ("/history", ""),
        ("/theme", "is for the app"),
        ("/language", "speaks en"),
        ("/back", ""),
        ("/next", ""),
        ("/jump kpis", ""),
        ("/edit T9", "short id"),
        ("/remove", "short id"),
        ("/move T1", "short id"),
        ("/keep", "no remark"),
        ("/right", "Nothing here waits"),
        ("/redo", "nothing to redo"),
        ("/done", ""),
    ],
)
def test_every_command_has_an_answer(typed: str, shown: str, run: Run, begun: Path) -> None:
    ran = run("open", begun, "--plain", typed=f"{typed}\n")
    assert ran.code == 0
    assert shown in ran.out


def test_reading_only(run: Run, begun: Path) -> None:
    before = (begun / "journal.jsonl").read_bytes()
    ran = run("open", begun, "--plain", "--read-only", typed="/jump segments\nSomething new\n/undo\n/map\n")
    assert ran.code == 0
    assert "reading only" in ran.out
    assert (begun / "journal.jsonl").read_bytes() == before


def test_changes_made_by_hand_are_shown_and_taken_in(run: Run, begun: Path) -> None:
    path = begun / "strategy.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Acme Housing", "Acme Homes"), encoding="utf-8")
    refused = run("open", begun, "--plain", typed="n\n/quit\n")
    assert "“Acme Housing” → “Acme Homes”" in refused.out
    assert strategy_in(begun)["organisation"]["name"] == "Acme Housing"
    kept = list((begun / ".local").glob("strategy-edited-*.toml"))
    assert len(kept) == 1
    assert "Acme Homes" in kept[0].read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("Acme Housing", "Acme Homes"), encoding="utf-8")
    run("open", begun, "--plain", typed="y\n/quit\n")
    assert strategy_in(begun)["organisation"]["name"] == "Acme Homes"
    last = journal_of(begun)[-1]
    assert last["source"] == "edit"


def test_a_faulty_strategy_stays_where_it_is_and_the_talk_goes_on(run: Run, begun: Path) -> None:
    (begun / "strategy.toml").write_text("[organisation]\nname = [")
    ran = run("open", begun, "--plain", typed="/quit\n")
    assert ran.code == 0
    assert "strategy.toml:2: organisation.name: This is not valid TOML" in ran.out
    assert "was not written" in ran.err
    assert (begun / "strategy.toml").read_text() == "[organisation]\nname = ["
    assert not list((begun / ".local").glob("strategy-edited-*.toml"))


def test_control_characters_stay_outside(run: Run, tmp_path: Path) -> None:
    ran = run(
        "new",
        tmp_path / "a",
        "--plain",
        typed=b"/where\nAc\x1b[2Jme \x07Ltd\xc2\x9b\r\n/history\n/back\n/history\n",
    )
    assert ran.code == 0
    kept = (tmp_path / "a" / "journal.jsonl").read_bytes() + (tmp_path / "a" / "annex.md").read_bytes()
    assert not set(kept) & {0x1B, 0x07, 0x9B}
    kept.decode("utf-8")
    assert "Ac[2Jme" in strategy_in(tmp_path / "a")["organisation"]["name"]


def test_a_pipe_that_is_not_utf8_is_left_at_that_line(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    typed = "/where\nAcme\n1\ncafégangers\n2030\n"
    ran = run("new", folder, "--plain", typed=typed.encode("cp1252"))
    assert ran.code == 1
    assert "Line 4 of what was sent in is not UTF-8 text: “caf\ufffdgangers”" in ran.err
    told = (folder / "journal.jsonl").read_text("utf-8") + (folder / "annex.md").read_text("utf-8")
    assert "\ufffd" not in told
    assert "Acme" in told
    assert "2030" not in told  # which would have been the name of the customers
    again = run("new", tmp_path / "b", "--plain", typed=typed.encode("utf-8"))
    assert again.code == 0  # the control
    assert "cafégangers" in (tmp_path / "b" / "journal.jsonl").read_text("utf-8")


def test_a_line_that_is_not_utf8_takes_over_nothing_from_the_file(run: Run, begun: Path) -> None:
    path = begun / "strategy.toml"
    path.write_text(path.read_text("utf-8").replace("Acme Housing", "Acme Homes"), "utf-8")
    ran = run("open", begun, "--plain", typed=b"yes\xe9\n")
    assert ran.code == 1
    assert "Line 1 of what was sent in" in ran.err
    assert "Acme Homes" not in (begun / "journal.jsonl").read_text("utf-8")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_that_is_not_utf8_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("first \\\nCaf\udce9\nCafé\nnext\n"))
    lines = TypedLines()
    assert lines.read("en") == "Café"
    assert "Type it once more" in capsys.readouterr().err
    assert (lines.broken, lines.read("en"), lines.read("en")) == (False, "next", None)


def test_a_long_paste_is_taken_whole_or_refused_in_words(run: Run, begun: Path) -> None:
    text = "word " * 12_000
    ran = run("open", begun, "--plain", typed=f"/edit organisation.values\n{text}\n")
    assert journal_of(begun)[-1]["do"][0]["value"] == text.strip()
    ran = run("open", begun, "--plain", typed=f"/edit organisation.name\n{text}\n")
    assert "At most 300 characters fit" in ran.out


def test_the_end_of_the_input_is_a_way_to_leave(run: Run, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "a", "--plain", typed=UNPLANNED + "Acme")
    assert ran.code == 0
    assert strategy_in(tmp_path / "a")["organisation"]["name"] == "Acme"


def test_talk_without_a_process_around_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A session opened again goes on where the person was, also in the middle of an edit."""
    session = create_session(tmp_path / "a", bundled_source(), same_environment())
    monkeypatch.setattr(sys, "stdin", io.StringIO("Acme\n1\n/back\n"))
    assert run_plain(session) == 0
    again = open_session(tmp_path / "a", same_environment())
    talk = start_talk(again)
    talk.resume()
    prompt = talk.prompt()
    assert prompt is not None
    assert str(prompt.slot) == "organisation.kind"
    again.close()


def test_a_mark_before_the_first_line_is_no_part_of_the_answer(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "a", "--plain", typed=b"\xef\xbb\xbf/where\r\nAcme\r\n")
    assert strategy_in(tmp_path / "a")["organisation"]["name"] == "Acme"


@pytest.mark.parametrize(("typed", "preset"), [("\nAcme\n", "half_day"), ("4\nAcme\n", "everything")])
def test_a_new_session_is_asked_how_long_there_is(run: Run, tmp_path: Path, typed: str, preset: str) -> None:
    ran = run("new", tmp_path / "a", "--plain", typed=typed)
    for told in ("How long have we", "  2 Half a day – 180 minutes", "  Or type: 9:00-12:30"):
        assert told in ran.out
    planned, named = journal_of(tmp_path / "a")
    assert planned["do"][0]["preset"] == preset
    assert named["do"][0]["value"] == "Acme"
    again = run("open", tmp_path / "a", "--plain")
    assert "How long have we" not in again.out


def test_how_long_there_is_may_be_told_with_the_command(run: Run, tmp_path: Path) -> None:
    slot = "9:00-12:30, 7 people, break 10:30 15"
    ran = run("new", tmp_path / "a", "--plain", "--time", slot, typed="Acme\n")
    assert "How long have we" not in ran.out
    planned, named = journal_of(tmp_path / "a")
    told = planned["do"][0]
    assert (told["preset"], told["minutes"], told["people"]) == ("half_day", 210, 7)
    assert told["breaks"] == ["90+15"]
    assert named["do"][0]["value"] == "Acme"


@pytest.mark.parametrize("slot", ["whenever", "", "9:00-9:10, break 9:01 15"])
def test_a_time_that_is_none_is_refused_before_a_folder_is_made(run: Run, tmp_path: Path, slot: str) -> None:
    ran = run("new", tmp_path / "a", "--plain", "--time", slot, typed="Acme\n")
    assert (ran.code, ran.out) == (2, "")
    assert one_sentence(ran)
    assert not (tmp_path / "a").exists()


def test_the_end_is_told_and_each_line_of_it_is_one_letter_away(run: Run, riverbend: Path) -> None:
    session = open_session(riverbend, same_environment())
    statuses = session.plan.statuses.items()
    reason = next(slot for slot, one in statuses if slot.step == "candidates.reason" and one.active)
    session.do(Accept(reason, "Fewer nights here bcause of it", same=True))
    session.do(AddItem(Slot(StepId("outcomes")), {StepId("outcomes.title"): "Win the county back"}))
    session.close()
    # Risks and how the meeting was, the recording leaves open: four times Enter more.
    lines = ("/jump read-back", *[""] * 8, "t", "1", "q")
    ran = run("open", riverbend, "--plain", typed="\n".join(lines) + "\nnever read\n")
    assert ran.code == 0
    told = ran.out.split("That was it: everything is confirmed.")
    assert len(told) == 3  # once confirmed, and again after the walk
    assert "  1 F4: Where will “Win the county back” come from?" in told[1]
    assert "Better: “Fewer nights here because of it”" in ran.out
    assert "Tidy the wordings" in told[1]
    assert "Tidy the wordings" not in told[-1]
    assert f"To come back: bsc-coach open {riverbend}" in told[1]
    assert "never read" not in (riverbend / "journal.jsonl").read_text()


@pytest.mark.parametrize(
    ("language", "understood", "ids"),
    [
        (
            "en",
            (
                "K1 Days stays for O1 Shorten the wait at the door.",
                "K2 Meetings held goes into K1 Days.",
                "K3 Sick leave is retired.",
                "K3 Sick leave is retired: Nobody decides anything by it",
                "K4 Trips is decided later.",
            ),
            "(Or at once the id of what it leads to, such as F1, K2.)",
        ),
        (
            "nl",
            (
                "K1 Days blijft voor O1 Shorten the wait at the door.",
                "K2 Meetings held gaat op in K1 Days.",
                "K3 Sick leave vervalt.",
                "K3 Sick leave vervalt: Niemand beslist er iets mee",
                "K4 Trips wordt later beslist.",
            ),
            "(Of meteen de code van wat erbij hoort, zoals F1, K2.)",
        ),
    ],
)
def test_each_line_of_the_sorting_is_told_as_it_was_understood(
    run: Run, tmp_path: Path, language: str, understood: tuple[str, ...], ids: str
) -> None:
    session = small_map(tmp_path, language=language)
    for name in ("Days", "Meetings held", "Sick leave", "Trips"):
        assert session.do(AddItem(Slot(StepId("old_kpis")), {StepId("old_kpis.name"): name})).accepted
    session.close()
    part = {"en": "KPIs from before", "nl": "KPI's die er al waren"}[language]
    # An id at once, a choice and then the other one, a choice with its reason, a choice alone.
    lines = (f"/jump {part}", "1", "O1", "2", "K1", "3", "1", "4")
    ran = run("open", tmp_path / "session", "--plain", typed="\n".join(lines) + "\n")
    told = [line.strip() for line in ran.out.splitlines()]
    assert [line for line in told if line in understood] == list(understood)
    assert told.count(ids) == 1
