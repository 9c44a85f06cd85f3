"""``new``, ``open``, ``demo`` and the home screen: commands that open a session."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach import sizes
from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.cli.packs import script_at
from bsc_coach.coach.lexicon.word_lists import wordlists
from bsc_coach.errors import EXIT_FINE, FolderError, UsageError
from bsc_coach.interview.facts.agenda import PlanAgenda, check_slot
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.provenance import answers_given
from bsc_coach.interview.understanding.time_slots import read_time_slot
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.loader import load_script
from bsc_coach.script.source import ScriptSource, bundled_source, read_source
from bsc_coach.session import gc_tuning
from bsc_coach.session.document_on_disk import DOCUMENT
from bsc_coach.session.environment import now
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.last_handler import last_handler
from bsc_coach.session.listing import remember_folder
from bsc_coach.session.names import check_folder
from bsc_coach.session.new_session import begin_session
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.session import Session
from bsc_coach.words import say, spoken

if TYPE_CHECKING:
    from bsc_coach.cli.sources import StrategySource
    from bsc_coach.interview.facts.provenance import TakeOver
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.strategy.model import Strategy


def home(options: argparse.Namespace) -> int:
    """Open the home screen for the current folder."""
    output.needs_screen()
    from bsc_coach.tui.app import run_app

    return run_app(folder=Path.cwd())


def new(options: argparse.Namespace) -> int:
    """Create a session and open it in the app or in line mode."""
    # Whatever is amiss with what was asked for is told before a folder is made.
    needs_terminal(options)
    check_folder(options.folder)
    source = bundled_source() if options.script is None else read_source(script_at(options.script))
    wanted = options.lang or _spoken_in(source)
    if options.source is not None and _is_list(options.source):
        return _new_from_list(options, source, wanted)
    earlier = None if options.source is None else _read_earlier(options.source, options)
    time = None if options.time is None else _read_time(options.time, wanted or spoken())
    environment = environment_for(options)
    if earlier is None:
        session = create_session(options.folder, source, environment, language=wanted)
    else:
        from bsc_coach.cli.ending_signals import ended_in_order

        origin, strategy = earlier.taken_over_into(options.folder), _spoken_as(earlier, options.lang)
        with ended_in_order():
            session, taken = begin_session(
                options.folder,
                source,
                environment,
                lambda new: new.take_over(strategy, origin),
                language=wanted,
            )
    # The session is there: what came into it, and where it is.
    last_handler.watch(session)
    language = session.plan.language
    output.speak_as(options, language)
    if earlier is not None:
        _tell_taken_over(taken, origin, earlier, language)
    return _begin_talk(session, options, time)


def _begin_talk(session: Session, options: argparse.Namespace, time: PlanAgenda | None) -> int:
    """Say where a new session is kept, and begin to ask."""
    language = session.plan.language
    if time is not None:
        session.do(time)
    kept = say("cli.kept_there", language) if session.trouble is None else session.trouble
    output.tell(f"{say('cli.made', language, folder=options.folder)} {kept}")
    return hold_talk(session, options.plain, new=time is None)


def _is_list(path: Path) -> bool:
    """Tell whether a file is a list or plan of another program, and neither a session nor a strategy.toml."""
    if not path.is_file():
        return False
    from bsc_coach.imports.reading import is_strategy_file

    return not is_strategy_file(path)


def _new_from_list(options: argparse.Namespace, source: ScriptSource, wanted: str | None) -> int:
    """Begin a session with a list or plan, tell what came in, and hold the talk."""
    from bsc_coach.cli import importing
    from bsc_coach.cli.ending_signals import ended_in_order
    from bsc_coach.strategy.model import Strategy

    script = load_script(source)
    language = wanted or script.header.languages[0]
    listed = importing.read_for(options.source, script, Strategy(language=language), (), options)
    time = None if options.time is None else _read_time(options.time, language)
    with ended_in_order():
        session, taken = begin_session(
            options.folder,
            source,
            environment_for(options),
            lambda new: new.take_over(listed.made.strategy, listed.origin),
            language=wanted,
        )
    last_handler.watch(session)
    output.speak_as(options, session.plan.language)
    importing.tell_new(session, listed, taken)
    return _begin_talk(session, options, time)


def _spoken_in(source: ScriptSource) -> str | None:
    """Return the language of the environment if the script has it."""
    language = spoken()
    return language if language in load_script(source).header.languages else None


def _read_time(text: str, language: str) -> PlanAgenda:
    """Return the plan of the time that is told. Raises UsageError, before a folder is made, if it is none."""
    plan = read_time_slot(text, language, now().astimezone())
    if plan is None:
        raise UsageError("cli.no_time", given=text[:80])
    try:
        check_slot(plan)
    except RefusedError as refused:
        raise UsageError(f"interview.refusal.{refused.refusal.key}", **refused.refusal.values) from refused
    return plan


def _read_earlier(path: Path, options: argparse.Namespace) -> StrategySource:
    from bsc_coach.cli.sources import read_strategy_at

    if not path.exists():
        raise FolderError("cli.no_such_file", path=path)
    return read_strategy_at(path, options)


def _spoken_as(earlier: StrategySource, language: str | None) -> Strategy:
    """Return an earlier strategy, in the language that was asked for, if one was."""
    strategy = earlier.material.strategy
    return strategy if language is None else strategy.model_copy(update={"language": language})


def _tell_taken_over(taken: Import, origin: TakeOver, earlier: StrategySource, language: str) -> None:
    """Say what was taken over from an earlier strategy, and what was not."""
    from bsc_coach.documents.context.words import DocumentWords

    as_of = DocumentWords(language).date(origin.as_of) if origin.as_of else ""
    key = "cli.taken_over" if as_of else "cli.taken_over_undated"
    n = sum(isinstance(event, SlotAnswered) for event in taken.events)
    output.tell(say(key, language, n=n, source=origin.source, date=as_of))
    if origin.redacted:
        output.tell(say("cli.redacted_source", language, path=earlier.path))
    for difference in taken.differences:
        if difference.kind == "full":
            output.tell(difference.told(language))
    left = [difference for difference in taken.differences if difference.kind == "left"]
    for difference in left[: sizes.DIFFERENCES_TOLD]:
        output.tell(say("cli.left_out", language, what=difference.what, now=difference.now))
    if (more := len(left) - sizes.DIFFERENCES_TOLD) > 0:
        output.tell(say("strategy.difference.more", language, n=more))


def open_folder(options: argparse.Namespace) -> int:
    """Open a session in the app or in line mode."""
    needs_terminal(options)
    script = None if options.script is None else read_source(script_at(options.script))
    session = open_session(options.folder, environment_for(options), read_only=options.read_only)
    output.speak_as(options, session.plan.language)
    return hold_talk(session, options.plain, script)


def demo(options: argparse.Namespace) -> int:
    """Replay a recorded session into a folder, write its documents, and open it if there is a terminal."""
    from bsc_coach.conversation.recording import play_sample
    from bsc_coach.session.samples import read_sample

    if output.is_terminal():
        needs_terminal(options)
    sample = read_sample(options.name)
    folder = _free_folder(options.to or Path(sample.name), asked_for=options.to is not None)
    output.tell(say("cli.playing", spoken(), title=sample.title))
    session = play_sample(sample, folder, environment_for(options))
    language = session.plan.language
    output.speak_as(options, language)
    session.write_strategy()
    session.write_document()
    told = {"document": folder / DOCUMENT, "strategy": folder / STRATEGY, "n": answers_given(session.state)}
    output.show(say("cli.demo_written", language, **told))
    if options.plain or output.is_terminal():
        return hold_talk(session, options.plain)
    session.close()
    return EXIT_FINE


def _free_folder(wanted: Path, *, asked_for: bool) -> Path:
    """Return a free folder: the one wanted, or one with a number behind it."""
    taken = (wanted / JOURNAL).exists() or (wanted.exists() and not asked_for and any(wanted.iterdir()))
    if not taken:
        return wanted
    for number in range(2, 1000):
        folder = wanted.with_name(f"{wanted.name}-{number}")
        if not folder.exists():
            return folder
    raise FolderError("session.already_there", path=wanted)


def needs_terminal(options: argparse.Namespace) -> None:
    """Raise UsageError where the app cannot open and nobody asked for line mode."""
    if not options.plain:
        output.needs_screen()


def hold_talk(
    session: Session,
    plain: bool,
    script: ScriptSource | None = None,
    *,
    new: bool = False,
    homework: str | None = None,
) -> int:
    """Talk about a session in the app or in line mode, or only about the homework of a role.

    A ``new`` session is asked how long there is.
    """
    last_handler.watch(session)
    remember_folder(session.folder)
    for lists in (session.plan.language, f"measures_{session.plan.language}"):
        wordlists(lists)  # a broken one is told before a screen opens
    if plain:
        from bsc_coach.cli.line_mode import run_plain

        return run_plain(session, script, new=new, homework=homework)
    if script is not None:
        load_script(script)  # its faults are told before a screen opens
    gc_tuning.pause()  # until the first picture
    from bsc_coach.tui.app import run_app

    return run_app(session, new=new, script=script, homework=homework)
