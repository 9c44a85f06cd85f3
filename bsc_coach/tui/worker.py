"""The one thread that a talk and its session live in.

Writing an answer may take seconds on a slow disk, and a session belongs to one thread at a time. So
everything that touches them is a job for this thread, done in the order it came; the screen goes on
taking keys and gets frozen data back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from bsc_coach.conversation.talk import Talk

Result = TypeVar("Result")

LONGEST_GOODBYE = 30.0
"""Seconds to wait at the end for a disk that does not answer."""


class SessionWorker:
    """Does jobs with a talk, one after the other, in a thread of its own."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")
        self._open = True

    def begin(self, job: Callable[[Talk], Result]) -> Future[Result]:
        """Put a job in the line; the future tells when it is done."""
        return self._thread.submit(job, self._talk)

    async def do(self, job: Callable[[Talk], Result]) -> Result:
        """Put a job in the line and wait for it without holding up the screen.

        The job is done even if nobody waits any more.
        """
        return await asyncio.shield(asyncio.wrap_future(self.begin(job)))

    async def settle(self) -> None:
        """Wait until every job put in the line so far is done."""
        await self.do(lambda talk: None)

    def end(self, job: Callable[[Talk], object]) -> None:
        """Do a last job and close; returns when it is done or the disk takes too long."""
        if not self._open:
            return
        self._open = False
        last = self.begin(job)
        try:
            last.result(LONGEST_GOODBYE)
        except TimeoutError:
            self._thread.shutdown(wait=False, cancel_futures=True)
        else:
            self._thread.shutdown(wait=True)
