"""Two clones of a session and git itself: with the merge driver, and without it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.cli import environment
from tests.support.two_facilitators import ANN, BOB, CARLA, SAID, carried_out, copied, ids_in

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="NOT TESTED HERE: git is not installed")

DRIVER = f"{shlex.quote(sys.executable)} -m bsc_coach merge-driver %O %A %B %P"
WHO = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "core.autocrlf=false")


def git(folder: Path, *arguments: str, fails: bool = False) -> str:
    """Run git in a folder; it must succeed, or must not."""
    done = subprocess.run(
        ["git", *WHO, *arguments],
        cwd=folder,
        env=environment(GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def committed(clone: Path, message: str) -> None:
    git(clone, "add", "--all")
    git(clone, "commit", "-m", message)


def knows_us(clone: Path) -> None:
    """Tell a clone of the merge driver, as the manual says."""
    git(clone, "config", "merge.bsc-coach.driver", DRIVER)


@pytest.fixture
def clones(hands: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of a repository with a session in it, in the folder "acme" of each."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    git(one, "init", "-b", "main")
    copied(hands / "before", one / "acme")
    committed(one, "Begun")
    git(tmp_path, "clone", str(one), str(two))
    return one, two


def both_work(clones: tuple[Path, Path]) -> None:
    one, two = clones
    carried_out(one / "acme", "Ann", *ANN)
    committed(one, "Ann's hour")
    carried_out(two / "acme", "Bob", *BOB)
    committed(two, "Bob's hour")


def lacking(folder: Path) -> list[str]:
    """Return what was said and is not in the document of a session."""
    text = (folder / "strategy.toml").read_text(encoding="utf-8")
    return [said for said in SAID if said not in text]


def test_a_folder_of_a_session_tells_git_how_it_is_merged(begun: Path) -> None:
    assert (begun / ".gitattributes").read_text(encoding="utf-8").splitlines() == [
        "journal.jsonl merge=bsc-coach",
        "strategy.* merge=bsc-coach",
        "strategy-map.svg merge=bsc-coach",
        "kpis.md merge=bsc-coach",
        "annex.md merge=bsc-coach",
    ]


def test_what_belongs_to_a_machine_is_left_out_of_every_clone(run: Run, clones: tuple[Path, Path]) -> None:
    both_work(clones)
    for clone in clones:
        assert (clone / "acme" / ".local").is_dir()
        assert ".local" not in git(clone, "ls-files")
        assert git(clone, "status", "--porcelain") == ""


def test_with_the_driver_a_pull_brings_all_together(run: Run, clones: tuple[Path, Path]) -> None:
    one, two = clones
    knows_us(two)
    both_work(clones)
    assert lacking(two / "acme") != []
    git(two, "pull", "--no-rebase", "--no-edit")
    assert git(two, "status", "--porcelain") == ""
    asked = run("open", two / "acme", "--plain")
    assert "edited by hand" not in asked.said
    assert "changed by hand" not in asked.said
    assert "/take 1  " in asked.out
    assert lacking(two / "acme") == []
    assert len(ids_in(two / "acme")) == len(set(ids_in(two / "acme")))
    # What was decided goes back, and the other clone need not know the driver for that.
    run("open", two / "acme", "--plain", typed="/take 1\n/restore SEG2\n")
    committed(two, "Decided")
    git(one, "pull", str(two), "main")
    back = run("open", one / "acme", "--plain", typed="Acme\n")
    assert "changed by hand" not in back.said
    assert "/take 1  " not in back.out
    assert lacking(one / "acme") == []
    assert list((one / "acme" / ".local").glob("*edited*")) == []


@pytest.mark.slow
def test_a_rebase_comes_to_the_same(run: Run, clones: tuple[Path, Path], tmp_path: Path) -> None:
    both_work(clones)
    merged, rebased = clones[1], copied(clones[1], tmp_path / "rebased")
    for clone, way in ((merged, "--no-rebase"), (rebased, "--rebase")):
        knows_us(clone)
        git(clone, "pull", way, str(clones[0]), "main")
        run("merge", clone / "acme", clone / "acme")
    for name in ("journal.jsonl", "strategy.toml", "strategy.md"):
        assert (merged / "acme" / name).read_bytes() == (rebased / "acme" / name).read_bytes(), name


def test_without_the_driver_opening_mends_what_git_left(run: Run, clones: tuple[Path, Path]) -> None:
    one, two = clones
    both_work(clones)
    git(two, "pull", "--no-rebase", str(one), "main", fails=True)
    for name in ("journal.jsonl", "strategy.toml", "strategy.md"):
        assert "<<<<<<<" in (two / "acme" / name).read_text(encoding="utf-8"), name
    ran = run("open", two / "acme", "--plain")
    assert "Git had left its conflict marks in the journal." in ran.err
    assert "was damaged" not in ran.err
    assert "edited by hand" not in ran.said
    assert lacking(two / "acme") == []
    for name in ("journal.jsonl", "strategy.toml", "strategy.md"):
        assert "<<<<<<<" not in (two / "acme" / name).read_text(encoding="utf-8"), name
    kept = [path for path in (two / "acme" / ".local").iterdir() if "<<<<<<<" in path.read_text("utf-8")]
    names = {path.name.partition("-2")[0] for path in kept}
    assert names == {"damaged", *(f"{name}-edited" for name in ("strategy", "annex", "kpis", "strategy-map"))}
    committed(two, "Together")
    assert "Git had" not in run("status", two / "acme").said


def test_marks_in_a_strategy_file_alone_are_named(
    run: Run, clones: tuple[Path, Path], tmp_path: Path
) -> None:
    one, two = clones
    both_work(clones)
    git(two, "pull", "--no-rebase", str(one), "main", fails=True)
    ran = run("render", two / "acme" / "strategy.toml", "-o", tmp_path / "out")
    assert ran.code == 1
    assert "Git left both versions of strategy.toml in one file" in ran.err
    assert len(ran.err.splitlines()) == 1


# Edits by hand


def by_hand(folder: Path, old: str, new: str) -> None:
    path = folder / "strategy.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("editor", [pytest.param("ours", marks=pytest.mark.slow), "theirs"])
def test_an_edit_by_hand_survives_and_is_offered(editor: str, run: Run, clones: tuple[Path, Path]) -> None:
    """Bob edits what he added; in the clone where it all comes together it has another short id."""
    one, two = clones
    carried_out(one / "acme", "Ann", *ANN)
    carried_out(two / "acme", "Bob", *BOB)
    by_hand(two / "acme", "Bob says under thirty", "Bob says under thirty-five")
    committed(one, "Ann's hour")
    committed(two, "Bob's hour")
    pulls, other = (two, one) if editor == "ours" else (one, two)
    knows_us(pulls)
    git(pulls, "pull", "--no-rebase", "--no-edit", str(other), "main")
    ran = run("open", pulls / "acme", "--plain", typed="y\n")
    assert "in 1 place" in ran.out
    assert "under thirty-five" in ran.out
    assert lacking(pulls / "acme") == []
    assert "Bob says under thirty-five" in (pulls / "acme" / "strategy.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_is_added_by_hand_under_an_id_of_the_others_gets_one_of_its_own(
    run: Run, clones: tuple[Path, Path]
) -> None:
    one, two = clones
    carried_out(one / "acme", "Ann", *ANN)
    carried_out(two / "acme", "Carla", CARLA[1])
    target = 'choice = "target" },'
    by_hand(two / "acme", target, f'{target}\n    {{ id = "SEG3", name = "Typed in" }},')
    committed(one, "Ann's hour")
    committed(two, "Carla's hour")
    knows_us(one)
    git(one, "pull", "--no-rebase", "--no-edit", str(two), "main")
    assert "Typed in" in run("open", one / "acme", "--plain", typed="y\n").out
    text = (one / "acme" / "strategy.toml").read_text(encoding="utf-8")
    for said in ("Ann's shopkeepers", "Typed in", "Carla's promise of quiet nights"):
        assert said in text, said
    assert len(ids_in(one / "acme")) == len(set(ids_in(one / "acme")))


@pytest.mark.slow
def test_changed_by_hand_on_both_sides_is_a_conflict_with_a_sentence(
    run: Run, clones: tuple[Path, Path]
) -> None:
    one, two = clones
    for clone, year in ((one, 2034), (two, 2035)):
        by_hand(clone / "acme", "horizon_year = 2030", f"horizon_year = {year}")
        committed(clone, "By hand")
    knows_us(two)
    told = git(two, "pull", "--no-rebase", "--no-edit", str(one), "main", fails=True)
    assert "strategy.toml was changed by hand on both sides." in told
    # Nothing is lost: git holds both, and ours stands in the folder.
    assert "UU acme/strategy.toml" in git(two, "status", "--porcelain")
    assert "2035" in (two / "acme" / "strategy.toml").read_text(encoding="utf-8")
    git(two, "checkout", "--theirs", "acme/strategy.toml")
    committed(two, "Theirs")
    assert "“2030” → “2034”" in run("open", two / "acme", "--plain", typed="n\n").out


@pytest.mark.parametrize("lost", ["base", "ours", "theirs"])
def test_the_driver_names_a_file_that_is_not_there(lost: str, run: Run, begun: Path, tmp_path: Path) -> None:
    journal = begun / "journal.jsonl"
    names = {name: journal if name != lost else tmp_path / "nowhere" for name in ("base", "ours", "theirs")}
    before = journal.read_bytes()
    ran = run("merge-driver", names["base"], names["ours"], names["theirs"])
    assert ran.code == (0 if lost == "base" else 1)
    assert ("nowhere" in ran.err) == (lost != "base")
    assert journal.read_bytes() == before


@pytest.mark.parametrize(("ours", "theirs", "code"), [("Ours", "Theirs", 1), ("Both", "Both", 0)])
def test_the_same_edit_on_both_sides_is_no_conflict(
    ours: str, theirs: str, code: int, run: Run, begun: Path, tmp_path: Path
) -> None:
    written = (begun / "strategy.toml").read_text(encoding="utf-8")
    edited = {side: written.replace("Acme Housing", name) for side, name in (("a", ours), ("b", theirs))}
    for side, text in edited.items():
        (tmp_path / side).write_text(text, encoding="utf-8")
    ran = run("merge-driver", begun / "strategy.toml", tmp_path / "a", tmp_path / "b", "strategy.toml")
    assert ran.code == code
    assert ("by hand on both sides" in ran.err) == bool(code)
    assert (tmp_path / "a").read_text(encoding="utf-8") == edited["a"]
