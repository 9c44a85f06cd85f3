"""``script rehearse``: random paths through a script, and a report of what went wrong in them."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from bsc_coach.cli import output
from bsc_coach.conversation.rehearsal.rehearse import Rehearsal, RehearsalFinding, rehearse
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, UsageError
from bsc_coach.script.loader import load_script
from bsc_coach.script.source import read_source
from bsc_coach.session.session import Session
from bsc_coach.words import say, spoken

FORMATS = ("text", "json")
TYPED_SHOWN = 3


def rehearse_script(options: argparse.Namespace) -> int:
    """Rehearse a script: exit 0 when nothing is to be told, else 1."""
    output.one_of("--format", options.format, FORMATS)
    paths, seed = (_count(f"--{name}", getattr(options, name)) for name in ("paths", "seed"))
    source = read_source(output.file_at(options.file))
    known = load_script(source).header.languages
    languages = (output.one_of("--lang", options.lang, known),) if options.lang else known
    done = rehearse(source, paths=paths, seed=seed, languages=languages, open_app=_open_app)
    if options.format == "json":
        output.show_json(_as_json(done, options.file, seed))
    else:
        for one in done.found:
            _show(one, options.file, seed)
        summary = say(
            "cli.rehearsal.summary", spoken(), n=len(done.found), paths=done.paths, lines=done.lines
        )
        output.tell(summary)
    return EXIT_FINDINGS if done.found else EXIT_FINE


def _open_app(session: Session) -> None:
    from bsc_coach.tui.unseen import look_around

    look_around(session)


def _count(option: str, given: str) -> int:
    if not given.isascii() or not given.isdecimal():
        raise UsageError("cli.rehearsal.no_count", option=option, given=given[:40])
    return int(given)


def _show(one: RehearsalFinding, file: Path, seed: int) -> None:
    """Print a finding with file and line before it, as ``script check`` does, and how to see it again."""
    language = spoken()
    step = f" {one.step}:" if one.step else ""
    output.show(f"{file}:{one.line}:{step} {say(f'cli.rehearsal.{one.kind}', language, **one.values)}")
    if one.path is None:
        return
    words = [str(file), "--lang", one.language, "--paths", str(one.path), "--seed", str(seed)]
    command = f"bsc-coach script rehearse {shlex.join(words)}"
    seen = say("cli.rehearsal.seen_in", language, language=one.language, path=one.path, command=command)
    output.show(f"    {seen}")
    if one.typed:
        typed = " ".join(f"{line}⏎" for line in one.typed[-TYPED_SHOWN:])
        output.show(f"    {say('cli.rehearsal.typed_last', language, typed=typed)}")


def _as_json(done: Rehearsal, file: Path, seed: int) -> dict[str, object]:
    found = [
        {
            "kind": one.kind,
            "file": str(file),
            "line": one.line,
            "step": one.step,
            **one.values,
            "language": one.language or None,
            "path": one.path,
            "typed": list(one.typed),
        }
        for one in done.found
    ]
    return {"paths": done.paths, "lines": done.lines, "seed": seed, "found": found}
