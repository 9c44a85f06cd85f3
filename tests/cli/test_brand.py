"""``render --brand`` and what goes with it; own layouts of the PDF and own templates of owners pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.documents.test_brand_folder import folder_of, png
from tests.support.cli import one_sentence


def test_a_brand_is_taken_and_what_must_be_known_of_it_is_told(
    run: Run, riverbend: Path, tmp_path: Path
) -> None:
    house = tmp_path / "house"
    house.mkdir()
    folder_of(house, brand__toml='accent = "#00AEEF"\nfont = "Georgia"', logo__png=png())
    ran = run("render", riverbend, "--format", "html", "--brand", house, "-o", tmp_path / "out")
    assert ran.code == 0
    assert "#00AEEF is too light" in one_sentence(ran)
    page = (tmp_path / "out" / "strategy.html").read_text(encoding="utf-8")
    assert "Georgia" in page
    assert "data:image/png" in page


def test_the_command_line_says_otherwise_than_the_folder(run: Run, riverbend: Path, tmp_path: Path) -> None:
    folder_of(tmp_path, brand__toml='version = "1"\npaper = "A3"')
    shared = ("render", riverbend, "--format", "html", "--brand", tmp_path, "-o", tmp_path / "out")
    assert run(*shared, "--version-line", "2 \x1b[31m final", "--paper", "letter").code == 0
    page = (tmp_path / "out" / "strategy.html").read_text(encoding="utf-8")
    assert "Version 2 [31m final" in page
    assert "size: Letter" in page


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--brand", "nowhere"), "no folder"),
        (("--paper", "A5"), "A4, A3, Letter"),
        (("--brand", "bad"), "acent"),
    ],
)
def test_a_brand_that_is_no_good_ends_in_one_sentence_and_nothing_is_written(
    run: Run, riverbend: Path, tmp_path: Path, arguments: tuple[str, str], told: str
) -> None:
    (tmp_path / "bad").mkdir()
    folder_of(tmp_path / "bad", brand__toml='acent = "#7a0c2e"')
    option, value = arguments
    given = tmp_path / value if option == "--brand" else value
    ran = run("render", riverbend, "--format", "html", option, given, "-o", tmp_path / "out")
    assert ran.code == 2
    assert told in one_sentence(ran)
    assert not (tmp_path / "out").exists()


def test_own_templates_reach_the_pages_of_owners(run: Run, riverbend: Path, tmp_path: Path) -> None:
    (tmp_path / "own" / "owners").mkdir(parents=True)
    (tmp_path / "own" / "owners" / "_head.md.j2").write_text("For {{ page.role }} of {{ organisation.name }}")
    (tmp_path / "own" / "owners" / "owner.md.j2").write_text('{% include "owners/_head.md.j2" %}')
    assert run("render", riverbend, "--template", tmp_path / "own", "-o", tmp_path / "out").code == 0
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "out" / "owners").iterdir()}
    assert "For CFO of Riverbend Regional Hospital\n" in pages.values()
    assert len(pages) > 8


def test_an_own_layout_makes_the_pdf(run: Run, riverbend: Path, tmp_path: Path) -> None:
    (tmp_path / "own" / "pdf").mkdir(parents=True)
    layout = tmp_path / "own" / "pdf" / "strategy.typ"
    layout.write_text('#let data = json("strategy.json")\n#set document(title: data.title)\n= #data.title\n')
    assert run("render", riverbend, "--template", tmp_path / "own", "-o", tmp_path / "out").code == 0
    made = (tmp_path / "out" / "strategy.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    run("render", riverbend, "--format", "pdf", "-o", tmp_path / "ours")
    assert len(made) < len((tmp_path / "ours" / "strategy.pdf").read_bytes()) / 4
    assert run("render", riverbend, "--template", layout, "-o", tmp_path / "again").code == 0


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ("#let data = json(", "cannot be laid out"),
        ('#import "@preview/cetz:0.3.0"', "fetches a package"),
        ('#image("/etc/hostname")', "cannot be laid out"),
        ("x" * 1_100_000, "1 MB"),
    ],
)
def test_a_layout_that_is_no_good_ends_in_one_sentence(
    run: Run, riverbend: Path, tmp_path: Path, layout: str, told: str
) -> None:
    path = tmp_path / "strategy.typ"
    path.write_text(layout)
    ran = run("render", riverbend, "--template", path, "-o", tmp_path / "out")
    assert ran.code != 0
    assert told in one_sentence(ran)
    assert not (tmp_path / "out").exists()


def test_what_is_copied_holds_the_layout_of_the_pdf_and_the_pages_of_owners(run: Run, tmp_path: Path) -> None:
    listed = run("templates", "list").out.splitlines()
    assert {"pdf/strategy.typ", "owners/owner.md.j2"} <= set(listed)
