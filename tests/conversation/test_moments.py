"""The moments that make the method work, as a team goes through them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.side_views import balance
from bsc_coach.conversation.talk import Talk
from bsc_coach.documents.templating.render import render_markdown
from bsc_coach.interview.coaching import remarks
from bsc_coach.interview.commands import Accept, RemoveItem, Reopen, SetLanguage
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.session import Session, create_session, open_session
from tests.support.sessions import same_environment

TYPE = parse_slot("proposition.type")


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Somebody who is at the choice of one proposition."""
    return Talk(create_session(tmp_path / "session", bundled_source(), same_environment()), at=TYPE)


@pytest.fixture
def own(riverbend: Path) -> Iterator[Session]:
    """A copy of the finished session of the hospital, to go on with."""
    session = open_session(riverbend, same_environment())
    yield session
    session.close()


# The choice


@pytest.mark.parametrize("all_of_them", ["all of them", "All four!", "a mix"])
def test_who_wants_all_four_divides_ten_points_and_the_most_decide(talk: Talk, all_of_them: str) -> None:
    assert "10 points" in talk.submit(all_of_them).turns[-1].text
    talk.submit("2 5 2 1")
    assert talk.plan.answer(TYPE) == "leadership"


def test_in_dutch_too(talk: Talk) -> None:
    talk.do(SetLanguage("nl"))
    talk.at = TYPE
    assert "10 punten" in talk.submit("allemaal").turns[-1].text
    talk.submit("1 1 3 5")
    assert talk.plan.answer(TYPE) == "lock_in"


@pytest.mark.parametrize("points", ["5 3 3 1", "5 5", "most for the first", "10"])
def test_points_that_do_not_add_up_are_asked_again(talk: Talk, points: str) -> None:
    talk.submit("all")
    assert talk.submit(points).keep_text
    assert talk.asking is not None
    talk.submit("7 1 1 1")
    assert talk.plan.answer(TYPE) == "low_cost"


def test_a_draw_is_no_choice(talk: Talk) -> None:
    talk.submit("all")
    reply = talk.submit("4 4 1 1")
    assert reply.keep_text
    assert "Lowest total cost, Product leadership" in reply.turns[-1].text


def test_enter_leaves_the_choice_open(talk: Talk) -> None:
    talk.submit("all")
    talk.submit("")
    assert talk.asking is None
    assert talk.plan.answer(TYPE) is None


def test_all_is_no_answer_to_other_choices(talk: Talk) -> None:
    talk.at = parse_slot("organisation.kind")
    assert talk.submit("all").keep_text
    assert talk.asking is None


# Cause and effect


@pytest.fixture
def link(own: Session) -> tuple[Talk, Slot, str]:
    """Somebody who just gave the last answer of a link: the talk, the link's last slot, and its short id."""
    talk = Talk(own)
    slot = next(slot for slot in talk.plan.statuses if slot.step == "links.delay")
    talk.at = slot
    talk.do(Accept(slot, 7))
    return talk, slot, talk.plan.state.shorts[slot.frame[-1][1]]


def test_a_whole_link_is_read_aloud_and_the_room_says_whether_it_holds(own: Session) -> None:
    talk = Talk(own)
    slot = next(slot for slot in talk.plan.statuses if slot.step == "links.delay")
    talk.at = slot
    sentence, asked = talk.do(Accept(slot, 7)).turns[-2:]
    assert sentence.text.startswith("If we ")
    assert "because" in sentence.text
    assert "7 months" in sentence.text
    assert talk.asking is not None
    assert talk.asking.text == asked.text
    here = talk.at
    talk.submit("")
    assert (talk.asking, talk.at) == (None, here)


def test_a_link_nobody_has_seen_becomes_a_guess_with_a_test(link: tuple[Talk, Slot, str]) -> None:
    talk, slot, _ = link
    before = talk.session.strategy()
    talk.submit("g")
    strategy = talk.session.strategy()
    short = talk.plan.state.shorts[slot.frame[-1][1]]
    assert next(one.confidence for one in strategy.links if one.id == short) == "low"
    added = strategy.assumptions[-1]
    assert added.title is not None
    assert added.title.startswith("If we ")
    assert talk.asking is None
    talk.submit("/undo")
    assert talk.session.strategy() == before


def test_a_link_that_nobody_believes_is_dropped(link: tuple[Talk, Slot, str]) -> None:
    talk, _, short = link
    talk.submit("d")
    assert short not in [one.id for one in talk.session.strategy().links]


def test_another_because_goes_to_it_and_comes_back(link: tuple[Talk, Slot, str]) -> None:
    talk, slot, _ = link
    here = talk.at
    talk.submit("w")
    assert talk.at == Slot(StepId("links.because"), slot.frame)
    talk.submit("the schedule is full of holes that nobody sees")
    talk.submit("")  # it touches nothing, and is read aloud again
    assert talk.at == here


def test_anything_else_is_asked_again(link: tuple[Talk, Slot, str]) -> None:
    talk, _, _ = link
    assert talk.submit("perhaps").keep_text
    assert talk.asking is not None


def test_half_a_link_is_not_read(talk: Talk) -> None:
    assert len(talk.do(Accept(parse_slot("organisation.name"), "Acme")).turns) == 2


# The ladder


@pytest.fixture
def at_o1(own: Session) -> Talk:
    """Somebody who is at the first objective of the hospital."""
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    return Talk(own, at=Slot(StepId("objective.title"), own.plan.state.frames[item]))


def test_so_that_what_draws_a_link_and_comes_back(at_o1: Talk) -> None:
    talk, here = at_o1, at_o1.at
    before = len(talk.session.strategy().links)
    assert "C3" in talk.submit("/up").turns[-1].text
    talk.submit("c3")
    assert talk.at is not None
    assert talk.at.step == "links.because"
    for line in ("referrers read the letter sooner", "2", "6", ""):
        talk.submit(line)
    last = talk.session.strategy().links[-1]
    assert (len(talk.session.strategy().links), last.cause, last.effect) == (before + 1, "O1", "C3")
    assert talk.at == here


def test_so_that_what_takes_a_point_of_the_map_only(at_o1: Talk) -> None:
    before = at_o1.session.strategy()
    at_o1.submit("/up")
    assert at_o1.submit("everyone is happier").keep_text
    at_o1.submit("")
    assert at_o1.session.strategy() == before


def test_how_takes_what_somebody_will_do_as_an_initiative(at_o1: Talk) -> None:
    here = at_o1.at
    at_o1.submit("/down")
    at_o1.submit("Open the schedule on Sundays too")
    begun = at_o1.session.strategy().initiatives[-1]
    assert (begun.title, begun.objectives) == ("Open the schedule on Sundays too", ("O1",))
    assert at_o1.at == here


def test_how_takes_what_helps_as_a_link(at_o1: Talk) -> None:
    at_o1.submit("/down")
    at_o1.submit("L2")
    last = at_o1.session.strategy().links[-1]
    assert (last.cause, last.effect) == ("L2", "O1")


@pytest.mark.parametrize("line", ["/up", "/down", "/up Z9", "/down X1"])
def test_from_nowhere_there_is_no_step(talk: Talk, line: str) -> None:
    talk.submit(line)
    assert talk.asking is None


# Over budget


@pytest.fixture
def too_many(own: Session) -> Talk:
    """A team that chose five processes of one cluster."""
    talk = Talk(own)
    for title in ("Find beds sooner", "Clean rooms in the night"):
        talk.at = parse_slot("clusters[operations]/candidates")
        talk.submit(title)
    talk.at = parse_slot("clusters[operations]/vital")
    shorts = [one.id for one in own.strategy().candidates if one.cluster == "operations"]
    assert len(shorts) >= 5
    talk.do(Accept(talk.at, " ".join(shorts[-5:])))
    return talk


def chosen(talk: Talk) -> list[str]:
    candidates = talk.session.strategy().candidates
    return [one.id for one in candidates if one.selected and one.cluster == "operations"]


def heard(talk: Talk, at: Slot) -> list[str]:
    return [one.rule for one in remarks(talk.plan, at)]


def test_a_fifth_in_one_cluster_is_taken_and_remarked_on(too_many: Talk) -> None:
    assert len(chosen(too_many)) == 5
    assert too_many.at == parse_slot("clusters[operations]/vital")
    assert heard(too_many, too_many.at) == ["M12"]


def test_one_less_is_silent(too_many: Talk) -> None:
    gone = chosen(too_many)[-1]
    too_many.submit(f"/demote {gone}")
    assert gone not in chosen(too_many)
    assert heard(too_many, parse_slot("clusters[operations]/vital")) == []
    assert gone in [one.id for one in too_many.session.strategy().candidates]


def test_what_is_shelved_waits_in_the_parking_lot(too_many: Talk) -> None:
    gone = chosen(too_many)[-1]
    too_many.submit(f"/shelve {gone}")
    assert gone not in chosen(too_many)
    assert too_many.session.strategy().parking[-1].title == "Clean rooms in the night"


def test_of_two_one_remains_and_is_worded_anew(too_many: Talk) -> None:
    first, *_, last = chosen(too_many)
    reply = too_many.submit(f"/merge {first} {last}")
    assert "Clean rooms in the night" in reply.turns[-1].text
    assert last not in [one.id for one in too_many.session.strategy().candidates]
    assert too_many.at is not None
    assert too_many.at.item == too_many.plan.state.item_by_name(first)


@pytest.mark.parametrize(
    "line", ["/demote", "/demote C1", "/shelve Z9", "/merge O1", "/merge O1 C1", "/merge O1 O1"]
)
def test_who_names_nothing_sensible_changes_nothing(too_many: Talk, line: str) -> None:
    before = too_many.session.strategy()
    too_many.submit(line)
    assert too_many.session.strategy() == before


def test_five_may_be_kept_with_a_reason_that_is_printed(too_many: Talk) -> None:
    too_many.submit("/keep because the wards are where we are losing them")
    assert heard(too_many, parse_slot("clusters[operations]/vital")) == []
    rules = [one.rule for one in findings(too_many.plan, too_many.session.strategy())]
    assert "M12" not in rules
    assert [one.reason for one in too_many.session.notes().kept] == ["the wards are where we are losing them"]


# Rules on choices and on the map, heard at the answer


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("review.first", "2028-11", "M40"),
        ("proposition.type", "leadership", "V17"),
        ("review.first", "2027-01", None),
    ],
)
def test_a_rule_on_the_map_is_heard_at_the_answer(
    own: Session, path: str, value: str, rule: str | None
) -> None:
    slot = parse_slot(path)
    assert remarks(own.plan, slot) == ()
    own.do(Accept(slot, value))
    assert [one.rule for one in remarks(own.plan, slot)] == ([rule] if rule else [])


def test_who_is_not_served_is_asked_at_the_last_group(own: Session) -> None:
    slots = [slot for slot in own.plan.statuses if slot.step == "segments.choice"]
    for slot in slots:
        assert remarks(own.plan, slot) == ()
        own.do(Accept(slot, "target"))
    assert [heard(Talk(own), slot) for slot in slots[:-1]] == [[]] * (len(slots) - 1)
    assert "V16" in heard(Talk(own), slots[-1])


def test_a_finding_on_the_map_is_kept_by_its_rule(own: Session) -> None:
    horizons = [slot for slot in own.plan.statuses if slot.step == "objective.horizon"]
    talk = Talk(own, at=horizons[-1])
    for slot in horizons:
        own.do(Accept(slot, "short"))
    rules = {one.rule for one in findings(own.plan, own.strategy())}
    assert {"M14", "M15"} <= rules
    talk.submit("/keep M15 because the owners sell within three years")
    rules = {one.rule for one in findings(own.plan, own.strategy())}
    assert "M14" in rules
    assert "M15" not in rules
    assert "the owners sell within three years" in str(own.notes())


# KPIs that others have, homework, and the story


def test_what_others_count_is_offered_once_the_objective_is_worded(own: Session) -> None:
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    talk = Talk(own, at=Slot(StepId("kpis"), own.plan.state.frames[item]))
    prompt = talk.prompt()
    assert prompt is not None
    assert len(prompt.offers) == 3
    talk.submit("2")
    taken = [one.name for one in own.strategy().kpis if one.measures == "O1"]
    assert taken[-1] == prompt.offers[1]
    own.do(Reopen(Slot(StepId("objective.title"), own.plan.state.frames[item])))
    talk.at = Slot(StepId("kpis"), own.plan.state.frames[item])
    again = talk.prompt()
    assert again is not None
    assert again.offers == ()


def test_the_rest_of_a_kpi_is_homework_of_its_owner(own: Session) -> None:
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    talk = Talk(own, at=Slot(StepId("kpis"), own.plan.state.frames[item]))
    for line in ("Share of visits moved by us", "%", "2", "12", "4", "2028-06"):
        talk.submit(line if line != "4" else "4")
    while talk.at is not None and talk.at.step != "kpis.owner_role":
        talk.submit("/next")
    told = talk.submit("Head of Planning").turns[-1].text
    assert "/homework" in told
    assert "Head of Planning" in told
    talk.submit("/homework")
    parked = [one for one in own.notes().points if one.kind == "parked" and one.reason == "Homework"]
    assert {one.owner for one in parked} == {"Head of Planning"}
    assert len(parked) >= 5
    assert talk.at is None or talk.at.step != "kpis.lead_lag"


def test_there_is_no_homework_off_a_card(talk: Talk) -> None:
    before = talk.session.actions
    talk.submit("/homework")
    assert talk.session.actions == before


def test_the_story_is_read_back_and_may_be_taken_over(own: Session) -> None:
    slot = parse_slot("review.story")
    own.do(Reopen(slot))
    talk = Talk(own, at=slot)
    prompt = talk.prompt()
    assert prompt is not None
    (story,) = prompt.offers
    people, money = story.index("begins with our own people"), story.index("brings about")
    assert people < money
    talk.submit("1")
    assert own.strategy().review.story == story


def test_no_story_is_made_up(talk: Talk) -> None:
    talk.at = parse_slot("review.story")
    prompt = talk.prompt()
    assert prompt is not None
    assert prompt.offers == ()


def test_the_lowest_hand_is_heard_first(own: Session) -> None:
    people = [slot for slot in own.plan.statuses if slot.step == "participants.vote"]
    votes = ["2", "5", "0", "1", "3"]
    for slot, vote in zip(people, votes, strict=False):
        own.do(Accept(slot, vote))
    asked = (one for one in own.plan.statuses.values() if one.step.id == "participants.concern")
    concerns = [one.slot.item for one in asked if one.active]
    assert concerns == [people[2].item, people[3].item, people[0].item]


# Balance and findings


def test_the_balance_counts_loose_ends(own: Session) -> None:
    strategy = own.strategy()
    whole = balance(strategy)
    assert (whole.clusters, whole.unlinked, whole.unmeasured) == (4, 0, 0)
    first = strategy.objectives[0].id
    links = tuple(one for one in strategy.links if first not in (one.cause, one.effect))
    kpis = tuple(one for one in strategy.kpis if one.measures != first)
    loose = balance(strategy.model_copy(update={"links": links, "kpis": kpis}))
    assert loose.unlinked >= 1
    assert loose.unmeasured == 1


def test_a_finding_leads_to_its_answer(own: Session) -> None:
    assert findings(own.plan, own.strategy()) == ()
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    title = Slot(StepId("objective.title"), own.plan.state.frames[item])
    own.do(Accept(title, "Supplier reliability"))
    (found,) = [one for one in findings(own.plan, own.strategy()) if one.rule == "O01"]
    assert (found.slot, found.answer) == (title, "Supplier reliability")
    own.do(RemoveItem(item))
    assert [one for one in findings(own.plan, own.strategy()) if one.rule == "O01"] == []


def test_what_was_not_asked_yet_is_no_finding(talk: Talk) -> None:
    assert findings(talk.plan, talk.session.strategy()) == ()


# Dutch


def test_a_number_is_shown_as_the_language_writes_it(own: Session) -> None:
    own.do(SetLanguage("nl"))
    talk = Talk(own, at=next(slot for slot in own.plan.statuses if slot.step == "kpis.baseline"))
    prompt = talk.prompt()
    assert prompt is not None
    assert prompt.answer == "0,8"


def test_documents_may_have_another_language_than_the_talk(own: Session) -> None:
    talk, here = Talk(own), parse_slot("review.story")
    talk.at = here
    talk.submit("/language documents nl")
    assert (talk.language, own.strategy().language) == ("en", "nl")
    assert talk.at == here
    assert "strategie tot 2030" in render_markdown(own.strategy(), own.notes())
    talk.submit("/language nl")
    talk.submit("/language documenten en")
    assert (talk.language, own.strategy().language) == ("nl", "en")
    assert "strategy towards 2030" in render_markdown(own.strategy(), own.notes())


@pytest.mark.parametrize("line", ["/language documents xx", "/language please nl"])
def test_a_language_nobody_wrote_is_refused(own: Session, line: str) -> None:
    talk = Talk(own)
    talk.submit(line)
    assert (talk.language, own.strategy().language) == ("en", "en")


@pytest.mark.parametrize("typed", ["kpis", "KPI's", "kpi’s"])
def test_a_jump_needs_no_apostrophe(own: Session, typed: str) -> None:
    own.do(SetLanguage("nl"))
    talk = Talk(own)
    talk.submit(f"/jump {typed}")
    assert talk.at is not None
    assert own.plan.script.section_of(talk.at.step) == "measures"


# KPIs, field by field


@pytest.mark.parametrize(
    ("step", "value", "rule"),
    [
        ("kpis.name", "Number of meetings", "K15"),
        ("kpis.target", 900, "K03"),
        ("kpis.benchmark_value", 900, None),
        ("kpis.benchmark_year", 2025, None),
    ],
)
def test_a_kpi_is_looked_at_field_by_field(own: Session, step: str, value: object, rule: str | None) -> None:
    slot = next(slot for slot in own.plan.statuses if slot.step == step)
    assert remarks(own.plan, slot) == ()
    own.do(Accept(slot, value))
    assert [one.rule for one in remarks(own.plan, slot)] == ([rule] if rule else [])
