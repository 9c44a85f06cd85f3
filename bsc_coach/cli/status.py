"""``status``: progress of a session, as text or as JSON."""

from __future__ import annotations

import argparse

from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.conversation.headline import answer_of
from bsc_coach.conversation.time_words import entry_said, left_said
from bsc_coach.errors import EXIT_FINE
from bsc_coach.interview.addresses import short_address
from bsc_coach.interview.breakouts import agenda_here, asked_in_part, minutes_here, progress_here
from bsc_coach.interview.navigation import Progress, next_slot, resume_slot
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.provenance import answers_given, taken_over
from bsc_coach.session.opening import open_session
from bsc_coach.session.parts_back import parts_back
from bsc_coach.session.session import Session
from bsc_coach.session.summary import describe
from bsc_coach.words import say


def status(options: argparse.Namespace) -> int:
    """Print the progress of a session, read-only."""
    session = open_session(options.folder, environment_for(options), read_only=True)
    output.speak_as(options, session.plan.language)
    for message in session.messages:
        output.tell(message)
    if copies := session.copies_beside():
        from bsc_coach.conversation.putting_together import copies_said

        output.tell(copies_said(session.plan, session.folder, copies))
    waiting = sum(not part.walked for part in parts_back(session.folder, session.environment.disk))
    if waiting:
        output.tell(say("breakouts.plenary.waiting", session.plan.language, n=waiting))
    if options.json:
        output.show_json(_as_json(session, with_map=options.map))
    else:
        _as_text(session, with_map=options.map)
    session.close()
    return EXIT_FINE


def _counts(far: Progress) -> dict[str, int]:
    return {
        "settled": far.settled,
        "certain": far.certain,
        "possible": far.possible,
        "stale": far.stale,
        "parked": far.parked,
        "unconfirmed": far.unconfirmed,
    }


def _as_json(session: Session, *, with_map: bool) -> dict[str, object]:
    plan = session.plan
    info = describe(session)
    part, origin = plan.part_of, taken_over(plan)
    following = resume_slot(plan) if part is None else next_slot(plan, None, asked_in_part(plan))
    # Whose session it is, how far it is as a whole, and then part by part.
    return {
        "folder": str(session.folder),
        "organisation": answer_of(plan, "organisation.name"),
        "part_of": None if part is None else part.model_dump(mode="json"),
        "language": plan.language,
        "script": {"id": plan.script.header.id, "version": plan.script.header.version},
        "actions": len(plan.state.actions),
        "answers": answers_given(plan.state),
        "taken_over": None if origin is None else origin.model_dump(),
        "last": info.last,
        "copies": [path.name for path in session.copies_beside()],
        "disputed": len(plan.disputes),
        "parts_back": sum(not part.walked for part in parts_back(session.folder, session.environment.disk)),
        "progress": _counts(progress_here(plan)),
        "minutes_left": round(minutes_here(plan)),
        "agenda": {
            "preset": plan.state.agenda.preset,
            "minutes": plan.state.agenda.minutes,
            "people": plan.state.agenda.people,
        },
        "sections": [
            {
                "title": entry.title,
                "status": entry.status,
                **_counts(entry.progress),
                "minutes_planned": entry.minutes_planned,
                "minutes_left": round(entry.minutes_left, 1),
                "minutes_elapsed": round(entry.minutes_elapsed, 1),
            }
            for entry in agenda_here(plan)
        ],
        **({"map": _marks_as_json(plan)} if with_map else {}),
        "next": None if following is None else short_address(plan, following),
    }


def _as_text(session: Session, *, with_map: bool) -> None:
    plan = session.plan
    info = describe(session)
    language = plan.language
    output.show(info.organisation or str(session.folder))
    n = answers_given(plan.state)
    output.show(say("cli.status.answers", language, n=n))
    if (origin := taken_over(plan)) is not None:
        from bsc_coach.documents.context.opening import taken_over as taken_over_said
        from bsc_coach.documents.context.words import DocumentWords

        for line in taken_over_said(origin, DocumentWords(language)):
            output.show(line)
    if left := left_said(plan):
        output.show(left)
    for entry in agenda_here(plan):
        mark = say(f"cli.status.{entry.status}", language)
        output.show(f"  {mark:<14} {entry_said(entry, language)}")
    if with_map:
        from bsc_coach.conversation.quality_words import quality_said

        for line in quality_said(plan):
            output.show(line)


def _marks_as_json(plan: Plan) -> list[dict[str, object]]:
    """Return the quality mark of each part of the map; what it takes to tell them is loaded only now."""
    from bsc_coach.interview.quality import quality_marks

    return [
        {
            "perspective": mark.part.perspective,
            "cluster": mark.part.cluster,
            "title": mark.title,
            "points": [point.id for point in mark.part.points],
            "without": {trait: list(ids) for trait, ids in mark.part.lacking.items()},
            "remarks": dict(mark.remarks),
            **_counts(mark.settled),
        }
        for mark in quality_marks(plan)
    ]
