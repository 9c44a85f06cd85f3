"""The worker threads of a session screen: one that the talk and its session live in, one for the coach.

Writing an answer may take seconds on a slow disk, and a session belongs to one thread at a time. So
everything that touches them is a job for one thread, done in the order it came; the screen goes on
taking keys and gets frozen data back. What is derived from a plan alone (the coach's look at the whole)
is done in the other thread, so that no answer waits for it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from bsc_coach.conversation.talk import Talk

Result = TypeVar("Result")

LONGEST_GOODBYE = 30.0
"""Seconds to wait at the end for a disk that does not answer."""


class SessionWorker:
    """Single-thread executor for jobs with a talk, and a second one for the coach's look at a plan."""

    def __init__(self, talk: Talk, on_fault: Callable[[BaseException], None]) -> None:
        self._talk = talk
        self._on_fault = on_fault
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="session")
        self._coach = ThreadPoolExecutor(max_workers=1, thread_name_prefix="coach")
        self._look: Future[Any] | None = None
        self._last: Future[object] | None = None
        """The last job, once there is one."""
        self._ending = threading.Lock()

    def begin(self, job: Callable[[Talk], Result]) -> Future[Result]:
        """Put a job in the line; the future tells when it is done. After the end it is cancelled at once."""
        with self._ending:
            if self._last is None:
                return self._thread.submit(job, self._talk)
        never: Future[Result] = Future()
        never.cancel()
        return never

    def put(self, job: Callable[[Talk], object]) -> None:
        """Put a job in the line that nobody waits for; what it meets is told to the app."""

        def done(future: Future[object]) -> None:
            if not future.cancelled() and (error := future.exception()) is not None:
                self._on_fault(error)

        self.begin(job).add_done_callback(done)

    async def do(self, job: Callable[[Talk], Result]) -> Result:
        """Put a job in the line and wait for it without holding up the screen.

        The job is done even if nobody waits any more.
        """
        return await self.done(self.begin(job))

    async def done(self, begun: Future[Result]) -> Result:
        """Wait for a job that is in the line without holding up the screen."""
        return await asyncio.shield(asyncio.wrap_future(begun))

    async def look(self, job: Callable[[], Result]) -> Result | None:
        """Do a job that needs no talk, beside the answers; None when a newer one came before it began."""
        if self._last is not None:
            return None
        if self._look is not None:
            self._look.cancel()
        self._look = future = self._coach.submit(job)
        await asyncio.wait([asyncio.wrap_future(future)])
        return None if future.cancelled() else future.result()

    async def aside(self, job: Callable[[], Result]) -> Result | None:
        """Do a job that needs no talk after the coach's last look; None where the session ends before."""
        if self._last is not None:
            return None
        future = self._coach.submit(job)
        await asyncio.wait([asyncio.wrap_future(future)])
        return None if future.cancelled() else future.result()

    async def settle(self) -> None:
        """Wait until every job put in the line so far is done."""
        await self.do(lambda talk: None)
        if self._look is not None:
            await asyncio.wait([asyncio.wrap_future(self._look)])

    def beside(self, job: Callable[[Talk], object]) -> None:
        """Do a job in the thread of the caller, past all others: only what has a lock of its own."""
        job(self._talk)

    def end(self, job: Callable[[Talk], object]) -> None:
        """Do a last job and close; returns when it is done or the disk takes too long.

        Any thread may call it. Whoever comes second waits for the last job of the first.
        """
        with self._ending:
            first = self._last is None
            if self._last is None:
                self._coach.shutdown(wait=False, cancel_futures=True)
                self._last = self._thread.submit(job, self._talk)
            last = self._last
        if not first:
            wait([last], LONGEST_GOODBYE)
            return
        try:
            last.result(LONGEST_GOODBYE)
        except TimeoutError:
            self._thread.shutdown(wait=False, cancel_futures=True)
        else:
            self._thread.shutdown(wait=True)
