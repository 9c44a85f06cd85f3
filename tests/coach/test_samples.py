"""The coach is silent on good work: the two worked sessions, row by row."""

from __future__ import annotations

import pytest

from bsc_coach.coach.check import Kind, check_segment, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.strategy.model import Segment
from bsc_coach.strategy.points import Perspective

PROCESS = {
    "en": """
        Shorten the wait for a first specialist visit
        Move admitted patients out of the emergency department sooner
        Prevent harmful medication errors
        Prevent avoidable returns in the month after discharge
        Report back to referring physicians sooner
        Spot high-risk patients before discharge
        Find treatments that can move from bed to home
        Treat more acute patients at home
        Keep experienced nurses
        Close the screening gap in three low-income districts""",
    "nl": """
        Leverbetrouwbaarheid van kritieke toeleveranciers verhogen
        Faalkosten op projecten verlagen
        Doorlooptijd van order tot oplevering verkorten
        Vaker op de shortlist komen bij petfoodmerken
        Storingen bij de klant in één bezoek verhelpen
        Meer machines onder servicecontract brengen
        Problemen bij productwissels eerder herkennen
        R&D-uren op het kernplatform concentreren
        Ontwikkeltijd van een nieuwe machinegeneratie verkorten
        Ongevallen bij montage en installatie voorkomen
        Ervaren monteurs en engineers behouden
        Energieverbruik per machine bij de klant verlagen""",
}
OTHERS: list[tuple[str, Perspective, str]] = [
    ("en", "mission", "More healthy years for people in the region"),
    ("en", "financial", "Fund our own renewal"),
    ("en", "financial", "Keep regional care in the region"),
    ("en", "financial", "Lower the cost of an episode of care"),
    ("en", "learning", "A certified care coordinator on every high-risk ward"),
    ("en", "learning", "One shared care plan for hospital, physician and home nurse"),
    ("en", "learning", "Ward teams run their own daily flow huddle"),
    ("nl", "financial", "Operationeel resultaat verbeteren"),
    ("nl", "financial", "Meer omzet uit nieuwe machinegeneraties"),
    ("nl", "financial", "Meer serviceomzet uit het machinepark"),
    ("nl", "learning", "Monteurs gecertificeerd voor diagnose op afstand"),
    ("nl", "learning", "Machinedata van het geplaatste park beschikbaar"),
    ("nl", "learning", "Vast platformteam met eigen planning"),
]
CUSTOMERS: list[tuple[str, Kind, str]] = [
    ("en", "promise", "“See me within two weeks”"),
    ("en", "promise", "“Know my story: one plan, one contact person”"),
    ("en", "promise", "“Tell me by tomorrow what you did with my patient”"),
    ("nl", "promise", "“Mijn lijn is binnen een kwartier omgesteld”"),
    ("nl", "promise", "“Ik geef geen product meer weg”"),
    ("nl", "promise", "“Als hij stilstaat, draait hij morgen weer”"),
    (
        "en",
        "proposition",
        "For chronically ill people over 65 and families in the valley, Riverbend sees you within two weeks "
        "and stays with you, with one plan and one contact person, until you are steady at home – unlike "
        "city centres that treat the episode and discharge you.",
    ),
    (
        "nl",
        "proposition",
        "Voor bakkers en snackmakers met veel productwissels bouwt Brakelman de doseermachine die binnen een "
        "kwartier is omgesteld en minder dan 0,4% te veel doseert, anders dan bouwers die op aanschafprijs "
        "concurreren.",
    ),
    ("en", "segment", "People 65+ with two or more chronic conditions"),
    ("en", "segment", "Families 25–54 with employer insurance, price-aware, book online"),
    ("en", "segment", "38 referring practices, early adopters of e-consults"),
    ("nl", "segment", "Industriële bakkerijen 50–500 medewerkers in NL/BE/DE/FR"),
    ("nl", "segment", "Snackproducenten met eigen merk, innovators en early adopters"),
    ("nl", "segment", "Petfood-A-merken, kopen via shortlist en preferred-supplierlijst, late majority"),
]


@pytest.mark.parametrize(
    ("language", "text"),
    [(lang, line.strip()) for lang, all_ in PROCESS.items() for line in all_.strip().splitlines()],
)
def test_no_remark_on_a_process_objective(language: str, text: str) -> None:
    assert check_wording("objective", text, RuleContext(language)) == ()


@pytest.mark.parametrize(("language", "row", "text"), OTHERS)
def test_no_remark_on_the_other_rows(language: str, row: Perspective, text: str) -> None:
    assert check_wording("objective", text, RuleContext(language, row=row)) == ()


@pytest.mark.parametrize(("language", "kind", "text"), CUSTOMERS)
def test_no_remark_on_customers_and_promises(language: str, kind: Kind, text: str) -> None:
    assert check_wording(kind, text, RuleContext(language)) == ()


def test_no_remark_on_who_is_left_out() -> None:
    for name in ("Cosmetic surgery", "Transplant and complex oncology"):
        assert check_segment(Segment(id="SEG4", name=name, choice="not_served"), RuleContext("en")) == ()
