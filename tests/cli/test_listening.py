"""Line mode for somebody who listens: nothing is read out twice, and where one is takes one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.cli.line_question import QuestionReader
from tests.cli.conftest import BEGUN, UNPLANNED, Run
from tests.support.odd_scripts import HEAD, listed, step

PEOPLE = BEGUN + "\n\nAnn\nDirector\nBob\nPlanner\n\n1\n\n\n"
"""What is typed up to the segments, with two people in the room of whom one decides."""
SEGMENTS = PEOPLE + "Tenants over 75\n1\n/edit segments\nCouples\n"
MEANING = "Welcome if they come by themselves"
HOW = "(The number of one.)"


def said(run: Run, folder: Path, typed: str, *options: str) -> list[str]:
    """Return what is printed when lines are typed into a new session."""
    return run("new", folder, "--plain", *options, typed=UNPLANNED + typed).out.splitlines()


def test_meanings_and_how_to_answer_are_read_once(run: Run, tmp_path: Path) -> None:
    lines = said(run, tmp_path / "a", SEGMENTS)
    assert sum(MEANING in line for line in lines) == 1
    assert lines.count(HOW) == 1
    assert any(line.count(";") == 2 and line.startswith("  1 ") for line in lines), "the options in one line"


def test_meanings_that_are_never_remembered_would_be_found_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(QuestionReader, "_is_new", lambda self, what: True)
    with pytest.raises(AssertionError):
        test_meanings_and_how_to_answer_are_read_once(run, tmp_path)


@pytest.mark.parametrize("before", ["", "/brief\n"])
def test_why_reads_a_question_whole_again(before: str, run: Run, tmp_path: Path) -> None:
    typed = PEOPLE + "Tenants over 75\n1\n" + before + "/edit segments\nCouples\n/why\n"
    lines = said(run, tmp_path / "a", typed)
    assert sum(MEANING in line for line in lines) == 2
    # Why another point is as it is reads no question.
    lines = said(run, tmp_path / "b", SEGMENTS + "/why T1\n")
    assert sum(MEANING in line for line in lines) == 1


def test_a_scale_is_told_by_its_ends_once_it_is_known(run: Run, tmp_path: Path) -> None:
    words = ("poor", "fair", "good", "excellent")
    scale = ", ".join(f'{{ id = "{n}", text = "{word}" }}' for n, word in enumerate(words, start=1))
    script = tmp_path / "mine.toml"
    steps = listed("wishes") + step("score", "choice", f"choices = [{scale}]", within="wishes")
    script.write_text(HEAD + steps, encoding="utf-8")
    ran = run("new", tmp_path / "a", "--script", script, "--plain", typed="Sun\nRain\n\n2\n4\n")
    lines = [line for line in ran.out.splitlines() if line.startswith("  1 ")]
    assert lines[:2] == ["  1 poor", "  1 poor … 4 excellent"]
    assert "  2 fair" in ran.out.splitlines()


def test_brief_leaves_the_question_and_its_options(run: Run, tmp_path: Path) -> None:
    lines = said(run, tmp_path / "a", "/brief\nAcme Housing\n1\n/brief off\ntenants\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("From here on only"))
    off = next(number for number, line in enumerate(lines) if line.startswith("Parts, items"))
    told = [line for line in lines[at + 1 : off] if line]
    assert all(line.startswith(("Coach: ", "  1 ")) for line in told), told
    assert not any(line.startswith("(") or " – " in line for line in told)
    assert any(line.startswith("(") for line in lines[off:])


def test_a_part_of_the_agenda_and_an_item_are_told_when_they_change(run: Run, tmp_path: Path) -> None:
    lines = said(run, tmp_path / "a", PEOPLE + "Tenants over 75 who live alone\n1\n")
    assert lines.count("Ambition") == 1
    assert lines.count("Segments") == 1
    # A question that names its item does not have it on a line of its own as well.
    where = [line for line in lines if "Tenants over 75 who live alone" in line]
    assert len(where) <= 2
    assert not any(line.strip() == "SEG1 Tenants over 75 who live alone" for line in lines[:-3])


def test_where_is_one_line_and_is_told_on_opening(run: Run, begun: Path) -> None:
    ran = run("open", begun, "--plain", typed="/where\n")
    told = [line.strip() for line in ran.out.splitlines() if "In all" in line]
    assert len(told) == 2
    assert told[0] == told[1]
    assert told[0].startswith("Ambition (part 1 of 17), about ")
    assert told[0].endswith(" minutes left.")


def test_where_says_so_when_all_is_answered(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "mine.toml"
    script.write_text(HEAD + step("name", "text"), encoding="utf-8")
    ran = run("new", tmp_path / "a", "--script", script, "--plain", typed="/where\nAnn\n/where\n")
    assert "Which name? (part 1 of 1)." in ran.out
    assert ran.out.count("Everything that had to be answered is.") >= 1


def test_what_was_chosen_is_told_in_words(run: Run, tmp_path: Path) -> None:
    lines = said(run, tmp_path / "a", "Acme\n1\n/back\n")
    now = next(line for line in lines if line.startswith("Now: "))
    assert now == "Now: To earn a return for its owners"


def test_the_agenda_is_said_in_words(run: Run, begun: Path) -> None:
    lines = run("open", begun, "--plain", typed="/agenda\n").out.splitlines()
    [told] = [line for line in lines if line.startswith("  Ambition: ")]
    planned, left = (int(part) for part in told.split() if part.isdecimal())
    assert 0 < left < planned, "of the part where one is, some minutes have gone"
    [kpis] = [line for line in lines if line.startswith("  KPIs: ")]
    planned, left = (int(part) for part in kpis.split() if part.isdecimal())
    assert planned == left > 0


def test_findings_name_a_point_once_or_say_that_there_are_none(run: Run, begun: Path) -> None:
    assert "The coach has nothing to add." in run("open", begun, "--plain", typed="/findings\n").out
    typed = "/jump segments\nCouples\n/findings\n"
    lines = run("open", begun, "--plain", typed=typed).out.splitlines()
    named = next(number for number, line in enumerate(lines) if line.strip() == "SEG1 Couples")
    assert lines[named + 1].startswith("    ")
    assert lines[named + 1].endswith(")")
    assert lines[named + 1][-4:-1].isalnum(), "the rule, to mute it"


def test_a_remark_stands_apart_from_the_question_that_comes_again(run: Run, begun: Path) -> None:
    lines = run("open", begun, "--plain", typed="/jump operations\nBe the best\n").out.splitlines()
    remark = next(number for number, line in enumerate(lines) if "“the best” is an ambition" in line)
    question = next(
        number
        for number, line in enumerate(lines)
        if line.startswith("Coach: What must become better there?")
    )
    assert lines[remark - 1] == ""
    assert "" in lines[remark:question]
    assert "Now: Be the best" not in lines, "it was typed a moment ago"


def test_a_list_is_read_when_one_comes_to_it_and_its_items_once_while_it_grows(
    run: Run, tmp_path: Path
) -> None:
    lines = said(run, tmp_path / "a", PEOPLE + "/edit participants\n")
    assert [line.strip() for line in lines if line.startswith("  T")] == [
        "T1 Ann",
        "T2 Bob",
        "T1 Ann",
        "T2 Bob",
    ]


@pytest.mark.parametrize(
    ("typed", "quoted"),
    [
        (
            "every tenant of ours can ask for a visit and gets one",
            "“every tenant of ours can ask for a visit and gets one”",
        ),
        (
            f"{'a long story about many tenants ' * 3}",
            "a long story about many tenants a long story about many…”",
        ),
    ],
)
def test_quotes_in_refusals_are_cut_between_words(typed: str, quoted: str, run: Run, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "a", "--plain", typed=f"{UNPLANNED}Acme\n{typed}\n")
    assert quoted in ran.out
