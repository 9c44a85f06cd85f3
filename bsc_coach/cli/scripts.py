"""``script`` and ``schema``: validate, rehearse or copy a script; JSON Schema of strategy.toml."""

from __future__ import annotations

import argparse
from pathlib import Path

from bsc_coach.cli import output
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, FolderError
from bsc_coach.script.source import bundled_source, read_source
from bsc_coach.script.validation import find_problems
from bsc_coach.session.disk import Disk, write_new
from bsc_coach.strategy.schema import schema_text
from bsc_coach.words import say, spoken


def script(options: argparse.Namespace) -> int:
    """Validate a script, rehearse it, or copy the one that comes with the program."""
    match options.action:
        case "check":
            return _check(options.file)
        case "rehearse":
            from bsc_coach.cli.rehearse import rehearse_script

            return rehearse_script(options)
        case _:
            return _copy(options.file)


def _check(path: Path) -> int:
    language = spoken()
    problems = find_problems(read_source(output.file_at(path)))
    for problem in problems:
        output.show(problem.located(language))
    output.tell(say("cli.script_faults", language, n=len(problems), path=path))
    return EXIT_FINDINGS if problems else EXIT_FINE


def _copy(path: Path) -> int:
    if path.exists():
        raise FolderError("cli.would_not_overwrite", path=path)
    source = bundled_source()
    write_new(Disk(), path, source.base)
    for language, data in source.translations.items():
        write_new(Disk(), path.with_name(f"{path.stem}.{language}.toml"), data)
    output.show(str(path))
    return EXIT_FINE


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of strategy.toml."""
    print(schema_text(), end="")
    return EXIT_FINE
