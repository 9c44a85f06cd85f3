"""strategy.pptx: ten slides that argue for the strategy, each under a sentence from the answers."""

from __future__ import annotations

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.office.deck import Deck
from bsc_coach.documents.office.own_slides import OwnSlides
from bsc_coach.documents.office.sanitise import date_of, xml_safe
from bsc_coach.documents.office.slide_map import put_map
from bsc_coach.documents.office.slides.close import put_asked, put_doubts, put_left_out
from bsc_coach.documents.office.slides.customers import put_cover, put_promise, put_whom
from bsc_coach.documents.office.slides.kpis import put_kpis
from bsc_coach.documents.office.slides.plan import put_plan
from bsc_coach.documents.office.slides.story import notes_of_map, put_clusters, put_story
from bsc_coach.documents.office.slides.telling import Telling
from bsc_coach.documents.office.slides.titles import Titles
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import one_line


def render_pptx(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> bytes:
    """Return the presentation of ``strategy``; the same bytes for the same answers and brand."""
    strategy, notes = xml_safe(strategy), xml_safe(notes)
    context = build_context(strategy, notes)
    deck = Deck(
        strategy.language, context["title"], one_line(strategy.organisation.name or ""), date_of(notes), brand
    )
    telling = Telling(deck, context, Titles(context))
    # What we are for, and for whom.
    put_cover(telling)
    put_whom(telling)
    put_promise(telling)
    # How one thing leads to another.
    first = deck.count
    put_map(deck, telling.titles.map(), strategy)
    deck.notes_at(first, notes_of_map(telling))
    put_story(telling)
    put_clusters(telling)
    # How we see it and do it, what may be wrong, and what is asked.
    put_kpis(telling)
    put_plan(telling)
    put_doubts(telling)
    put_asked(telling)
    # Behind them what a script of one's own asked, and what is not here.
    OwnSlides(deck, context).put("")
    put_left_out(telling)
    return deck.data()
