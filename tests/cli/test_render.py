"""``render``: which files, where, and what is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.cli import one_sentence

BOTH = {"strategy.md", "strategy.toml"}
SCHEMA = {"bsc-coach.schema.json"}
"""What strategy.toml names in its first line stands beside it."""


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_both_documents_elsewhere(run: Run, riverbend: Path, tmp_path: Path) -> None:
    ran = run("render", riverbend, "-o", tmp_path / "deep" / "out")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [str(tmp_path / "deep" / "out" / name) for name in sorted(BOTH)]
    assert names(tmp_path / "deep" / "out") == BOTH | SCHEMA
    for name in BOTH:
        assert (tmp_path / "deep" / "out" / name).read_bytes() == (riverbend / name).read_bytes()


@pytest.mark.parametrize(
    ("told", "made"),
    [("md", {"strategy.md"}), ("toml", {"strategy.toml"} | SCHEMA), ("md, toml", BOTH | SCHEMA)],
)
def test_only_what_was_asked_for(told: str, made: set[str], run: Run, begun: Path, tmp_path: Path) -> None:
    assert run("render", begun, "-o", tmp_path / "out", "--format", told).code == 0
    assert names(tmp_path / "out") == made


@pytest.mark.parametrize("source", ["", "strategy.toml"])
def test_documents_in_another_language(source: str, run: Run, riverbend: Path, tmp_path: Path) -> None:
    ran = run("render", riverbend / source, "-o", tmp_path / "out", "--lang", "nl")
    assert ran.code == 0
    assert "strategie tot 2030" in (tmp_path / "out" / "strategy.md").read_text(encoding="utf-8")
    assert "strategy towards 2030" in (riverbend / "strategy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["", "strategy.toml"])
@pytest.mark.parametrize("language", ["xx", "Nederlands", ""])
def test_documents_in_a_language_nobody_wrote(
    language: str, source: str, run: Run, riverbend: Path, tmp_path: Path
) -> None:
    ran = run("render", riverbend / source, "-o", tmp_path / "out", "--lang", language)
    assert ran.code != 0
    assert language in one_sentence(ran)
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_a_slip_of_the_command_line(run: Run, begun: Path, tmp_path: Path) -> None:
    ran = run("render", begun, "-o", tmp_path / "out", "--format", "md,docbook")
    assert ran.code == 2
    assert "docbook" in one_sentence(ran)
    assert not (tmp_path / "out").exists()


def test_a_folder_in_the_way_is_named_as_what_it_is(run: Run, begun: Path, tmp_path: Path) -> None:
    (tmp_path / "strategy.md").mkdir()
    ran = run("render", begun, "-o", tmp_path, "--format", "md")
    assert ran.code == 1
    assert one_sentence(ran).startswith(f"{tmp_path / 'strategy.md'} is in the way")


def test_check_tells_without_writing(run: Run, begun: Path) -> None:
    assert run("render", begun, "--check").code == 0
    path = begun / "strategy.md"
    path.write_bytes(path.read_bytes() + b"\n")
    before = path.read_bytes()
    ran = run("render", begun, "--check")
    assert (ran.code, ran.out) == (1, "")
    assert one_sentence(ran) == f"{path} is not what would be written now."
    assert path.read_bytes() == before
    path.unlink()
    assert run("render", begun, "--check").code == 1
    assert not path.exists()


def test_the_session_s_own_documents_are_written_anew(run: Run, begun: Path) -> None:
    assert run("render", begun).code == 0
    (begun / "strategy.md").unlink()
    assert run("render", begun).code == 0
    assert run("render", begun, "--check").code == 0


def test_a_document_changed_by_hand_stays_and_with_force_is_kept_beside(run: Run, begun: Path) -> None:
    path = begun / "strategy.md"
    path.write_text("my own words")
    ran = run("render", begun)
    assert ran.code == 1
    assert "--force" in one_sentence(ran)
    assert path.read_text() == "my own words"
    forced = run("render", begun, "--force")
    assert forced.code == 0
    assert "changed by hand was kept" in forced.err
    kept = list((begun / ".local").glob("strategy-edited-*.md"))
    assert [one.read_text() for one in kept] == ["my own words"]


def test_nothing_elsewhere_is_overwritten_unasked_not_even_half(
    run: Run, begun: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "strategy.toml").write_text("somebody else's")
    ran = run("render", begun, "-o", out)
    assert ran.code == 1
    assert "--force" in one_sentence(ran)
    assert names(out) == {"strategy.toml"}
    assert (out / "strategy.toml").read_text() == "somebody else's"
    assert run("render", begun, "-o", out, "--force").code == 0
    assert (out / "strategy.toml").read_bytes() == (begun / "strategy.toml").read_bytes()


def test_the_same_again_is_no_overwriting(run: Run, begun: Path, tmp_path: Path) -> None:
    assert run("render", begun, "-o", tmp_path / "out").code == 0
    assert run("render", begun, "-o", tmp_path / "out").code == 0


def test_from_a_strategy_file_alone(run: Run, riverbend: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone" / "strategy.toml"
    alone.parent.mkdir()
    alone.write_bytes((riverbend / "strategy.toml").read_bytes())
    ran = run("render", alone)
    assert ran.code == 0
    assert names(alone.parent) == BOTH | SCHEMA
    assert "Riverbend Regional Hospital" in (alone.parent / "strategy.md").read_text(encoding="utf-8")
    assert alone.read_bytes() == (riverbend / "strategy.toml").read_bytes()


def test_a_template_of_one_s_own(run: Run, begun: Path, tmp_path: Path) -> None:
    template = tmp_path / "card.txt.j2"
    template.write_text("Strategy of {{ organisation.name }}\n")
    ran = run("render", begun, "--template", template, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert (tmp_path / "out" / "card.txt").read_text() == "Strategy of Acme Housing\n"
    template.write_text("{{ organisation.nmae }}")
    ran = run("render", begun, "--template", template, "-o", tmp_path / "out", "--force")
    assert ran.code == 1
    one_sentence(ran)
    assert (tmp_path / "out" / "card.txt").read_text() == "Strategy of Acme Housing\n"


def test_a_template_never_replaces_itself(run: Run, begun: Path, tmp_path: Path) -> None:
    template = tmp_path / "card.txt"
    template.write_text("{{ organisation.name }}")
    assert run("render", begun, "--template", template, "-o", tmp_path).code == 1
    assert template.read_text() == "{{ organisation.name }}"


@pytest.mark.parametrize("way", ["owners", "strategy.md"])
def test_all_or_nothing_also_where_something_stands_in_the_way(
    way: str, run: Run, riverbend: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    if way == "owners":
        out.mkdir()
        (out / way).write_text("mine", encoding="utf-8")
    else:
        (out / way).mkdir(parents=True)
    ran = run("render", riverbend, "-o", out, "--format", "csv,md,owners", "--force")
    assert ran.code == 1
    assert str(out / way) in one_sentence(ran)
    assert names(out) == {way}
