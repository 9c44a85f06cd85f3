"""Writes the manual page from the parser of the command line: ``python docs/make_man.py [FILE]``.

Commands, options and what is said of them are those of ``--help``; only what no help tells stands here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bsc_coach import __version__
from bsc_coach.cli.command_tree import CommandNode, CommandOption, command_tree

PAGE = Path(__file__).with_name("bsc-coach.1")
SECTIONS = {
    "EXIT STATUS": (
        ("0", "fine"),
        ("1", "findings, differences, or something that was refused"),
        ("2", "a command line that makes no sense, or a library that is missing"),
        ("129, 143", "ended from outside: the terminal is gone (128 + SIGHUP), or somebody asked (SIGTERM)"),
        ("70", "a fault of the program; a note without answers tells where it happened"),
    ),
    "FILES": (
        ("FOLDER/journal.jsonl", "everything ever said in a session, one line an action"),
        (
            "FOLDER/strategy.md, FOLDER/strategy.toml",
            "the strategy as a document, and as data to edit by hand",
        ),
        ("FOLDER/script.toml, FOLDER/script.nl.toml", "the questions of the session and their translation"),
        ("FOLDER/.local/", "drafts, lock, edited versions and logs; stays on this machine"),
    ),
    "ENVIRONMENT": (
        ("LC_ALL, LC_MESSAGES, LANG", "the language to speak where no session tells it: nl, else English"),
        ("NO_COLOR", "no colours"),
        ("TERM", "dumb, unknown or empty: no screen, only --plain"),
    ),
}


def page() -> str:
    """Return the manual page in English, whatever the environment."""
    os.environ["LC_ALL"] = "C"
    from bsc_coach.cli.main import build_parser

    tree = command_tree(build_parser())
    everywhere = set.intersection(*({one.names for one in node.options} for node in tree.walk()))
    lines = [
        '.\\" Made by docs/make_man.py from the parser of the command line; do not edit.',
        f'.TH BSC-COACH 1 "" "bsc-coach {__version__}" "User Commands"',
        ".SH NAME",
        rf"bsc-coach \- {roff(build_parser().description or '').rstrip('.')}",
        ".SH SYNOPSIS",
        r"\fBbsc-coach\fR [\fIOPTION\fR]... [\fICOMMAND\fR ...]",
        ".SH DESCRIPTION",
        roff(build_parser().epilog or ""),
        ".SH OPTIONS",
        *(line for option in tree.options for line in told(option)),
        ".SH COMMANDS",
        *(line for node in tree.walk() if node.path and not node.below for line in command(node, everywhere)),
    ]
    for title, entries in SECTIONS.items():
        lines.append(f".SH {title}")
        for name, text in entries:
            lines += [".TP", rf"\fB{roff(name)}\fR", roff(text)]
    return "\n".join(line for line in lines if line) + "\n"


def command(node: CommandNode, everywhere: set[tuple[str, ...]]) -> Iterator[str]:
    """Yield a command with its usage, what it does, and what it takes beside what all of them take."""
    options = [one for one in node.options if one.names not in everywhere]
    takes = " ".join(usage(one) for one in (*options, *node.arguments))
    yield rf".SS \fB{roff(' '.join(node.path))}\fR {takes}".rstrip()
    yield roff(node.help)
    if node.more:
        yield ".PP"
        yield roff(node.more)
    for one in (*node.arguments, *options):
        if one.help:
            yield from told(one)


def usage(one: CommandOption) -> str:
    """Return an option or argument as a usage line has it."""
    value = rf"\fI{roff(one.metavar)}\fR{'...' if one.is_repeated else ''}"
    if not one.names:
        return value if one.is_needed else f"[{value}]"
    name = rf"\fB{roff(one.names[-1])}\fR"
    return f"[{name} {value}]" if one.metavar else f"[{name}]"


def told(one: CommandOption) -> Iterator[str]:
    """Yield an option or argument with what is said of it."""
    names = ", ".join(rf"\fB{roff(name)}\fR" for name in one.names)
    value = rf"\fI{roff(one.metavar)}\fR" if one.metavar else ""
    yield ".TP"
    yield f"{names} {value}".strip()
    yield roff(one.help)


def roff(text: str) -> str:
    """Return a text that troff takes as it is: no escape, no request, and hyphens that can be copied."""
    safe = text.replace("\\", r"\e").replace("-", r"\-").replace("’", r"\(cq")
    return rf"\&{safe}" if safe[:1] in (".", "'") else safe


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE).write_text(page(), encoding="utf-8")
