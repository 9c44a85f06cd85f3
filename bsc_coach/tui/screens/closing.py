"""A screen that closes once: what is typed after the key that closed it leads nowhere."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class ClosesOnce(Screen[ScreenResultType]):
    """Base of all pages and windows; two keys in quick succession are both handled before it is gone.

    A window names ModalScreen first and this class second: Textual styles by the first base alone.
    """

    _was_dismissed = False

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result, unless that was done already."""
        if self._was_dismissed:
            return AwaitComplete()
        self._was_dismissed = True
        return super().dismiss(result)
