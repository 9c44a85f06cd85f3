"""Line mode (``--plain``): the conversation over standard input and output, one question after the other.

For screen readers, pipes and small terminals.
"""

from __future__ import annotations

import sys
from itertools import zip_longest

from bsc_coach.cli import output
from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.prompt import Cell, Prompt
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.script_update import newer_script
from bsc_coach.conversation.side_views import map_of, review
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, BscCoachError, StrategyFileError
from bsc_coach.interview.navigation import agenda
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.exporting import export
from bsc_coach.session.session import DOCUMENT, STRATEGY, Session
from bsc_coach.text import BYTE_ORDER_MARK, clean, normal, visible
from bsc_coach.words import say, say_error

_MARKS = {"answered": "✓", "open": "·", "parked": "P", "declined": "–", "stale": "!", "waiting": "?"}


def run_plain(session: Session, script: ScriptSource | None = None) -> int:
    """Run the read-evaluate-print loop of a session until the input ends or somebody leaves.

    ``script`` is another version of the questions that somebody asked to go on with.
    """
    for message in session.messages:
        output.tell(message)
    _offer_edits(session)
    _offer_script(session, script)
    talk = start_talk(session)
    talk.resume()
    shown: object = None
    output.show(say("cli.plain.welcome", talk.language))
    while True:
        shown = _ask(talk, shown)
        line = _read_answer()
        if line is None:
            break
        reply = submit(talk, line)
        _tell_reply(reply, talk.language)
        if reply.screen is not None and not _carry_out(talk, reply.screen, reply.rest):
            break
        talk.remember()
    return _leave(talk)


def _offer_edits(session: Session) -> None:
    """Show what was changed by hand in strategy.toml, and import it if the person says so."""
    try:
        edits = session.edited_file()
    except StrategyFileError as error:
        output.tell(say_error(error, session.plan.language))
        return
    if edits is None or session.read_only:
        return
    output.show(say("cli.plain.edited", session.plan.language, n=len(edits.differences)))
    for difference in edits.differences:
        key = f"cli.difference.{difference.kind}"
        change = say(
            key, session.plan.language, what=difference.what, before=difference.before, now=difference.now
        )
        output.show(f"  {change}")
    output.show(say("cli.plain.take_edits", session.plan.language))
    line = _read_answer()
    if line is not None and (not line.strip() or _is_yes(session, line)):
        session.take_edits(edits)


def _is_yes(session: Session, line: str) -> bool:
    return normal(line)[:1] in say("talk.letters.yes", session.plan.language).split()


def _offer_script(session: Session, script: ScriptSource | None) -> None:
    """Show what another version of the script would change, and migrate to it if the person says so."""
    newer = newer_script(session, script)
    if newer is None:
        return
    for sentence in newer.sentences(session):
        output.show(sentence)
    if newer.report.refused:
        return
    output.show(say("talk.newer.ask", session.plan.language))
    line = _read_answer()
    if line is not None and _is_yes(session, line):
        newer.adopt(session)
        output.show(say("talk.newer.adopted", session.plan.language, version=newer.version))


def _read_answer() -> str | None:
    """Read a line; one that ends in a backslash is continued. None at the end of input."""
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    lines: list[str] = []
    while True:
        line = sys.stdin.readline()
        if not line:
            return "\n".join(lines) if lines else None
        text = clean(line.rstrip("\r\n").removeprefix(BYTE_ORDER_MARK)).text
        if not text.endswith("\\"):
            return "\n".join([*lines, text])
        lines.append(text[:-1])


def _ask(talk: Talk, shown: object) -> object:
    """Print the current question unless it is ``shown`` already; return what to compare with next time."""
    if talk.asking is not None:
        return None
    prompt = talk.prompt()
    if prompt is None:
        if shown != "done":
            output.show(say("talk.all_done", talk.language))
        return "done"
    now = (prompt.slot, prompt.items, prompt.answer, prompt.remarks)
    if now == shown:
        return now
    _show_prompt(talk, prompt)
    return now


def _show_prompt(talk: Talk, prompt: Prompt) -> None:
    language = talk.language
    # A line that says how far one is, then the list or item that the question is about.
    head = headline(talk.plan, prompt.slot)
    heading = say(
        "cli.plain.where",
        language,
        section=prompt.section,
        settled=head.progress.settled,
        certain=head.progress.certain,
        possible=head.progress.possible,
    )
    output.show("")
    output.show(heading)
    if prompt.items:
        for item in prompt.items:
            output.show(f"   {item.short} {item.label}")
    if prompt.about is not None and not prompt.adding:
        output.show(f"   {prompt.about}")
    output.show(f"{say('talk.coach', language)}: {prompt.ask}")
    # What can be typed: options, and answers that are offered.
    for option in prompt.options:
        mark = "*" if option.chosen else " "
        meaning = f" – {option.help}" if option.help else ""
        output.show(f"  {mark}{option.number} {option.text}{meaning}")
    if prompt.offers:
        output.show(say("cli.plain.roles" if prompt.offered_by else "cli.plain.offers", language))
    for number, (offer, name) in enumerate(zip_longest(prompt.offers, prompt.offered_by), start=1):
        output.show(f"   {number} {offer}{f' – {name}' if name else ''}")
    # What is there already, and why it should be looked at again.
    if prompt.stale_because:
        output.show(say("talk.was_stale", language, reasons=", ".join(prompt.stale_because)))
    elif prompt.reworded:
        output.show(say("talk.was_reworded", language))
    for refusal in prompt.refusals:
        output.show(refusal.sentence(language))
    if prompt.answer:
        output.show(say("cli.plain.answer_now", language, answer=prompt.answer))
    for cell in prompt.review:
        output.show(f"   {_cell(cell)}")
    output.show(say(f"cli.plain.how.{_how(prompt)}", language))


def _how(prompt: Prompt) -> str:
    if prompt.adding:
        return "list_pick" if prompt.kind == "pick" else "list"
    return f"{prompt.kind}_optional" if prompt.optional and prompt.kind != "confirm" else prompt.kind


def _cell(cell: Cell) -> str:
    return f"{_MARKS[cell.status]} {cell.name}: {cell.answer}".rstrip(": ")


def _tell_reply(reply: Reply, language: str) -> None:
    """Print the turns of a reply; the person's own words are on the screen already."""
    for turn in reply.turns:
        if turn.speaker == "team" or _is_question_again(turn, reply):
            continue
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
            for entry in agenda(talk.plan):
                far = entry.progress
                output.show(f"  {entry.title:<24} {far.settled} / {far.certain}–{far.possible}")
        case "map":
            _show_map(talk)
        case "document":
            from bsc_coach.documents.templating.render import render_markdown

            text = render_markdown(talk.session.strategy(), talk.session.notes())
            for line in text.split("\n"):
                output.show(visible(line))
        case "findings":
            _show_findings(talk)
        case "review":
            for section in review(talk.plan):
                output.show(section.title)
                for cell in section.cells:
                    output.show(f"   {_cell(cell)}")
        case "export":
            _export(talk.session, tuple(rest.replace(",", " ").split()))
        case _:
            output.show(say("cli.plain.only_in_app", language, name=command))
    return True


def _show_findings(talk: Talk) -> None:
    from bsc_coach.conversation.findings import findings

    for finding in findings(talk.plan):
        is_named = finding.answer in ("", finding.name)
        about = finding.name if is_named else f"{finding.name}: {finding.answer}"
        output.show(f"  {finding.rule} {about}".rstrip())
        output.show(f"    {finding.say}")


def _show_map(talk: Talk) -> None:
    for band in map_of(talk.plan):
        output.show(band.title)
        for group in band.groups:
            if group.title:
                output.show(f"  {group.title}")
            for item in group.items:
                to = f" → {', '.join(item.effects)}" if item.effects else ""
                output.show(f"    {item.short} {item.title}{to}")


def _export(session: Session, names: tuple[str, ...]) -> None:
    """Export the formats that were named, or the two documents that are written anyway."""
    if not names or session.read_only:
        _write_documents(session)
        return
    try:
        done = export(session, names)
    except BscCoachError as error:
        output.tell(say_error(error, session.plan.language))
        return
    except OSError as error:
        output.tell(say("talk.export_failed", session.plan.language, fault=error.strerror or ""))
        return
    for path in done.kept:
        output.tell(say("cli.kept_edited", session.plan.language, path=path))
    files = ", ".join(str(done.folder / path) for path in done.files)
    output.tell(say("talk.exported", session.plan.language, files=files))


def _write_documents(session: Session) -> bool:
    """Write strategy.toml and strategy.md and print where; False, with a sentence, if the disk fails."""
    try:
        kept = [path for path in (session.write_strategy(), session.write_document()) if path is not None]
    except OSError as error:
        output.tell(say("talk.export_failed", session.plan.language, fault=error.strerror or ""))
        return False
    for path in kept:
        output.tell(say("cli.kept_edited", session.plan.language, path=path))
    files = ", ".join(str(session.folder / name) for name in (DOCUMENT, STRATEGY))
    output.tell(say("talk.exported", session.plan.language, files=files))
    return True


def _leave(talk: Talk) -> int:
    """Save everything, close the session and return the exit code."""
    session = talk.session
    talk.remember()
    written = session.read_only or _write_documents(session)
    trouble = session.trouble
    output.tell_of_others(session)
    session.close()
    if trouble is not None and session.journal.unsaved:
        output.tell(trouble)
        return EXIT_FINDINGS
    return EXIT_FINE if written else EXIT_FINDINGS
