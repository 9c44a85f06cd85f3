"""Links, pipes and folders laid where the program writes: named, never followed, nothing overwritten."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bsc_coach.session import disk as disk_module
from bsc_coach.session import opening
from bsc_coach.session.lock import Lock
from bsc_coach.session.owned_files import digest_of_bytes
from bsc_coach.session.path_walk import Entry
from tests.cli.conftest import Run
from tests.support.cli import environment, one_sentence
from tests.support.sessions import new_session, same_environment

PRECIOUS = b"my private notes\n"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of somebody else, with a file under each name that is written."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for name in ("director.md", "strategy.md", "strategy.toml", "script.toml", "lock", "journal.jsonl"):
        (folder / name).write_bytes(PRECIOUS)
    return folder


@pytest.fixture
def owned(begun: Path, run: Run) -> Path:
    """A session in which somebody owns something, so that there are pages of owners."""
    run("open", begun, "--plain", typed="Ann\nDirector\n\n\n")
    return begun


@pytest.fixture
def follows_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken twin of the door: it goes wherever a path leads."""

    @contextmanager
    def any_way(path: Path, root: Path | None) -> Iterator[Entry]:
        yield Entry(str(path))

    monkeypatch.setattr(disk_module, "entry_of", any_way)
    monkeypatch.setattr(disk_module, "NO_FOLLOW", 0)
    monkeypatch.setattr(disk_module.Disk, "facts_at", lambda _, path: disk_module._facts(os.stat(path)))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def untouched(folder: Path) -> bool:
    return set(contents(folder).values()) == {PRECIOUS} and len(contents(folder)) == 6


def forge(folder: Path, name: str) -> None:
    """Have the memory of a session claim that it wrote a foreign file."""
    told = {name: {"digest": digest_of_bytes(PRECIOUS), "number": 0}}
    (folder / ".local" / "written.json").write_text(json.dumps(told))


# Documents


def pages_of(run: Run, riverbend: Path, tmp_path: Path) -> tuple[Path, str]:
    """Return a copy of the sample with pages of owners to be made, and the name of one."""
    folder = tmp_path / "copy"
    run("render", riverbend, "-o", tmp_path / "made", "--format", "owners")
    name = sorted(path.name for path in (tmp_path / "made" / "owners").iterdir())[0]
    subprocess.run(["cp", "-r", str(riverbend), str(folder)], check=True)
    return folder, name


@pytest.mark.parametrize("way", ["export", "render", "forged", "outside"])
def test_owners_as_a_link_is_named_and_nothing_goes_through_it(
    way: str, run: Run, riverbend: Path, elsewhere: Path, tmp_path: Path
) -> None:
    folder, name = pages_of(run, riverbend, tmp_path)
    (elsewhere / "director.md").rename(elsewhere / name)
    out = tmp_path / "out" if way == "outside" else folder
    out.mkdir(exist_ok=True)
    (out / "owners").symlink_to(elsewhere)
    if way == "forged":
        forge(folder, f"owners/{name}")
    if way == "export":
        ran = run("open", folder, "--plain", typed="/export owners\n/quit\n")
    else:
        force = ["--force"] if way == "render" else []
        ran = run("render", folder, "-o", out, "--format", "owners,md", *force)
        assert ran.code == 1
    assert f"{out / 'owners'} is a link" in ran.said
    assert untouched(elsewhere)
    assert way != "outside" or [path.name for path in out.iterdir()] == ["owners"]


@pytest.mark.usefixtures("follows_links")
def test_the_control_overwrites_through_it(
    run: Run, riverbend: Path, elsewhere: Path, tmp_path: Path
) -> None:
    folder, name = pages_of(run, riverbend, tmp_path)
    (elsewhere / "director.md").rename(elsewhere / name)
    (folder / "owners").symlink_to(elsewhere)
    forge(folder, f"owners/{name}")
    assert run("render", folder, "--format", "owners").code == 0
    assert not untouched(elsewhere)


def test_a_forged_memory_of_a_file_that_is_no_link_costs_only_what_the_forger_knew(
    run: Run, begun: Path
) -> None:
    """It names a file by the digest of its bytes: any other file is put aside, and that is told."""
    forge(begun, "strategy.md")
    (begun / "strategy.md").write_bytes(PRECIOUS + b"and what I wrote since\n")
    ran = run("open", begun, "--plain", typed="/quit\n")
    kept = [path for path in (begun / ".local").iterdir() if path.name.startswith("strategy-edited-")]
    assert [path.read_bytes() for path in kept] == [PRECIOUS + b"and what I wrote since\n"]
    assert str(kept[0]) in ran.err


@pytest.mark.parametrize("name", ["strategy.md", "strategy.toml"])
def test_a_document_that_is_a_link_is_named_and_stays(
    name: str, run: Run, begun: Path, elsewhere: Path
) -> None:
    (begun / name).unlink()
    (begun / name).symlink_to(elsewhere / name)
    ran = run("open", begun, "--plain", typed="Ann\n/quit\n")
    assert f"{begun / name} is a link" in ran.err
    assert untouched(elsewhere)
    assert (begun / name).is_symlink()
    ran = run("render", begun, "--force")
    assert ran.code == 1
    assert f"{begun / name} is a link" in one_sentence(ran)
    assert untouched(elsewhere)


# Sessions


@pytest.mark.parametrize("name", [".local", ".local/lock", "journal.jsonl", "script.toml", "script.nl.toml"])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_is_no_file_of_ours_is_named_and_the_session_stays_shut(
    kind: str, name: str, run: Run, begun: Path, elsewhere: Path
) -> None:
    (begun / name).rename(begun / "away")
    if kind == "pipe":
        os.mkfifo(begun / name)
    else:
        (begun / name).symlink_to(elsewhere if name == ".local" else elsewhere / Path(name).name)
    for command in (["open", begun, "--plain"], ["apply", begun]):
        ran = run(*command, typed="Ann\n/quit\n")
        assert ran.code == 1
        what = "is a link" if kind == "link" else "is a pipe" if name != ".local" else "is a file"
        assert f"{begun / name} {what}" in one_sentence(ran)
    assert untouched(elsewhere)


def test_reading_needs_no_lock(run: Run, begun: Path, elsewhere: Path) -> None:
    (begun / ".local" / "lock").unlink(missing_ok=True)
    (begun / ".local" / "lock").symlink_to(elsewhere / "lock")
    assert run("status", begun).code == 0
    assert untouched(elsewhere)


# Copies


@pytest.mark.parametrize("target", ["strategy.md", "nothing"])
def test_copies_go_through_no_link(target: str, run: Run, elsewhere: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.symlink_to(elsewhere / target)
    assert f"{mine} is a link" in one_sentence(run("script", "copy", mine))
    mine.unlink()
    (tmp_path / "mine.nl.toml").symlink_to(elsewhere / target)
    assert f"{tmp_path / 'mine.nl.toml'} is a link" in one_sentence(run("script", "copy", mine))
    assert not mine.exists()
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "partials").symlink_to(elsewhere)
    assert f"{tmp_path / 't' / 'partials'} is a link" in one_sentence(
        run("templates", "copy", tmp_path / "t")
    )
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["partials"]
    assert untouched(elsewhere)


def test_copies_are_not_everybodys_to_write(run: Run, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert run("templates", "copy", tmp_path / "t").code == 0
        assert run("script", "copy", tmp_path / "s.toml").code == 0
    finally:
        os.umask(before)
    made = [tmp_path / "t", tmp_path / "s.toml", *(tmp_path / "t").rglob("*")]
    assert not [path for path in made if path.stat().st_mode & stat.S_IWOTH]


# Names


@pytest.mark.parametrize("name", ["esc\x1b]0;x", "a\nb", "c1\x9b", "over\u202eride"])
@pytest.mark.parametrize(
    "command", [["new", "--plain"], ["demo", "--to"], ["script", "copy"], ["templates", "copy"]]
)
def test_an_odd_name_is_refused_and_no_other_is_made(
    name: str, command: list[str], run: Run, tmp_path: Path
) -> None:
    ran = run(*command, tmp_path / name)
    assert ran.code == 2
    assert "cannot be seen" in one_sentence(ran)
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_an_odd_name_is_read_where_it_is(run: Run, begun: Path, tmp_path: Path) -> None:
    odd = tmp_path / "over\u202eride.toml"
    odd.write_bytes((begun / "strategy.toml").read_bytes())
    assert run("check", odd).code == run("check", begun / "strategy.toml").code
    assert "There is no" in run("check", tmp_path / "override.toml").err


# Several at once


def test_of_several_who_make_a_session_at_once_one_does(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    makers = [
        subprocess.Popen(
            [sys.executable, "-m", "bsc_coach", "new", str(folder), "--plain", "--time", "half a day"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        for _ in range(6)
    ]
    told = [maker.communicate(b"", timeout=120)[1].decode() for maker in makers]
    assert sum("A session was made" in one for one in told) == 1
    assert sum("There is a session" in one for one in told) == 5
    assert sorted(maker.returncode for maker in makers) == [0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "control"])
def test_a_second_one_who_comes_while_it_is_being_made_is_refused(
    locked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out, told = opening.lay_out, []

    def meanwhile(*arguments: object) -> None:
        monkeypatch.setattr(opening, "lay_out", lay_out)
        try:
            new_session(tmp_path / "s", same_environment()).close()
        except opening.FolderError as error:
            told.append(error.key)
        else:
            told.append("made")
        lay_out(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "lay_out", meanwhile)
    if not locked:
        monkeypatch.setattr(opening, "claim", lambda folder, surroundings: Lock(surroundings.disk, None))
        (tmp_path / "s" / ".local").mkdir(parents=True)
    new_session(tmp_path / "s", same_environment()).close()
    assert told == (["session.already_there"] if locked else ["made"])


def test_a_script_of_ones_own_in_the_folder_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "script.toml").write_bytes(PRECIOUS)
    ran = run("new", tmp_path / "s", "--plain")
    assert ran.code == 1
    assert str(tmp_path / "s" / "script.toml") in one_sentence(ran)
    assert (tmp_path / "s" / "script.toml").read_bytes() == PRECIOUS
