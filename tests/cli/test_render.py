"""``render``: which files, where, and what is never overwritten."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.cli import one_sentence

SET = {"strategy.md", "strategy-map.svg", "kpis.md", "annex.md"}
BOTH = SET | {"strategy.toml"}
SCHEMA = {"bsc-coach.schema.json"}
"""What strategy.toml names in its first line stands beside it."""


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_both_documents_elsewhere(run: Run, riverbend: Path, tmp_path: Path) -> None:
    ran = run("render", riverbend, "-o", tmp_path / "deep" / "out")
    assert (ran.code, ran.err) == (0, "")
    assert sorted(ran.out.splitlines()) == [str(tmp_path / "deep" / "out" / name) for name in sorted(BOTH)]
    assert names(tmp_path / "deep" / "out") == BOTH | SCHEMA
    for name in BOTH:
        assert (tmp_path / "deep" / "out" / name).read_bytes() == (riverbend / name).read_bytes()


@pytest.mark.parametrize(
    ("told", "made"),
    [("md", SET), ("toml", {"strategy.toml"} | SCHEMA), ("md, toml", BOTH | SCHEMA)],
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
    assert one_sentence(ran).startswith(f"{tmp_path / 'strategy.md'} is a folder")


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


@pytest.fixture
def usual() -> Iterator[None]:
    """A user who lets colleagues read what is made."""
    before = os.umask(0o027)
    yield
    os.umask(before)


def modes(folder: Path) -> set[tuple[bool, int]]:
    return {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (folder, *folder.rglob("*"))}


@pytest.mark.usefixtures("usual")
def test_documents_elsewhere_have_the_usual_mode(run: Run, riverbend: Path, tmp_path: Path) -> None:
    out = tmp_path / "shared" / "board"
    assert run("render", riverbend, "-o", out, "--format", "md,owners").code == 0
    assert modes(tmp_path / "shared") == {(True, 0o750), (False, 0o640)}
    for command in (
        ("templates", "copy", tmp_path / "mine"),
        ("script", "copy", tmp_path / "questions.toml"),
    ):
        assert run(*command).code == 0
    assert modes(tmp_path / "mine") == {(True, 0o750), (False, 0o640)}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.toml")} == {0o640}


@pytest.mark.usefixtures("usual")
def test_documents_of_a_session_stay_private(run: Run, begun: Path) -> None:
    """The control, also for a folder inside it and for the file alone."""
    assert run("render", begun, "--format", "md,owners").code == 0
    assert run("render", begun, "-o", begun / "board", "--format", "md,owners").code == 0
    assert run("render", begun / "strategy.toml", "--format", "svg").code == 0
    assert modes(begun) == {(True, 0o700), (False, 0o600)}


def test_a_document_that_is_written_anew_keeps_the_mode_people_gave_it(
    run: Run, begun: Path, tmp_path: Path
) -> None:
    path = tmp_path / "strategy.md"
    path.write_text("before")
    path.chmod(0o604)
    assert run("render", begun, "-o", tmp_path, "--format", "md", "--force").code == 0
    assert path.read_text("utf-8") != "before"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_page_of_an_owner_that_is_left_from_before_is_named(
    run: Run, riverbend: Path, tmp_path: Path
) -> None:
    first = run("render", riverbend, "-o", tmp_path, "--format", "owners")
    assert (first.code, first.err) == (0, "")
    old = tmp_path / "owners" / "nobody.md"
    old.write_text("O1 has no owner.\n")
    ran = run("render", riverbend, "-o", tmp_path, "--format", "owners,md")
    assert ran.code == 0
    assert one_sentence(ran).startswith(f"{old} was not made now")
    assert old.exists()
    assert run("render", riverbend, "-o", tmp_path, "--format", "md").err == ""  # the control


def test_line_mode_names_it_too(run: Run, begun: Path) -> None:
    (begun / "owners").mkdir()
    old = begun / "owners" / "cfo.md"
    old.write_text("O1 is yours.\n")
    ran = run("open", begun, "--plain", typed="/export owners\n/quit\n")
    assert f"{old} was not made now" in ran.err
    assert old.exists()
    old.unlink()
    again = run("open", begun, "--plain", typed="/export owners\n/quit\n")
    assert "was not made now" not in again.err  # the control


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


def test_the_map_as_a_mermaid_chart_where_that_is_asked_for(
    run: Run, riverbend: Path, tmp_path: Path
) -> None:
    assert run("render", riverbend, "-o", tmp_path / "out", "--mermaid").code == 0
    text = (tmp_path / "out" / "strategy.md").read_text(encoding="utf-8")
    assert 'O1["O1 ' in text
    assert "strategy-map.svg" not in text
    assert "```mermaid" not in (riverbend / "strategy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("where", [[], ["-o", "."]])
def test_one_theme_alone_is_never_written_over_the_whole(
    where: list[str], run: Run, riverbend: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(riverbend)
    before = (riverbend / "strategy.toml").read_bytes()
    ran = run("render", riverbend, *where, "--theme", "TH1")
    assert ran.code != 0
    assert "-o" in one_sentence(ran)
    assert (riverbend / "strategy.toml").read_bytes() == before


def test_every_title_names_the_theme(run: Run, riverbend: Path, tmp_path: Path) -> None:
    source = tmp_path / "strategy.toml"
    told = (riverbend / "strategy.toml").read_text(encoding="utf-8")
    source.write_text(told + '\n[[themes]]\nid = "TH1"\ntitle = "Quick first visit"\n', encoding="utf-8")
    where, names = tmp_path / "out", "md,board,html,svg,iso,slips,toml,stratml"
    assert run("render", source, "-o", where, "--theme", "TH1", "--format", names).code == 0
    for made in where.iterdir():
        if made.name not in ("strategy.toml", "bsc-coach.schema.json"):
            head = "\n".join(made.read_text(encoding="utf-8").splitlines()[:12])
            assert "Quick first visit" in head, made.name
    again = run("render", where / "strategy.toml", "-o", tmp_path / "again", "--format", "md")
    assert again.code == 0
    assert "Quick first visit" in (tmp_path / "again/annex.md").read_text(encoding="utf-8").splitlines()[0]


def test_a_theme_that_is_not_there_is_told(run: Run, riverbend: Path, tmp_path: Path) -> None:
    ran = run("render", riverbend, "-o", tmp_path / "out", "--theme", "TH9")
    assert ran.code != 0
    assert "TH9" in one_sentence(ran)
