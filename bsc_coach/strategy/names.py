"""What a script of one's own calls clusters, attributes and parts of the agenda, where we say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bsc_coach.strategy.part import Part
from bsc_coach.words import say


class ClusterNames(Part):
    """The clusters of internal processes that have another name."""

    operations: str | None = None
    customer: str | None = None
    innovation: str | None = None
    social: str | None = None


class AttributeNames(Part):
    """The attributes of a value proposition that have another name."""

    price: str | None = None
    quality: str | None = None
    availability: str | None = None
    selection: str | None = None
    functionality: str | None = None
    service: str | None = None
    partnership: str | None = None
    brand: str | None = None


class SectionNames(Part):
    """The parts of the agenda that have another name, each by the part of the strategy that it fills."""

    organisation: str | None = None
    segments: str | None = None
    proposition: str | None = None
    outcomes: str | None = None
    processes: str | None = None
    clusters: str | None = None
    candidates: str | None = None
    enablers: str | None = None
    links: str | None = None
    kpis: str | None = None
    initiatives: str | None = None


_BANDS = {"financial": "outcomes", "process": "clusters", "learning": "enablers"}
"""The part of the agenda that gives a perspective of the map its name, where one gives it."""
_HEADINGS = {
    "organisation": ("ambition",), "segments": ("served",), "proposition": ("proposition",),
    "outcomes": ("outcomes",), "processes": ("processes", "processes_public"), "clusters": ("internal",),
    "candidates": ("selection",), "enablers": ("enablers",), "links": ("links",),
    "kpis": ("kpis", "kpis_table"), "initiatives": ("initiatives",),
}  # fmt: skip
"""The headings of a document that tell a part of the agenda."""


class Names(Part):
    """The names of one strategy; what keeps our name is absent."""

    clusters: ClusterNames = ClusterNames()
    attributes: AttributeNames = AttributeNames()
    sections: SectionNames = SectionNames()

    def of_choice(self, group: str, choice: str) -> str | None:
        """Return the name of a cluster or an attribute where it has another one."""
        named = {"cluster": self.clusters, "attribute": self.attributes}.get(group)
        return getattr(named, choice, None) or None

    def choice(self, group: str, choice: str, language: str) -> str:
        """Return what a cluster or an attribute is called."""
        return self.of_choice(group, choice) or say(f"document.choice.{group}.{choice}", language)

    def cluster(self, cluster: str | None, language: str) -> str:
        """Return what a cluster is called; None is the place of objectives that stand in none of them."""
        if cluster is None:
            return say("document.heading.elsewhere", language)
        return self.choice("cluster", cluster, language)

    def band(self, perspective: str, language: str) -> str:
        """Return what a perspective of the map is called."""
        own = getattr(self.sections, _BANDS.get(perspective, ""), None)
        return own or say(f"map.band.{perspective}", language)

    def headings(self) -> Mapping[str, str]:
        """Return the headings of a document that are called otherwise, by their names in our words."""
        return dict(self._headings())

    def _headings(self) -> Iterator[tuple[str, str]]:
        for part, headings in _HEADINGS.items():
            if own := getattr(self.sections, part):
                yield from ((heading, own) for heading in headings)
