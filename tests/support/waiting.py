"""Waiting for what another thread or process does: as long as it takes, within reason."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 30.0
"""Seconds to wait for something: a guard against waiting for ever, no measure of speed."""


async def until(true: Callable[[], object]) -> None:
    """Wait until something holds; a test that waits in vain fails by its deadline."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.01)
