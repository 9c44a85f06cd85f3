"""What a document opens with: its title and status, the summary in one paragraph, and what was decided.

The half page that a member of the board can repeat: for what, for whom and with which choice, the vital few
by cluster, the decisions. What the coach still warns of stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.context.origins import marked_together
from bsc_coach.documents.context.sentences import quoted_inside, within
from bsc_coach.documents.context.sheets import OPENING_SHEET, sheet
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.notes import Notes, PartOf, TakenOver
from bsc_coach.text import one_line
from bsc_coach.words import say, texts


def title(organisation: Table, notes: Notes, speak: DocumentWords) -> str:
    """Return the title of the document, with the theme where it tells of one alone."""
    name, year = organisation["name"], organisation["horizon_year"]
    form = {(True, True): "full", (True, False): "name", (False, True): "year"}.get(
        (bool(name), year is not None), "bare"
    )
    told = speak.say(f"title.{form}", name=one_line(name or ""), year=year)
    return told if notes.theme is None else speak.say("title.theme", title=told, theme=notes.theme)


def status(notes: Notes, speak: DocumentWords) -> str:
    """Return as of when the strategy stands so and whether that was confirmed, as far as anybody knows.

    Then what a reader must know of where it comes from: taken over, changed by hand, redacted.
    """
    return " ".join(_told_of(notes, speak))


def _told_of(notes: Notes, speak: DocumentWords) -> Iterator[str]:
    date = speak.date(notes.session_date) if notes.session_date else None
    form = "unconfirmed"
    if not notes.recorded:
        form = "unknown"
    elif notes.edited:
        form = "edited"
    elif notes.confirmed:
        form = "confirmed"
    confirmed = speak.date(notes.confirmed) if notes.confirmed else None
    if form == "confirmed" and confirmed != date:
        form = "confirmed_before"
    yield speak.say(f"status.{form}" if date else f"status.{form}_undated", date=date, confirmed=confirmed)
    if notes.taken_over is not None:
        yield from taken_over(notes.taken_over, speak)
    if notes.part_of is not None:
        yield part_of_said(notes.part_of, speak)
    if notes.redacted:
        yield say("redact.status", speak.language)


def version_line(brand: Brand, context: Table) -> str:
    """Return the version of a document as its cover tells it, with its day; empty without one."""
    if not brand.version:
        return ""
    version = say("document.format.version", context["language"], n=one_line(brand.version))
    return " · ".join(one for one in (version, context["session_date_text"]) if one)


def part_of_said(part: PartOf, speak: DocumentWords) -> str:
    """Say of what session this is a part, for which clusters, and since when."""
    known = texts("document", speak.language)["choice"]["cluster"]
    names = speak.listing([speak.choice("cluster", one) if one in known else one for one in part.clusters])
    key = "breakouts.document" if part.of else "breakouts.document_unnamed"
    return say(key, speak.language, of=part.of, names=names, on=speak.date(part.on))


def named_origin(origin: TakenOver, speak: DocumentWords) -> str:
    """Return what answers were taken over from: its name, and as of when where that is known."""
    source = origin.source or speak.say("origin.a_file")
    return speak.say("origin.as_of", source=source, date=speak.date(origin.as_of)) if origin.as_of else source


def taken_over(origin: TakenOver, speak: DocumentWords) -> Iterator[str]:
    """Yield from where and when answers were taken over, and how many of them nobody has confirmed yet."""
    source, on = named_origin(origin, speak), speak.date(origin.on)
    yield speak.say("origin.taken_over", source=source, on=on, n=origin.answers)
    yield speak.say(
        "origin.unconfirmed" if origin.unconfirmed else "origin.all_confirmed", n=origin.unconfirmed
    )
    if origin.unconfirmed_there:
        yield speak.say("origin.unconfirmed_there", n=origin.unconfirmed_there)
    if origin.edited:
        yield speak.say("origin.edited")
    if origin.redacted:
        yield speak.say("origin.redacted")


def summary(context: Table, speak: DocumentWords) -> str:
    """Return the strategy in one paragraph; says plainly when nothing has been settled."""
    sentences = [
        *_heading_for(context["organisation"], context["missions"], speak),
        *_serving(context, speak),
        *_choosing(context, speak),
        *map_size(context, speak),
    ]
    if not sentences:
        sentences = [speak.say("summary.empty")]
    return " ".join((*sentences, *_left(context, speak)))


def opening(context: Table, speak: DocumentWords) -> tuple[Table, ...]:
    """Return the rows on what the map is for: purpose, scope, who decides, who must be heard all the same.

    Who decides stands among the participants as well; alone it opens no document.
    """
    told = dict(context["organisation"])
    if not any(told[name] for name in ("purpose", "scope", "absent")):
        return ()
    decide = (one for one in context["participants"] if one["part"] == "decider")
    told["deciders"] = speak.listing([named for one in decide if (named := one["role"] or one["name"])])
    return sheet(told, OPENING_SHEET, context["words"])


def decided(context: Table, speak: DocumentWords) -> Table:
    """Return what was decided: ambition and choice in a line each, the vital few by cluster, decisions."""
    parts = [(cluster["id_text"], cluster["objectives"]) for cluster in context["clusters"]]
    parts.append((context["words"]["heading"]["elsewhere"], context["elsewhere"]))
    ambition = context["organisation"]["ambition"]
    return {
        "ambition": quoted_inside(ambition) if ambition else None,
        "choice": " ".join((*_serving(context, speak), *_choosing(context, speak))) or None,
        "clusters": tuple(
            {
                "cluster_text": marked_together(name, objectives, speak),
                "objectives": tuple(one["label"] for one in objectives),
            }
            for name, objectives in parts
            if objectives
        ),
        "decisions": tuple(one["told"] for one in context["decisions"]),
    }


def customers_of(organisation: Table, speak: DocumentWords) -> str:
    """Return what the team calls its customers, as it wrote it; "customers" while it has no word."""
    return one_line(organisation["customer_word"] or "") or speak.say("summary.customers")


def _heading_for(organisation: Table, missions: tuple[Table, ...], speak: DocumentWords) -> list[str]:
    told = [
        speak.say("summary.mission", mission=_ending_in(mission["title"]))
        for mission in missions
        if mission["title"]
    ]
    if organisation["ambition"]:
        year = organisation["horizon_year"]
        key = "summary.ambition" if year is None else "summary.ambition_year"
        told.append(speak.say(key, year=year, ambition=_ending_in(organisation["ambition"])))
    return told


def _ending_in(text: str) -> str:
    """Return ``text`` as a quotation that ends its sentence."""
    return quoted_inside(text).removesuffix(".")


def _serving(context: Table, speak: DocumentWords) -> list[str]:
    told = []
    for key in ("served", "not_served"):
        names = [within(segment["name"]) for segment in context[key] if segment["name"]]
        if names:
            told.append(speak.say(f"summary.{key}", **{key: speak.listing(names)}))
    return told


def _choosing(context: Table, speak: DocumentWords) -> list[str]:
    proposition = context["proposition"]
    if proposition["type"] is None:
        return []
    customers = customers_of(context["organisation"], speak)
    because = speak.say(f"summary.because.{proposition['type']}")
    marks = speak.listing([within(mark["id_text"]) for mark in proposition["differentiators"]])
    return [
        speak.say(
            "summary.proposition_marks" if marks else "summary.proposition",
            customers=customers[:1].upper() + customers[1:],
            because=because,
            marks=marks,
        )
    ]


def map_size(context: Table, speak: DocumentWords) -> list[str]:
    """Return in one sentence, or none, how much the map holds."""
    filled = [cluster for cluster in context["clusters"] if cluster["objectives"]]
    if not filled:
        return []
    objectives = sum(len(cluster["objectives"]) for cluster in filled)
    kpis = len(context["kpis"])
    return [
        speak.say(
            "summary.map",
            objectives=speak.say("summary.objectives", n=objectives),
            clusters=speak.say(f"summary.clusters.{len(filled)}"),
            kpis=speak.say("summary.kpis", n=kpis),
        )
    ]


def _left(context: Table, speak: DocumentWords) -> list[str]:
    """Say what is left: homework of somebody, homework of nobody, what is really open, and what waits.

    Of what a session leaves to its owners as a matter of course, only how many they are is told.
    """
    owners = [one for one in context["homework"] if one["owner"]]
    owned = 0 if any(one["left"] for one in owners) else sum(one["count"] for one in owners)
    ownerless = sum(one["count"] for one in context["homework"] if not one["owner"])
    waiting = sum(group["count"] for group in context["open_points"])
    taken = 0 if owned else len(owners)
    counted = {"homework": owned, "taken_home": taken, "ownerless": ownerless, "waiting": waiting}
    told = [speak.say(f"summary.{name}", n=n) for name, n in counted.items() if n]
    return [*told, speak.say("summary.not_discussed")] if context["not_discussed"] else told
