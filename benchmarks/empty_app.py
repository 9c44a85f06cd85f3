"""The floor of everything on a screen: an empty Textual app with one prompt, pydantic and 20 models."""

from __future__ import annotations

import twenty_models
from textual.app import App, ComposeResult
from textual.widgets import TextArea


class EmptyApp(App[None]):
    """One prompt and nothing else."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "TextArea { dock: bottom; height: 5; }"
    models = twenty_models.MODELS

    def compose(self) -> ComposeResult:
        """Give the prompt."""
        prompt = TextArea()
        prompt.cursor_blink = False
        yield prompt

    def on_mount(self) -> None:
        """Let the next key be text."""
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    EmptyApp().run()
