"""Reading the command line and handing over to the command it names."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bsc_coach import __version__
from bsc_coach.cli import console
from bsc_coach.errors import EXIT_FINDINGS, EXIT_USAGE, BscCoachError
from bsc_coach.text import clean, shorten
from bsc_coach.words import say, spoken

INTERRUPTED = 130


def _help(key: str) -> str:
    """Return words of the help. No session is known yet, nor what was asked for."""
    return say(f"cli.help.{key}", spoken())


class _Formatter(argparse.HelpFormatter):
    """Begins the usage with our own word for it."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _help("usage") + ": " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser whose own headings come from the words of the program, too."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **given)
        self._positionals.title = _help("arguments")
        self._optionals.title = _help("options")
        self.add_argument("-h", "--help", action="help", help=_help("help"))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(prog="bsc-coach", description=_help("program"), epilog=_help("after"))
    parser.add_argument(
        "--version", action="version", version=f"bsc-coach {__version__}", help=_help("version")
    )
    parser.add_argument("--as", dest="by", metavar="NAME", help=_help("as"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    new = commands.add_parser("new", help=_help("new"))
    new.add_argument("folder", type=Path)
    new.add_argument("--lang", metavar="LANGUAGE", help=_help("lang"))
    new.add_argument("--script", type=Path, metavar="FILE", help=_help("script_file"))
    new.add_argument("--from", dest="source", type=Path, metavar="strategy.toml", help=_help("from"))

    opened = commands.add_parser("open", help=_help("open"))
    opened.add_argument("folder", type=Path)
    opened.add_argument("--script", type=Path, metavar="FILE", help=_help("adopt"))
    opened.add_argument("--read-only", action="store_true", help=_help("read_only"))

    demo = commands.add_parser("demo", help=_help("demo"))
    demo.add_argument("name", nargs="?", default="riverbend", help=_help("demo_name"))
    demo.add_argument("--to", type=Path, metavar="FOLDER", help=_help("demo_to"))
    for talking in (new, opened, demo):
        talking.add_argument("--plain", action="store_true", help=_help("plain"))

    apply = commands.add_parser("apply", help=_help("apply"))
    apply.add_argument("folder", type=Path)
    apply.add_argument("--take-edits", action="store_true", help=_help("take_edits"))
    apply.add_argument("--schema", action="store_true", help=_help("apply_schema"))

    render = commands.add_parser("render", help=_help("render"))
    render.add_argument("source", type=Path, metavar="FOLDER|strategy.toml")
    render.add_argument("-o", "--output", type=Path, metavar="DIR", help=_help("output"))
    render.add_argument("--format", default="md,toml", metavar="LIST", help=_help("format"))
    render.add_argument("--lang", metavar="LANGUAGE", help=_help("document_lang"))
    render.add_argument("--template", type=Path, metavar="FILE|FOLDER", help=_help("template"))
    render.add_argument("--force", action="store_true", help=_help("force"))
    render.add_argument("--check", action="store_true", help=_help("check"))

    status = commands.add_parser("status", help=_help("status"))
    status.add_argument("folder", type=Path)
    status.add_argument("--json", action="store_true", help=_help("json"))

    script = commands.add_parser("script", help=_help("script")).add_subparsers(
        dest="action", metavar="ACTION", required=True
    )
    check = script.add_parser("check", help=_help("script_check"))
    check.add_argument("file", type=Path)
    copy = script.add_parser("copy", help=_help("script_copy"))
    copy.add_argument("file", type=Path, nargs="?", default=Path("strategy_map.toml"))

    templates = commands.add_parser("templates", help=_help("templates")).add_subparsers(
        dest="action", metavar="ACTION", required=True
    )
    templates.add_parser("list", help=_help("templates_list"))
    copied = templates.add_parser("copy", help=_help("templates_copy"))
    copied.add_argument("folder", type=Path, nargs="?", default=Path("templates"))

    commands.add_parser("schema", help=_help("schema"))
    _add_coach(commands)
    return parser


def _add_coach(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add the commands that ask the coach outside a conversation."""
    check = commands.add_parser("check", help=_help("coach_check"))
    check.add_argument("source", type=Path, nargs="?", metavar="FOLDER|strategy.toml")
    check.add_argument("--wording", metavar="KIND", help=_help("wording"))
    check.add_argument("--row", default="process", help=_help("row"))
    check.add_argument("--lang", metavar="LANGUAGE", help=_help("coach_lang"))
    check.add_argument("--today", metavar="DATE", help=_help("today"))
    check.add_argument("--format", default="text", help=_help("findings_format"))
    check.add_argument("--min-severity", default="hint", metavar="SEVERITY", help=_help("min_severity"))
    explain = commands.add_parser("explain", help=_help("explain"))
    explain.add_argument("rule", metavar="RULE")
    explain.add_argument("--lang", metavar="LANGUAGE", help=_help("coach_lang"))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 fine, 1 findings or refused, 2 usage."""
    console.prepare()
    try:
        options = build_parser().parse_args([clean(one).text for one in arguments])
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else EXIT_USAGE
    try:
        return _command(options.command)(options)
    except BscCoachError as error:
        console.tell_failure(error, console.language_of(options))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; point it nowhere so that closing it does not fail again.
        sys.stdout = open("/dev/null", "w")  # noqa: SIM115
        return EXIT_FINDINGS
    except OSError as error:
        path = shorten(str(error.filename or ""), 300)
        language = console.language_of(options)
        console.tell(say("cli.system_says", language, fault=error.strerror or "", path=path))
        return EXIT_FINDINGS


def _command(name: str | None) -> Callable[[argparse.Namespace], int]:  # noqa: PLR0911 (one return a command)
    """Return the function of a command; its module is imported only now."""
    match name:
        case "new":
            from bsc_coach.cli.sessions import new

            return new
        case "open":
            from bsc_coach.cli.sessions import open_folder

            return open_folder
        case "demo":
            from bsc_coach.cli.sessions import demo

            return demo
        case "apply":
            from bsc_coach.cli.apply import apply

            return apply
        case "render":
            from bsc_coach.cli.render import render

            return render
        case "status":
            from bsc_coach.cli.status import status

            return status
        case "script":
            from bsc_coach.cli.scripts import script

            return script
        case "templates":
            from bsc_coach.cli.templates import templates

            return templates
        case "schema":
            from bsc_coach.cli.scripts import schema

            return schema
        case "check":
            from bsc_coach.cli.check import check

            return check
        case "explain":
            from bsc_coach.cli.check import explain

            return explain
        case _:
            from bsc_coach.cli.sessions import home

            return home
