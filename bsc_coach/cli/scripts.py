"""``script`` and ``schema``: validate, rehearse or copy a script; JSON Schema of strategy.toml."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from stat import S_IMODE

from bsc_coach.cli import output
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, FolderError, UsageError
from bsc_coach.script.source import bundled_source, read_source
from bsc_coach.script.validation import find_problems
from bsc_coach.session.disk import write_atomically, write_new
from bsc_coach.session.exporting import disk_for
from bsc_coach.session.folders import refuse_obstacles
from bsc_coach.strategy.schema import schema_text
from bsc_coach.words import say, spoken


def script(options: argparse.Namespace) -> int:
    """Validate a script, rehearse or translate it, list those of a folder, or copy the one of the program."""
    match options.action:
        case "check":
            return _check(options.file)
        case "rehearse":
            from bsc_coach.cli.rehearse import rehearse_script

            return rehearse_script(options)
        case "translate":
            return _translate(options.file, options.language)
        case "list":
            from bsc_coach.cli.packs import list_scripts

            return list_scripts(options.folder)
        case _:
            return _copy(options.file)


def _check(path: Path) -> int:
    language = spoken()
    problems = find_problems(read_source(output.file_at(path)))
    for problem in problems:
        output.show(problem.located(language))
    faults = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - faults
    counted = say("cli.script_warnings", language, n=warnings) if warnings else ""
    output.tell(say("cli.script_faults", language, n=faults, warnings=counted, path=path))
    return EXIT_FINDINGS if faults else EXIT_FINE


def _translate(path: Path, language: str) -> int:
    """Make the translation file of a script, or refresh it, and tell what is to be done in it."""
    from bsc_coach.script.translation import refreshed

    told, source = spoken(), read_source(output.file_at(path))
    if not re.fullmatch("[a-z]{2}", language):
        raise UsageError("cli.no_language", name=language)
    translated = refreshed(source, language)
    target = path.with_name(source.sidecar(language))
    data = translated.text.encode()
    if data != source.translations.get(language):
        refuse_obstacles(disk_for(target.parent), target.parent, target)
        mode = target.stat().st_mode if target.exists() else None
        write_atomically(disk_for(target.parent), target, data)
        if mode is not None:
            target.chmod(S_IMODE(mode))
    output.show(str(target))
    for problem in translated.gone:
        output.tell(problem.located(told))
    counts = ("added", "empty", "changed", "undated")
    parts = [say(f"cli.translated_{name}", told, n=n) for name in counts if (n := getattr(translated, name))]
    output.tell(" ".join(parts) or say("cli.translated_nothing", told))
    return EXIT_FINE


def _copy(path: Path) -> int:
    """Copy the script of the program with its translations, or nothing where one of them is there."""
    source, disk = bundled_source(), disk_for(path.parent)
    copies = {path: source.base}
    for language, data in source.translations.items():
        copies[path.with_name(f"{path.stem}.{language}.toml")] = data
    for target in copies:
        refuse_obstacles(disk, path.parent, target)
        if target.exists():
            raise FolderError("cli.would_not_overwrite", path=target)
    for target, data in copies.items():
        write_new(disk, target, data)
    output.show(str(path))
    return EXIT_FINE


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of strategy.toml."""
    print(schema_text(), end="")
    return EXIT_FINE
