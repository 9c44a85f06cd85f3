"""``templates``: list the templates of the documents, or copy them to be changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from bsc_coach.cli import output
from bsc_coach.errors import EXIT_FINE, FolderError
from bsc_coach.resources import asset_dir
from bsc_coach.session.disk import write_new
from bsc_coach.session.exporting import disk_for
from bsc_coach.session.folders import folders_down_to, made_folder, refuse_obstacles
from bsc_coach.words import say, spoken


def templates(options: argparse.Namespace) -> int:
    """List the templates that come with the program, or copy them into a folder."""
    return _copy(options.folder) if options.action == "copy" else _list()


def _list() -> int:
    for path, _ in _bundled():
        output.show(str(path))
    output.tell(say("cli.templates_ways", spoken()))
    return EXIT_FINE


def _copy(folder: Path) -> int:
    """Copy all templates or none: an existing file is not overwritten."""
    disk, copies = disk_for(folder), [(folder / path, source) for path, source in _bundled()]
    for path, _ in copies:
        refuse_obstacles(disk, folder, path)
        if path.exists():
            raise FolderError("cli.would_not_overwrite", path=path)
    made_folder(disk, folder)
    for path, source in copies:
        folders_down_to(disk, folder, path.parent)
        write_new(disk, path, source.read_bytes())
        output.show(str(path))
    return EXIT_FINE


def _bundled() -> Iterator[tuple[PurePosixPath, Traversable]]:
    yield from _inside(asset_dir("templates"), PurePosixPath())


def _inside(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _inside(entry, path / entry.name)
        elif entry.name.endswith((".j2", ".typ")):
            yield path / entry.name, entry
