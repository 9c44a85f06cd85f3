"""Pages of a room as HTML: from templates/room, in the language of the session, every value escaped.

A page is a frame around one part; the script of a page fetches parts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bsc_coach.conversation.room_view import SeatPart, WallView
from bsc_coach.documents.templating.render import render
from bsc_coach.interview.live_round import Ballot, RoundForm
from bsc_coach.resources import asset_dir
from bsc_coach.room.address import qr_path
from bsc_coach.room.hand_in import field_of
from bsc_coach.room.messages import Fields
from bsc_coach.text import clean
from bsc_coach.words import say

EMPTY_FIELDS = 3
"""Fields to write in that are there at first; a script adds more."""
STATIC = {"/room.css": "text/css; charset=utf-8", "/room.js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class PagePart:
    """What stands in the middle of a page: its HTML, and whether the page looks again without a script."""

    html: str
    waits: bool = False


def static_file(path: str) -> bytes:
    """Return the style sheet or the script of all pages."""
    return asset_dir("templates").joinpath("room", path.removeprefix("/")).read_bytes()


def key_of(wall: WallView) -> str:
    """Return what phones show now, as a word that changes when they have to show something else."""
    if wall.ended:
        return "ended"
    if wall.round is not None:
        return f"round-{wall.round.id}~{wall.round.names}"
    if wall.result is not None:
        return f"result-{wall.result.form_id}-{wall.moved}"
    return f"wait-{wall.moved}"


def page(part: PagePart, wall: WallView, *, kind: str, theme: str = "", at: str = "/") -> str:
    """Return a whole page. ``kind`` is "phone", "wall" or "seat"; ``at`` is where a script gets parts."""
    return _render(
        "page", wall.language, part=part, title=wall.title, kind=kind, theme=theme, at=at, key=key_of(wall)
    )


def join_part(wall: WallView, *, fault: str = "", to: str = "", name: str = "") -> PagePart:
    """Return the form with which somebody joins. ``fault`` is why that did not work, as a key of words."""
    return PagePart(_render("join", wall.language, wall=wall, fault=fault, to=to, name=name))


def member_part(
    wall: WallView,
    own: Ballot | None,
    part: SeatPart,
    *,
    changing: bool = False,
    typed: Fields | None = None,
    fault: str = "",
) -> PagePart:
    """Return what a seat sees now: a form, its own hand-in, the outcome, or the question.

    ``typed`` is what was sent and not taken, and is shown again; ``fault`` why, as a key of words.
    """
    # Without a round: what is asked, or what came of the last one.
    form = wall.round
    if wall.ended:
        return PagePart(_render("ended", wall.language))
    if form is None:
        name = "result" if wall.result is not None else "wait"
        return PagePart(_render(name, wall.language, wall=wall, result=wall.result, fault=fault), waits=True)
    # In a round: whoever has handed in sees their own, everybody else the form.
    if part == "observer":
        return PagePart(_render("watch", wall.language, wall=wall, form=form), waits=True)
    if own is not None and not changing and typed is None:
        return PagePart(
            _render("thanks", wall.language, wall=wall, form=form, own=own, fault=fault), waits=True
        )
    name = "write" if form.kind == "round" else "vote"
    entered = _entered(form, own, typed)
    texts = _texts(own, typed)
    free = max(EMPTY_FIELDS - len(texts), 1)
    return PagePart(
        _render(
            name,
            wall.language,
            form=form,
            fields=[field_of(number) for number in range(len(form.lines))],
            entered=entered,
            texts=[*texts, *[""] * min(free, max(form.most_texts - len(texts), 0))],
            sentence=typed.get("sentence") if typed is not None else (own.sentence if own else ""),
            turn=(own.turn if own is not None else 0) + 1,
            own=own,
            fault=fault,
        )
    )


def _entered(form: RoundForm, own: Ballot | None, typed: Fields | None) -> list[str]:
    if typed is not None:
        return [typed.get(field_of(number)) for number in range(len(form.lines))]
    values: Mapping[str, str] = own.values if own is not None else {}
    return [values.get(line.id, "") for line in form.lines]


def _texts(own: Ballot | None, typed: Fields | None) -> list[str]:
    told = typed.all("text") if typed is not None else (own.texts if own is not None else ())
    return [text for text in told if text.strip()]


def wall_part(wall: WallView, *, now: datetime, map_number: int) -> PagePart:
    """Return the wall. ``map_number`` counts the pictures of the map; 0 where there is none yet."""
    size, path = qr_path(wall.address) if wall.address else (0, "")
    lines = wall.round.lines if wall.round is not None else ()
    return PagePart(
        _render(
            "wall",
            wall.language,
            wall=wall,
            result=wall.result,
            answers=wall.round.answers if wall.round is not None else (),
            voted_on=list(dict.fromkeys(line.about or line.ask for line in lines)),
            left=seconds_left(wall, now),
            qr_size=size,
            qr_path=path,
            address=wall.address.partition("#")[0],
            code=wall.address.partition("#")[2],
            map_number=map_number,
        ),
        waits=True,
    )


def scribe_part(wall: WallView, *, sent: int, fault: str = "", typed: str = "", kind: str = "") -> PagePart:
    """Return the page with which a scribe proposes. ``sent`` is how many of theirs were put in the queue."""
    return PagePart(
        _render("scribe", wall.language, wall=wall, sent=sent, fault=fault, typed=typed, kind=kind)
    )


def with_way_to_seat(part: PagePart, language: str) -> PagePart:
    """Return what a scribe sees of the round, with the way back to the page with which they propose."""
    return replace(part, html=part.html + _render("to_seat", language))


def refusal_part(language: str, status: int) -> PagePart:
    """Return one plain sentence on why a request was not answered."""
    known = status in (400, 401, 403, 404, 405, 413, 415, 421, 429, 431, 500, 503)
    return PagePart(
        _render("refusal", language, said=say(f"room.refused.s{status if known else 400}", language))
    )


def seconds_left(wall: WallView, now: datetime) -> int | None:
    """Return how long the timer still runs, in seconds and never less than none; None where none does."""
    return None if wall.timer is None else max(int((wall.timer.ends - now).total_seconds() + 0.999), 0)


def count_said(wall: WallView) -> str:
    """Return in words how many have handed in: the only thing that is told of an open round."""
    if wall.round is None:
        return ""
    return say("room.count", wall.language, n=wall.handed_in, of=max(wall.seats, wall.handed_in))


def _render(name: str, language: str, /, **context: object) -> str:
    told: Callable[..., str] = lambda key, **values: say(f"room.{key}", language, **values)  # noqa: E731
    made = render(f"room/{name}.html.j2", {**context, "language": language, "say": told})
    return clean(made).text  # whatever the host has shown: nothing that a browser or a reader may act on
