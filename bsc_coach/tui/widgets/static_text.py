"""Static text that is never read as markup: the only kind of Static that the screens use."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from bsc_coach.tui.views.text_fit import plain


class Plain(Static):
    """A text shown as it stands, whatever brackets or marks it holds."""

    def __init__(self, text: str | Content = "", **names: str) -> None:
        super().__init__(_content(text), markup=False, id=names.get("id"), classes=names.get("classes"))

    def show(self, text: str | Content) -> None:
        """Show another text."""
        self.update(_content(text))


def _content(text: str | Content) -> Content:
    return text if isinstance(text, Content) else plain(text)
