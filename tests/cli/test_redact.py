"""``render --redact``: documents that can be shown to others, and never in the place of the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.documents.formats import formats_called
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import Run
from tests.support.cli import one_sentence

NAMES = {
    "riverbend": ("Riverbend", "Osei", "Kowalski", "Raman", "Nolan", "Whitaker", "Ortiz", "Greene", "Dahl"),
    "brakelman": ("Brakelman", "te Winkel", "Wolterink"),
}


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def still_there(folder: Path, names: tuple[str, ...]) -> list[str]:
    """Return the names that can be read in some document of a folder."""
    told = " ".join(data.decode("utf-8") for data in content(folder).values()).casefold()
    return [name for name in names if name.casefold() in told]


@pytest.mark.slow
@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_a_sample_without_its_names(sample: str, run: Run, sample_folder: object, tmp_path: Path) -> None:
    folder: Path = sample_folder(sample)  # type: ignore[operator]
    before = content(folder)
    formats = ("--format", ",".join(one.name for one in formats_called(["all"]) if not one.library))
    assert run("render", folder, "--redact", "-o", tmp_path / "shown", *formats).code == 0
    assert still_there(tmp_path / "shown", NAMES[sample]) == []
    assert content(folder) == before
    assert run("render", folder, "-o", tmp_path / "real", *formats).code == 0
    assert still_there(tmp_path / "real", NAMES[sample]) == list(NAMES[sample])  # the control
    assert run("render", folder, "--redact", "-o", tmp_path / "shown", *formats, "--check").code == 0


def test_the_file_alone_gives_the_same_strategy(run: Run, riverbend_folder: Path, tmp_path: Path) -> None:
    for source, out in ((riverbend_folder, "a"), (riverbend_folder / "strategy.toml", "b")):
        assert run("render", source, "--redact", "-o", tmp_path / out, "--format", "toml").code == 0
    first, second = (read_toml((tmp_path / out / "strategy.toml").read_bytes()) for out in "ab")
    assert first == second
    assert first.organisation.name == "Organisation A"


@pytest.mark.parametrize("out", [(), ("-o", "."), ("-o", "../riverbend")])
def test_never_beside_its_source(
    out: tuple[str, ...], run: Run, riverbend: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(riverbend)
    before = content(riverbend)
    for source in (riverbend, riverbend / "strategy.toml"):
        ran = run("render", source, "--redact", "--force", *out)
        assert ran.code == 2
        assert "-o" in one_sentence(ran)
    assert content(riverbend) == before


def test_with_a_template_of_ones_own(run: Run, riverbend_folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md.j2"
    page.write_text("{{ organisation.name }} {{ redacted }} {{ status }}", encoding="utf-8")
    out = tmp_path / "out"
    assert run("render", riverbend_folder, "--redact", "--template", page, "-o", out).code == 0
    told = (out / "page.md").read_text(encoding="utf-8")
    assert told.startswith("Organisation A True As settled")
    assert "Redacted:" in told


def test_the_help_says_what_is_replaced_and_that_a_person_must_read_it(run: Run) -> None:
    told = " ".join(run("render", "--help").out.split())
    assert "let a person read the result" in told
    assert "years, dates, roles" in told


REDACTED = "is a redacted case: its names are made up and its numbers rounded."


def test_a_redacted_file_says_so_wherever_it_goes(run: Run, riverbend_folder: Path, tmp_path: Path) -> None:
    shown, next_one, one_more = tmp_path / "shown", tmp_path / "next", tmp_path / "one-more"
    assert run("render", riverbend_folder, "--redact", "-o", shown, "--format", "toml").code == 0
    # Documents made from it, and what changed between it and the real one.
    assert run("render", shown / "strategy.toml", "-o", shown, "--format", "md,html").code == 0
    for name in ("strategy.md", "strategy.html"):
        assert "Redacted: names" in (shown / name).read_text(encoding="utf-8")
    compared = run("diff", riverbend_folder, shown / "strategy.toml")
    assert f"{shown / 'strategy.toml'} {REDACTED}" in compared.err
    # A session that begins with it, and the one that begins with that.
    assert REDACTED in run("new", next_one, "--from", shown / "strategy.toml", "--plain").err
    assert "That was a redacted case" in (next_one / "strategy.md").read_text(encoding="utf-8")
    assert REDACTED in run("new", one_more, "--from", next_one, "--plain").err
    assert "That was a redacted case" in (one_more / "strategy.md").read_text(encoding="utf-8")


def test_the_control_of_a_real_case_nobody_says_so(run: Run, riverbend_folder: Path, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "next", "--from", riverbend_folder, "--plain")
    assert "redacted" not in ran.err
    assert "edacted" not in (tmp_path / "next" / "strategy.md").read_text(encoding="utf-8")
    assert run("diff", riverbend_folder, riverbend_folder / "strategy.toml").err == ""
