"""The value proposition changes what is asked about the four clusters of processes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.conversation.prompt import Prompt
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.script.slots import StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.method import LEADING
from bsc_coach.strategy.model import CLUSTERS
from tests.support.sessions import same_environment

TYPES = tuple(LEADING)
"""The four propositions, in the order in which they are offered."""
MONEY = re.compile(
    r"\b(pric|market|competit|profit|margin|cheap|sell|buy|prij[sz]|markt|concurren|winst|marge|goedko|koop|kope)",
    re.IGNORECASE,
)
"""What somebody without a price or a market would not recognise."""


@pytest.fixture(params=["en", "nl"])
def session(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Session]:
    session = create_session(tmp_path / "session", bundled_source(), same_environment())
    session.do(SetLanguage(request.param))
    yield session
    session.close()


def chosen(session: Session, number: int) -> Talk:
    """Return the talk after that proposition was chosen, as it is typed."""
    talk = start_talk(session, at=parse_slot("proposition.type"))
    submit(talk, str(number))
    assert session.strategy().proposition.type == TYPES[number - 1]
    return talk


def asked(talk: Talk, path: str) -> Prompt:
    talk.position.go_to(parse_slot(path))
    prompt = talk.prompt()
    assert prompt is not None
    return prompt


def longlist(talk: Talk, cluster: str) -> Prompt:
    return asked(talk, f"clusters[{cluster}]/candidates")


def fill(session: Session) -> None:
    """Put one thing on the long list of each cluster."""
    for cluster in CLUSTERS:
        listing = parse_slot(f"clusters[{cluster}]/candidates")
        session.do(AddItem(listing, {StepId("candidates.title"): f"Shorten the wait of {cluster}"}))


@pytest.mark.parametrize("role", ["ask", "help", "good", "poor", "reason"])
def test_each_proposition_has_words_of_its_own_for_each_cluster(session: Session, role: str) -> None:
    plain = start_talk(session)
    told = [getattr(longlist(plain, cluster), role) for cluster in CLUSTERS]
    for number in range(1, 5):
        talk = chosen(session, number)
        told += [getattr(longlist(talk, cluster), role) for cluster in CLUSTERS]
    assert len(set(told)) == (1 + 4) * 4
    assert all(told)
    assert not any("{{" in one or "…" in one for one in told)


def test_each_proposition_asks_for_more_in_its_own_words(session: Session) -> None:
    first = {longlist(start_talk(session), cluster).ask for cluster in CLUSTERS}
    fill(session)
    told = [longlist(start_talk(session), cluster).ask for cluster in CLUSTERS]
    for number in range(1, 5):
        talk = chosen(session, number)
        told += [longlist(talk, cluster).ask for cluster in CLUSTERS]
    assert len(set(told) - first) == (1 + 4) * 4


def test_changing_the_proposition_changes_the_question_and_the_old_one_brings_it_back(
    session: Session,
) -> None:
    talk = chosen(session, 1)
    first = longlist(talk, "operations").ask
    session.do(Accept(parse_slot("proposition.type"), "solutions"))
    assert longlist(talk, "operations").ask != first
    session.do(Accept(parse_slot("proposition.type"), "low_cost"))
    assert longlist(talk, "operations").ask == first


def test_a_public_body_is_not_asked_about_a_price_or_a_market(session: Session) -> None:
    session.do(Accept(parse_slot("organisation.kind"), "public"))
    for number in range(1, 5):
        talk = chosen(session, number)
        for cluster in CLUSTERS:
            prompt = longlist(talk, cluster)
            assert not MONEY.search(f"{prompt.ask} {prompt.help}")


def test_words_of_a_price_and_a_market_are_found() -> None:
    """The control."""
    for told in ("Where do they buy?", "Which price?", "Op welke markt?", "Wie koopt het?", "De goedkoopste"):
        assert MONEY.search(told)
    assert not MONEY.search("Where do they wait?")


def test_only_the_clusters_that_carry_the_proposition_are_told_so_when_the_few_are_picked(
    session: Session,
) -> None:
    fill(session)
    talk = start_talk(session)
    plain = {cluster: asked(talk, f"clusters[{cluster}]/vital").help for cluster in CLUSTERS}
    for number, kind in enumerate(TYPES, start=1):
        talk = chosen(session, number)
        told = {cluster: asked(talk, f"clusters[{cluster}]/vital").help for cluster in CLUSTERS}
        assert {cluster for cluster in CLUSTERS if told[cluster] != plain[cluster]} == set(LEADING[kind])
