"""``readings``: what a workbook says is shown first, taken with a yes, and told in every document then."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from bsc_coach.__main__ import main
from bsc_coach.session.journal import JOURNAL
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import Run

STRATEGY = """
language = "en"
[[candidates]]
id = "O1"
cluster = "operations"
title = "Shorten the wait"
selected = true
[[objectives]]
id = "O1"
title = "Shorten the wait"
[[kpis]]
id = "O1.1"
measures = "O1"
name = "Days to a visit"
unit = "days"
direction = "down"
baseline = 31
target = 14
target_date = "2027-12"
red = 24
"""
ROWS = (("O1.1", datetime(2026, 3, 31), 22.5, "first"), ("O1.1", datetime(2026, 6, 30), 13, None))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session with a KPI, and the workbook of it that somebody filled in."""
    folder = tmp_path_factory.mktemp("readings")
    (folder / "old.toml").write_text(STRATEGY, encoding="utf-8")
    return folder


@pytest.fixture
def session(made: Path, tmp_path: Path, run: Run) -> Path:
    kept = made / "session"
    if not kept.exists():
        assert run("new", kept, "--from", made / "old.toml", "--plain", typed="/where\n").code == 0
    return Path(shutil.copytree(kept, tmp_path / "session"))


def filled(path: Path, rows: Sequence[Sequence[object]], *, heads: bool = True) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if heads:
        sheet.append(["KPI", "Date", "Value", "Remark"])
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def kpi_of(session: Path) -> Kpi:
    return read_toml((session / "strategy.toml").read_bytes()).kpis[0]


def test_nothing_is_taken_before_somebody_says_yes(run: Run, session: Path) -> None:
    before = (session / JOURNAL).read_bytes()
    ran = run("readings", session, filled(session.parent / "kpis.xlsx", ROWS))
    assert ran.code == 1
    assert "31 March 2026: 22.5 days (first) – not there yet (row 2)" in ran.out
    assert "30 June 2026: 13 days – target reached (row 3)" in ran.out
    assert "--yes" in ran.err
    assert (session / JOURNAL).read_bytes() == before


def test_with_yes_they_stand_in_the_strategy_and_its_documents_with_where_they_come_from(
    run: Run, session: Path
) -> None:
    ran = run("readings", session, filled(session.parent / "kpis.xlsx", ROWS), "--yes", "--as", "Ann")
    assert ran.code == 0
    kpi = kpi_of(session)
    told = [(one.date, one.value, one.note, one.source) for one in kpi.readings]
    assert told == [
        ("2026-03-31", 22.5, "first", "kpis.xlsx, Sheet, row 2"),
        ("2026-06-30", 13, None, "kpis.xlsx, Sheet, row 3"),
    ]
    last = json.loads((session / JOURNAL).read_text(encoding="utf-8").splitlines()[-1])
    assert (last["source"], last["by"]) == ("filled", "Ann")
    out = session.parent / "out"
    assert run("render", session, "--format", "md,kpis,html,minutes", "-o", out).code == 0
    whole = "13 days, measured 30 June 2026: target reached"
    wanted = {"kpis.md": whole, "strategy.html": whole, "strategy.md": "13 (30 June 2026, target reached) →"}
    told = {name: (out / name).read_text(encoding="utf-8") for name in wanted}
    assert [name for name, text in wanted.items() if text not in told[name]] == []
    assert "(from a form that was filled in)" in (out / "minutes.md").read_text(encoding="utf-8")
    why = run("why", "O1.1", session).out
    assert "form that was filled in" in why


class Terminal(io.StringIO):
    """Input that somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "n"), [("y\n", 2), ("\n", 0), ("no\n", 0), ("", 0)])
def test_at_a_terminal_it_asks(
    session: Path, answer: str, n: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    main(["readings", str(session), str(filled(session.parent / "kpis.xlsx", ROWS))])
    assert "Take these 2 readings?" in capsys.readouterr().out
    assert len(kpi_of(session).readings) == n


def test_what_was_taken_is_no_news_the_second_time(run: Run, session: Path) -> None:
    book = filled(session.parent / "kpis.xlsx", ROWS)
    assert run("readings", session, book, "--yes").code == 0
    before = (session / JOURNAL).read_bytes()
    ran = run("readings", session, book, "--yes")
    assert (ran.code, "2 rows say what is known already." in ran.out) == (0, True)
    assert (session / JOURNAL).read_bytes() == before


def test_rows_that_are_no_reading_are_named_and_the_others_taken(run: Run, session: Path) -> None:
    rows = (*ROWS, ("ZZ9", datetime(2026, 3, 31), 1), ("O1.1", "soon", 3))
    ran = run("readings", session, filled(session.parent / "kpis.xlsx", rows), "--yes")
    assert ran.code == 1
    left = [line for line in ran.out.splitlines() if line.startswith("Not taken, row ")]
    assert [line[:40] for line in left] == [
        "Not taken, row 4: “ZZ9” is no KPI of thi",
        "Not taken, row 5: “soon” could not be re",
    ]
    assert "2 readings were taken." in ran.out


def test_a_date_that_may_be_two_is_told_with_what_to_say(run: Run, session: Path) -> None:
    book = filled(session.parent / "kpis.xlsx", [("O1.1", "3/4/2026", "21 days")])
    ran = run("readings", session, book)
    assert "3 April 2026: 21 days – not there yet (row 2, a text, “21 days”, of which the" in ran.out
    assert "3/4/2026 were read with the day first" in ran.out
    ran = run("readings", session, book, "--dates", "month-first")
    assert ("4 March 2026: 21 days" in ran.out, "day first" in ran.out) == (True, False)


def test_undo_takes_all_of_it_back_and_diff_tells_what_was_new(run: Run, session: Path) -> None:
    old = session.parent / "before.toml"
    shutil.copy(session / "strategy.toml", old)
    run("readings", session, filled(session.parent / "kpis.xlsx", ROWS), "--yes")
    told = run("diff", old, session / "strategy.toml").out
    assert "readings: nothing → 31 March 2026: 22.5 days (first) and 30 June 2026: 13 days" in told
    assert '"accepted": true' in run("apply", session, typed='{"do": "undo"}\n').out
    assert kpi_of(session).readings == ()


def test_a_reading_that_is_edited_by_hand_comes_in_like_any_other_edit(run: Run, session: Path) -> None:
    run("readings", session, filled(session.parent / "kpis.xlsx", ROWS), "--yes")
    file = session / "strategy.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("22.5", "21.5"), encoding="utf-8")
    assert run("apply", session, "--take-edits").code == 0
    assert kpi_of(session).readings[0].value == 21.5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("text.xlsx", b"KPI;Date;Value\n"),
        ("cut.xlsx", b"PK\x03\x04 xl/workbook.xml"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ("empty.xlsx", b""),
    ],
)
def test_what_is_no_workbook_is_one_sentence_and_changes_nothing(
    run: Run, session: Path, name: str, data: bytes
) -> None:
    before = (session / JOURNAL).read_bytes()
    path = session.parent / name
    path.write_bytes(data)
    ran = run("readings", session, path, "--yes")
    assert ran.code != 0
    assert name in ran.err
    assert len(ran.err.strip().splitlines()) <= 2
    assert (session / JOURNAL).read_bytes() == before


def test_a_workbook_of_something_else_says_what_is_looked_for(run: Run, session: Path) -> None:
    ran = run(
        "readings", session, filled(session.parent / "lunch.xlsx", (("Soup", 4),), heads=False), "--yes"
    )
    assert "KPI, Date and Value" in ran.err
