"""``homework``: who took how much home, and one role answering its own questions in line mode."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bsc_coach.interview.homework import homework_by_role
from bsc_coach.interview.understanding.understand import understand_role
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import open_session
from tests.cli.conftest import Run
from tests.support.rooms_in_time import in_the_room


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A half-day session, confirmed, with the homework that it left."""
    folder = tmp_path_factory.mktemp("room") / "session"
    in_the_room(folder).close()
    return folder


@pytest.fixture
def after(room: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(room, tmp_path / "after the room"))


def counted(folder: Path) -> dict[str, int]:
    session = open_session(folder, Environment(), read_only=True)
    found = {role: len(asked) for role, asked in homework_by_role(session.plan).items()}
    session.close()
    return found


def signed(folder: Path) -> list[str]:
    lines = (folder / JOURNAL).read_text(encoding="utf-8").splitlines()
    return [str(json.loads(line).get("by")) for line in lines]


def test_without_a_role_it_lists_whose_homework_there_is_and_how_to_begin(run: Run, after: Path) -> None:
    before = (after / JOURNAL).read_bytes()
    ran = run("homework", after)
    *roles, how = ran.out.splitlines()
    assert ran.code == 0
    assert roles == [f"{role}: {n} questions" for role, n in counted(after).items()]
    assert "bsc-coach homework" in how
    assert "after the room'" in how  # quoted for a shell
    assert (after / JOURNAL).read_bytes() == before


def test_a_session_without_homework_says_so(run: Run, begun: Path) -> None:
    assert "Nobody has homework" in run("homework", begun).out
    assert "Nobody has homework" in run("homework", begun, "CFO", "--plain").err


def test_answers_are_signed_by_the_role_or_by_name(run: Run, after: Path) -> None:
    before = len(signed(after))
    ran = run("homework", after, "head", "of", "pharm", "--plain", typed="/na not ours\n/quit\n")
    assert ran.code == 0
    assert "Homework of Head of Pharmacy" in ran.out
    assert signed(after)[before:] == ["Head of Pharmacy"]
    assert (after / "strategy.md").is_file()
    run("homework", after, "Head of Pharmacy", "--plain", "--as", "Ines", typed="/na not ours\n/quit\n")
    assert signed(after)[before:] == ["Head of Pharmacy", "Ines"]


def test_the_item_is_told_with_its_questions_and_the_end_with_the_last(run: Run, after: Path) -> None:
    number = counted(after)["Head of Pharmacy"]
    ran = run("homework", after, "Head of Pharmacy", "--plain", typed="/na not ours\n" * number)
    assert ran.code == 0
    assert "O3 " in ran.out
    assert "O3.1 " in ran.out
    assert f"{number} of {number} answered" in ran.out
    assert "The coach would not leave" not in ran.out
    assert counted(after).get("Head of Pharmacy") is None
    assert run("homework", after, "Head of Pharmacy", "--plain").code == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Chief", "several roles: Chief Nursing Officer, Chief Medical Officer"), ("Gardener", "of: Director")],
)
def test_a_role_that_cannot_be_meant_is_refused_with_those_there_are(
    run: Run, after: Path, typed: str, said: str
) -> None:
    ran = run("homework", after, typed, "--plain")
    assert ran.code == 2
    assert said in ran.err
    assert "Head of Pharmacy" in ran.err or typed == "Chief"


def test_nothing_is_asked_of_nobody_where_all_is_owned(run: Run, after: Path) -> None:
    ran = run("homework", after, "--nobody", "--plain")
    assert ran.code == 2
    assert "nobody owns" in ran.err


def test_two_owners_cannot_answer_at_once(run: Run, after: Path) -> None:
    other = open_session(after, Environment(by="Chief Nursing Officer"))
    before = signed(after)
    ran = run("homework", after, "CFO", "--plain", typed="/na not ours\n")
    other.close()
    assert ran.code == 1
    assert "Chief Nursing Officer has had this session open" in ran.err
    assert ran.out == ""
    assert signed(after) == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CFO", ["CFO"]), ("cfo", ["CFO"]), (" head of   pharmacy ", ["Head of Pharmacy"]),
        ("Médecin", ["Médecin chef"]), ("medecin", ["Médecin chef"]), ("priya", ["Chief Medical Officer"]),
        ("CMO", ["Chief Medical Officer"]), ("chief", ["Chief Nursing Officer", "Chief Medical Officer"]),
        ("Head of Farmacy", []), ("", []), ("nobody", []),
    ],
)  # fmt: skip
def test_a_role_may_be_written_loosely(room: Path, typed: str, meant: list[str]) -> None:
    session = open_session(room, Environment(), read_only=True)
    roles = [*homework_by_role(session.plan), "Médecin chef"]
    found = understand_role(session.plan, roles, typed)
    session.close()
    assert list(found) == meant
