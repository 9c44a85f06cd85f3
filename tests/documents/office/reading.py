"""Reading office files back: their parts as XML, and strategies to make them from."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.strategy.closing import Review
from bsc_coach.strategy.measures import Kpi, OldKpi
from bsc_coach.strategy.model import (
    Assumption,
    Candidate,
    Cluster,
    Decision,
    Extra,
    Initiative,
    Link,
    Mission,
    Objective,
    Organisation,
    Outcome,
    Promise,
    Proposition,
    Segment,
    Strategy,
)
from bsc_coach.strategy.notes import KeptAnswer, Notes, Point
from tests.support.hostile import FIXED, FRAGMENTS
from tests.support.strategies import EMPTY, RIVERBEND, RIVERBEND_NOTES

LONG = "Verantwoordelijkheidsverminderingsmaatregelen"
ATTACKS = (
    '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "<script>alert(1)</script>",
    "]]>", "&amp;", "a\x00b\x0bc", "d\ufffee\uffff", "\ud800", "_x0041_", "שלום עולם", "🚑", LONG, "x" * 700,
    "two\nlines", "{{ x }}", *FIXED, *FRAGMENTS,
)  # fmt: skip


def hostile() -> Strategy:
    """Return a strategy in which every text is an attack, and links go wrong in every way."""
    at = iter(ATTACKS * 3)

    def text() -> str:
        return next(at)

    numbers = range(1, 30)
    return Strategy(
        organisation=Organisation(name=text(), ambition=text(), values=text(), kind="public"),
        segments=(Segment(id="SEG1", name=text(), choice="primary", reason=text()),),
        proposition=Proposition(type="solutions", why=text(), not_best=text(), statement=text() * 50),
        missions=(Mission(id="M1", title=text()),),
        outcomes=(Outcome(id="F1", title=text()), Outcome(id="F2")),
        promises=(Promise(id="C1", title=LONG), Promise(id="C2", title="x" * 900)),
        clusters=(Cluster(id="social", empty_because=text() * 20),),
        candidates=(Candidate(id="CM1", cluster="customer", title=text(), selected=True, reason=text()),),
        objectives=tuple(Objective(id=f"O{n}", title=text(), description=text()) for n in numbers),
        links=(
            Link(id="K1", cause="O1", effect="O2"),
            Link(id="K2", cause="O2", effect="O1"),
            Link(id="K3", cause="O3", effect="O3"),
            Link(id="K4", cause="ZZ1", effect="O1"),
            Link(id="K5", cause="O4", effect="C1", because=text()),
            Link(id="K6"),
        ),
        kpis=(
            *(Kpi(id=f"O{n}.1", measures=f"O{n}", name=text(), unit=text(), guard=text()) for n in numbers),
            Kpi(id="ZZ1.1", measures="ZZ1", baseline=-5, target=10**305, target_date="2027-02-31"),
        ),
        old_kpis=(
            OldKpi(id="K1", name=text(), target=text(), note=text() * 20, verdict="keep", keeps_for="ZZ1"),
            OldKpi(id="K2", name="x" * 900, verdict="retire", because=text()),
        ),
        initiatives=(Initiative(id="N1", title=text(), objectives=("O1", "ZZ9"), removes=text()),),
        assumptions=(Assumption(id="A1", title=text(), test=text()),),
        decisions=(Decision(id="D1", title=text(), reason=text()),),
        review=Review(who=text(), story=text()),
        extra=(Extra(step="own", question=text(), answer=(text(), text())),),
    )


def large() -> Strategy:
    """Return a strategy with 25 objectives and 50 links and KPIs."""
    letters = {"operations": "O", "customer": "CM", "innovation": "I", "social": "S"}
    clusters = tuple(letters)
    ids = [f"{letters[clusters[n % 4]]}{n // 4 + 1}" for n in range(25)]
    return Strategy(
        language="nl",
        promises=tuple(Promise(id=f"C{n}", title="Binnen twee weken geholpen") for n in range(1, 6)),
        objectives=tuple(
            Objective(id=one, title=f"Doorlooptijd van signaal tot antwoord verkorten in geval {one}")
            for one in ids
        ),
        links=tuple(
            Link(
                id=f"K{n}",
                cause=one,
                effect=f"C{(n * step) % 5 + 1}",
                confidence="low" if n % 2 else "medium",
            )
            for step in (1, 2)
            for n, one in enumerate(ids, start=1 if step == 1 else 26)
        ),
        kpis=tuple(
            Kpi(
                id=f"{one}.{n}",
                measures=one,
                name=f"Dagen van {one} in reeks {n}",
                target=14,
                source="Dossier",
            )
            for one in ids
            for n in (1, 2)
        ),
    )


STRATEGIES: dict[str, tuple[Strategy, Notes]] = {
    "riverbend": (RIVERBEND, RIVERBEND_NOTES),
    "empty": (EMPTY, Notes()),
    "hostile": (
        hostile(),
        Notes(
            session_date="2026-11-18",
            points=(Point(kind="open", section="=1", question="a\x00\ufffe", about="<b>"),),
            kept=(KeptAnswer(answer="=1", remark="@x", reason="\x0b", by="-"),),
        ),
    ),
    "large": (large(), Notes()),
}


@cache
def made(name: str, which: str) -> bytes:
    """Return the file of format ``name`` for one of our strategies."""
    strategy, notes = STRATEGIES[which]
    (data,) = document_format(name).make(DocumentInput(strategy, notes)).values()
    return data


def parts(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip archive by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_of(data: bytes) -> dict[str, etree._Element]:
    """Return every XML part; raises where one is not well formed."""
    return {
        name: etree.fromstring(part) for name, part in parts(data).items() if name.endswith((".xml", ".rels"))
    }
