"""Phones of a room in a process of their own: each follows the stream and votes now and then.

Started by ``room.py`` as ``python room_phones.py PORT CODE PHONES SECONDS SEED``. Prints a line once all have
joined, waits for a line, and prints what each vote took, in seconds, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from time import perf_counter
from urllib.parse import urlencode

HERE = "127.0.0.1"
PAUSE = 3.0
"""Seconds between two votes of a phone, on average."""


class Phone:
    """A phone that keeps one connection for what it asks, and one for the stream."""

    def __init__(self, port: int, randomly: random.Random) -> None:
        self.port = port
        self.randomly = randomly
        self.cookie = ""
        self.turn = 0
        self._pair: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        """Ask once, and once more where the connection had been ended meanwhile."""
        for _ in range(2):
            if self._pair is None:
                self._pair = await asyncio.open_connection(HERE, self.port)
            try:
                return await self._ask(method, path, fields)
            except (OSError, asyncio.IncompleteReadError):
                self._pair[1].close()
                self._pair = None
        raise RuntimeError(f"{path}: no answer")

    async def _ask(self, method: str, path: str, fields: dict[str, str] | None) -> tuple[int, str, bytes]:
        assert self._pair is not None
        reader, writer = self._pair
        body = urlencode(fields or {}).encode() if method == "POST" else b""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HERE}:{self.port}\r\nAccept: application/json\r\n"
        if self.cookie:
            head += f"Cookie: {self.cookie}\r\n"
        if method == "POST":
            head += f"Origin: http://{HERE}:{self.port}\r\nContent-Length: {len(body)}\r\n"
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
        writer.write(head.encode() + b"\r\n" + body)
        told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(
            int(line[15:]) for line in told.lower().split("\r\n") if line.startswith("content-length:")
        )
        return int(told.split()[1]), told, await reader.readexactly(length)

    async def join(self, code: str) -> None:
        """Join and follow the stream, as the page does."""
        status, head, _ = await self.ask("POST", "/join", {"code": code})
        if status != 303:
            raise RuntimeError(f"joining: {status}")
        cookie = next(line for line in head.split("\r\n") if line.lower().startswith("set-cookie:"))
        self.cookie = cookie.partition(":")[2].strip().partition(";")[0]
        self.stream, writer = await asyncio.open_connection(HERE, self.port)
        writer.write(
            f"GET /events HTTP/1.1\r\nHost: {HERE}:{self.port}\r\nCookie: {self.cookie}\r\n\r\n".encode()
        )
        self.following = asyncio.ensure_future(self._follow())

    async def _follow(self) -> None:
        while await self.stream.read(65536):
            pass

    async def vote(self) -> float:
        """Hand in once; return the seconds until it was accepted."""
        self.turn += 1
        fields = {"form": self.form, "turn": str(self.turn), "v0": str(self.randomly.randint(1, 10))}
        began = perf_counter()
        status, _, _ = await self.ask("POST", "/hand-in", fields)
        if status != 200:
            raise RuntimeError(f"voting: {status}")
        return perf_counter() - began

    async def votes(self, seconds: float) -> list[float]:
        """Look at the form, and vote now and then for so many seconds."""
        told = json.loads((await self.ask("GET", "/part"))[2])
        self.form = told["key"].removeprefix("round-").partition("~")[0]
        until, took = perf_counter() + seconds, []
        while True:
            await asyncio.sleep(self.randomly.expovariate(1 / PAUSE))
            if perf_counter() > until:
                return took
            took.append(await self.vote())


async def main(port: int, code: str, number: int, seconds: float, seed: int) -> None:
    """Join, wait to be told, vote, tell."""
    randomly = random.Random(seed)
    phones = [Phone(port, randomly) for _ in range(number)]
    for phone in phones:
        await phone.join(code)
    print("joined", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    took = await asyncio.gather(*(phone.votes(seconds) for phone in phones))
    print(json.dumps([one for each in took for one in each]), flush=True)


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(main(int(given[0]), given[1], int(given[2]), float(given[3]), int(given[4])))
