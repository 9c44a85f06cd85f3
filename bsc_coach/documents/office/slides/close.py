"""The last slides: what we are not sure of, what is asked and when, and what these slides leave out."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.documents.context.asked import against
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.map.style import BAND_COLOURS, FILLS
from bsc_coach.documents.office.slides.panels import Say, by_text, put_columns
from bsc_coach.documents.office.slides.telling import Telling, marked

_MOST_DATES = 6
_COLOUR = BAND_COLOURS["process"]


def put_doubts(telling: Telling) -> None:
    """Add what is still to be proved, what may go wrong, where we disagree, what the coach warns of."""
    context = telling.context
    assumed = [Say("", telling.heading("assumptions"), colour=_COLOUR)]
    for one in context["assumptions"]:
        by = ", ".join(part for part in (one["owner_role"], one["test_date_text"]) if part)
        assumed += [
            Say(marked(one["title"] or "", one), one["id"]),
            Say(f"{one['test'] or ''} ({by})".strip() if by else one["test"] or "", italic=True),
        ]
    columns = [assumed] if context["assumptions"] else []
    if context["risks"]:
        columns.append([Say("", telling.heading("risks"), colour=_COLOUR), *_risks(telling)])
    if against := list(_against(telling)):
        columns.append(against)
    if context["alarms"]:
        warned = [Say("", telling.heading("alarms"), colour=_COLOUR)]
        columns.append(warned + [Say(one["say"], one["about_text"] or "") for one in context["alarms"]])
    if not columns:
        return
    slide = telling.deck.slide(telling.titles.doubts())
    told = [([one for one in said if one.whole], FILLS["process"]) for said in columns]
    put_columns(telling.deck, slide, told, by_text([said for said, _ in told]))
    telling.deck.notes(slide, _of_the_doubts(telling))


def _risks(telling: Telling) -> Iterator[Say]:
    """Yield each risk with what it threatens, who watches it, and what is done about it."""
    for one in telling.context["risks"]:
        yield Say(marked(one["title"] or "", one), one["id"])
        told = telling.fields(one, "threatens_text", "owner_role", "answer")
        if told:
            yield Say(told, italic=True)


def _against(telling: Telling) -> Iterator[Say]:
    """Yield what somebody saw otherwise: ballots far apart, sentences, concerns, dissent about decisions."""
    context, dissent = telling.context, telling.context["dissent"]
    told = [
        *(Say(_numbers(one), _place(one)) for one in (*dissent["first"], *dissent["others"])),
        *(Say(one["text"], one["about_text"]) for one in dissent["said"]),
    ]
    if told:
        yield Say("", telling.heading("dissent"), colour=_COLOUR)
        yield from told
    otherwise = [Say(one["dissent"], one["label"]) for one in _decided_against(telling)]
    concerns = [
        Say(one["concern"], one["role"] or one["name"] or one["id"])
        for one in context["participants"]
        if one["concern"]
    ]
    if otherwise or concerns:
        yield Say("", telling.label("dissent"), colour=_COLOUR)
        yield from (*otherwise, *concerns)
    if context["agreement_text"] or context["votes_text"]:
        yield Say("", telling.heading("consensus"), colour=_COLOUR)
        yield from (Say(one) for one in (context["votes_text"], context["agreement_text"]) if one)


def _decided_against(telling: Telling) -> Iterator[Table]:
    return against(telling.context, DocumentWords(telling.context["language"]))


def _place(one: Table) -> str:
    return ": ".join(part for part in (one["title"], one["place"]) if part)


def _numbers(one: Table) -> str:
    return "; ".join(part for part in (one["mean_text"], one["spread_text"]) if part)


def _of_the_doubts(telling: Telling) -> Iterator[str]:
    context, dissent = telling.context, telling.context["dissent"]
    for one in context["assumptions"]:
        yield marked(f"{one['label']}. {telling.fields(one, 'test', 'owner_role', 'test_date_text')}", one)
    for one in context["risks"]:
        yield marked(f"{one['label']}. {telling.fields(one, 'threatens_text', 'owner_role', 'answer')}", one)
    for one in (*dissent["first"], *dissent["others"]):
        yield f"{_place(one)}. " + "; ".join(f"{row['label']}: {row['text']}" for row in one["sheet"])
    for one in dissent["said"]:
        yield f"{one['about_text']}: {one['text']}"
    for one in (*context["participants"], *_decided_against(telling)):
        said = one.get("concern") or one.get("dissent")
        if said:
            yield f"{one.get('label') or one['name'] or one['role']}: {said}"


def put_asked(telling: Telling) -> None:
    """Add what is asked of the board, what stands, and the next dates."""
    context, review = telling.context, telling.context["review"]
    asked = [Say(one["told"]) for one in context["asked"]]
    stands: list[Say] = []
    decided = [one for one in context["decisions"] if one["status"] != "proposed"]
    if decided:
        stands = [
            Say("", telling.heading("decisions"), colour=_COLOUR),
            *(Say(one["told"]) for one in decided),
        ]
    rhythm = [
        Say(review[name], f"{telling.label(name.removesuffix('_text'))}:")
        for name in ("first_text", "rhythm_text", "who")
        if review[name]
    ]
    coming = [one for one in context["next"] if one["kind"] not in ("review", "end")][:_MOST_DATES]
    dates = [Say(one["what"], f"{one['when_text']}:") for one in coming]
    if rhythm or dates:
        dates = [Say("", context["board"]["heading"]["next"], colour=_COLOUR), *rhythm, *dates]
    if asked:
        asked = [Say("", context["board"]["heading"]["asked"], colour=_COLOUR), *asked]
    columns = [one for one in (asked, stands, dates) if one]
    if not columns:
        return
    slide = telling.deck.slide(telling.titles.asked(sum(one["kind"] != "points" for one in context["asked"])))
    told = [(said, FILLS["financial"] if said is asked else None) for said in columns]
    put_columns(telling.deck, slide, told, by_text([said for said, _ in told]))
    telling.deck.notes(slide, _of_the_close(telling))


def _of_the_close(telling: Telling) -> Iterator[str]:
    """Yield each decision with its reasons, what was parked, and what the team said of steering."""
    context, review = telling.context, telling.context["review"]
    yield from telling.sheets(context["decisions"])
    for one in context["parking"]:
        yield marked(f"{one['label']}. {telling.fields(one, 'became_text', 'owner_text', 'due_text')}", one)
    for name in ("act", "steering", "long_term"):
        if review[name]:
            yield f"{telling.label(name)}: {review[name]}"


def put_left_out(telling: Telling) -> None:
    """Add a slide that names what these slides leave out, and where it stands; none where that is nothing."""
    context = telling.context
    there = {
        "kpis": any(one["has_sheet"] for one in context["kpis"]),
        "trivial_many": context["trivial_many"],
        "processes": context["processes"],
        "sorting": context["old_kpis"],
        "written": context["written"],
        "votes": any(one["votes_text"] for one in (*context["vital_few"], *context["trivial_many"])),
        "meeting": any(context["meeting"].values()),
    }
    told = [
        (_named(telling, name), telling.phrase(f"left_out.{name}")) for name, known in there.items() if known
    ]
    if told:
        telling.deck.text(telling.titles.left_out(), [*told, ("", telling.phrase("left_out.where"))])


def _named(telling: Telling, part: str) -> str:
    """Return what a part of the documents is called in them."""
    labels = {"votes": "votes", "meeting": "worth"}
    return telling.label(labels[part]) if part in labels else telling.heading(part)
