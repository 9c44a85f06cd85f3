"""``render``: generate documents from a session or from a strategy.toml alone."""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.cli.progress import ProgressLine
from bsc_coach.cli.sources import read_strategy_at
from bsc_coach.documents.brand import PAPER_SIZES, Brand
from bsc_coach.documents.formats import DocumentInput, Files, files_of, left_out
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, FolderError, UsageError
from bsc_coach.session.disk import Disk
from bsc_coach.session.exporting import disk_for, left_from_before, put_all, put_outside
from bsc_coach.session.folders import refuse_obstacles
from bsc_coach.session.owned_files import STRATEGY, is_ours, put_schema, with_kept_comments
from bsc_coach.text import printable, shorten
from bsc_coach.words import say


def render(options: argparse.Namespace) -> int:
    """Write documents, or with --check compare those on the disk with what would be written."""
    source = read_strategy_at(options.source, options, options.lang)
    material, number = source.material, source.number
    output.speak_as(options, material.strategy.language)
    folder = _folder(options)
    if options.redact:
        material = _redacted(options, material)
    if options.part is not None:
        material = _of_part(options.part, material)
    if options.theme is not None:
        material = _of_theme(options, material)
    material = replace(material, brand=_brand(options), chart=options.mermaid)
    files = _made(options, material)
    return (
        _compare(folder, files, output.language_of(options))
        if options.check
        else _write(options, folder, files, number)
    )


def _redacted(options: argparse.Namespace, material: DocumentInput) -> DocumentInput:
    """Redact the input. Raises UsageError for the folder of the session itself."""
    if not _goes_elsewhere(options):
        raise UsageError("redact.needs_folder")
    from bsc_coach.documents.redaction.redacting import redact

    return redact(material)


def _of_theme(options: argparse.Namespace, material: DocumentInput) -> DocumentInput:
    """Leave what belongs to one theme. Raises UsageError for the folder of the session itself."""
    if not _goes_elsewhere(options):
        raise UsageError("map.theme_needs_folder")
    from bsc_coach.documents.map.themes import of_theme, title_of_theme

    strategy = of_theme(material.strategy, options.theme)
    notes = material.notes.model_copy(update={"theme": title_of_theme(strategy.themes[0])})
    return replace(material, strategy=strategy, notes=notes)


def _goes_elsewhere(options: argparse.Namespace) -> bool:
    """Tell whether the documents are written in another folder than the one of their source."""
    source: Path = options.source.parent if options.source.is_file() else options.source
    return options.output is not None and options.output.resolve() != source.resolve()


def _brand(options: argparse.Namespace) -> Brand:
    """Return the brand of the folder that was named, with what the command line says otherwise."""
    brand, language = Brand(), output.language_of(options)
    if options.brand is not None:
        from bsc_coach.documents.brand_folder import read_brand

        found = read_brand(options.brand)
        brand = found.brand
        for key, values in found.remarks:
            output.tell(say(key, language, **values))
    if options.paper is not None:
        by_name = {one.casefold(): one for one in PAPER_SIZES}
        paper = by_name.get(options.paper.casefold())
        if paper is None:
            raise UsageError("brand.paper", value=shorten(options.paper, 40), known=", ".join(PAPER_SIZES))
        brand = replace(brand, paper=paper)
    if options.signature:
        brand = replace(brand, signature=True)
    if options.version_line is not None:
        brand = replace(brand, version=shorten(printable(options.version_line), 120))
    return brand


def _of_part(part: str, material: DocumentInput) -> DocumentInput:
    """Leave the worksheet the questions of one part. Raises UsageError where nothing is open in it."""
    paper = material.paper.of_part(part)
    if paper is None:
        known = ", ".join(dict.fromkeys(one.section for one in material.paper.questions))
        raise UsageError("cli.no_open_part", name=part, known=known or "–")
    return replace(material, paper=paper)


def _folder(options: argparse.Namespace) -> Path:
    if options.output is not None:
        return Path(options.output)
    source: Path = options.source
    return source.parent if source.is_file() else source


def _made(options: argparse.Namespace, material: DocumentInput) -> Files:
    """Render each document that was asked for."""
    if options.template is not None:
        from bsc_coach.documents.templating.custom import LAYOUT, can_be_made, render_templates

        layout = options.template / LAYOUT
        if layout.is_file() and not can_be_made(layout):
            language = output.language_of(options)
            output.tell(say("cli.format_left_out", language, names="pdf", extra="pdf"))
        return render_templates(options.template, material)
    names = [name.strip() for name in options.format.split(",") if name.strip()]
    if not names:
        raise UsageError("cli.no_format")
    language = output.language_of(options)
    for extra, lacking in groupby(left_out(names), key=lambda one: one.extra):
        formats = ", ".join(one.name for one in lacking)
        output.tell(say("cli.format_left_out", language, names=formats, extra=extra))
    with ProgressLine(language) as progress:
        return files_of(names, material, begins=lambda one: progress.begins(one.name))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _compare(folder: Path, files: Files, language: str) -> int:
    there = ((name, _read(folder / name), data) for name, data in files.items())
    differing = [
        folder / name for name, now, data in there if now != with_kept_comments(str(name), now, data)
    ]
    for path in differing:
        output.tell(say("cli.differs", language, path=path))
    return EXIT_FINDINGS if differing else EXIT_FINE


def _write(options: argparse.Namespace, folder: Path, files: Files, number: int) -> int:
    """Write all documents or none: what is not ours is overwritten only when asked to."""
    disk = Disk()
    own = options.source.is_dir() and folder.resolve() == options.source.resolve()
    for name, data in files.items():
        path = folder / name
        refuse_obstacles(disk, folder, path)
        before = _read(path)
        ours = own and is_ours(folder, str(name), disk, number)
        if before is not None and before != data and not ours and not options.force:
            raise FolderError("cli.would_overwrite", path=path)
    if own:
        moment = environment_for(options).clock()
        for kept in put_all(folder, files, disk, moment=moment, number=number):
            output.tell(say("cli.kept_edited", output.language_of(options), path=kept))
    else:
        put_outside(folder, files)
    for name in files:
        output.show(str(folder / name))
        if str(name) == STRATEGY:
            put_schema(folder, disk if own else disk_for(folder))
    for path in left_from_before(folder, files):
        output.tell(say("cli.left_from_before", output.language_of(options), path=path))
    return EXIT_FINE
