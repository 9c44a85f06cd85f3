"""``diff``: what changed between two strategies, each a session or a strategy.toml."""

from __future__ import annotations

import argparse
from pathlib import Path

from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.documents.reports.changes import as_markdown, counted, told_apart
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, FolderError, StrategyFileError, UsageError
from bsc_coach.session.session import open_session
from bsc_coach.strategy.comparison import compare
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml
from bsc_coach.words import languages

FORMATS = ("text", "md", "json")


def diff(options: argparse.Namespace) -> int:
    """Print the difference between two strategies: exit 0 when nothing changed, 1 when something did.

    Raises UsageError for what cannot be read: 1 must mean that something changed.
    """
    output.one_of("--format", options.format, FORMATS)
    if options.lang is not None:
        output.one_of("--lang", options.lang, languages())
    try:
        old, new = _read(options, options.old), _read(options, options.new)
    except (FolderError, StrategyFileError) as error:
        raise UsageError(error.key, **error.values) from error
    output.speak_as(options, new.language)
    changes = compare(old, new)
    language = output.language_of(options)
    groups = told_apart(changes, old, new, language)
    match options.format:
        case "json":
            output.show_json({"changes": [one.model_dump(mode="json", exclude_none=True) for one in changes]})
        case "md":
            output.show(as_markdown(groups, new.organisation.name, language).rstrip("\n"))
        case _:
            output.show(counted(groups, language))
            for group in groups:
                output.show(f"\n{group.heading}")
                for line in group.lines:
                    output.show(f"  {line}")
    return EXIT_FINDINGS if changes else EXIT_FINE


def _read(options: argparse.Namespace, path: Path) -> Strategy:
    if path.is_file():
        return read_toml(path.read_bytes())
    session = open_session(path, environment_for(options), read_only=True)
    for message in session.messages:
        output.tell(message)
    session.close()
    return session.strategy()
