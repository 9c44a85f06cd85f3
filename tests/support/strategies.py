"""Strategies made by hand: a good part of the fictional Riverbend hospital, and an empty one."""

from __future__ import annotations

from bsc_coach.strategy.closing import Review
from bsc_coach.strategy.measures import Benchmark, Kpi
from bsc_coach.strategy.model import (
    Assumption,
    Attribute,
    Candidate,
    Cluster,
    Decision,
    Enabler,
    Initiative,
    Link,
    Mission,
    Objective,
    Organisation,
    Outcome,
    Parked,
    Participant,
    Process,
    Promise,
    Proposition,
    Segment,
    Strategy,
)
from bsc_coach.strategy.notes import Alarm, KeptAnswer, Notes, Point
from bsc_coach.strategy.own_answers import Extra

EMPTY = Strategy()
NO_NOTES = Notes()

_ORGANISATION = Organisation(
    name="Riverbend Regional Hospital",
    kind="public",
    horizon_year=2030,
    ambition="People over 65 and families in the valley are treated here unless only the city can do it.",
    customer_word="patients",
    values="We stay with people until they are steady at home.",
    process_vision="Every step knows who is waiting for it.",
    customer_value_note="Five years of one chronic patient are worth about $40,000 in avoided admissions.",
)

_PARTICIPANTS = (
    Participant(id="PP1", name="Ann Whitaker", role="CEO", part="decider", vote=5),
    Participant(id="PP2", name="Luis Ortega", role="CFO", part="member", vote=3, concern="Cash in 2027"),
    Participant(id="PP3", role="Chief Nursing Officer", part="member", vote=4),
)

_SEGMENTS = (
    Segment(
        id="SEG1",
        name="People 65+ with two or more chronic conditions",
        choice="primary",
        age="65 and over",
        lifestyle="value continuity",
        adopter="late_majority",
    ),
    Segment(
        id="SEG2",
        name="Families with employer insurance",
        choice="target",
        age="25–54",
        price="price-aware",
        adopter="early_majority",
    ),
    Segment(
        id="SEG3",
        name="Transplant and complex oncology",
        choice="not_served",
        reason="agreed transfers to the city exist",
    ),
    Segment(id="SEG4", name="Cosmetic surgery", choice="not_served"),
)

_PROPOSITION = Proposition(
    points="1 2 6 1",
    type="solutions",
    why="Chronic illness is one story, and nobody in the region tells it as one.",
    not_best="The newest technology; the city has that.",
    statement=(
        "For chronically ill people over 65 and families in the valley, Riverbend sees you within two "
        "weeks and stays with you, with one plan and one contact person, until you are steady at home."
    ),
    attributes=(
        Attribute(id="quality", role="threshold", good_enough="no worse than the state median"),
        Attribute(id="availability", role="differentiator"),
        Attribute(id="service", role="differentiator"),
        Attribute(id="price", role="threshold", good_enough="in-network"),
        Attribute(id="partnership", role="differentiator"),
        Attribute(id="brand"),
    ),
)

_PROMISES = (
    Promise(id="C1", title="“See me within two weeks”", attribute="availability", horizon="medium"),
    Promise(
        id="C2",
        title="“Know my story: one plan, one contact person”",
        attribute="partnership",
        horizon="long",
    ),
    Promise(
        id="C3",
        title="“Tell me by tomorrow what you did with my patient”",
        attribute="service",
        horizon="medium",
    ),
)

_OUTCOMES = (
    Outcome(id="F1", title="Fund our own renewal", lever="cost_structure", horizon="long"),
    Outcome(id="F2", title="Keep regional care in the region", lever="new_revenue", horizon="long"),
)

_PROCESSES = (
    Process(id="P1", name="Refer", value_type="needed", primary="primary"),
    Process(
        id="P2", name="First visit", value_type="value", primary="primary", bottleneck="release of slots"
    ),
    Process(id="P3", name="Settle the bill", value_type="needed", primary="supporting"),
)

_CANDIDATES = (
    Candidate(
        id="O1",
        cluster="operations",
        title="Wait for a first visit",
        subprocess="production",
        influence=5,
        performance=2,
        evidence="31 days in the scheduling system last month",
        selected=True,
        reason="it is the promise itself",
    ),
    Candidate(
        id="O2",
        cluster="operations",
        title="Billing clarity",
        subprocess="other",
        influence=3,
        performance=2,
        reason="dropped 4–3, after O1",
    ),
    Candidate(
        id="CM1",
        cluster="customer",
        title="Returns after discharge",
        subprocess="retention",
        influence=5,
        performance=2,
        selected=True,
        reason="nobody calls after discharge",
    ),
    Candidate(
        id="CM2",
        cluster="customer",
        title="Care by name on the wards",
        subprocess="retention",
        influence=5,
        performance=4,
        reason="our strength; kept up, not changed",
    ),
    Candidate(
        id="I1",
        cluster="innovation",
        title="Treat more acute patients at home",
        subprocess="launch",
        influence=4,
        performance=1,
        selected=True,
        reason="beds will not grow",
    ),
    Candidate(id="O3", cluster="operations", title="Catering", influence=2, performance=4, reason="a nicety"),
    Candidate(id="O4", cluster="operations", title="Second MRI", influence=3, performance=3),
    Candidate(id="O5", cluster="operations", title="Parking and wayfinding"),
)

_OBJECTIVES = (
    Objective(
        id="O1",
        title="Shorten the wait for a first specialist visit",
        description="From the day the referral arrives to the day somebody looks the patient in the eye.",
        horizon="short",
        owner_role="Director Outpatient Care",
        serves="proposition",
        effects=("speed", "satisfaction"),
        aspect="time",
        bottleneck="slots are released two weeks ahead",
    ),
    Objective(
        id="CM1",
        title="Prevent avoidable returns in the month after discharge",
        description="A call within 48 hours, and somebody who knows the plan.",
        horizon="medium",
        owner_role="Medical Director Chronic Care",
        serves="both",
    ),
    Objective(
        id="I1",
        title="Treat more acute patients at home",
        horizon="long",
        owner_role="Programme Lead Hospital-at-Home",
        serves="proposition",
        innovation_type="service",
        protected="a budget of 1.2 M$ and 5 staff who are not lent to wards",
    ),
)

_ENABLERS = (
    Enabler(
        id="L1",
        title="A certified care coordinator on every high-risk ward",
        capital="human",
        horizon="short",
        owner_role="Chief Nursing Officer",
    ),
    Enabler(id="L2", title="One shared care plan for hospital and home nurse", capital="information"),
)

_LINKS = (
    Link(
        id="K1",
        cause="O1",
        effect="C1",
        because="fewer days waiting is the promise itself",
        confidence="high",
        delay_months=6,
        seen_in="Fewer calls that ask when it will be.",
    ),
    Link(
        id="K2",
        cause="L1",
        effect="CM1",
        because="coordinators make the 48-hour call.",
        confidence="medium",
        delay_months=1,
    ),
    Link(id="K3", cause="CM1", effect="C2", because="the contact person delivers the promise"),
    Link(id="K4", cause="C1", effect="F2", because="waiting is the main reason to drive to the city"),
    Link(id="K5", cause="F2", effect="F1", confidence="low", delay_months=0),
    Link(id="K6", cause="F1", effect="M1", because="margin pays for renewal"),
    Link(id="K7", cause="I1"),
)

_KPIS = (
    Kpi(
        id="O1.1",
        measures="O1",
        name="Median days from referral to first visit",
        process="P2",
        owner_role="Director Outpatient Care",
        formula="median(visit date − referral receipt)",
        unit="days",
        direction="down",
        baseline=31,
        target=14,
        target_date="2027-12",
        red=24,
        benchmark=Benchmark(
            found="found", value=28, source="Dutch access norm (Treeknorm)", year=2014, note="other country"
        ),
        frequency="weekly",
        source="scheduling system",
        lead_lag="lag",
        kind="effectiveness",
        guard="cancellations by the hospital reported alongside",
        gaming="first visits that are only a phone call",
        decision="how many slots are opened",
    ),
    Kpi(
        id="F1.1",
        measures="F1",
        name="Cost per adjusted discharge",
        unit="$",
        direction="down",
        baseline=14200,
        target=13100,
        target_date="2030-12-31",
        red=13900.0,
        benchmark=Benchmark(found="none"),
        owner_role="CFO",
    ),
    Kpi(
        id="CM1.1",
        measures="CM1",
        name="High-risk discharges contacted within 48 hours",
        unit="%",
        direction="up",
        baseline_by="2027-03",
        target=85,
        target_date="2027",
        red=60,
    ),
)

_REVIEW = Review(
    first="2027-02-15",
    rhythm="monthly",
    who="the eight of us",
    story="Coordinators call, people stay steady at home, families stay in the valley.",
    contribution="Every process on this page serves a promise.",
    steering="We look at the leads every week.",
    long_term="We are still here in 2040.",
)

RIVERBEND = Strategy(
    organisation=_ORGANISATION,
    participants=_PARTICIPANTS,
    segments=_SEGMENTS,
    proposition=_PROPOSITION,
    promises=_PROMISES,
    missions=(Mission(id="M1", title="More healthy years for people in the region", horizon="long"),),
    outcomes=_OUTCOMES,
    processes=_PROCESSES,
    clusters=(Cluster(id="social", empty_because="the county plan comes in May; we choose after it."),),
    candidates=_CANDIDATES,
    objectives=_OBJECTIVES,
    enablers=_ENABLERS,
    links=_LINKS,
    kpis=_KPIS,
    initiatives=(
        Initiative(
            id="N1",
            title="Open the schedule 10 weeks ahead",
            objectives=("O1",),
            process="P2",
            removes="release of slots",
            owner_role="Director Outpatient Care",
            start="2027-01",
            end="2027-06",
            resources="one planner",
        ),
        Initiative(id="N2", title="48-hour call team", objectives=("CM1", "L1"), end="2027-09"),
    ),
    assumptions=(
        Assumption(
            id="A1",
            title="Waiting is the main reason for leaving",
            test="exit survey among 200 leavers",
            owner_role="CFO",
            test_date="2027-03",
        ),
    ),
    decisions=(
        Decision(
            id="D1",
            title="Billing clarity is not chosen",
            reason="after O1",
            alternatives="a small project now",
            dissent="the CFO dissents: it costs us goodwill",
        ),
        Decision(id="D2", title="Price is a threshold"),
    ),
    parking=(
        Parked(id="PK1", title="Merge with the county clinic?", owner="CEO", due="2027-03"),
        Parked(id="PK2", title="Evening surgery hours"),
        Parked(
            id="PK3",
            title="Do we train doctors?",
            outcome="answered",
            answer="Only with the university, from 2028",
        ),
        Parked(id="PK4", title="Ask the county for the van", outcome="action", owner="CFO", due="2027-02"),
        Parked(id="PK5", title="A second helicopter", outcome="dropped", owner="CEO", due="2027-05"),
    ),
    review=_REVIEW,
    extra=(
        Extra(step="own.motto", question="What is our motto?", answer="Steady at home"),
        Extra(step="own.beds", about="O1", question="How many beds?", answer=220),
        Extra(step="own.towns", question="Which towns?", answer=("Riverbend", "Milltown")),
        Extra(
            step="lessons.who",
            about="Z1",
            question="Whom does it help?",
            kind="choice",
            section="How we worked",
            after="review",
            list="Lessons learnt",
            within="O1 Shorten the wait",
            short="For whom",
            answer="us_all",
            said="All of us",
            said_about="Z1 Ask sooner",
        ),
        Extra(
            step="own.mood",
            question="How is the mood?",
            kind="date",
            section="KPIs",
            part="kpis",
            answer="2027-05",
        ),
    ),
)

RIVERBEND_NOTES = Notes(
    recorded=True,
    session_date="2026-11-18",
    answers=4,
    points=(
        Point(
            kind="parked",
            section="Customer promises",
            question="What does C3 need?",
            about="C3 Tell me by tomorrow",
            reason="the practices were not in the room",
            owner="Chief Medical Officer",
            due="2027-01",
        ),
        Point(kind="open", section="KPI sheets", question="Who owns this KPI?", about="CM1.1"),
        Point(
            kind="stale",
            section="Operations",
            question="Which promise does O1 serve?",
            answer="See me within two weeks",
            owner="CEO",
            due="2026-12-01",
        ),
        Point(kind="declined", section="Segments", question="What do they earn?", reason="care is for all"),
    ),
    kept=(
        KeptAnswer(
            answer="Fund our own renewal",
            remark="That is the harvest. Which process brings it?",
            reason="it is a financial outcome",
            by="Ann",
        ),
    ),
    alarms=(
        Alarm(
            rule="M05",
            severity="warn",
            say="Nothing on this map leads to it. Who brings it about?",
            about="F2 Keep regional care in the region",
        ),
        Alarm(rule="M12", severity="hint", say="Half of the objectives have one owner."),
    ),
    confirmed="2026-11-18",
)
