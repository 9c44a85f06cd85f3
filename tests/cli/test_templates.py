"""``templates``, and documents from a folder of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.cli import one_sentence


def test_what_is_listed_is_what_is_copied(run: Run, tmp_path: Path) -> None:
    listed = run("templates", "list").out.splitlines()
    assert "strategy.md.j2" in listed
    assert "partials/kpis.md.j2" in listed
    assert run("templates", "copy", tmp_path / "own").code == 0
    assert all((tmp_path / "own" / name).is_file() for name in listed)


def test_a_copy_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own" / "partials").mkdir(parents=True)
    mine = tmp_path / "own" / "partials" / "kpis.md.j2"
    mine.write_text("mine")
    ran = run("templates", "copy", tmp_path / "own")
    assert ran.code == 1
    assert "kpis.md.j2" in one_sentence(ran)
    assert mine.read_text() == "mine"
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["partials"]


def test_the_copies_make_the_document_that_the_program_makes(
    run: Run, riverbend: Path, tmp_path: Path
) -> None:
    run("templates", "copy", tmp_path / "own")
    ran = run("render", riverbend, "--template", tmp_path / "own" / "strategy.md.j2", "-o", tmp_path / "out")
    assert ran.code == 0
    made = (tmp_path / "out" / "strategy.md").read_text(encoding="utf-8")
    assert made == (riverbend / "strategy.md").read_text(encoding="utf-8")


def test_the_copies_make_the_page_with_pictures_as_well(run: Run, riverbend: Path, tmp_path: Path) -> None:
    run("templates", "copy", tmp_path / "own")
    ran = run("render", riverbend, "--template", tmp_path / "own", "-o", tmp_path / "mine")
    assert ran.code == 0
    run("render", riverbend, "--format", "html", "-o", tmp_path / "ours")
    ours = (tmp_path / "ours" / "strategy.html").read_text(encoding="utf-8")
    assert (tmp_path / "mine" / "strategy.html").read_text(encoding="utf-8") == ours


def test_every_template_of_a_folder_is_rendered(run: Run, riverbend: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "_head.md.j2").write_text("# {{ title }}")
    (own / "one.md.j2").write_text('{% include "_head.md.j2" %}')
    (own / "two.html.j2").write_text("<h1>{{ title }}</h1>")
    assert run("render", riverbend, "--template", own, "-o", tmp_path / "out").code == 0
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}
    assert made.keys() == {"one.md", "two.html"}
    assert made["two.html"] == "<h1>Riverbend Regional Hospital: strategy towards 2030</h1>"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("x.html.j2", "R&amp;D &lt;b&gt; # 1"),
        ("x.md.j2", "R&D \\<b> \\# 1"),
        ("x.svg.j2", "R&amp;D &lt;b&gt; # 1"),
    ],
)
def test_the_name_of_a_template_says_how_words_are_escaped(
    name: str, made: str, run: Run, tmp_path: Path
) -> None:
    strategy = tmp_path / "strategy.toml"
    strategy.write_text('format = 1\n[organisation]\nname = "R&D <b> # 1"\n')
    (tmp_path / name).write_text("{{ organisation.name }}")
    run("render", strategy, "--template", tmp_path / name, "-o", tmp_path / "out")
    assert (tmp_path / "out" / name.removesuffix(".j2")).read_text().rstrip("\n") == made


def test_one_that_breaks_names_its_line_and_nothing_is_written(
    run: Run, riverbend: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.md.j2").write_text("fine")
    (own / "b.md.j2").write_text("fine\n{{ nothing.here }}")
    ran = run("render", riverbend, "--template", own, "-o", tmp_path / "out")
    assert ran.code == 1
    said = one_sentence(ran)
    assert "b.md.j2" in said
    assert "2" in said
    assert not (tmp_path / "out").exists()


def test_a_folder_without_templates_is_said(run: Run, riverbend: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    ran = run("render", riverbend, "--template", tmp_path / "own", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "own" in one_sentence(ran)
