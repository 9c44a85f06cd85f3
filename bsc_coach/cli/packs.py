"""Packs: several scripts in one folder, each with its translations beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bsc_coach.cli import output
from bsc_coach.errors import EXIT_FINE, FolderError, UsageError
from bsc_coach.script.source import ScriptSource, bundled_source, read_source
from bsc_coach.words import say, spoken

_SIDECAR = re.compile(r"(.+)\.[a-z]{2}\.toml")


def scripts_in(folder: Path) -> tuple[Path, ...]:
    """Return the scripts of a folder by name: files of TOML with steps, without their translations."""
    return tuple(
        path
        for path in sorted(folder.glob("*.toml"))
        if path.is_file() and not _is_translation(path) and _is_script(path)
    )


def script_at(path: Path) -> Path:
    """Return the script that a path stands for: a file, or the one script of a folder.

    Raises FolderError where there is none, UsageError where a folder has several.
    """
    if not path.is_dir():
        return output.file_at(path)
    found = scripts_in(path)
    if not found:
        raise FolderError("cli.no_script", folder=path)
    if len(found) > 1:
        raise UsageError("cli.which_script", folder=path, known=", ".join(str(one) for one in found))
    return found[0]


def list_scripts(folder: Path) -> int:
    """Print a line for each script of a folder, and for the one that comes with the program."""
    if not folder.is_dir():
        raise FolderError("cli.no_such_folder", path=folder)
    language = spoken()
    told = [(str(folder / path.name), read_source(path)) for path in scripts_in(folder)]
    for name, source in (*told, (say("cli.bundled_script", language), bundled_source())):
        output.show(" · ".join(_parts(name, source, language)))
    if not told:
        output.tell(say("cli.no_script", language, folder=folder))
    return EXIT_FINE


def _parts(name: str, source: ScriptSource, language: str) -> Iterator[str]:
    """Yield what there is to tell of a script: title, languages, version, questions, and faults if any."""
    from bsc_coach.script.validation import examine

    examined = examine(source)
    yield name
    script = examined.script
    if script is not None:
        yield script.header.title
        yield ", ".join(script.header.languages)
        yield say("cli.script_version", language, n=script.header.version)
        yield say("cli.script_questions", language, n=sum(1 for _ in script.asked()))
    if examined.errors:
        yield say("cli.script_faults_alone", language, n=len(examined.errors))


def _is_translation(path: Path) -> bool:
    found = _SIDECAR.fullmatch(path.name)
    return found is not None and path.with_name(f"{found[1]}.toml").is_file()


def _is_script(path: Path) -> bool:
    """Tell whether a file is meant as a script, be it with faults: it has a head or steps."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    try:
        return bool({"script", "step"} & tomllib.loads(text).keys())
    except (ValueError, RecursionError):
        return re.search(r"^\s*(\[script\]|\[\[step\]\])", text, re.MULTILINE) is not None
