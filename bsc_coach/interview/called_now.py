"""What the short ids of an earlier time are now: putting copies together has renumbered some since."""

from __future__ import annotations

from collections.abc import Iterable

from bsc_coach.interview.facts.lists import family_and_number
from bsc_coach.interview.state import State


def called_now(then: State, now: State, written: Iterable[str]) -> dict[str, str]:
    """Return what each short id that was ``written`` in a file of then is now, where that is another one.

    One that nothing had then stands for something new, and gets one that nothing has now.
    """
    names = {
        short: now.shorts[item]
        for item, short in then.shorts.items()
        if item in now.shorts and now.shorts[item] != short
    }
    known, taken = set(then.shorts.values()), {*now.shorts.values(), *names.values()}
    for short in written:
        if short in known:
            continue
        around, dot, number = short.rpartition(".")
        fresh = f"{names.get(around, around)}{dot}{number}"
        while fresh in taken:
            before, dot, number = fresh.rpartition(".")
            family, last = family_and_number(number)
            fresh = f"{before}.{int(number) + 1}" if dot else f"{family}{last + 1}"
        taken.add(fresh)
        if fresh != short:
            names[short] = fresh
    return names
