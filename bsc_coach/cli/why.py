"""``why``: provenance of a point: wordings, reasons, remarks and links behind it."""

from __future__ import annotations

import argparse
from pathlib import Path

from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.conversation.point_history import in_older_sessions, told_by
from bsc_coach.documents.reports.explanation import explained, families
from bsc_coach.errors import EXIT_FINE, UsageError
from bsc_coach.interview.explanation import explain, points_like
from bsc_coach.session.opening import open_session


def why(options: argparse.Namespace) -> int:
    """Print the provenance of a point, read-only. Raises UsageError for an unknown one."""
    point, folder = _in_order(options.point, options.folder)
    if Path(point).is_dir():
        raise UsageError("why.no_id", folder=point)
    session = open_session(folder.resolve(), environment_for(options), read_only=True)
    output.speak_as(options, session.plan.language)
    for message in session.messages:
        output.tell(message)
    plan = session.plan
    session.close()
    explanation = explain(plan, point)
    if explanation is None:
        raise UsageError("why.no_such_point", name=point[:40], known=families(points_like(plan, point)))
    older = tuple(in_older_sessions(session, explanation))
    if options.json:
        told = None
        for one in reversed(older):
            if one.explanation is not None:
                told = one.explanation.model_copy(update={"earlier": told})
        output.show_json(explanation.model_copy(update={"earlier": told}).model_dump(mode="json"))
        return EXIT_FINE
    for line in explained(explanation, session.strategy(plan.language)):
        output.show(line)
    for line in told_by(older, plan.language):
        output.show(line)
    return EXIT_FINE


def _in_order(point: str, folder: Path) -> tuple[str, Path]:
    """Return the id and the folder, given in either order: other commands take the folder first."""
    swapped = not folder.is_dir() and Path(point).is_dir()
    return (str(folder), Path(point)) if swapped else (point, folder)
