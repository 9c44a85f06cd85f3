"""Answers of the room's server: who may ask, pages and parts, joining, handing in, proposing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bsc_coach.conversation.room_view import ProposalKind, WallView
from bsc_coach.room.hand_in import ballot_in, tidied, turn_in
from bsc_coach.room.host import RoomHost
from bsc_coach.room.limits import LONGEST_NAME, RateLimit
from bsc_coach.room.messages import FORM, JSON, Fields, RefusedRequest, Request, Response, see_other
from bsc_coach.room.pages import (
    STATIC,
    PagePart,
    count_said,
    join_part,
    key_of,
    member_part,
    page,
    refusal_part,
    scribe_part,
    seconds_left,
    static_file,
    wall_part,
    with_way_to_seat,
)
from bsc_coach.room.seats import SeatRecord, Seats

LONGEST_PROPOSAL = 280
_KINDS: dict[str, ProposalKind] = {
    "wording": "wording",
    "parked": "parked",
    "decision": "decision",
    "note": "note",
}
PAGES = {"/": "phone", "/wall": "wall", "/seat": "seat"}
"""The pages that there are, and what kind of page each is to the style sheet and the script."""
_THEMES = ("dark", "light")


@dataclass(frozen=True)
class Door:
    """Where the server is reached: anything that was sent to another name is refused."""

    hosts: frozenset[str]
    cookie: str
    """Name of the cookie with the token; it has the port in it, because cookies know no ports."""


@dataclass
class Limits:
    """How often somebody may ask, by seat and by address; generous where a whole room has one address."""

    clock: Callable[[], float]
    asks: RateLimit = field(init=False)
    posts: RateLimit = field(init=False)
    of_seat: RateLimit = field(init=False)
    wrong_codes: RateLimit = field(init=False)
    all_wrong_codes: RateLimit = field(init=False)

    def __post_init__(self) -> None:
        self.asks = RateLimit(4000, 400, self.clock)
        self.posts = RateLimit(1500, 150, self.clock)
        self.of_seat = RateLimit(20, 2, self.clock)
        self.wrong_codes = RateLimit(60, 1, self.clock)
        self.all_wrong_codes = RateLimit(200, 3, self.clock)


def for_strangers(wall: WallView) -> WallView:
    """Return what somebody sees who has not joined: nothing of the session but its language."""
    return WallView(wall.language, "", "", "", "")


class RoomAnswers:
    """Answers requests from what the host says; it holds the seats and nothing of a ballot."""

    def __init__(
        self,
        host: RoomHost,
        seats: Seats,
        door: Door,
        *,
        clock: Callable[[], float],
        now: Callable[[], datetime],
    ) -> None:
        """``clock`` counts seconds, for how often; ``now`` is the time of day, in UTC."""
        self._host = host
        self.seats = seats
        self._door = door
        self._limits = Limits(clock)
        self._now = now
        self._proposed: Counter[str] = Counter()
        self.has_stream_place: Callable[[str], bool] = lambda seat: True
        self.map_svg = ""
        self.map_number = 0
        """Which picture of the map it is; 0 before the first."""
        self.wall_wanted = False
        """Whether somebody has a wall open in a browser, so that a picture of the map is wanted."""

    def answer(self, request: Request) -> Response:
        """Answer a request. Raises RefusedRequest for what is not answered."""
        self._admit(request)
        path = request.path
        if path in STATIC:
            return Response(body=static_file(path), kind=STATIC[path])
        if path == "/favicon.ico":
            return Response(204)
        seat = self._seat_of(request)
        if request.method == "POST":
            return self._post(path, request, seat)
        return self._page(path, request, seat) if path in PAGES else self._behind(path, request, seat)

    def _behind(self, path: str, request: Request, seat: SeatRecord | None) -> Response:
        """Answer what the script of a page asks for."""
        if seat is None:
            raise RefusedRequest(401)
        match path:
            case "/part" | "/wall/part" | "/seat/part":
                return self._part_alone(path, request, seat)
            case "/state":
                return self._json({**self.state(), "own": self._own_turn(seat)})
            case "/events":
                if not self.has_stream_place(seat.id):
                    return Response(204)  # a browser that is told this does not come back for more
                return Response(kind="text/event-stream; charset=utf-8", streams=seat.id)
            case "/map.svg" if self.map_number:
                return Response(body=self.map_svg.encode(), kind="image/svg+xml")
        raise RefusedRequest(404)

    def refusal(self, status: int) -> bytes:
        """Return the page for a request that is not answered."""
        stranger = for_strangers(self._host.wall())
        return page(refusal_part(stranger.language, status), stranger, kind="refusal").encode()

    def state(self) -> dict[str, object]:
        """Return what everybody is told of what holds now: how many, never who and never what."""
        wall = self._host.wall()
        return {
            "key": key_of(wall),
            "moved": wall.moved,
            "map": self.map_number,
            "said": count_said(wall),
            "left": seconds_left(wall, self._now()),
            "seats": wall.seats,
        }

    # Who may ask

    def _admit(self, request: Request) -> None:
        """Refuse what was sent to another name, from elsewhere, in another form, or too often."""
        host = request.headers.get("host", "").lower()
        if host not in self._door.hosts:
            raise RefusedRequest(421)
        if request.method not in ("GET", "HEAD", "POST"):
            raise RefusedRequest(405)
        limit = self._limits.posts if request.method == "POST" else self._limits.asks
        if not limit.allows(request.peer):
            raise RefusedRequest(429)
        if request.method == "POST":
            if request.comes_from != f"http://{host}":
                raise RefusedRequest(403)
            if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
                raise RefusedRequest(415)

    def _seat_of(self, request: Request) -> SeatRecord | None:
        token = request.cookie(self._door.cookie)
        seat = self.seats.find(token) if token else None
        if seat is not None:
            self.seats.seen(seat, self._now())
        return seat

    def _own_turn(self, seat: SeatRecord) -> int:
        own = self._host.own(seat.id)
        return 0 if own is None else own.turn

    def has_ballot(self, seat: str) -> bool:
        """Tell whether there is a ballot of a seat in the open round."""
        return self._host.own(seat) is not None

    # Pages

    def _page(self, path: str, request: Request, seat: SeatRecord | None) -> Response:
        wall = self._host.wall()
        theme = request.query.get("theme")
        theme = theme if theme in _THEMES else ""
        if seat is None:
            to = "" if path == "/" else path.removeprefix("/")
            return self._joining(wall, to=to)
        part = self._part(path, request.query, seat, wall)
        return self._html(part, wall, kind=PAGES[path], theme=theme, at=path)

    def _part(self, path: str, query: Fields, seat: SeatRecord, wall: WallView) -> PagePart:
        if path.startswith("/wall"):
            self.wall_wanted = True
            return wall_part(wall, now=self._now(), map_number=self.map_number)
        if path.startswith("/seat"):
            if seat.part != "scribe":
                raise RefusedRequest(403)
            return scribe_part(wall, sent=self._proposed[seat.id])
        part = member_part(wall, self._host.own(seat.id), seat.part, changing=query.has("change"))
        return with_way_to_seat(part, wall.language) if seat.part == "scribe" else part

    def _part_alone(self, path: str, request: Request, seat: SeatRecord) -> Response:
        wall = self._host.wall()
        part = self._part(path, request.query, seat, wall)
        return self._json({**self.state(), "html": part.html, "own": self._own_turn(seat)})

    def _html(
        self, part: PagePart, wall: WallView, *, kind: str, theme: str = "", at: str = "/", status: int = 200
    ) -> Response:
        return Response(status, page(part, wall, kind=kind, theme=theme, at=at).encode())

    def _joining(
        self, wall: WallView, *, to: str = "", fault: str = "", name: str = "", status: int = 200
    ) -> Response:
        stranger = for_strangers(wall)
        part = join_part(stranger, fault=fault, to=to, name=name[:LONGEST_NAME])
        return self._html(part, stranger, kind="phone", status=status)

    def _json(self, told: object, status: int = 200) -> Response:
        return Response(status, json.dumps(told).encode("ascii"), JSON)

    # What is sent

    def _post(self, path: str, request: Request, seat: SeatRecord | None) -> Response:
        if path == "/join":
            return self._join(request)
        if path not in ("/hand-in", "/take-back", "/propose"):
            raise RefusedRequest(404)
        if seat is None:
            return self._not_taken(request, "no_seat", None, 401)
        if not self._limits.of_seat.allows(seat.id):
            raise RefusedRequest(429)
        if path == "/propose":
            return self._propose(request, seat)
        if seat.part == "observer":
            return self._not_taken(request, "not_yours", seat, 403)
        return self._hand_in(request, seat) if path == "/hand-in" else self._take_back(request, seat)

    def _join(self, request: Request) -> Response:
        """Give a seat to whoever knows the code; a wrong one is counted, a right one is not."""
        fields, wall = request.fields, self._host.wall()
        to = fields.get("to") if fields.get("to") in ("wall", "seat") else ""
        tries, name = self._limits, fields.get("name")
        # Too many wrong ones close the door for a moment to right ones too: a guess must not be told.
        if tries.wrong_codes.spent(request.peer) or tries.all_wrong_codes.spent(""):
            return self._joining(wall, fault="too_often", to=to, status=429)
        joined = self.seats.join(
            fields.get("code"),
            tidied(name),
            follows=fields.has("follows") or to == "wall",
            now=self._now(),
            has_ballot=self.has_ballot,
        )
        if isinstance(joined, str):
            if joined == "wrong_code":
                tries.wrong_codes.allows(request.peer)
                tries.all_wrong_codes.allows("")
            status = 403 if joined == "wrong_code" else 503
            return self._joining(wall, fault=joined, to=to, name=tidied(name), status=status)
        seat, token = joined
        place = "/seat" if seat.part == "scribe" else f"/{to if to == 'wall' else ''}"
        cookie = f"{self._door.cookie}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400"
        return see_other(place, ("set-cookie", cookie))

    def _hand_in(self, request: Request, seat: SeatRecord) -> Response:
        """Take a ballot, or say why not, with what was typed."""
        fields, form = request.fields, self._host.wall().round
        turn = turn_in(fields)
        if turn is None:
            raise RefusedRequest(400)
        if form is None:
            return self._not_taken(request, "no_round", seat, 409)
        if fields.get("form") != form.id:
            return self._not_taken(request, "other_round", seat, 409)
        ballot = ballot_in(form, fields, turn=turn, named=seat.name)
        fault = self._host.hand_in(seat.id, form.id, ballot)
        if fault is None:
            return self._taken(request, seat)
        if fault in ("no_round", "other_round", "older"):
            return self._not_taken(request, fault, seat, 409)
        return self._not_taken(request, fault, seat, 422, typed=fields)

    def _take_back(self, request: Request, seat: SeatRecord) -> Response:
        """Forget a ballot, if it is the one that the phone means."""
        fields, form = request.fields, self._host.wall().round
        if form is None or fields.get("form") != form.id:
            return self._not_taken(request, "no_round" if form is None else "other_round", seat, 409)
        if (turn_in(fields) or 0) < self._own_turn(seat):
            return self._not_taken(request, "older", seat, 409)
        self._host.take_back(seat.id)
        return self._taken(request, seat)

    def _propose(self, request: Request, seat: SeatRecord) -> Response:
        """Put a proposal of the scribe into the driver's queue."""
        fields, wall = request.fields, self._host.wall()
        text, kind = tidied(fields.get("proposal")), _KINDS.get(fields.get("kind"))
        if seat.part != "scribe":
            raise RefusedRequest(403)
        if kind is None:
            raise RefusedRequest(400)
        fault = "empty" if not text else "too_long" if len(text) > LONGEST_PROPOSAL else ""
        if not fault and not self._host.propose(kind, text, seat.name):
            fault = "queue_full"
        if fault:
            sent = self._proposed[seat.id]
            part = scribe_part(wall, sent=sent, fault=fault, typed=text[:LONGEST_PROPOSAL], kind=kind)
            return self._html(part, wall, kind="seat", at="/seat", status=422)
        self._proposed[seat.id] += 1
        return see_other("/seat")

    def _taken(self, request: Request, seat: SeatRecord) -> Response:
        if not request.wants_json:
            return see_other("/")
        wall = self._host.wall()
        part = member_part(wall, self._host.own(seat.id), seat.part)
        return self._json({**self.state(), "html": part.html, "own": self._own_turn(seat)})

    def _not_taken(
        self,
        request: Request,
        fault: str,
        seat: SeatRecord | None,
        status: int,
        *,
        typed: Fields | None = None,
    ) -> Response:
        """Say why something was not taken: to a script with the new part, to a browser with a whole page."""
        wall = self._host.wall()
        if seat is None:
            if request.wants_json:
                return self._json({"fault": fault}, status)
            return self._joining(wall, fault=fault, status=status)
        part = member_part(wall, self._host.own(seat.id), seat.part, typed=typed, fault=fault)
        if request.wants_json:
            told = {**self.state(), "html": part.html, "own": self._own_turn(seat), "fault": fault}
            return self._json(told, status)
        return self._html(part, wall, kind="phone", status=status)
