"""Argument parser and dispatch of the command line; a command is imported once it is named."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bsc_coach import __version__
from bsc_coach.cli import output
from bsc_coach.cli.command_called import command_called
from bsc_coach.cli.parsing import Parser, help_text
from bsc_coach.errors import (
    EXIT_FAULT,
    EXIT_FINDINGS,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    BscCoachError,
    FolderError,
)
from bsc_coach.session import gc_tuning
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.last_handler import last_handler
from bsc_coach.text import clean, is_plain, lost_letters, shorten
from bsc_coach.words import say, spoken


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Make the parser of the whole command line, or of it with one command (``only``) where that is known.

    To make all of them and read their help takes longer than to carry many of them out.
    """
    parser = Parser(prog="bsc-coach", description=help_text("program"), epilog=help_text("after"))
    parser.add_argument(
        "--version", action="version", version=f"bsc-coach {__version__}", help=help_text("version")
    )
    parser.add_argument("--as", dest="by", metavar="NAME", help=help_text("as"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (help_key, add_arguments) in _COMMANDS.items():
        if only in (None, name):
            epilog = help_text("render_more") if name == "render" else None
            more = help_text(f"{name}_more") if name in ("plan", "why", "diff", "show", "split") else None
            add_arguments(
                commands.add_parser(name, help=help_text(help_key), description=more, epilog=epilog)
            )
    return parser


def _add_new(new: Parser) -> None:
    new.add_argument("folder", type=Path)
    new.add_argument("--lang", metavar="LANGUAGE", help=help_text("lang"))
    new.add_argument("--script", type=Path, metavar="FILE", help=help_text("script_file"))
    new.add_argument("--from", dest="source", type=Path, metavar="EARLIER", help=help_text("from"))
    new.add_argument("--columns", metavar="LIST", help=help_text("columns"))
    _add_dates(new)
    new.add_argument("--time", metavar="SLOT", help=help_text("time"))
    _add_talking(new)


def _add_import(imported: Parser) -> None:
    imported.add_argument("folder", type=Path)
    imported.add_argument("file", type=Path, help=help_text("import_file"))
    imported.add_argument("--columns", metavar="LIST", help=help_text("columns"))
    _add_dates(imported)
    imported.add_argument("--yes", action="store_true", help=help_text("import_yes"))
    _add_name(imported)


def _add_dates(reading: Parser) -> None:
    """Add how a list writes its dates, for those that do not tell."""
    reading.add_argument(
        "--dates", choices=("day-first", "month-first"), metavar="ORDER", help=help_text("dates")
    )


def _add_open(opened: Parser) -> None:
    opened.add_argument("folder", type=Path)
    opened.add_argument("--script", type=Path, metavar="FILE", help=help_text("adopt"))
    opened.add_argument("--read-only", action="store_true", help=help_text("read_only"))
    _add_talking(opened)


def _add_demo(demo: Parser) -> None:
    demo.add_argument("name", nargs="?", default="riverbend", help=help_text("demo_name"))
    demo.add_argument("--to", type=Path, metavar="FOLDER", help=help_text("demo_to"))
    _add_talking(demo)


def _add_talking(talking: Parser) -> None:
    """Add what the commands have in common that ask questions."""
    talking.add_argument("--plain", action="store_true", help=help_text("plain"))
    _add_name(talking)


def _add_name(typed_in: Parser) -> None:
    typed_in.add_argument("--as", dest="by", metavar="NAME", default=argparse.SUPPRESS, help=help_text("as"))


def _add_apply(apply: Parser) -> None:
    apply.add_argument("folder", type=Path)
    apply.add_argument("--take-edits", action="store_true", help=help_text("take_edits"))
    apply.add_argument("--schema", action="store_true", help=help_text("apply_schema"))
    _add_name(apply)


def _add_render(render: Parser) -> None:
    render.add_argument("source", type=Path, metavar="FOLDER|strategy.toml")
    render.add_argument("-o", "--output", type=Path, metavar="DIR", help=help_text("output"))
    render.add_argument("--format", default="md,toml", metavar="LIST", help=help_text("format"))
    render.add_argument("--lang", metavar="LANGUAGE", help=help_text("document_lang"))
    render.add_argument("--part", metavar="NAME", help=help_text("part"))
    render.add_argument("--template", type=Path, metavar="FILE|FOLDER", help=help_text("template"))
    render.add_argument("--brand", type=Path, metavar="FOLDER", help=help_text("brand"))
    render.add_argument("--paper", metavar="SIZE", help=help_text("paper"))
    render.add_argument("--theme", metavar="ID", help=help_text("theme"))
    render.add_argument("--mermaid", action="store_true", help=help_text("mermaid"))
    render.add_argument("--signature", action="store_true", help=help_text("signature"))
    render.add_argument("--version-line", metavar="TEXT", help=help_text("version_line"))
    render.add_argument("--redact", action="store_true", help=help_text("redact"))
    render.add_argument("--force", action="store_true", help=help_text("force"))
    render.add_argument("--check", action="store_true", help=help_text("check"))


def _add_status(status: Parser) -> None:
    status.add_argument("folder", type=Path)
    status.add_argument("--map", action="store_true", help=help_text("map_marks"))
    status.add_argument("--json", action="store_true", help=help_text("json"))


def _add_show(shown: Parser) -> None:
    shown.add_argument("folder", type=Path)


def _add_plan(plan: Parser) -> None:
    plan.add_argument("folder", type=Path, nargs="?", help=help_text("plan_folder"))
    plan.add_argument("--slot", metavar="TIME", help=help_text("plan_slot"))
    plan.add_argument("--people", metavar="N", help=help_text("plan_people"))
    plan.add_argument(
        "--break", dest="breaks", action="append", metavar="TIME+MINUTES", help=help_text("plan_break")
    )
    plan.add_argument("--preset", metavar="NAME", help=help_text("plan_preset"))
    plan.add_argument("--script", type=Path, metavar="FILE", help=help_text("script_file"))
    plan.add_argument("--lang", metavar="LANGUAGE", help=help_text("plan_lang"))


def _add_homework(homework: Parser) -> None:
    homework.add_argument("folder", type=Path)
    homework.add_argument("role", nargs="*", metavar="ROLE", help=help_text("homework_role"))
    homework.add_argument("--nobody", action="store_true", help=help_text("homework_nobody"))
    _add_talking(homework)


def _add_readings(readings: Parser) -> None:
    readings.add_argument("folder", type=Path)
    readings.add_argument("file", type=Path, metavar="kpis.xlsx", help=help_text("readings_file"))
    _add_dates(readings)
    _add_taking(readings)


def _add_fill(fill: Parser) -> None:
    fill.add_argument("folder", type=Path)
    fill.add_argument("pages", type=Path, nargs="+", metavar="PAGE", help=help_text("fill_pages"))
    _add_taking(fill)


def _add_taking(taking: Parser) -> None:
    """Add what the commands have in common that show something before they take it."""
    taking.add_argument("--yes", action="store_true", help=help_text("yes"))
    _add_name(taking)


def _add_why(why: Parser) -> None:
    why.add_argument("point", metavar="ID", help=help_text("why_point"))
    why.add_argument("folder", type=Path, nargs="?", default=Path(), help=help_text("why_folder"))
    why.add_argument("--json", action="store_true", help=help_text("json"))


def _add_diff(diff: Parser) -> None:
    diff.add_argument("old", type=Path, metavar="OLD", help=help_text("diff_old"))
    diff.add_argument("new", type=Path, metavar="NEW", help=help_text("diff_old"))
    diff.add_argument("--format", default="text", metavar="FORMAT", help=help_text("diff_format"))
    diff.add_argument("--lang", metavar="LANGUAGE", help=help_text("diff_lang"))


def _add_split(split: Parser) -> None:
    split.add_argument("folder", type=Path)
    split.add_argument("parts", nargs="+", metavar="CLUSTER", help=help_text("split_parts"))
    split.add_argument("--zip", dest="zipped", action="store_true", help=help_text("split_zip"))
    split.add_argument("--to", type=Path, metavar="DIR", help=help_text("split_to"))


def _add_merge(merge: Parser) -> None:
    merge.add_argument("folder", type=Path)
    merge.add_argument("copies", type=Path, nargs="*", metavar="OTHER", help=help_text("merge_copies"))
    merge.add_argument("--unrelated", action="store_true", help=help_text("merge_unrelated"))


def _add_merge_driver(driver: Parser) -> None:
    driver.add_argument("base", type=Path, metavar="BASE", help=help_text("merge_base"))
    driver.add_argument("ours", type=Path, metavar="OURS", help=help_text("merge_ours"))
    driver.add_argument("theirs", type=Path, metavar="THEIRS", help=help_text("merge_theirs"))
    driver.add_argument("path", nargs="?", metavar="PATH", help=help_text("merge_path"))


def _add_script(script: Parser) -> None:
    actions = script.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help=help_text("script_check"))
    check.add_argument("file", type=Path)
    rehearse = actions.add_parser(
        "rehearse", help=help_text("script_rehearse"), description=help_text("script_rehearse_more")
    )
    rehearse.add_argument("file", type=Path)
    rehearse.add_argument("--paths", default="20", metavar="N", help=help_text("rehearse_paths"))
    rehearse.add_argument("--seed", default="1", metavar="N", help=help_text("rehearse_seed"))
    rehearse.add_argument("--lang", metavar="LANGUAGE", help=help_text("rehearse_lang"))
    rehearse.add_argument("--format", default="text", metavar="FORMAT", help=help_text("rehearse_format"))
    translate = actions.add_parser(
        "translate", help=help_text("script_translate"), description=help_text("script_translate_more")
    )
    translate.add_argument("file", type=Path)
    translate.add_argument("language", metavar="LANGUAGE", help=help_text("script_language"))
    listed = actions.add_parser("list", help=help_text("script_list"))
    listed.add_argument("folder", type=Path, nargs="?", default=Path())
    copy = actions.add_parser("copy", help=help_text("script_copy"))
    copy.add_argument("file", type=Path, nargs="?", default=Path("strategy_map.toml"))


def _add_templates(templates: Parser) -> None:
    actions = templates.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help=help_text("templates_list"))
    copied = actions.add_parser("copy", help=help_text("templates_copy"))
    copied.add_argument("folder", type=Path, nargs="?", default=Path("templates"))


def _add_schema(schema: Parser) -> None:
    """It takes nothing."""


def _add_completion(completion: Parser) -> None:
    shells = ("bash", "zsh", "fish")
    completion.add_argument("shell", metavar="SHELL", choices=shells, help=help_text("shell"))


def _add_check(check: Parser) -> None:
    check.add_argument("sources", type=Path, nargs="*", metavar="FOLDER|strategy.toml")
    check.add_argument("--wording", metavar="KIND", help=help_text("wording"))
    check.add_argument("--row", default="process", help=help_text("row"))
    check.add_argument("--lang", metavar="LANGUAGE", help=help_text("coach_lang"))
    check.add_argument("--today", metavar="DATE", help=help_text("today"))
    check.add_argument("--format", default="text", help=help_text("findings_format"))
    check.add_argument("--min-severity", default="hint", metavar="SEVERITY", help=help_text("min_severity"))


def _add_explain(explain: Parser) -> None:
    explain.add_argument("rule", metavar="RULE")
    explain.add_argument("--lang", metavar="LANGUAGE", help=help_text("coach_lang"))


_COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "new": ("new", _add_new),
    "open": ("open", _add_open),
    "demo": ("demo", _add_demo),
    "import": ("import", _add_import),
    "apply": ("apply", _add_apply),
    "render": ("render", _add_render),
    "homework": ("homework", _add_homework),
    "readings": ("readings", _add_readings),
    "fill": ("fill", _add_fill),
    "status": ("status", _add_status),
    "show": ("show", _add_show),
    "plan": ("plan", _add_plan),
    "why": ("why", _add_why),
    "diff": ("diff", _add_diff),
    "split": ("split", _add_split),
    "merge": ("merge", _add_merge),
    "merge-driver": ("merge_driver", _add_merge_driver),
    "script": ("script", _add_script),
    "templates": ("templates", _add_templates),
    "schema": ("schema", _add_schema),
    "completion": ("completion", _add_completion),
    "check": ("coach_check", _add_check),
    "explain": ("explain", _add_explain),
}
"""Every command in the order of the help, with the key of its help and what adds its arguments."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    0 is fine, 1 findings or refused, 2 usage, 70 a fault of the program.
    """
    output.prepare()
    # Told by the bare words: what fails may be the reading of them.
    last_handler.begin(next((word for word in arguments if word in _COMMANDS), "home"), arguments)
    try:
        return _run(arguments)
    except Exception as error:
        return end_by_fault(error)


def end_by_fault(error: Exception) -> int:
    """Tell of a fault of the program in one sentence, without a traceback, and return its exit code."""
    output.tell(last_handler.tell(error))
    return EXIT_FAULT


def _run(arguments: Sequence[str]) -> int:
    for given in arguments:
        if lost_letters(given):
            output.tell(say("cli.not_utf8.argument", spoken(), text=shorten(clean(given).text, 80)))
            return EXIT_USAGE
    try:
        first = arguments[0] if arguments and arguments[0] in _COMMANDS else None
        options = build_parser(first).parse_args(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else EXIT_USAGE
    try:
        _clean(options)
    except FolderError as error:
        output.tell_failure(error, spoken())
        return EXIT_USAGE
    if getattr(options, "debug", False):
        return _logged(options)
    return _carry_out(options)


def _clean(options: argparse.Namespace) -> None:
    """Clean what was typed as text; a path stays as it is. Raises FolderError for a new, odd one."""
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, clean(value).text)
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            setattr(options, name, [clean(one).text for one in value])
        for path in value if isinstance(value, list) else [value]:
            if isinstance(path, Path) and not is_plain(str(path)) and not path.exists():
                raise FolderError("session.folder.unprintable", path=clean(str(path)).text)


def _logged(options: argparse.Namespace) -> int:
    """Carry a command out with a log of it, and say where that is."""
    given = vars(options)
    sources = [given.get("folder"), given.get("source"), *given.get("sources", ())]
    folders = [] if given.get("read_only") else [one for one in sources if isinstance(one, Path)]
    names = [name for name, value in given.items() if value not in (None, False)]
    debug_log.start(options.command or "home", names, folders)
    try:
        with debug_log.timed("end") as facts:
            facts["code"] = code = _carry_out(options)
    finally:
        path = debug_log.finish()
        key = "cli.debug_log" if path is not None else "cli.no_debug_log"
        output.tell(say(key, output.language_of(options), path=path))
    return code


def _carry_out(options: argparse.Namespace) -> int:
    try:
        command = command_called(options.command, build_parser)
        gc_tuning.go_on()
        return command(options)
    except BscCoachError as error:
        debug_log.failed(error)
        output.tell_failure(error, output.language_of(options))
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left; point it nowhere so that closing it does not fail again.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        return EXIT_FINDINGS
    except OSError as error:
        debug_log.failed(error)
        path = shorten(str(error.filename2 or error.filename or ""), 300)
        language = output.language_of(options)
        output.tell(say("cli.system_says", language, fault=error.strerror or "", path=path))
        return EXIT_FINDINGS
