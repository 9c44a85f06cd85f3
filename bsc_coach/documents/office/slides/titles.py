"""Sentence titles of slides, made from the answers: what the slide shows is what its title says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bsc_coach.documents.context.document_context import objectives_in
from bsc_coach.documents.context.opening import customers_of
from bsc_coach.documents.context.sentences import quoted_inside, within
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.office.deck import TITLE_LETTERS
from bsc_coach.words import say


class Titles:
    """The titles of one deck."""

    def __init__(self, context: Table) -> None:
        self._context = context
        self._language: str = context["language"]
        self._speak = DocumentWords(self._language)

    def whom(self) -> str:
        """Whom we serve first, and whom deliberately not."""
        served, not_served = self._context["served"], self._context["not_served"]
        names = self._speak.listing
        all_served = [within(one["name"]) for one in served if one["name"]]
        first = [within(one["name"]) for one in served if one["name"] and one["choice"] == "primary"]
        others = [within(one["name"]) for one in not_served if one["name"]]
        forms = []
        if first and others:
            forms.append(self._say("whom", served=names(first), not_served=names(others)))
        if all_served and others:
            told = self._say("others", n=len(others))
            forms += [self._say("whom_first_counted", served=names(first), others=told)] if first else []
            forms.append(self._say("whom_counted", n=len(all_served), others=told))
        elif first and len(first) < len(all_served):
            forms.append(self._say("whom_first", served=names(first)))
        elif all_served:
            forms.append(self._say("whom_only", served=names(all_served)))
        elif others:
            forms.append(self._say("whom_not", not_served=names(others)))
        if all_served:
            forms.append(self._say("whom_groups", n=len(all_served)))
        return _fitting(forms, self._context["words"]["heading"]["served"])

    def promise(self) -> str:
        """Why customers choose us."""
        proposition, forms = self._context["proposition"], []
        customers = customers_of(self._context["organisation"], self._speak)
        customers = customers[:1].upper() + customers[1:]
        if proposition["type"]:
            because = self._speak.say(f"summary.because.{proposition['type']}")
            forms.append(self._say("promise", customers=customers, because=because))
        if marks := [within(mark["id_text"]) for mark in proposition["differentiators"]]:
            forms.append(self._say("stand_out", marks=self._speak.listing(marks)))
        if self._context["promises"]:
            n = len(self._context["promises"])
            forms.append(self._say("promises", customers=customers, n=n))
        return _fitting(forms, self._context["words"]["heading"]["proposition"])

    def map(self) -> str:
        """What the map leads to, or which theme it shows."""
        objectives, top, theme = objectives_in(self._context), self._top(), self._context["theme"]
        if theme is not None:
            return say("document.title.theme", self._language, title=self._say("map"), theme=theme)
        forms = []
        if objectives:
            counted = self._objectives(len(objectives))
            if top:
                forms.append(self._say("map_to", objectives=counted, top=top))
            forms.append(self._say("map_size", objectives=counted))
        return _fitting(forms, self._say("map"))

    def story(self) -> str:
        """Where the story begins and where it ends."""
        linked = {end for one in self._context["links"] for end in (one["cause"], one["effect"])}
        people = [one for one in self._context["enablers"] if one["id"] in linked and one["title"]]
        top = self._top()
        forms = []
        if people and top:
            forms.append(self._say("story", first=quoted_inside(people[0]["title"]), last=top))
        return _fitting(forms, self._say("story_bare"))

    def clusters(self) -> str:
        """How many improvements we take on, and which weighs most."""
        chosen = objectives_in(self._context)
        candidates = (*self._context["vital_few"], *self._context["trivial_many"])
        forms = []
        if len(candidates) > len(chosen) > 0:
            counts = {"n": len(chosen), "of": len(candidates)}
            if most := self._heaviest():
                forms.append(self._say("clusters_first", first=quoted_inside(most["title"]), **counts))
            forms.append(self._say("clusters_of", **counts))
        if chosen:
            filled = sum(bool(one["objectives"]) for one in self._context["clusters"])
            forms += (
                [
                    self._say(
                        "clusters_all",
                        objectives=self._objectives(len(chosen)),
                        clusters=self._speak.say(f"summary.clusters.{filled}"),
                    )
                ]
                if filled
                else []
            )
        return _fitting(forms, self._say("clusters"))

    def kpis(self) -> str:
        """From where to where the KPI of what weighs most has to go."""
        kpis = self._context["kpis"]
        heaviest = self._heaviest()
        moved = [
            one for one in kpis if one["name"] and one["now"]["value"] is not None and one["target_text"]
        ]
        own = [one for one in moved if heaviest and one["measures"] == heaviest["id"]]
        forms = []
        if moved:
            kpi = (own or moved)[0]
            told = {
                "kpi": quoted_inside(kpi["name"]),
                "now": kpi["now"]["text"],
                "target": kpi["target_text"],
            }
            others = len(kpis) - 1
            forms.append(
                self._say("kpis_move", n=others, **told) if others else self._say("kpis_alone", **told)
            )
        return _fitting([*forms, self._say("kpis", n=len(kpis))], "")

    def plan(self) -> str:
        """How many initiatives there are, and from when until when."""
        initiatives = self._context["initiatives"]
        starts = sorted(one["start"] for one in initiatives if one["start"])
        ends = sorted(one["end"] for one in initiatives if one["end"])
        forms = []
        if starts and ends:
            period = self._speak.say(
                "sentence.period", start=self._speak.date(starts[0]), end=self._speak.date(ends[-1])
            )
            if len(initiatives) == sum(one["amount"] is not None for one in initiatives):
                amount = self._speak.amount(
                    self._context["amounts"], self._context["organisation"]["currency"]
                )
                forms.append(self._say("plan_amount", n=len(initiatives), period=period, amount=amount))
            forms.append(self._say("plan_between", n=len(initiatives), period=period))
        return _fitting([*forms, self._say("plan", n=len(initiatives))], "")

    def doubts(self) -> str:
        """What is still to be proved, or where we do not agree."""
        assumed = [one["title"] for one in self._context["assumptions"] if one["title"]]
        dissent = self._context["dissent"]
        apart = len(dissent["first"]) + len(dissent["others"]) + len(dissent["said"])
        forms = []
        if assumed:
            forms.append(self._say("doubts_first", title=quoted_inside(assumed[0]).rstrip(".")))
            forms.append(self._say("doubts_assumed", n=len(assumed)))
        elif apart:
            forms.append(self._say("doubts_dissent", n=apart))
        return _fitting(forms, self._say("doubts"))

    def asked(self, asked: int) -> str:
        """What is asked, and when we look again."""
        first, decisions = self._context["review"]["first_text"], bool(self._context["decisions"])
        forms = []
        if asked and first:
            forms.append(self._say("asked_review", n=asked, first=first))
        elif asked:
            forms.append(self._say("asked", n=asked))
        elif first:
            forms.append(self._say("decided_review" if decisions else "review", first=first))
        elif decisions:
            forms.append(self._say("decided"))
        return _fitting(forms, self._say("close"))

    def left_out(self) -> str:
        """That these slides are not all."""
        return self._say("left_out")

    def _heaviest(self) -> Table | None:
        """The objective of the highest priority."""
        known = [one for one in objectives_in(self._context) if one["title"] and one["priority"] is not None]
        return max(known, key=lambda one: one["priority"], default=None)

    def _top(self) -> str | None:
        """What stands at the top of the map: a mission, else the first financial outcome."""
        rows = (*self._context["missions"], *self._context["outcomes"])
        titles = [one["title"] for one in rows if one["title"]]
        return quoted_inside(titles[0]).rstrip(".") if titles else None

    def _objectives(self, n: int) -> str:
        told = self._speak.say("summary.objectives", n=n)
        return told[:1].upper() + told[1:]

    def _say(self, key: str, **values: object) -> str:
        return say(f"deck.title.{key}", self._language, **values)


def _fitting(forms: Sequence[str], otherwise: str) -> str:
    """Return the first form that fits above a slide; the shortest where none does."""
    known: Iterable[str] = [one for one in forms if one]
    fits = next((one for one in known if len(one) <= TITLE_LETTERS), None)
    return fits or min(known, key=len, default=otherwise)
