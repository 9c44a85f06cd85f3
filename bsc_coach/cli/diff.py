"""``diff``: what changed between two strategies, each a session or a strategy.toml."""

from __future__ import annotations

import argparse

from bsc_coach.cli import output
from bsc_coach.cli.sources import read_strategy_at
from bsc_coach.documents.reports.changes import as_markdown, counted, told_apart
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, EXIT_USAGE, FolderError, StrategyFileError
from bsc_coach.strategy.comparison import compare
from bsc_coach.words import languages, say

FORMATS = ("text", "md", "json")


def diff(options: argparse.Namespace) -> int:
    """Print the difference between two strategies: exit 0 when nothing changed, 1 when something did.

    Exit 2 for what cannot be read: 1 must mean that something changed.
    """
    output.one_of("--format", options.format, FORMATS)
    if options.lang is not None:
        output.one_of("--lang", options.lang, languages())
    # What is compared, and what a reader must know of it.
    try:
        sources = tuple(read_strategy_at(path, options) for path in (options.old, options.new))
    except (FolderError, StrategyFileError) as error:
        output.tell_failure(error, output.language_of(options))
        return EXIT_USAGE
    old, new = (source.material.strategy for source in sources)
    output.speak_as(options, new.language)
    # What changed, in the form that was asked for.
    changes = compare(old, new)
    language = output.language_of(options)
    for source in sources:
        notes = source.material.notes
        if notes.redacted or (notes.taken_over is not None and notes.taken_over.redacted):
            output.tell(say("cli.redacted_source", language, path=source.path))
    # Data for programs, a section for documents, or lines to read.
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
