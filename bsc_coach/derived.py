"""Memoisation on the object itself: what is derived from something that never changes is made once.

The results live and go with the object (a plan, a script), so nothing has to be invalidated and nothing
is kept that nobody can ask for any more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar


class Derives(Protocol):
    """An object that never changes, with a place for what is derived from it."""

    @property
    def derived(self) -> dict[Any, Any]:
        """What was derived so far, by the function that made it."""


Owner = TypeVar("Owner", bound=Derives)
Result = TypeVar("Result")


def once(make: Callable[[Owner], Result]) -> Callable[[Owner], Result]:
    """Decorate a function of one such object so that it runs once for each of them."""

    @wraps(make)
    def kept(owner: Owner) -> Result:
        if make not in owner.derived:
            owner.derived[make] = make(owner)
        result: Result = owner.derived[make]
        return result

    return kept
