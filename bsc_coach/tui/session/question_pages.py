"""Small questions that get a page of their own: shown once they come, answered by what the page returns."""

from __future__ import annotations

from bsc_coach.tui.session.host import SessionHost
from bsc_coach.tui.view_model import Snapshot


def show_question_page(host: SessionHost, before: Snapshot | None, now: Snapshot) -> None:
    """Show the page of a small question that has just come; whoever leaves it changes nothing."""
    question = now.asking
    if question is None or not question.page or (before is not None and before.asking == question):
        return
    from bsc_coach.tui.screens.question import ChoicePage, PausePage

    page = (ChoicePage if question.page == "choice" else PausePage)(question, now.language)
    host.push(page, lambda line: host.submit(line or ""))
