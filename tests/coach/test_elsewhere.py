"""What belongs elsewhere on the page, and the rows beside the processes: by how a sentence is built."""

from __future__ import annotations

import pytest

from bsc_coach.coach.check import check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.sentence import sentence_of
from bsc_coach.coach.statement import statement_of
from bsc_coach.strategy.points import Perspective
from bsc_coach.text import normal


def rules_on(text: str, language: str, row: Perspective = "process") -> set[str]:
    return {one.rule for one in check_wording("objective", text, RuleContext(language, row=row))}


@pytest.mark.parametrize(
    ("rule", "language", "fires", "silent"),
    [
        (
            "O25",
            "en",
            "The harbour authority wants to remain an approachable neighbour",
            "The yard is clear before the first truck arrives",
        ),
        ("O25", "en", "A learning organisation where people like to work", "A learning path for each welder"),
        (
            "O25",
            "nl",
            "In de Peel zijn we een lerende school",
            "Het erf is leeg voordat de eerste vrachtwagen komt",
        ),
        (
            "O25",
            "nl",
            "Het museum als levendige ontmoetingsplek",
            "Het museum als laatste op de route zetten",
        ),
        ("O15", "en", "A deal is a deal", "A deal is signed before noon"),
        ("O15", "en", "People before profit", "Check people before boarding"),
        ("O15", "nl", "Elk kind telt", "Elk kind telt de stappen zelf"),
        ("O15", "nl", "Mensen boven regels", "Tegels boven leidingen leggen"),
        ("O14", "en", "Be regarded as the authority on peat", "Be seen at the gate by arriving drivers"),
        ("O14", "en", "Europe's most frugal ferry line", "Wash the ferry's most used seats at noon"),
        ("O14", "en", "Become the port of choice", "Become quicker at changing moulds"),
        ("O14", "nl", "Dé kennisinstelling voor bodem zijn", "Bij brand als eerste ter plaatse zijn"),
        (
            "O14",
            "nl",
            "Niemand in de vallei drukt sneller dan wij",
            "Niemand langer dan een uur laten wachten",
        ),
        ("O17", "en", "Diversify our sources of income", "Check the income of applicants sooner"),
        ("O17", "en", "Strengthen the solvency of the group", "Warn the group about solvency claims"),
        ("O17", "nl", "De reserves weer opbouwen", "Reserves voor de wedstrijd eerder oproepen"),
        ("O17", "nl", "Begrotingstekort wegwerken", "Tekort aan badmeesters opvangen"),
        ("O18", "en", "Captains trust our pilots", "Trust pilots with the key to the launch"),
        ("O18", "en", "Make shippers happier with our desk", "Make shippers wait less at our desk"),
        (
            "O18",
            "nl",
            "Huurders voelen zich thuis in hun flat",
            "Nieuwe chauffeurs door ervaren collega's inwerken",
        ),
        ("O18", "nl", "Verladers tevredener maken", "Verladers eerder inlichten"),
    ],
)
def test_among_the_processes(rule: str, language: str, fires: str, silent: str) -> None:
    assert rule in rules_on(fires, language)
    assert rule not in rules_on(silent, language)


@pytest.mark.parametrize(
    ("rule", "language", "row", "fires", "silent"),
    [
        (
            "O26",
            "en",
            "learning",
            "Language level of new staff",
            "Teachers who speak the language of the valley",
        ),
        ("O26", "nl", "learning", "Informatiebeveiliging", "Klantgegevens in handen van de servicemonteurs"),
        ("O26", "en", "customer", "Complaint handling", "A short wait at the counter"),
        ("O26", "nl", "customer", "Openingstijden", "Vers brood tot sluitingstijd"),
        ("O27", "en", "learning", "Turnover rate of nurses", "Nurses share near misses without fear"),
        (
            "O27",
            "nl",
            "learning",
            "Gemiddelde leeftijd van de ploeg",
            "Een plaatsvervanger voor elk afdelingshoofd",
        ),
        (
            "O27",
            "en",
            "financial",
            "Return on equity",
            "Earn a return on each truck that covers its replacement",
        ),
        ("O27", "nl", "customer", "Klachten per duizend pakketten", "Ik klaag bij één persoon per gebouw"),
        ("O28", "en", "learning", "The wards receive tablets", "The wards see each other's free beds"),
        ("O28", "nl", "learning", "De afdelingen krijgen tablets", "De afdelingen zien elkaars vrije bedden"),
        (
            "O29",
            "en",
            "mission",
            "Contribute to a better world",
            "Fewer young people out of work in the delta",
        ),
        ("O29", "nl", "mission", "Iedereen doet mee", "Ouderen blijven wonen in hun eigen dorp"),
        ("O29", "en", "financial", "Achieve financial stability", "Live within the grant"),
        ("O29", "nl", "financial", "Een gezonde financiële positie", "Rondkomen van de subsidie"),
        ("O29", "en", "customer", "Happy residents", "Residents reach a human at night"),
        (
            "O29",
            "nl",
            "learning",
            "Het beste uit onze mensen halen",
            "Voormannen durven de lijn stil te zetten",
        ),
    ],
)
def test_in_the_other_rows(rule: str, language: str, row: Perspective, fires: str, silent: str) -> None:
    assert rule in rules_on(fires, language, row)
    assert rule not in rules_on(silent, language, row)
    assert rule not in rules_on(fires, language)  # there another rule says it


@pytest.mark.parametrize(
    ("language", "text", "subject", "said"),
    [
        ("en", "We want to be a calm shelter", ("we",), ("a", "calm", "shelter")),
        ("en", "Our care is warm", ("our", "care"), ("warm",)),
        ("en", "Be a good neighbour", (), ("a", "good", "neighbour")),
        ("nl", "Wij willen wendbaar zijn", ("wij",), ("wendbaar",)),
        ("nl", "In de Peel zijn we een lerende school", ("we",), ("een", "lerende", "school")),
        ("nl", "De Linde is een sterke stichting", ("de", "linde"), ("een", "sterke", "stichting")),
    ],
)
def test_what_a_sentence_says_of_its_subject(
    language: str, text: str, subject: tuple[str, ...], said: tuple[str, ...]
) -> None:
    told = statement_of(sentence_of(normal(text), language))
    assert told is not None
    assert (told.subject, told.said) == (subject, said)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Complaints are handled faster"),
        ("en", "We are building a depot"),
        ("en", "Answer when the caller is still on the line"),
        ("en", "Keep the hall clean and be on time"),
        ("nl", "Klachten zijn binnen een week afgehandeld"),
        ("nl", "Melders bellen die nog niet geholpen zijn"),
        ("nl", "De cliënt zijn verhaal één keer laten vertellen"),
    ],
)
def test_what_is_done_is_no_statement_of_what_one_is(language: str, text: str) -> None:
    assert statement_of(sentence_of(normal(text), language)) is None
