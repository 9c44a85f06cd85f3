"""What pages for the board show beside what was decided: scorecard, what is asked, dissent, what is next."""

from __future__ import annotations

from bsc_coach.documents.context.asked import asked, differing, upcoming
from bsc_coach.documents.context.scorecard import explained_sign, scorecard, scorecard_columns
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.words import say, texts


def add_board(context: Table, speak: DocumentWords) -> None:
    """Give a context ``scorecard``, ``asked``, ``differing``, ``next``, and their words as ``board``."""
    context["scorecard"] = scorecard(context, speak)
    context["scorecard_note"] = explained_sign(context, speak)
    context["scorecard_columns"] = scorecard_columns(speak.language)
    context["asked"] = tuple(asked(context, speak))
    context["differing"] = tuple(differing(context, speak))
    context["next"] = tuple(upcoming(context, speak))
    told = texts("board", speak.language)
    heading = {name: text.replace("{title}", context["title"]) for name, text in told["heading"].items()}
    kpis = say("board.behind.kpis", speak.language, n=len(context["kpis"]))
    context["board"] = {
        "heading": heading,
        "column": told["column"],
        "nothing": told["nothing"],
        "behind": {**told["behind"], "kpis": kpis},
    }
