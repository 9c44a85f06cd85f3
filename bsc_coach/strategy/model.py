"""Pydantic models of a strategy: customers, proposition, map, KPIs, initiatives, agreement.

The parts follow Kaplan & Norton's strategy map (financial, customer, internal process, learning and
growth). Nearly every field is optional, because a session is a strategy in the making and a document
can be had at any moment: what is missing is absent, never a placeholder. Numbers are in the unit of
their KPI; dates are ISO and may be as coarse as a year ("2028", "2028-06", "2028-06-30").
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bsc_coach.strategy.closing import Agreement, Meeting, Review
from bsc_coach.strategy.field_types import (
    Ballots,
    KeptBy,
    Months,
    Number,
    PartialDate,
    Score,
    ShortId,
    SubProcess,
    Vote,
)
from bsc_coach.strategy.measures import Kpi, OldKpi
from bsc_coach.strategy.names import Names
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.strategy.part import Part

FORMAT: Literal[1] = 1
"""Version of the strategy.toml format that this program writes."""

Horizon = Literal["short", "medium", "long"]
"""First full effect within 12 months, within 36 months, or later."""

ClusterId = Literal["operations", "customer", "innovation", "social"]
CLUSTERS: tuple[ClusterId, ...] = ("operations", "customer", "innovation", "social")

PropositionType = Literal["low_cost", "leadership", "solutions", "lock_in"]
AttributeId = Literal[
    "price", "quality", "availability", "selection", "functionality", "service", "partnership", "brand"
]


class Organisation(Part):
    """Who makes the strategy, for when, and what they are heading for."""

    name: str | None = None
    kind: Literal["business", "public"] | None = None
    horizon_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    ambition: str | None = None
    customer_word: str | None = None
    """What the team calls its customers, plural: patients, members, guests."""
    values: str | None = None
    purpose: str | None = None
    """What the map is to help them decide."""
    scope: str | None = None
    """What it covers, and what was off the table."""
    absent: str | None = None
    """Who was not in the room and must be heard all the same."""
    process_vision: str | None = None
    customer_value_note: str | None = None
    """What a customer is worth over five years, in the team's words."""
    money_stands: Literal["above", "below", "beside"] | None = None
    """Of a public body: where money stands on the map, seen from its customers."""
    currency: str | None = None
    """What amounts are in: €, $, kr."""


class Participant(Part):
    """Someone in the room; the vote is fist-to-five (0 block … 5 full support)."""

    id: ShortId
    name: str | None = None
    role: str | None = None
    part: Literal["decider", "member", "facilitator", "scribe"] | None = None
    vote: Vote | None = None
    concern: str | None = None


class Segment(Part):
    """A group of customers that the strategy aims at, or deliberately does not serve."""

    id: ShortId
    name: str | None = None
    choice: Literal["primary", "target", "not_served"] | None = None
    income: str | None = None
    """Income or budget; for firms their size."""
    age: str | None = None
    """Age or stage of life; for firms their sector."""
    lifestyle: str | None = None
    """Way of living or working; for firms their region and habits."""
    price: str | None = None
    """How they look at price."""
    adopter: Literal["innovators", "early_adopters", "early_majority", "late_majority", "laggards"] | None = (
        None
    )
    """Openness to new things, in Rogers' five groups."""
    reason: str | None = None


class Attribute(Part):
    """One of the eight attributes of a value proposition: it makes the difference, or is good enough."""

    id: AttributeId
    role: Literal["differentiator", "threshold"] | None = None
    good_enough: str | None = None
    """For a threshold: "good enough means …"."""


class Proposition(Part):
    """Why customers choose us: one primary type of the four, and what we shall not be best at."""

    type: PropositionType | None = None
    why: str | None = None
    points: Annotated[str, Field(pattern=r"^[0-9]{1,2}( [0-9]{1,2}){3}$")] | None = None
    """Ten points divided over the four by a team that wanted all of them, in the order of PropositionType."""
    not_best: str | None = None
    statement: str | None = None
    attributes: tuple[Attribute, ...] = ()


class Mission(Part):
    """What an organisation is for, a public or non-profit one above all; stands on top of the map."""

    id: ShortId
    title: str | None = None
    description: str | None = None
    owner_role: str | None = None
    horizon: Horizon | None = None


class Outcome(Part):
    """A financial outcome and the lever that brings it."""

    id: ShortId
    title: str | None = None
    description: str | None = None
    owner_role: str | None = None
    theme: ShortId | None = None
    lever: Literal["cost_structure", "asset_use", "new_revenue", "customer_value"] | None = None
    """The first two are the productivity strategy, the last two the growth strategy."""
    horizon: Horizon | None = None


class Promise(Part):
    """What a customer can count on, in the customer's own voice."""

    id: ShortId
    title: str | None = None
    description: str | None = None
    owner_role: str | None = None
    theme: ShortId | None = None
    attribute: AttributeId | None = None
    horizon: Horizon | None = None


class Theme(Part):
    """A strategic theme: a chain through the perspectives that the team tells as one story."""

    id: ShortId
    title: str | None = None
    description: str | None = None


class Process(Part):
    """A step from first contact to cash."""

    id: ShortId
    name: str | None = None
    value_type: Literal["value", "needed", "waste"] | None = None
    primary: Literal["primary", "supporting"] | None = None
    bottleneck: str | None = None


class Cluster(Part):
    """One of the four clusters of internal processes, and why it was left empty if it was."""

    id: ClusterId
    empty_because: str | None = None
    lost_at: Literal["leads", "message", "offer", "sale"] | None = None
    """Of customer management: the step of acquiring where most of the wanted ones are lost."""
    leave_over: KeptBy | None = None
    stay_for: KeptBy | None = None
    written: tuple[str, ...] = ()
    """What everybody wrote for themselves in a silent round, in an order that tells nothing."""
    said: str | None = None
    """What somebody wanted said about the scores, a line each."""


class GrowthLever(Part):
    """A way to mean more to the customers there are, and the account to begin with."""

    id: ShortId
    title: str | None = None
    account: str | None = None


class Candidate(Part):
    """A process improvement on the long list, scored, and chosen for the vital few or not."""

    id: ShortId
    cluster: ClusterId
    title: str | None = None
    subprocess: SubProcess | None = None
    own_subprocess: str | None = None
    influence: Score | None = None
    performance: Score | None = None
    evidence: str | None = None
    selected: bool = False
    reason: str | None = None
    """Why it was chosen, or why it stays on the list of the trivial many."""
    originals: str | None = None
    """What was written in a silent round that it was made of, a line each."""
    influence_votes: Ballots = ()
    performance_votes: Ballots = ()
    dots: Ballots = ()
    """What each person gave of the dots there were; ballots are sorted, and never whose."""

    @property
    def priority(self) -> int | None:
        """Influence × (6 − performance): 1 to 25, high where much is decided and little is good yet."""
        if self.influence is None or self.performance is None:
            return None
        return self.influence * (6 - self.performance)


class Objective(Part):
    """What must become better in a process of the vital few; has the id of its candidate."""

    id: ShortId
    title: str | None = None
    description: str | None = None
    horizon: Horizon | None = None
    owner_role: str | None = None
    theme: ShortId | None = None
    process: ShortId | None = None
    """The step of the work that it stands or falls with."""
    serves: Literal["proposition", "productivity", "both"] | None = None
    effects: tuple[Literal["quality", "speed", "cost", "satisfaction", "revenue", "licence"], ...] = ()
    aspect: Literal["cost", "quality", "time", "risk"] | None = None
    bottleneck: str | None = None
    innovation_type: Literal["product", "service", "way_of_working"] | None = None
    segment: ShortId | None = None
    """For innovation: the group, existing or new, that it is for."""
    protected: str | None = None
    """For innovation: what protects its hours, money or people when operations are busy."""


class Enabler(Part):
    """What people must know, have or agree on (learning and growth)."""

    id: ShortId
    title: str | None = None
    description: str | None = None
    capital: Literal["human", "information", "organisation"] | None = None
    horizon: Horizon | None = None
    owner_role: str | None = None
    theme: ShortId | None = None


class Link(Part):
    """A hypothesis of cause and effect between two points of the map."""

    id: ShortId
    cause: ShortId | None = None
    effect: ShortId | None = None
    kind: Literal["drives", "enables", "holds_back"] | None = None
    """What the cause does to the effect; without it, it drives it."""
    because: str | None = None
    confidence: Literal["low", "medium", "high"] | None = None
    delay_months: Months | None = None
    confidence_votes: tuple[Literal["low", "medium", "high"], ...] = ()
    seen_in: str | None = None
    """The sign halfway by which the link would show: without it, the link does not hold."""
    seen_in_kpi: ShortId | None = None
    """The KPI in which it would show."""


class Risk(Part):
    """What may stand in the way of a point of the map, who watches it, and what is done about it."""

    id: ShortId
    title: str | None = None
    threatens: ShortId | None = None
    owner_role: str | None = None
    answer: str | None = None


class Initiative(Part):
    """A project: done once, for one or more points of the map."""

    id: ShortId
    title: str | None = None
    objectives: tuple[ShortId, ...] = ()
    process: ShortId | None = None
    removes: str | None = None
    owner_role: str | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    resources: str | None = None
    needs: tuple[ShortId, ...] = ()
    """The initiatives that must be done first."""
    amount: Number | None = None
    """What it costs in all, in the currency of the organisation."""


class Assumption(Part):
    """What must be true for the map to work, and how and when that is tested."""

    id: ShortId
    title: str | None = None
    test: str | None = None
    owner_role: str | None = None
    test_date: PartialDate | None = None


class Decision(Part):
    """What was decided, why, who saw it otherwise, and whether it holds."""

    id: ShortId
    title: str | None = None
    reason: str | None = None
    alternatives: str | None = None
    dissent: str | None = None
    status: Literal["decided", "proposed", "replaced"] | None = None
    date: PartialDate | None = None
    """The day on which it was decided; of a proposal, on which it will be."""
    replaces: ShortId | None = None
    """The decision that no longer holds because of this one."""


class Parked(Part):
    """A point for later, with someone to bring it back and a date."""

    id: ShortId
    title: str | None = None
    outcome: Literal["answered", "action", "dropped", "open"] | None = None
    """What became of it at the close."""
    answer: str | None = None
    owner: str | None = None
    due: PartialDate | None = None


class Strategy(Part):
    """One strategy, as settled so far."""

    format: Literal[1] = FORMAT
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    names: Names = Names()
    organisation: Organisation = Organisation()
    participants: tuple[Participant, ...] = ()
    segments: tuple[Segment, ...] = ()
    proposition: Proposition = Proposition()
    promises: tuple[Promise, ...] = ()
    missions: tuple[Mission, ...] = ()
    themes: tuple[Theme, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    processes: tuple[Process, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    growth_levers: tuple[GrowthLever, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    objectives: tuple[Objective, ...] = ()
    enablers: tuple[Enabler, ...] = ()
    links: tuple[Link, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    old_kpis: tuple[OldKpi, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    risks: tuple[Risk, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    decisions: tuple[Decision, ...] = ()
    parking: tuple[Parked, ...] = ()
    agreement: Agreement = Agreement()
    review: Review = Review()
    meeting: Meeting = Meeting()
    extra: tuple[Extra, ...] = ()
