"""``fill``: pages of owners come back filled in, Markdown or Word; what is on them is shown, then taken."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from bsc_coach.session.journal import JOURNAL
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import Run
from tests.support.damaged_zips import damaged
from tests.support.rooms_in_time import in_the_room

FORMULA = "How do you calculate it, including what does not count?"
NEED = "What do you need for it: time, money, people, a decision?"
AGREE = "Is this yours, and do you agree with it as it stands?"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A half-day session with the homework that it left."""
    folder = tmp_path_factory.mktemp("room") / "session"
    session = in_the_room(folder)
    session.write_strategy()
    session.close()
    return folder


@pytest.fixture
def session(room: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(room, tmp_path / "session"))


def strategy_in(session: Path) -> Strategy:
    return read_toml((session / "strategy.toml").read_bytes())


def a_kpi(session: Path) -> str:
    """Return a KPI whose formula is homework, as pages call it."""
    kpi = next(one for one in strategy_in(session).kpis if one.formula is None and one.owner_role)
    return f"{kpi.id} {kpi.name}"


def page(path: Path, *rows: tuple[str, str, str]) -> Path:
    """Write a page as somebody brings it back: three columns, with answers in the last."""
    lines = [f"| {about} | {question} | {answer} |" for about, question, answer in rows]
    table = ["| About | We ask you | Your answer |", "|:---|:---|:---|", *lines]
    path.write_text("\n".join(["# CFO", "", "## Your answer", "", *table]), encoding="utf-8")
    return path


def formula_of(session: Path, about: str) -> str | None:
    return next(one.formula for one in strategy_in(session).kpis if about.startswith(f"{one.id} "))


def test_the_page_that_was_printed_comes_back_with_what_was_written_on_it(
    run: Run, session: Path, tmp_path: Path
) -> None:
    """Every row that is empty on the pages is filled in; the journal has every answer that could be taken."""
    assert run("render", session, "--format", "owners", "-o", tmp_path / "out").code == 0
    asked = 0
    for path in (tmp_path / "out" / "owners").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        mine = [line for line in lines if FORMULA in line]
        asked += len(mine)
        told = [line.replace("|  |", "| a \\| b ÷ c |") if FORMULA in line else line for line in lines]
        path.write_text("\n".join(told), encoding="utf-8")
    pages = sorted((tmp_path / "out" / "owners").iterdir())
    ran = run("fill", session, *pages, "--yes", "--as", "CFO")
    assert f"{asked} answers were taken." in ran.out
    assert sum(one.formula == "a | b ÷ c" for one in strategy_in(session).kpis) == asked > 1


def test_nothing_is_taken_before_somebody_says_yes(run: Run, session: Path, tmp_path: Path) -> None:
    before = (session / JOURNAL).read_bytes()
    ran = run("fill", session, page(tmp_path / "cfo.md", (a_kpi(session), FORMULA, "a ÷ b")))
    assert (ran.code, "“a ÷ b”" in ran.out, "--yes" in ran.err) == (1, True, True)
    assert (session / JOURNAL).read_bytes() == before


def test_what_an_answer_opens_again_is_said_before_it_is_taken(
    run: Run, session: Path, tmp_path: Path
) -> None:
    """Of what was confirmed, and once: what is open already is opened by nothing."""
    opens = "opens again what was confirmed: Read-back, Close."
    first = page(tmp_path / "a.md", (a_kpi(session), FORMULA, "a"))
    assert opens in run("fill", session, first).out
    assert run("fill", session, first, "--yes").code == 0
    second = page(tmp_path / "b.md", (a_kpi(session), FORMULA, "b"))
    assert opens not in run("fill", session, second, "--yes").out


def test_what_an_owner_says_of_all_of_it_is_parked_and_a_yes_is_none(
    run: Run, session: Path, tmp_path: Path
) -> None:
    filled = page(tmp_path / "cfo.md", ("All of it", AGREE, "Yes"), ("All of it", NEED, "two more nurses"))
    assert run("fill", session, filled, "--yes").code == 0
    parked = [one.title for one in strategy_in(session).parking]
    assert f"CFO – {NEED} – two more nurses" in parked
    assert not any(AGREE in (title or "") for title in parked)
    n = len(parked)
    assert run("fill", session, filled, "--yes").code == 0
    assert len(strategy_in(session).parking) == n, "a page that comes back twice says it once"


@pytest.mark.parametrize(
    ("about", "question", "answer", "why"),
    [
        ("ZZ9 Nothing", FORMULA, "a ÷ b", "no question of this session reads like this"),
        ("", "What is the capital of France?", "Paris", "no question of this session reads like this"),
        (None, "How often will you look at it?", "every full moon", "every full moon"),
    ],
)
def test_what_cannot_be_taken_is_shown_with_why(
    run: Run, session: Path, tmp_path: Path, about: str | None, question: str, answer: str, why: str
) -> None:
    kpi = a_kpi(session)
    rows = ((kpi if about is None else about, question, answer), (kpi, FORMULA, "a ÷ b"))
    ran = run("fill", session, page(tmp_path / "cfo.md", *rows), "--yes")
    (left,) = [line for line in ran.out.splitlines() if line.startswith("Not taken: ")]
    assert why in left
    assert ran.code == 1
    assert formula_of(session, kpi) == "a ÷ b"


def test_a_word_file_that_was_printed_comes_back_as_well(run: Run, session: Path, tmp_path: Path) -> None:
    assert run("render", session, "--format", "owners-docx", "-o", tmp_path / "out").code == 0
    asked = 0
    for path in (tmp_path / "out" / "owners").iterdir():
        made = docx.Document(str(path))
        rows = [row for table in made.tables for row in table.rows]
        mine = [row for row in rows if FORMULA in [cell.text for cell in row.cells]]
        for row in mine:
            row.cells[-1].text = "a | b ÷ c"
        asked += len(mine)
        made.save(str(path))
    ran = run("fill", session, *sorted((tmp_path / "out" / "owners").iterdir()), "--yes")
    assert f"{asked} answers were taken." in ran.out
    assert sum(one.formula == "a | b ÷ c" for one in strategy_in(session).kpis) == asked > 1


def zip_of(**entries: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", 8) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return made.getvalue()


BODY = "word/document.xml"
ENTITIES = b'<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.png", b"\x89PNG\x00\xff\xfe\xf3"),
        ("other.docx", zip_of(**{"xl/workbook.xml": b"<x/>"})),
        ("cut.docx", zip_of(**{BODY: b"<x/>"})[:40]),
        ("damaged.docx", damaged(zip_of(**{BODY: b"<x/>" * 99}), BODY)),
        ("entities.docx", zip_of(**{BODY: ENTITIES})),
        ("bomb.docx", zip_of(**{BODY: b" " * 9_000_000})),
        ("empty.md", b""),
    ],
)
def test_what_is_no_page_is_one_sentence_and_changes_nothing(
    run: Run, session: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    before = (session / JOURNAL).read_bytes()
    (tmp_path / name).write_bytes(data)
    ran = run("fill", session, tmp_path / name, "--yes")
    assert ran.code != 0
    assert name in ran.err
    assert (session / JOURNAL).read_bytes() == before
