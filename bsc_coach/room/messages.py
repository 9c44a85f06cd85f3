"""Requests and responses of the room's server as frozen data, and the headers that every response has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlsplit

from bsc_coach.room.limits import MOST_FIELDS

FORM = "application/x-www-form-urlencoded"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-resource-policy", "same-origin"),
    # With "no-referrer" browsers would send no origin along with a form, and that is what is looked at.
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
)
"""What every response carries: nothing but what this server gives is run, framed, guessed at or kept."""


class RefusedRequest(Exception):  # noqa: N818  it is the outcome of reading, not a fault
    """A request that is not answered, by the status code that says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Request:
    """A request as it was read: nothing of it is trusted."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in small letters; the first of several counts, two of ``host`` are refused."""
    body: bytes = b""
    peer: str = ""

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> Fields:
        """What stands behind the question mark."""
        return fields_of(self.target.partition("?")[2])

    @property
    def fields(self) -> Fields:
        """The fields of the form that was sent."""
        return fields_of(self.body.decode("utf-8", "replace"))

    def cookie(self, name: str) -> str:
        """Return the value of a cookie, or nothing."""
        try:
            found = SimpleCookie(self.headers.get("cookie", "")).get(name)
        except CookieError:
            return ""
        return "" if found is None else found.value

    @property
    def wants_json(self) -> bool:
        """Whether the script of the page asks, rather than a browser that goes to another page."""
        return self.headers.get("accept", "") == JSON

    @property
    def comes_from(self) -> str:
        """Scheme and host that the request was made from, as the browser says; nothing where it does not.

        An old browser sends no origin along with a form: then the page it came from tells.
        """
        if (origin := self.headers.get("origin")) is not None:
            return origin
        page = urlsplit(self.headers.get("referer", ""))
        return f"{page.scheme}://{page.netloc}" if page.netloc else ""


@dataclass(frozen=True)
class Fields:
    """The fields of a form or a query, in the order in which they came."""

    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Return the last value of a field, or nothing."""
        return next((value for one, value in reversed(self.pairs) if one == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a field."""
        return tuple(value for one, value in self.pairs if one == name)

    def has(self, name: str) -> bool:
        """Tell whether a field is there."""
        return any(one == name for one, _ in self.pairs)


def fields_of(told: str) -> Fields:
    """Return the fields of an encoded form. Raises RefusedRequest where it has too many."""
    try:
        pairs = parse_qsl(told, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError:
        raise RefusedRequest(400) from None
    return Fields(tuple(pairs))


@dataclass(frozen=True)
class Response:
    """An answer: a body, or with ``streams`` one that goes on until somebody leaves."""

    status: int = 200
    body: bytes = b""
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    streams: str = ""
    """The id of the seat that a stream of changes is for; nothing for an ordinary answer."""


def see_other(place: str, *headers: tuple[str, str]) -> Response:
    """Return the answer to a form: go there, with an ordinary request."""
    return Response(303, headers=(("location", place), *headers))
