"""Ports of a process of its own, so that tests which run side by side take none from each other."""

from __future__ import annotations

import os

from bsc_coach.room.address import MOST_PORTS

_LOWEST = 10_000
_PROCESSES = 500


def own_first_port() -> int:
    """Return the first of as many ports as a room tries, below those that the system gives to anybody."""
    return _LOWEST + os.getpid() % _PROCESSES * MOST_PORTS
