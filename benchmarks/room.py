"""Phones in a room: 200 of them in processes of their own, against the real app in a pseudo-terminal.

Run by ``run.py``. The app opens its room on loopback, and a vote in it; phones follow the stream and vote,
others begin requests that they never finish, and keys are pressed on the console meanwhile.
"""

from __future__ import annotations

import json
import shutil
import socket
import statistics
import subprocess
import sys
from pathlib import Path
from time import monotonic

from figures import Figure, milliseconds
from sessions import Sessions, steady_environment
from starts import opening
from terminal import Terminal

from bsc_coach.script.source import ScriptSource
from bsc_coach.session.opening import create_session

SCRIPT = Path(__file__).parents[1] / "tests" / "support" / "party.toml"
PHONES, PROCESSES = 200, 4
SECONDS = 20.0
HALF_OPEN = 300
GONE_AFTER = 6.0
MIB = 2**20
IMPORTS = 7
_IMPORT = """import textual.app, pydantic, time
began = time.perf_counter()
import h11, segno
print(time.perf_counter() - began)"""


def import_figure() -> Figure:
    """Return what the two libraries cost where the app has loaded its own already; the best of a few."""
    told = [
        float(subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, check=True).stdout)
        for _ in range(IMPORTS)
    ]
    best = min(told)
    return Figure("import of the room's libraries", "–", milliseconds(best), "–", "60 ms", best <= 0.06)


def figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of the room."""
    folder = sessions.folder / "room"
    shutil.rmtree(folder, ignore_errors=True)
    create_session(folder, ScriptSource(SCRIPT.name, SCRIPT.read_bytes()), steady_environment()).close()
    terminal = Terminal(opening(folder))
    try:
        return [import_figure(), *_measured(terminal, folder)]
    finally:
        terminal.close()


def _measured(terminal: Terminal, folder: Path) -> list[Figure]:
    terminal.whole_picture()
    terminal.idle(1.0)
    before = terminal.memory()
    # The room on loopback, at the vote, which is opened with Enter.
    for line in (b"/room 127.0.0.1\r", b"\x1b", b"/next\r"):
        terminal.write(line)
        terminal.idle(1.5)
    room = json.loads((folder / ".local" / "room.json").read_text())
    phones = [_phones(room, seed) for seed in range(PROCESSES)]
    for one in phones:
        _line(one)
    terminal.write(b"\r")
    terminal.idle(1.5)
    # Half-open requests, phones that vote, and keys, all at once.
    half_open = [_half_open(room["port"]) for _ in range(HALF_OPEN)]
    opened = monotonic()
    for one in phones:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    keys, left = [], HALF_OPEN
    while monotonic() - opened < SECONDS:
        seconds, _ = terminal.key(b"7 8 "[len(keys) % 4 :][:1])
        keys.append(seconds)
        terminal.idle(0.1)
        if left == HALF_OPEN and monotonic() - opened > GONE_AFTER:
            left = sum(not _is_gone(one) for one in half_open)
    votes = sorted(took for one in phones for took in json.loads(_line(one)))
    after = terminal.memory()
    for one in phones:
        one.communicate(timeout=20)
    return [*_time_figures(votes, keys), *_other_figures(left, before, after)]


def _time_figures(votes: list[float], keys: list[float]) -> list[Figure]:
    vote, key = _p95(votes), _p95(keys)
    middle, worst = milliseconds(statistics.median(votes)), milliseconds(votes[-1])
    voted = f"{len(votes)} votes, median {middle}, worst {worst}"
    pressed = f"{len(keys)} keys, median {milliseconds(statistics.median(keys))}"
    what = f"a vote accepted, {PHONES} phones, p95 (wall)"
    meanwhile = "key on the console meanwhile, p95 (wall)"
    return [
        Figure(what, "–", milliseconds(vote), "–", "50 ms", vote <= 0.05, voted),
        Figure(meanwhile, "–", milliseconds(key), "–", "40 ms", key <= 0.04, pressed),
    ]


def _other_figures(left: int, before: int, after: int) -> list[Figure]:
    more = (after - before) / MIB
    floor, measured = f"{before / MIB:.0f} MiB", f"{after / MIB:.0f} MiB"
    return [
        Figure(f"of {HALF_OPEN} half-open sockets after 6 s", "–", str(left), "–", "0", left == 0),
        Figure(f"memory with {PHONES} seats", floor, measured, f"{more:+.1f} MiB", "+40 MiB", more <= 40),
    ]


def _phones(room: dict[str, object], seed: int) -> subprocess.Popen[str]:
    script = str(Path(__file__).with_name("room_phones.py"))
    told = [str(room["port"]), str(room["code"]), str(PHONES // PROCESSES), str(SECONDS), str(seed)]
    return subprocess.Popen(
        [sys.executable, script, *told], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _line(one: subprocess.Popen[str]) -> str:
    assert one.stdout is not None
    line = one.stdout.readline()
    if not line:
        raise RuntimeError("phones ended")
    return line


def _half_open(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=5)
    made.sendall(b"POST /hand-in HTTP/1.1\r\nHost: ")
    return made


def _is_gone(one: socket.socket) -> bool:
    one.settimeout(0)
    try:
        return one.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    import tempfile

    from figures import table

    with tempfile.TemporaryDirectory() as home:
        print(table(figures(Sessions(Path(home)))))
