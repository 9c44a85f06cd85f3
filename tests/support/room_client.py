"""A phone in tests: requests over a real socket, one connection each, with the cookie that it was given."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bsc_coach.room.kept import KeptRoom
from bsc_coach.room.server import RoomServer
from tests.support.room_host import FakeHost

HERE = "127.0.0.1"
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Answered:
    """What came back, as it was."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def told(self) -> Any:
        return json.loads(self.text)


def answered(data: bytes) -> Answered:
    """Read a whole response; a status of 0 where there is none."""
    if not data:
        return Answered(0, {}, "")
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answered(int(first.split()[1]), headers, body.decode())


async def exchange(port: int, data: bytes) -> Answered:
    """Send bytes as they are, and read until the other side ends it."""
    reader, writer = await asyncio.open_connection(HERE, port)
    try:
        writer.write(data)
        told = b""
        try:
            await writer.drain()
            async with asyncio.timeout(20):
                told = await reader.read()
        except ConnectionError:
            pass
        return answered(told)
    finally:
        writer.close()


@dataclass
class Phone:
    """Somebody with a browser that does what forms do, and no more."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    """Sent instead of, or beside, what a browser would send; an empty one is left out."""
    cookie: str = ""

    def request(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> bytes:
        """Return a request as bytes."""
        all_headers = {"Host": f"{HERE}:{self.port}", "Connection": "close"}
        if method == "POST":
            all_headers |= {
                "Origin": f"http://{HERE}:{self.port}",
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(body)),
            }
        if self.cookie:
            all_headers["Cookie"] = self.cookie
        all_headers |= self.headers | (headers or {})
        lines = [f"{name}: {value}\r\n" for name, value in all_headers.items() if value]
        return f"{method} {path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode() + body

    async def get(self, path: str, **headers: str) -> Answered:
        return await exchange(self.port, self.request("GET", path, headers=headers))

    async def post(self, path: str, fields: Pairs = (), **headers: str) -> Answered:
        body = urlencode(list(fields)).encode()
        return await exchange(self.port, self.request("POST", path, body, headers))

    async def join(self, code: str, name: str = "", *more: tuple[str, str]) -> Answered:
        """Join; the cookie is kept."""
        told = await self.post("/join", [("code", code), ("name", name), *more])
        if "set-cookie" in told.headers:
            self.cookie = told.headers["set-cookie"].partition(";")[0]
        return told

    async def vote(self, form: str, turn: int, *values: str, **headers: str) -> Answered:
        """Hand in the values of a ballot, in the order of its lines."""
        lines = [(f"v{number}", value) for number, value in enumerate(values)]
        return await self.post("/hand-in", [("form", form), ("turn", str(turn)), *lines], **headers)

    async def part(self) -> dict[str, Any]:
        """Return what the script of the page is told."""
        told: dict[str, Any] = (await self.get("/part")).told
        return told


@asynccontextmanager
async def open_room(host: FakeHost, kept: KeptRoom | None = None, **how: Any) -> AsyncIterator[RoomServer]:
    """Open a room on this machine alone. A fault of the server fails the test."""
    faults: list[Exception] = []
    server = RoomServer(host, kept or KeptRoom(), failed=faults.append, **how)
    await server.open(HERE)
    try:
        yield server
    finally:
        await server.close()
    assert faults == []


async def joined(server: RoomServer, name: str = "", *more: tuple[str, str]) -> Phone:
    """Return a phone that has joined."""
    phone = Phone(server.port)
    await phone.join(server.seats.codes.room, name, *more)
    assert phone.cookie
    return phone
