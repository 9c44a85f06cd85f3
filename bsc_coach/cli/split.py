"""``split``: parts of a session for breakout groups, one folder or zip for the clusters of each."""

from __future__ import annotations

import argparse

from bsc_coach.cli import output
from bsc_coach.conversation.putting_together import merge_command, part_made
from bsc_coach.errors import EXIT_FINE
from bsc_coach.session.environment import Environment
from bsc_coach.session.lock import HeldBy, acquire
from bsc_coach.session.opening import open_session
from bsc_coach.session.splitting import clusters_meant
from bsc_coach.session.splitting import split as split_session
from bsc_coach.words import say


def split(options: argparse.Namespace) -> int:
    """Make a part for each group, and tell where it is, what it asks, and how it comes back."""
    environment = output.environment_for(options)
    session = open_session(options.folder, environment, read_only=True)
    language = session.plan.language
    output.speak_as(options, language)
    # Beside the session, where nobody says otherwise.
    named = options.folder if options.folder.name not in ("", "..") else options.folder.resolve()
    to = options.to or named.parent
    parts = clusters_meant(session.plan, options.parts)
    made = split_session(session, parts, to, zipped=options.zipped)
    for part in made:
        output.show(part_made(session.plan, part))
    paths = [part.path for part in made]
    output.show(say("breakouts.split.back", language, command=merge_command(options.folder, paths)))
    if _is_open(options, environment):
        output.tell(say("breakouts.split.open", language))
    session.close()
    return EXIT_FINE


def _is_open(options: argparse.Namespace, environment: Environment) -> bool:
    """Tell whether somebody types in the session now."""
    lock = acquire(options.folder, by=environment.by or "", clock=environment.clock, disk=environment.disk)
    if isinstance(lock, HeldBy):
        return True
    lock.release()
    return False
