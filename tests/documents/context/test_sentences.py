"""Sentences that a document reads out: capitals in the middle of one, and reasons behind one."""

from __future__ import annotations

import pytest

from bsc_coach.documents.context.document_context import link_sentences
from bsc_coach.documents.context.sentences import within
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.strategy.model import Cluster, Link, Objective, Proposition, Strategy
from tests.support.pages import whole
from tests.support.strategies import NO_NOTES


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Shorten the wait.", "shorten the wait"),
        ("A-merken sneller leveren", "A-merken sneller leveren"),
        ("E\u2011mails dezelfde dag beantwoorden", "E\u2011mails dezelfde dag beantwoorden"),
        ("KPI's kiezen", "KPI's kiezen"),
        ("A1-ritten eerder uitgeven", "A1-ritten eerder uitgeven"),
        ("IT dichter bij de vloer", "IT dichter bij de vloer"),
        ("TenneT op tijd aansluiten", "TenneT op tijd aansluiten"),
        ("iPads uitdelen", "iPads uitdelen"),
        ("On-time delivery", "on-time delivery"),
        ("A wait of two weeks", "a wait of two weeks"),
        ("Één loket", "één loket"),
        ("", ""),
    ],
)
def test_a_word_keeps_the_capital_that_it_needs(text: str, inside: str) -> None:
    assert within(text) == inside


@pytest.mark.parametrize(
    ("language", "reason", "told"),
    [
        ("en", "it is faster", ", because it is faster"),
        ("en", "Because it is faster", ", because it is faster"),
        ("en", "BECAUSE of the queue", ", because of the queue"),
        ("en", "want is no reason", ", because want is no reason"),
        ("nl", "het gaat sneller", ", want het gaat sneller"),
        ("nl", "want het gaat sneller", ", want het gaat sneller"),
        ("nl", "Omdat het sneller gaat", ", omdat het sneller gaat"),
        ("nl", "doordat het sneller gaat", ", doordat het sneller gaat"),
        ("nl", "wantrouwen verdwijnt", ", want wantrouwen verdwijnt"),
    ],
)
def test_nobody_says_because_twice(language: str, reason: str, told: str) -> None:
    assert DocumentWords(language).because(reason) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "; we would see it in fewer calls; confidence: a guess."),
        ("nl", "; we zouden het zien aan fewer calls; zekerheid: een gok."),
    ],
)
def test_a_link_tells_in_what_it_would_be_seen(language: str, told: str) -> None:
    link = Link(id="X1", cause="O1", effect="C1", seen_in="Fewer calls.", confidence="low")
    (sentence,) = link_sentences(Strategy(language=language, links=(link,))).values()
    assert sentence.endswith(told)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "The team divided ten points: 4 for lowest total cost, 3 for product leadership, "
            "2 for complete customer solutions and 1 for system lock-in.",
        ),
        (
            "nl",
            "Het team verdeelde tien punten: 4 voor laagste totale kosten, 3 voor productleiderschap, "
            "2 voor complete klantoplossing en 1 voor systeem-lock-in.",
        ),
    ],
)
def test_ten_points_stand_beside_the_choice_in_every_text(language: str, told: str) -> None:
    strategy = Strategy(language=language, proposition=Proposition(type="low_cost", points="4 3 2 1"))
    for name in ("md", "html"):
        made = document_format(name).make(DocumentInput(strategy)).values()
        assert any(told in data.decode() for data in made)


def test_links_and_empty_clusters_of_a_dutch_document_say_because_once() -> None:
    link = Link(id="X1", cause="O1", effect="O2", because="Omdat een buurman dan helpt.", delay_months=3)
    document = whole(
        Strategy(
            language="nl",
            objectives=(Objective(id="O1", title="Bellen"), Objective(id="O2", title="Helpen")),
            links=(link,),
            clusters=(Cluster(id="social", empty_because="want dat doet de gemeente"),),
        ),
        NO_NOTES,
    )
    assert "(O2), omdat een buurman dan helpt; " in document
    assert "Bewust leeg, want dat doet de gemeente" in document
