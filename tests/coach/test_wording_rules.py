"""The rules on wordings: their own examples, what they make superfluous, other languages, hostile texts."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest

from bsc_coach.coach.catalogue import finding, rule_words, rules
from bsc_coach.coach.check import (
    Kind,
    check_choice,
    check_segment,
    check_wording,
    superfluous,
)
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.rule import Match
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.coach.wording import SegmentSheet, Wording
from bsc_coach.strategy.model import Segment, Strategy
from tests.support.golden_wordings import LANGUAGES, Half, outcome

MINE = sorted(name for name in rules() if name[0] in "OTV")
KINDS: tuple[Kind, ...] = ("objective", "promise", "segment", "proposition")
FIRES = [(n, lang, one) for lang in LANGUAGES for n in MINE for one in rule_words(lang)[n].fires]
SILENT = [(n, lang, one) for lang in LANGUAGES for n in MINE for one in rule_words(lang)[n].silent]


def look(name: str, example: Any, language: str) -> list[Match]:
    """Run one rule on one of its examples, as its family asks."""
    one = rules()[name]
    context = RuleContext(language, row="process" if "objective" in one.families else "customer")
    if name == "O19":
        context = replace(context, row="customer")
    if "ambition" in one.families:
        context = replace(context, row="mission")
    if "choice" in one.families:
        return list(one.matches(StrategyView(Strategy.model_validate(example), context)))
    if "segment" in one.families:
        told = {"name": example} if isinstance(example, str) else example
        return list(one.matches(SegmentSheet(Segment(id="SEG1", **told), context)))
    if isinstance(example, str):
        return list(one.matches(Wording(example, context)))
    more: dict[str, Any] = {
        key: tuple(value) if key == "customers" else value for key, value in example.items() if key != "text"
    }
    return list(one.matches(Wording(example["text"], replace(context, **more))))


def rules_on(kind: Kind, text: str, language: str = "en", **more: Any) -> list[str]:
    return [one.rule for one in check_wording(kind, text, RuleContext(language, **more))]


@pytest.mark.parametrize(("name", "language", "example"), FIRES)
def test_a_rule_remarks_on_its_examples(name: str, language: str, example: Any) -> None:
    assert look(name, example, language)


@pytest.mark.parametrize(("name", "language", "example"), SILENT)
def test_a_rule_leaves_its_near_misses_alone(name: str, language: str, example: Any) -> None:
    assert not look(name, example, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MINE)
def test_a_rule_says_little_and_gives_its_reason(name: str, language: str) -> None:
    words = rule_words(language)[name]
    assert 3 <= len(words.say.split()) <= 40
    assert words.reason
    assert words.source
    for hit in look(name, words.fires[0], language):
        assert "{" not in finding(name, hit, RuleContext(language)).say


@pytest.mark.parametrize(
    ("text", "there", "gone"),
    [
        ("Improve quality and reduce costs", "O04", "O10"),
        ("Retain customers", "O21", "O10"),
        ("On-time delivery rate", "O11", "O01"),
        ("Complaints are handled faster", "O13", "O01"),
        ("tbd", "O22", "O01"),
        ("Should we shorten delivery time?", "O23", "O01"),
        ("No more lost luggage", "O24", "O01"),
        ("Use the new CRM for follow-up", "O12", "O20"),
    ],
)
def test_one_fault_is_told_once(text: str, there: str, gone: str) -> None:
    found = rules_on("objective", text)
    assert there in found
    assert gone not in found


def test_what_is_superfluous_depends_on_what_fired() -> None:
    assert superfluous({"O22", "O01", "O09"}) == {"O01", "O09"}
    assert "O10" not in superfluous({"O10", "O01"})


def test_the_most_serious_remark_comes_first_and_vague_before_how_much() -> None:
    found = check_wording(
        "objective", "Significantly improve operational excellence by 2027", RuleContext("en")
    )
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    assert [one.rule for one in found if one.rule in ("O02", "O06")] == ["O02", "O06"]


@pytest.mark.parametrize("row", ["mission", "financial", "learning"])
def test_rows_that_may_name_a_state_or_money_are_not_asked_for_a_verb(row: Any) -> None:
    for text in (
        "A certified care coordinator on every high-risk ward",
        "Increase EBITDA margin",
        "Delivery rate",
    ):
        assert not {"O01", "O11", "O17"} & set(rules_on("objective", text, row=row))


@pytest.mark.parametrize(
    ("language", "customers", "text"),
    [
        ("en", ("patients", "patient"), "Improve patient satisfaction"),
        ("en", ("members", "member"), "Increase loyalty of members"),
        ("en", ("guests", "guest"), "Make guests happier"),
        ("en", ("rowers", "rower"), "Increase rower satisfaction"),
        ("nl", ("inwoners", "inwoner"), "Tevredenheid van inwoners verhogen"),
        ("nl", ("roeiers", "roeier"), "Loyaliteit van roeiers vergroten"),
        ("nl", ("roeiers", "roeier"), "Roeierswaardering verhogen"),
    ],
)
def test_the_teams_own_word_for_its_customers_is_known(
    language: str, customers: tuple[str, ...], text: str
) -> None:
    assert "O18" in rules_on("objective", text, language, customers=customers)


def test_the_teams_own_word_is_generic_too() -> None:
    assert "O10" not in rules_on("objective", "Improve service to rowers")
    assert "O10" in rules_on("objective", "Improve service to rowers", customers=("rowers", "rower"))


def test_an_unknown_verb_gets_a_hint_at_most() -> None:
    for text, language in (("Zorble pallets in transit", "en"), ("Pallets in de loods zwobbelen", "nl")):
        assert {one.severity for one in check_wording("objective", text, RuleContext(language))} <= {"hint"}


def test_a_segment_that_is_not_served_needs_no_traits() -> None:
    everyone = Segment(id="SEG9", name="Everyone else", choice="not_served")
    assert check_segment(everyone, RuleContext("en")) == ()
    assert [one.about for one in check_segment(Segment(id="SEG1", name="SMEs"), RuleContext("en"))] == [
        ("SEG1",)
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "nl", "xx"])
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "?", "…", "42", "{word}", "{", "🚀🚀", "\u2066a\u2069", "שלום עולם", "提高客户满意度",
        "\u202eabc",
        "e\u0301e\u0301n", "a" * 1_000_000, "und " * 200_000, "- " * 500_000, "and & " * 100_000,
        "x'" * 500_000, "1,." * 300_000, "\ufffd", "\x00", "Å" * 50_000,
    ],
)  # fmt: skip
def test_no_text_is_too_odd_or_too_long(kind: Kind, language: str, text: str) -> None:
    began = perf_counter()
    found = check_wording(kind, text, RuleContext(language))
    assert perf_counter() - began < 5
    assert all(one.say for one in found)
    assert language != "xx" or not found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "Verkürzung der Lieferzeit für Kunden mit Vertrag", "Réduire les délais pour les clients",
        "Reducir los plazos para las empresas", "Повысить качество", "品質を改善する", "Kunden begeistern",
        "Lieferzeiten verkürzen", "Qualité totale", "Réduire les coûts", "Excellence opérationnelle",
    ],
)  # fmt: skip
def test_a_text_of_another_language_is_left_alone(kind: Kind, text: str) -> None:
    for language in LANGUAGES:
        assert rules_on(kind, text, language) == []


def test_dutch_is_left_alone_in_english_and_english_in_dutch() -> None:
    assert rules_on("objective", "Leverbetrouwbaarheid van toeleveranciers verhogen", "en") == []
    assert rules_on("objective", "Tell passengers sooner when a train is cancelled", "nl") == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("text", "language"), [("Kosten verlagen", "en"), ("Snelle levering", "en"), ("Improve quality", "nl")]
)
def test_a_short_text_of_the_other_language_is_left_alone(kind: Kind, text: str, language: str) -> None:
    assert rules_on(kind, text, language) == []


def test_an_english_term_or_a_name_with_odd_letters_makes_no_text_foreign() -> None:
    assert "O02" in rules_on("objective", "Operational excellence", "nl")
    assert "O02" in rules_on("objective", "Streamline the processes in Zürich")


@pytest.mark.parametrize(
    ("rule", "language", "row", "fires", "silent"),
    [
        ("O24", "en", "customer", "No more queues", "Don't make me repeat my story"),
        ("O16", "en", "process", "Crews stay at the depot", "Free nurses so that they stay at the bedside"),
        ("O19", "nl", "customer", "Hulp bieden aan gasten", "Laat mij zelf hulp bieden aan mijn moeder"),
        ("O10", "en", "learning", "Leadership", "Leadership of night crews"),
        ("O18", "en", "process", "Create loyal guests", "Steer loyal guests to direct booking"),
        ("O01", "nl", "process", "Rond de kerk", "Rond schades eerder af"),
        ("O01", "nl", "process", "Aanpak daken", "Pak lekkende daken aan vóór de herfst"),
        ("O03", "nl", "process", "Zet een klantenpanel op", "Zet monteurs in op de drukste liften"),
    ],
)
def test_where_a_rule_ends(rule: str, language: str, row: Any, fires: str, silent: str) -> None:
    assert rule in rules_on("objective", fires, language, row=row)
    assert rule not in rules_on("objective", silent, language, row=row)


def test_what_is_hard_to_leave_is_a_trap_unless_it_is_told_of_others() -> None:
    assert "V19" in rules_on("proposition", "Customers stay because switching is expensive")
    assert "V19" in rules_on("proposition", "Software waar een school niet zomaar mee kan overstappen", "nl")
    assert "V19" not in rules_on("proposition", "Cancel any day, unlike banks where switching is hard")
    assert "V19" not in rules_on("promise", "Leaving is never difficult")


def test_a_statement_for_everybody_undoes_the_choice_of_segments() -> None:
    assert "V01" in rules_on("proposition", "Tyres fitted at home, for everyone")
    assert "V01" in rules_on("proposition", "Banden aan huis gelegd, voor iedereen", "nl")
    assert "V01" not in rules_on("proposition", "Tyres fitted at home, but not for everyone")
    assert "V01" not in rules_on("proposition", "Banden aan huis, maar niet voor iedereen", "nl")


def test_what_is_owed_is_no_promise_unless_a_time_or_a_deed_goes_with_it() -> None:
    for language, owed, seen in (
        ("en", "The kitchen meets the hygiene rules", "The kitchen is inspected while I watch"),
        ("nl", "De keuken voldoet aan de hygiënewet", "De keuken is gekeurd voordat ik bestel"),
    ):
        assert "V11" in rules_on("promise", owed, language)
        assert "V11" not in rules_on("promise", seen, language)


def test_the_lowest_price_collides_with_a_service_of_ones_own() -> None:
    for language, both, denied in (
        (
            "en",
            "The lowest rate in town with a dedicated adviser",
            "The lowest rate, without a dedicated adviser",
        ),
        (
            "nl",
            "Het laagste tarief met een eigen adviseur",
            "Het laagste tarief, zonder eigen adviseur",
        ),
    ):
        assert "V07" in rules_on("proposition", both, language)
        assert "V07" not in rules_on("proposition", denied, language)


def test_a_warning_of_our_voice_is_a_hint_where_you_can_catch_us() -> None:
    def severity(text: str, language: str) -> str:
        found = check_wording("promise", text, RuleContext(language))
        return next(one.severity for one in found if one.rule == "O19")

    assert severity("We ring you within an hour if the lift stops", "en") == "hint"
    assert severity("We provide maintenance", "en") == "warn"
    assert severity("Wij bellen u binnen een uur als de lift stilstaat", "nl") == "hint"
    assert severity("Wij verzorgen het onderhoud", "nl") == "warn"


def test_a_vague_verb_with_something_concrete_gets_a_hint() -> None:
    def severity(text: str, language: str) -> str:
        return next(
            one.severity
            for one in check_wording("objective", text, RuleContext(language))
            if one.rule == "O02"
        )

    assert severity("Dijken langs de noordpolder versterken", "nl") == "hint"
    assert severity("Samenwerking versterken", "nl") == "warn"
    assert severity("Streamline handovers at shift change", "en") == "hint"
    assert severity("Streamline processes", "en") == "warn"


def test_a_language_without_lists_is_silent_on_a_whole_strategy() -> None:
    strategy = Strategy(segments=(Segment(id="SEG1", name="Everyone", choice="primary"),))
    assert check_choice(strategy, RuleContext("xx")) == ()
    assert {one.rule for one in check_choice(strategy, RuleContext("nl"))} == {"V04", "V16"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", ["a", "b"])
def test_wordings_never_seen_before(half: Half, language: str) -> None:
    figures = outcome(half, language)
    assert figures.precision >= 0.97
    assert figures.hints <= 0.10
    assert figures.recall >= 0.85


@pytest.mark.parametrize(
    ("language", "text", "two"),
    [
        ("en", "Cut old pipes and hand them to the smith", "Cut waiting times and train welders faster"),
        ("en", "The forge casts bells and tunes them on site", "The forge casts bells and trains welders"),
        (
            "nl",
            "De gieterij giet klokken en stemt ze ter plaatse",
            "De gieterij giet klokken en opent filialen",
        ),
        ("nl", "Lekken opsporen en dezelfde dag dichten", "Lekken dichten en lassers opleiden"),
    ],
)
def test_a_second_act_with_the_same_thing_is_only_asked_about(language: str, text: str, two: str) -> None:
    told = [check_wording("objective", one, RuleContext(language)) for one in (text, two)]
    severity = [{one.severity for one in found if one.rule == "O04"} for found in told]
    assert severity == [{"hint"}, {"warn"}]


@pytest.mark.parametrize(
    ("language", "sentence", "topic"),
    [
        ("en", "The forge glows on while the town sleeps", "The forge of the old town"),
        ("nl", "De smidse zwoegt door terwijl de stad slaapt", "De smidse van de oude stad"),
    ],
)
def test_a_whole_sentence_with_an_unknown_verb_is_only_asked_about(
    language: str, sentence: str, topic: str
) -> None:
    told = [check_wording("objective", one, RuleContext(language)) for one in (sentence, topic)]
    severity = [{one.severity for one in found if one.rule == "O01"} for found in told]
    assert severity == [{"hint"}, {"warn"}]
