"""The slides on what we are for and for whom: the cover, whom we serve, what we promise."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.documents.context.sentences import quoted_inside
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.map.style import BAND_COLOURS, EDGE, FILLS
from bsc_coach.documents.office.slides.panels import BODY, Look, Say, box, put_columns, side_by_side
from bsc_coach.documents.office.slides.telling import Telling, marked
from bsc_coach.drawing.model import Area

_TRAITS = ("income", "age", "lifestyle", "price", "adopter_text")
_GAP = 12.0


def put_cover(telling: Telling) -> None:
    """Add the cover: the ambition is its title, and below it what it is for."""
    context, organisation = telling.context, telling.context["organisation"]
    missions = [marked(one["title"], one) for one in context["missions"] if one["title"]]
    title = quoted_inside(organisation["ambition"]) if organisation["ambition"] else context["title"]
    above = context["title"] if organisation["ambition"] else ""
    slide = telling.deck.cover(title, above, [*missions, context["status"]])
    telling.deck.notes(slide, _of_the_cover(telling))


def _of_the_cover(telling: Telling) -> Iterator[str]:
    context, organisation = telling.context, telling.context["organisation"]
    named = (organisation["name"], organisation["kind_text"])
    yield ": ".join(part for part in named if part)
    if organisation["ambition"]:
        yield f"{telling.heading('ambition')}: {organisation['ambition']}"
    for one in context["missions"]:
        yield telling.point(one, "horizon_text", "owner_role", "measured_by")
    for name, label in (
        ("values", "values"),
        ("process_vision", "process_vision"),
        ("customer_value_note", "customer_value"),
    ):
        if organisation[name]:
            yield f"{telling.label(label)}: {organisation[name]}"
    for row in context["opening"]:
        yield f"{row['label']}: {row['text']}"
    if context["participants"]:
        yield f"{telling.heading('consensus')}:"
    for one in context["participants"]:
        known = [one["name"], one["role"], one["part_text"], telling.fields(one, "vote_text", "concern")]
        yield marked("; ".join(part for part in known if part), one)


def put_whom(telling: Telling) -> None:
    """Add the slide on whom we serve, and whom deliberately not."""
    context = telling.context
    served, not_served = context["served"], context["not_served"]
    unsure = context["undecided_segments"]
    if not (served or not_served or unsure):
        return
    slide = telling.deck.slide(telling.titles.whom())
    columns = [(telling.heading("served"), served, BAND_COLOURS["customer"], FILLS["customer"])]
    if not_served:
        columns.append((telling.heading("not_served"), not_served, BAND_COLOURS["process"], FILLS["process"]))
    if unsure:
        columns.append(
            (telling.heading("undecided_segments"), unsure, BAND_COLOURS["process"], FILLS["process"])
        )
    told = [
        ([Say("", heading, colour=colour), *(said for one in rows for said in _segment(telling, one))], fill)
        for heading, rows, colour, fill in columns
    ]
    put_columns(telling.deck, slide, told, [3.0, 2.0, 2.0][: len(columns)])
    telling.deck.notes(
        slide,
        (
            f"{marked(one['name'] or one['id'], one)}. "
            + telling.fields(one, "choice_text", *_TRAITS, "reason")
            for one in context["segments"]
        ),
    )


def _segment(telling: Telling, one: Table) -> Iterator[Say]:
    name = one["name"] or one["id"]
    first = telling.phrase("label.first_group")
    yield Say(f"– {first}" if one["choice"] == "primary" else "", name)
    if one["reason"]:
        yield Say(one["reason"])
    elif traits := [one[name] for name in ("lifestyle", "price") if one[name]]:
        yield Say(". ".join(traits))


def put_promise(telling: Telling) -> None:
    """Add the slide on why customers choose us: a sentence, promises, what stands out, what does not."""
    context, proposition = telling.context, telling.context["proposition"]
    promises = context["promises"]
    known = any(proposition[name] for name in ("type", "statement", "told", "not_best", "why"))
    if not (promises or known):
        return
    slide = telling.deck.slide(telling.titles.promise())
    left, right = side_by_side(BODY, (11, 9))
    colour, fill = BAND_COLOURS["customer"], FILLS["customer"]
    # At the left what is said to customers: one sentence, and what they can count on.
    top = 0.0
    if proposition["statement"]:
        top = left.height * (0.42 if promises else 1)
        area = Area(left.x, left.y, left.width, top - _GAP)
        box(
            telling.deck,
            slide,
            area,
            [Say(proposition["statement"])],
            Look(fill=fill, middle=True, sizes=(22.0, 20.0, 18.0, 16.0, 14.0, 12.0)),
        )
    if promises:
        area = Area(left.x, left.y + top, left.width, left.height - top)
        said = [Say("", telling.heading("promises"), colour=colour), *(_promise(one) for one in promises)]
        box(telling.deck, slide, area, said, Look(edge=EDGE))
    speak = DocumentWords(context["language"])
    # At the right how we are to be better than others, and how not.
    said = []
    for name in ("differentiators", "thresholds"):
        if marks := proposition[name]:
            said.append(Say("", telling.heading(name), colour=colour))
            bare = [marked(one["id_text"], one) for one in marks if not one["good_enough"]]
            said += [Say("", speak.listing(bare))] if bare else []
            said += [
                Say(marked(one["good_enough"], one), one["id_text"]) for one in marks if one["good_enough"]
            ]
    if proposition["not_best"]:
        said += [Say("", telling.label("not_best"), colour=colour), Say(proposition["not_best"])]
    if said:
        box(telling.deck, slide, right, said, Look(edge=EDGE))
    telling.deck.notes(slide, _of_the_promise(telling))


def _promise(one: Table) -> Say:
    attribute = f"({one['attribute_text']})" if one["attribute_text"] else ""
    return Say(marked(f"{one['title'] or ''} {attribute}".strip(), one), one["id"])


def _of_the_promise(telling: Telling) -> Iterator[str]:
    proposition = telling.context["proposition"]
    parts = (proposition["type_text"], proposition["points_text"], proposition["statement"])
    told = ". ".join(str(one).rstrip(".") for one in parts if one)
    yield f"{telling.heading('proposition')}: {told}" if told else ""
    if proposition["why"]:
        yield f"{telling.label('reason')}: {proposition['why']}"
    for one in proposition["attributes"]:
        known = (one["id_text"], one["role_text"], one["good_enough"])
        yield marked(": ".join(part for part in known if part), one)
    if proposition["not_best"]:
        yield f"{telling.label('not_best')}: {proposition['not_best']}"
    for one in telling.context["promises"]:
        yield telling.point(one, "attribute_text", "horizon_text", "owner_role", "measured_by")
