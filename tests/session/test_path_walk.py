"""The way to a file that is written: no link below a folder is followed, whatever happens meanwhile."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import bsc_coach
from bsc_coach.session import disk as disk_module
from bsc_coach.session import path_walk
from bsc_coach.session.disk import Disk, UsualModes, private_folder, write_atomically, write_new
from bsc_coach.session.folders import folders_down_to, made_folder, refuse_obstacles
from bsc_coach.session.path_walk import Entry, InTheWayError, entry_of

PRECIOUS = b"somebody else's"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a link to another one in it, which holds a file."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_bytes(PRECIOUS)
    (tmp_path / "s" / "deep").mkdir(parents=True)
    (tmp_path / "s" / "owners").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "s" / "deep" / "owners").symlink_to(tmp_path / "elsewhere")
    return tmp_path / "s"


def foreign(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder.parent / "elsewhere").iterdir()}


CALLS: dict[str, Callable[[Disk, Path], object]] = {
    "create": lambda disk, path: disk.create(path.with_name("new")),
    "open_append": lambda disk, path: disk.open_append(path),
    "open_over": lambda disk, path: disk.open_over(path),
    "open_lock": lambda disk, path: disk.open_lock(path),
    "read": lambda disk, path: disk.read(path, most=100),
    "facts_at": lambda disk, path: disk.facts_at(path),
    "unlink": lambda disk, path: disk.unlink(path),
    "make_folder": lambda disk, path: disk.make_folder(path.with_name("new")),
    "names": lambda disk, path: disk.names(path.parent),
    "fsync_folder": lambda disk, path: disk.fsync_folder(path.parent),
    "write_atomically": lambda disk, path: write_atomically(disk, path, b"ours"),
    "write_new": lambda disk, path: write_new(disk, path.with_name("new"), b"ours"),
    "private_folder": lambda disk, path: private_folder(disk, path.parent),
    "folders_down_to": lambda disk, path: folders_down_to(disk, path.parents[1], path.with_name("new")),
    "refuse_obstacles": lambda disk, path: refuse_obstacles(disk, path.parents[1], path),
}


@pytest.fixture(params=[True, False], ids=["descriptors", "looks"])
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With descriptors of folders, and as on a system that has none."""
    monkeypatch.setattr(path_walk, "HAS_FOLDER_DESCRIPTORS", request.param)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("around", ["", "deep"])
@pytest.mark.parametrize("call", CALLS)
def test_no_call_follows_a_link_on_the_way(call: str, around: str, folder: Path) -> None:
    root = folder / around
    for disk in (Disk(), UsualModes()):
        with pytest.raises(InTheWayError) as refused:
            CALLS[call](disk.below(folder), root / "owners" / "a.md")
        assert refused.value.values == {"path": str(root / "owners")}
        assert refused.value.key == "session.in_the_way.link"
        assert isinstance(refused.value, OSError)
    assert foreign(folder) == {"a.md": PRECIOUS}


@pytest.mark.parametrize("call", ["create", "write_atomically", "write_new", "unlink"])
def test_the_control_follows_it(call: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def any_way(path: Path, root: Path | None) -> Iterator[Entry]:
        yield Entry(str(path))

    monkeypatch.setattr(disk_module, "entry_of", any_way)
    monkeypatch.setattr(disk_module, "NO_FOLLOW", 0)
    CALLS[call](Disk().below(folder), folder / "owners" / "a.md")
    assert foreign(folder) != {"a.md": PRECIOUS}


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("call", [one for one in CALLS if one not in ("facts_at", "unlink")])
def test_without_a_link_every_call_works(call: str, folder: Path) -> None:
    (folder / "owners").unlink()
    (folder / "owners").mkdir()
    (folder / "owners" / "a.md").write_bytes(b"one")
    CALLS[call](Disk().below(folder), folder / "owners" / "a.md")


@pytest.mark.usefixtures("both_ways")
def test_the_folder_that_was_named_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "named"
    named.symlink_to(folder / "deep")
    write_atomically(Disk().below(named), named / "a.md", b"ours")
    assert (folder / "deep" / "a.md").read_bytes() == b"ours"


def next_descriptor() -> int:
    """Return the lowest number that no open file has."""
    found = os.open(os.devnull, os.O_RDONLY)
    os.close(found)
    return found


@pytest.mark.parametrize("within", ["a.md", "deep/a.md", "deep/owners/a.md", "nothing/a.md", "deep/../a.md"])
def test_the_way_leaves_no_folder_open(within: str, folder: Path) -> None:
    before = next_descriptor()
    with suppress(OSError), entry_of(folder / within, folder):
        assert next_descriptor() >= before
    assert next_descriptor() == before


@pytest.mark.parametrize("kind", ["link", "dead link", "special", "folder"])
def test_what_stands_in_the_place_of_a_file_is_named(kind: str, folder: Path) -> None:
    path = folder / "strategy.md"
    if kind == "folder":
        path.mkdir()
    elif kind == "special":
        os.mkfifo(path)
    else:
        path.symlink_to(folder.parent / "elsewhere" / ("a.md" if kind == "link" else "nothing"))
    disk = Disk().below(folder)
    for call in (disk.open_append, disk.open_over, disk.open_lock, lambda one: disk.read(one, most=9)):
        with pytest.raises(InTheWayError) as refused:
            call(path)
        assert refused.value.obstacle == kind.removeprefix("dead ")
        assert refused.value.values == {"path": str(path)}
    with pytest.raises(InTheWayError):
        refuse_obstacles(disk, folder, path)
    if "link" in kind:
        with pytest.raises(InTheWayError):
            write_atomically(disk, path, b"ours")
    assert foreign(folder) == {"a.md": PRECIOUS}


def test_a_file_on_the_way_is_named(folder: Path) -> None:
    (folder / "file").write_text("x")
    with pytest.raises(InTheWayError) as refused:
        write_atomically(Disk().below(folder), folder / "file" / "a.md", b"ours")
    assert refused.value.values == {"path": str(folder / "file")}
    assert refused.value.obstacle == "file"


def test_a_way_that_leads_out_is_refused(folder: Path) -> None:
    with pytest.raises(InTheWayError):
        write_atomically(Disk().below(folder), folder / ".." / "elsewhere" / "a.md", b"ours")
    assert foreign(folder) == {"a.md": PRECIOUS}


@pytest.mark.parametrize("descriptors", [True, False], ids=["descriptors", "control"])
def test_a_link_laid_between_look_and_write_is_not_followed(
    descriptors: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(path_walk, "HAS_FOLDER_DESCRIPTORS", descriptors)
    (folder / "reports").mkdir()
    with entry_of(folder / "reports" / "b.md", folder) as entry:
        (folder / "reports").rename(folder / "moved")
        (folder / "reports").symlink_to(folder.parent / "elsewhere")
        os.close(os.open(entry.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=entry.at))
    assert ("b.md" in foreign(folder)) is not descriptors
    assert (folder / "moved" / "b.md").exists() is descriptors


def test_under_no_umask_nothing_is_made_that_everybody_may_write(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made_folder(UsualModes(), tmp_path / "a" / "b")
        write_new(UsualModes().below(tmp_path), tmp_path / "a" / "b" / "c.md", b"x")
        (tmp_path / "control").mkdir()
    finally:
        os.umask(before)
    for path in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "c.md"):
        assert not path.stat().st_mode & stat.S_IWOTH, path
    assert (tmp_path / "control").stat().st_mode & stat.S_IWOTH


# One door

WRITING = {
    "mkdir", "makedirs", "write_text", "write_bytes", "touch", "symlink_to", "hardlink_to",
    "rmtree", "copyfile", "copytree", "copy2",
}  # fmt: skip
"""Methods and functions that change what is on the disk, wherever they are called."""
IN_MODULE_OS = {
    "open",
    "replace",
    "unlink",
    "mkdir",
    "makedirs",
    "rename",
    "remove",
    "rmdir",
    "link",
    "symlink",
}
OTHERS = {
    "session/disk.py": "the door",
    "session/path_walk.py": "the way to it",
    "cli/output.py": "opens what leads nowhere, where a standard stream is closed",
    "parsed_toml.py": "the cache of the user, which holds nothing that anybody said",
    "session/listing.py": "makes the folder above the state folder of the user",
    "session/new_session.py": "takes away what it made itself; rmtree follows no link",
    "session/splitting.py": "takes away the parts that it made itself; rmtree follows no link",
    "session/last_handler.py": "makes the folder above that of a note, where there is no session",
    "session/debug_log.py": "makes the folder above the state folder; its file goes through the door",
}


def calls_that_write(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner, name = node.func.value, node.func.attr
        of_os = isinstance(owner, ast.Name) and owner.id == "os" and name in IN_MODULE_OS
        if of_os or name in WRITING:
            found.add(f"{ast.unparse(node.func)}:{node.lineno}")
    return found


def test_all_writing_goes_through_one_door() -> None:
    home = Path(bsc_coach.__file__).parent
    for path in home.rglob("*.py"):
        name = path.relative_to(home).as_posix()
        if name not in OTHERS:
            assert calls_that_write(path.read_text(encoding="utf-8")) == set(), name


def test_the_control_is_a_module_that_writes() -> None:
    assert calls_that_write("path.parent.mkdir(parents=True)\nos.open(path, flags)\npath.write_text('x')")
