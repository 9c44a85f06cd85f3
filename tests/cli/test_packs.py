"""Scripts on the command line: translated, listed as a pack, and warnings that are no faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.script.loader import bundled_script
from tests.cli.conftest import Run
from tests.support.cli import one_sentence
from tests.support.faulty_scripts import SOUND

QUESTION = '\n[[step]]\nid = "mood"\nkind = "text"\nask = "How are we?"\nhelp = "One word."\n'


@pytest.fixture
def mine(run: Run, tmp_path: Path) -> Path:
    """A copy of the script with a question of one's own."""
    path = tmp_path / "pack" / "mine.toml"
    path.parent.mkdir()
    run("script", "copy", path)
    path.write_text(path.read_text(encoding="utf-8") + QUESTION, encoding="utf-8")
    return path


def test_warnings_are_counted_apart_and_are_no_faults(run: Run, mine: Path) -> None:
    ran = run("script", "check", mine)
    assert ran.code == 0
    assert ran.err == f"0 faults, 1 warning in {mine}.\n"
    assert "mood" in ran.out
    mine.write_text(mine.read_text(encoding="utf-8").replace('kind = "number"', 'kind = "nubmer"', 1))
    ran = run("script", "check", mine)
    assert ran.code == 1
    assert ran.err.startswith("1 fault, 1 warning in ")


def test_a_script_is_translated_and_then_has_no_fault(run: Run, mine: Path) -> None:
    sidecar = mine.with_name("mine.nl.toml")
    before = sidecar.read_text(encoding="utf-8")
    ran = run("script", "translate", mine, "nl")
    assert (ran.code, ran.out) == (0, f"{sidecar}\n")
    assert ran.err.startswith("2 texts were added")
    text = sidecar.read_text(encoding="utf-8")
    assert text.startswith(before.rstrip())
    again = run("script", "translate", mine, "nl")
    assert again.err == "2 texts still wait for their words.\n"
    assert sidecar.read_text(encoding="utf-8") == text
    sidecar.write_text(text.replace('= ""\n', '= "Hoe is het?"\n'), encoding="utf-8")
    assert run("script", "check", mine).err == f"0 faults in {mine}.\n"
    assert run("script", "translate", mine, "nl").err.startswith("Nothing to do")


def test_a_translation_into_a_new_language_is_made(run: Run, mine: Path) -> None:
    ran = run("script", "translate", mine, "fr")
    assert ran.code == 0
    assert mine.with_name("mine.fr.toml").read_text(encoding="utf-8").startswith("# Texts in “fr”")
    assert "fr" in run("script", "check", mine).out


@pytest.mark.parametrize("language", ["en", "nederlands", "NL"])
def test_what_is_no_language_to_translate_into_is_refused(run: Run, mine: Path, language: str) -> None:
    ran = run("script", "translate", mine, language)
    assert ran.code == 2
    assert one_sentence(ran)
    assert not list(mine.parent.glob("mine.[!n]*.toml"))


def test_a_pack_is_listed(run: Run, mine: Path) -> None:
    folder = mine.parent
    (folder / "sound.toml").write_text(SOUND, encoding="utf-8")
    (folder / "broken.toml").write_text(
        SOUND.replace('kind = "several"', 'kind = "sevral"'), encoding="utf-8"
    )
    (folder / "torn.toml").write_text("[[step]]\nid = \n", encoding="utf-8")
    (folder / "strategy.toml").write_text('format = 1\nlanguage = "en"\n', encoding="utf-8")
    ran = run("script", "list", folder)
    assert ran.code == 0
    lines = ran.out.splitlines()
    bundled = bundled_script()
    version, questions = bundled.header.version, sum(1 for _ in bundled.asked())
    assert [line.split(" · ")[0] for line in lines] == [
        *(str(folder / name) for name in ("broken.toml", "mine.toml", "sound.toml", "torn.toml")),
        "(comes with the program)",
    ]
    assert lines[0].endswith("1 fault") or "faults" in lines[0]
    assert lines[1].endswith(f"Strategy map · en, nl · version {version} · {questions + 1} questions")
    assert lines[2].split(" · ")[1:3] == ["Sound", "en"]
    assert "fault" in lines[3]
    assert lines[4].endswith(f"{questions} questions")


def test_a_folder_with_one_script_stands_for_it(run: Run, mine: Path, tmp_path: Path) -> None:
    assert run("new", tmp_path / "a", "--script", mine.parent, "--plain").code == 0
    assert (tmp_path / "a" / "script.toml").read_bytes() == mine.read_bytes()
    (mine.parent / "sound.toml").write_text(SOUND, encoding="utf-8")
    ran = run("new", tmp_path / "b", "--script", mine.parent, "--plain")
    assert ran.code == 2
    assert "mine.toml" in ran.err
    assert "sound.toml" in ran.err
    assert not (tmp_path / "b").exists()


def test_a_folder_without_scripts_or_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    ran = run("script", "list", tmp_path)
    assert ran.code == 0
    assert "no script" in ran.err
    assert run("script", "list", tmp_path / "nowhere").code == 1
    assert run("new", tmp_path / "x", "--script", tmp_path, "--plain").code == 1
