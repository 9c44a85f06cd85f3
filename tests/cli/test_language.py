"""The language of the command line: that of the session, else asked for, else of the environment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.words import say, spoken
from tests.cli.conftest import UNPLANNED
from tests.support.cli import Ran, one_sentence

Run = Callable[..., Ran]

DUTCH = "nl_NL.UTF-8"


@pytest.mark.parametrize(
    ("asked_for", "around", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": DUTCH}, "nl"),
        (None, {"LANG": "nl"}, "nl"),
        (None, {"LC_MESSAGES": "nl_BE"}, "nl"),
        (None, {"LC_MESSAGES": "en_GB.UTF-8", "LANG": DUTCH}, "en"),
        (None, {"LC_ALL": DUTCH, "LC_MESSAGES": "en_GB.UTF-8", "LANG": "C"}, "nl"),
        (None, {"LC_ALL": "", "LANG": DUTCH}, "nl"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": DUTCH}, "en"),
        (None, {"LANG": "xx_XX"}, "en"),
        ("nl", {"LC_ALL": "en_GB.UTF-8"}, "nl"),
        ("en", {"LC_ALL": DUTCH}, "en"),
        ("xx", {"LC_ALL": DUTCH}, "nl"),
        ("..", {}, "en"),
    ],
)
def test_where_the_language_comes_from(
    monkeypatch: pytest.MonkeyPatch, asked_for: str | None, around: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, told in around.items():
        monkeypatch.setenv(name, told)
    assert spoken(asked_for) == language


FAULTS = {
    ("frob",): ("“frob”", "new, open, demo"),
    ("open",): ("folder", ""),
    ("check", "--wording"): ("--wording", ""),
    ("status", "x", "y", "--zz"): ("y --zz", "--help"),
    ("status", "--json=3", "x"): ("--json", "3"),
    ("render", "--fo", "x"): ("--format", "--force"),
}


@pytest.mark.parametrize("line", FAULTS, ids=" ".join)
@pytest.mark.parametrize(("around", "usage"), [(DUTCH, "gebruik: "), ("en_GB", "usage: ")])
def test_a_line_that_cannot_be_read_is_told_in_the_language_of_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...], around: str, usage: str
) -> None:
    monkeypatch.setenv("LC_ALL", around)
    ran = run(*line)
    assert ran.code == 2
    assert ran.err.startswith(usage)
    said = ran.err.strip().splitlines()[-1]
    assert all(part in said for part in FAULTS[line])
    assert ("error:" in said, "argument" in said, "required" in said) == (False, False, False)


@pytest.fixture
def dutch_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that asks for Dutch."""
    monkeypatch.setenv("LC_ALL", DUTCH)


@pytest.fixture
def begonnen(tmp_path: Path, run: Run) -> Path:
    """A Dutch session with one answer in it, and its documents."""
    folder = tmp_path / "begonnen"
    ran = run("new", folder, "--lang", "nl", "--plain", typed=UNPLANNED + "Molenaar\n")
    assert ran.code == 0
    assert say("cli.made", "nl", folder=folder) in ran.err
    assert say("cli.plain.welcome", "nl") in ran.out
    return folder


@pytest.mark.usefixtures("dutch_around")
def test_help_speaks_the_language_of_the_environment(run: Run) -> None:
    ran = run("--help")
    assert ran.out.startswith("gebruik: bsc-coach")
    assert "begin een sessie in een nieuwe map" in ran.out
    for english in ("usage", "positional", "options:", "show this", "session in"):
        assert english not in ran.out
    assert run("check", "--help").out.startswith("gebruik: bsc-coach check")


def test_help_is_english_elsewhere(run: Run) -> None:
    ran = run("--help")
    assert ran.out.startswith("usage: bsc-coach")
    assert "opties" not in ran.out


def test_what_fails_before_a_session_is_open(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "nowhere"
    assert one_sentence(run("status", nowhere)) == say("session.none_here", "en", path=nowhere)
    assert one_sentence(run("new", nowhere, "--lang", "nl")) == say("cli.no_terminal", "nl")
    monkeypatch.setenv("LC_ALL", DUTCH)
    assert one_sentence(run("status", nowhere)) == say("session.none_here", "nl", path=nowhere)
    assert one_sentence(run("new", nowhere, "--lang", "en")) == say("cli.no_terminal", "en")


@pytest.mark.usefixtures("dutch_around")
def test_faults_of_a_script_are_told_in_the_language_of_the_environment(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "mine.toml"
    script.write_text('[script]\nid = "mine"\n', encoding="utf-8")
    checked = run("script", "check", script)
    assert "fouten in" in checked.err
    started = run("new", tmp_path / "s", "--plain", "--script", script)
    assert started.code == 1
    *faults, last = started.err.splitlines()
    assert faults == checked.out.splitlines()
    assert last.startswith("In de vragenlijst")
    assert last.endswith(faults[0].split(": ", 2)[2])


def test_check_and_explain_speak_dutch_throughout(run: Run, riverbend: Path) -> None:
    explained = run("explain", "K05", "--lang", "nl").out
    for label in ("Kijkt naar: een KPI", "Waarom: ", "Bron: ", "Maakt een opmerking bij:", "Laat met rust:"):
        assert label in explained
    checked = run("check", riverbend, "--lang", "nl")
    many = len(checked.out.splitlines())
    assert checked.err.strip() == ("1 opmerking." if many == 1 else f"{many} opmerkingen.")
    unclear = run("check", "--wording", "kpi", "--lang", "nl", typed="{\n")
    assert "Deze regel is geen JSON" in unclear.out
    assert "“luid” kan niet" in one_sentence(run("check", "x", "--lang", "nl", "--min-severity", "luid"))


def test_a_dutch_session_is_spoken_about_in_dutch(run: Run, begonnen: Path) -> None:
    document = begonnen / "strategy.md"
    document.write_text("mine\n", encoding="utf-8")
    ran = run("render", begonnen, "--check", "--format", "md")
    assert ran.err.strip() == say("cli.differs", "nl", path=document)
    ran = run("open", begonnen, "--plain", typed="/why\n/quit\n")
    assert say("cli.plain.welcome", "nl") in ran.out
    assert "is bewaard als" in ran.err
    other = begonnen.parent / "other"
    other.mkdir()
    (other / "strategy.md").write_text("mine\n", encoding="utf-8")
    ran = run("render", begonnen, "--format", "md", "-o", other)
    assert one_sentence(ran) == say("cli.would_overwrite", "nl", path=other / "strategy.md")


def test_a_file_edited_in_a_dutch_session_is_told_of_in_dutch(run: Run, begonnen: Path) -> None:
    file = begonnen / "strategy.toml"
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("Molenaar", "Bakker"), encoding="utf-8")
    assert say("cli.edits_there", "nl", n=1) in run("apply", begonnen).err
    file.write_text(written.replace("Molenaar", "Bakker"), encoding="utf-8")
    assert say("cli.edits_taken", "nl", n=1) in run("apply", begonnen, "--take-edits").err
    file.write_text("language = toml = at all\n", encoding="utf-8")
    assert "strategy.toml:1: language: Dit is geen geldige TOML" in run("apply", begonnen).err


def test_what_was_found_at_opening_is_told_in_the_language_of_the_session(run: Run, begonnen: Path) -> None:
    journal = begonnen / "journal.jsonl"
    journal.write_bytes(journal.read_bytes() + b"not a line of ours\n")
    (begonnen / "script.toml").unlink()
    told = run("status", begonnen).err
    assert say("session.script_lost", "nl") in told
    assert "van het journaal" in told
    assert "journal" not in told.replace(str(begonnen), "")


def test_a_new_session_begins_in_the_language_of_the_environment(
    run: Run, tmp_path: Path, dutch_around: None
) -> None:
    ran = run("new", tmp_path / "sessie", "--plain", typed=UNPLANNED + "/quit\n")
    assert "Voor welke organisatie" in ran.out
    ran = run("new", tmp_path / "session", "--plain", "--lang", "en", typed=UNPLANNED + "/quit\n")
    assert "Which organisation" in ran.out
