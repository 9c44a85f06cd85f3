"""Line mode (``--plain``): the conversation over standard input and output, one question after the other.

For screen readers, pipes and small terminals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bsc_coach.cli import output
from bsc_coach.cli.leaving import Left, leave, may_leave, write_documents
from bsc_coach.cli.line_question import QuestionReader, said_cell, show_choices
from bsc_coach.cli.typed_lines import TypedLines
from bsc_coach.cli.unshown import unshown
from bsc_coach.conversation.commands.clock import ask_for_time
from bsc_coach.conversation.commands.moves import where
from bsc_coach.conversation.commands.plenary import offer_plenary
from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.conversation.commands.sorting import sorted_said
from bsc_coach.conversation.commands.timer import timer_left
from bsc_coach.conversation.console import console_of
from bsc_coach.conversation.ending import opens_again
from bsc_coach.conversation.reading_along import ReadingAlong
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.script_update import newer_script
from bsc_coach.conversation.side_views import map_of, review
from bsc_coach.conversation.submit import read_line, start_homework, start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.time_words import entry_said
from bsc_coach.conversation.transcript import Turn
from bsc_coach.conversation.unsaved import not_written
from bsc_coach.conversation.wall import tell_followers
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, EXIT_INTERRUPTED, BscCoachError, StrategyFileError
from bsc_coach.interview.breakouts import agenda_here
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.exporting import export
from bsc_coach.session.session import Session
from bsc_coach.text import normal, visible
from bsc_coach.words import say, say_error


def run_plain(
    session: Session, script: ScriptSource | None = None, *, new: bool = False, homework: str | None = None
) -> int:
    """Run the read-evaluate-print loop of a session until the input ends or somebody leaves.

    A ``new`` session is asked how long there is. ``script`` is another version of the questions that
    somebody asked to go on with; ``homework`` a role whose questions alone are asked.
    """
    # What a person should know and decide before the first question.
    for message in session.messages:
        output.tell(message)
    lines = TypedLines()
    _offer_copies(session, lines)
    _offer_edits(session, lines)
    _offer_script(session, script, lines)
    # The talk, line by line.
    talk = start_talk(session) if homework is None else start_homework(session, homework)
    if talk.homework is None:
        talk.resume()
    if session.environment.listens:
        talk.listen_with(output.second_ear(talk.language))
    reader = QuestionReader()
    output.show(say("cli.plain.welcome", talk.language))
    if talk.homework is not None:
        from bsc_coach.conversation.ending import homework_begins

        output.show(homework_begins(talk, talk.homework))
    elif session.actions:
        _tell_reply(where(talk, ""), talk.language)
    _tell_reply(ask_for_time(talk) if new else offer_plenary(talk), talk.language)
    left = _until_left(talk, lines, reader)
    while not may_leave(talk, lines, left):
        left = _until_left(talk, lines, reader)
    code = leave(talk)
    if left == "interrupt" and code == EXIT_FINE:
        return EXIT_INTERRUPTED
    return EXIT_FINDINGS if lines.broken else code


def _until_left(talk: Talk, lines: TypedLines, reader: QuestionReader) -> Left:
    """Ask and take answers until somebody leaves; return how."""
    shown: object = None
    along = ReadingAlong(talk) if talk.session.read_only and talk.homework is None else None
    try:
        while True:
            if along is not None:
                _tell_reply(Reply(along.look(talk) or ()), talk.language)
            shown = _ask(talk, reader, shown)
            tell_followers(talk)
            with unshown(hidden=_is_ballot(talk)):
                line = lines.read(talk.language)
            if line is None:
                return "end"
            if _asks_why(talk, line):
                reader.explain_again()
                shown = None
            reply = _submitted(talk, line)
            if talk.timer is not None and (left := timer_left(talk)):
                output.show(f"  {left}")
            if reply.screen == "brief":
                _be_brief(talk, reader, reply.rest)
            elif reply.screen is not None and not _carry_out(talk, reply.screen, reply.rest):
                return "quit"
            elif reply.screen == "end" and talk.prompt() is None:
                shown = "done"
            talk.remember()
    except KeyboardInterrupt:
        return "interrupt"


def _submitted(talk: Talk, line: str) -> Reply:
    """Hand in a line; print how a few keys were understood, and what is said back."""
    before = len(talk.session.actions)
    reply = submit(talk, line)
    told = (sorted_said(talk.plan, action) for action in talk.session.actions[before:])
    for sentence in filter(None, told):
        output.show(f"  {sentence}")
    _tell_reply(reply, talk.language)
    return reply


def _offer_copies(session: Session, lines: TypedLines) -> None:
    """Put copies of the journal that lie beside it together with the session, if the person says so."""
    from bsc_coach.conversation.putting_together import (
        copies_said,
        merge_command,
        question_about_copies,
        told_of_merge,
    )

    copies, before = session.copies_beside(), session.plan
    if not copies:
        return
    came = session.look_at_copies(copies)
    if session.read_only:
        output.tell(copies_said(before, session.folder, copies))
        return
    output.show(say("cli.merge.ask", before.language, question=question_about_copies(before, came)))
    line = lines.read(before.language)
    if line is None or not _is_yes(session, line):
        command = merge_command(session.folder, copies)
        output.show(say("session.merge.stays", before.language, n=len(copies), command=command))
        return
    came = session.put_together(copies)
    for told in told_of_merge(session.plan, before, came):
        output.show(told)


def _offer_edits(session: Session, lines: TypedLines) -> None:
    """Show what was changed by hand in strategy.toml, and import it if the person says so."""
    language = session.plan.language
    try:
        edits = session.edited_file()
    except StrategyFileError as error:
        output.tell_failure(error, language)
        output.tell(say("cli.file_stays", language))
        return
    if edits is None or session.read_only:
        return
    if edits.differences:
        output.show(say("cli.plain.edited", language, n=len(edits.differences)))
    output.tell_edits(edits, language, output.show)
    if not edits.events:
        return
    for told in opens_again(session.plan, edits.events):
        output.show(told)
    output.show(say("cli.plain.take_good_edits" if edits.faults else "cli.plain.take_edits", language))
    line = lines.read(language)
    if line is not None and (not line.strip() or _is_yes(session, line)):
        session.take_edits(edits)


def _is_yes(session: Session, line: str) -> bool:
    return normal(line)[:1] in say("talk.letters.yes", session.plan.language).split()


def _offer_script(session: Session, script: ScriptSource | None, lines: TypedLines) -> None:
    """Show what another version of the script would change, and migrate to it if the person says so."""
    newer = newer_script(session, script)
    if newer is None:
        return
    for sentence in newer.sentences(session):
        output.show(sentence)
    if newer.report.refused:
        return
    output.show(say("talk.newer.ask", session.plan.language))
    line = lines.read(session.plan.language)
    if line is not None and _is_yes(session, line):
        newer.adopt(session)
        output.show(say("talk.newer.adopted", session.plan.language, version=newer.version))


def _ask(talk: Talk, reader: QuestionReader, shown: object) -> object:
    """Print the current question unless it is ``shown`` already; return what to compare with next time."""
    if talk.asking is not None:
        if talk.asking != shown:
            show_choices(talk.asking)
        return talk.asking
    prompt = talk.prompt()
    if prompt is None:
        if shown != "done":
            _show_end(talk)
        return "done"
    now = (prompt.slot, prompt.items, prompt.answer, prompt.remarks, prompt.sides)
    if now != shown:
        reader.read(prompt, talk.language)
    return now


def _is_ballot(talk: Talk) -> bool:
    """Tell whether ballots are typed next, which are not to be read along."""
    prompt = None if talk.asking is not None else talk.prompt()
    return prompt is not None and prompt.kind == "ballot"


def _asks_why(talk: Talk, line: str) -> bool:
    """Tell whether a line asks what the question is about: its explanations are then read again."""
    typed = read_line(line)
    return (
        talk.asking is None and typed.command is not None and typed.command.name == "why" and not typed.text
    )


def _be_brief(talk: Talk, reader: QuestionReader, rest: str) -> None:
    """Read out only questions from here on, or all again."""
    reader.brief = not talk.means(normal(rest), "off")
    output.show(say(f"cli.plain.brief.{'on' if reader.brief else 'off'}", talk.language))


def _tell_reply(reply: Reply, language: str) -> None:
    """Print the turns of a reply; the person's own words are on the screen already.

    What the coach says stands apart from what was typed and from the question that follows.
    """
    turns = [turn for turn in reply.turns if turn.speaker != "team" and not _is_question_again(turn, reply)]
    if any(turn.speaker in ("coach", "refusal") for turn in turns):
        output.show("")
    for turn in turns:
        speaker = f"{say('talk.coach', language)}: " if turn.speaker in ("coach", "refusal") else "  "
        output.show(f"{speaker}{turn.text}")


def _is_question_again(turn: Turn, reply: Reply) -> bool:
    """Tell whether a turn only repeats the question that the team's next words answer."""
    place = reply.turns.index(turn)
    follows = reply.turns[place + 1] if place + 1 < len(reply.turns) else None
    return turn.speaker == "coach" and follows is not None and follows.speaker == "team"


def _carry_out(talk: Talk, command: str, rest: str) -> bool:
    """Execute a command of the front end; False for the one that leaves."""
    language = talk.language
    # Pages of the app are printed here; what only a screen can do is declined at the end.
    match command:
        case "quit":
            return False
        case "help":
            for known in COMMANDS:
                output.show(f"  /{known.name:<10} {known.meaning(language)}")
            output.show(say("cli.plain.help_lines", language))
        case "agenda":
            for entry in agenda_here(talk.plan):
                output.show(f"  {entry_said(entry, language)}")
        case "document":
            from bsc_coach.documents.board.pages import render_whole

            text = render_whole(talk.session.strategy(), talk.session.notes())
            for line in text.split("\n"):
                output.show(visible(line))
        case "map" | "findings" | "console" | "end":
            _PAGES[command](talk)
        case "review":
            for section in review(talk.plan):
                output.show(section.title)
                alike = (
                    len({cell.status for cell in section.cells}) == 1
                )  # the title tells it, or all have one
                for cell in section.cells:
                    output.show(f"  {said_cell(cell, language, with_status=not alike)}")
        case "export":
            _export(talk.session, tuple(rest.replace(",", " ").split()))
        case _:
            output.show(say("cli.plain.only_in_app", language, name=command))
    return True


def _show_findings(talk: Talk) -> None:
    """Print what the coach still wonders about: each point once, what is said of it, and by which rule."""
    from bsc_coach.conversation.findings import findings, in_groups

    found = findings(talk.plan, talk.ear)
    for group in in_groups(found):
        for finding in group:
            named = normal(finding.answer) in normal(finding.name)
            about = finding.name if named else f"{finding.name}: {finding.answer}"
            output.show(f"  {about}".rstrip())
        output.show(f"    {group[0].together or group[0].say} ({group[0].rule})")
    if not found:
        output.show(say("cli.plain.no_findings", talk.language))


def _show_console(talk: Talk) -> None:
    """Print what only the driver sees: the time, what comes next, who is silent, the notes."""
    view = console_of(talk)
    for key, rows in (
        ("clock", [view.clock] if view.clock else []),
        ("next", view.following),
        ("silent", view.silent or ()),
        ("notes", [say("wall.note.line", talk.language, time=time, text=text) for time, text in view.notes]),
    ):
        if rows:
            output.show(say(f"wall.console.{key}", talk.language))
        for row in rows:
            output.show(f"  {row}")


def _show_end(talk: Talk) -> None:
    """Print how the session ends, with strategy.toml and strategy.md as they are now."""
    from bsc_coach.conversation.ending import the_end

    if not talk.session.read_only:
        write_documents(talk.session)
    for part in the_end(talk).parts:
        output.show("")
        for line in part:
            output.show(f"{line.key:>3} {line.text}" if line.key else line.text)


def _show_map(talk: Talk) -> None:
    for band in map_of(talk.plan):
        output.show(band.title)
        for group in band.groups:
            if group.title:
                output.show(f"  {group.title}")
            for item in group.items:
                to = say("cli.plain.drives", talk.language, names=", ".join(item.effects))
                output.show(f"    {item.short} {item.title}{f' ({to})' if item.effects else ''}")


_PAGES: Mapping[str, Callable[[Talk], None]] = {
    "map": _show_map,
    "findings": _show_findings,
    "console": _show_console,
    "end": _show_end,
}


def _export(session: Session, names: tuple[str, ...]) -> None:
    """Export the formats that were named, or the two documents that are written anyway."""
    if not names or session.read_only:
        write_documents(session)
        return
    try:
        done = export(session, names)
    except BscCoachError as error:
        output.tell(say_error(error, session.plan.language))
        return
    except OSError as error:
        output.tell(not_written(session, error))
        return
    if done.held:
        output.tell(say("cli.file_stays", session.plan.language))
    for path in done.kept:
        output.tell(say("cli.kept_edited", session.plan.language, path=path))
    for path in done.left:
        output.tell(say("cli.left_from_before", session.plan.language, path=path))
    if done.files:
        files = ", ".join(str(done.folder / path) for path in done.files)
        output.tell(say("talk.exported", session.plan.language, files=files))
