"""Addresses of this machine on its networks, asked of the system alone, and the QR code of an address.

Nothing is sent: the interfaces are read from the kernel, and the one that packets would take is told by a
datagram socket that is connected and never used.
"""

from __future__ import annotations

import ipaddress
import socket
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec

QUIET = 2
"""Modules of white around a QR code."""
FIRST_PORT = 8421
MOST_PORTS = 40
_NOWHERE = ("192.0.2.1", 9)
"""An address that is kept for examples; it only has the system choose an interface."""
_VIRTUAL = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "tun",
    "tap",
    "utun",
    "wg",
    "bridge",
    "llw",
    "awdl",
)
_GET_ADDRESS = {"linux": 0x8915, "darwin": 0xC0206921}


def ports_to_try(before: int) -> tuple[int, ...]:
    """Return the ports to listen at, of which the first free one is taken.

    That is the one of last time (0 for none), then those of the program, then any that the system gives (0).
    """
    own = range(FIRST_PORT, FIRST_PORT + MOST_PORTS)
    return (*dict.fromkeys(port for port in (before, *own) if port), 0)


def can_open() -> bool:
    """Tell whether the libraries of a room are installed (extra ``room``)."""
    return find_spec("h11") is not None and find_spec("segno") is not None


@dataclass(frozen=True)
class NetworkAddress:
    """An IPv4 address of this machine, and the interface that has it."""

    interface: str
    address: str

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return ipaddress.ip_address(self.address).is_loopback

    @property
    def is_virtual(self) -> bool:
        """Whether it belongs to containers, virtual machines or a tunnel rather than to the room."""
        return self.interface.startswith(_VIRTUAL)


def addresses() -> tuple[NetworkAddress, ...]:
    """Return the addresses of this machine, the one that phones most likely reach first."""
    usual = _usual_address()
    found = {one.address: one for one in _of_interfaces()}
    if usual is not None and usual not in found:
        found[usual] = NetworkAddress("", usual)

    def rank(one: NetworkAddress) -> tuple[bool, bool, bool, str]:
        return one.is_loopback, one.is_virtual, one.address != usual, one.interface

    return tuple(sorted(found.values(), key=rank))


def address_called(asked: str, known: tuple[NetworkAddress, ...]) -> NetworkAddress | None:
    """Return the address of this machine that was asked for, by itself or by its interface, or None."""
    return next((one for one in known if asked in (one.address, one.interface)), None)


def _usual_address() -> str | None:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(_NOWHERE)
        return str(way.getsockname()[0])
    return None


def _of_interfaces() -> list[NetworkAddress]:
    loopback = NetworkAddress("lo", "127.0.0.1")
    if sys.platform == "win32" or sys.platform not in _GET_ADDRESS:
        return [loopback]
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            with suppress(OSError):  # an interface without an address
                told = fcntl.ioctl(asking.fileno(), _GET_ADDRESS[sys.platform], request)
                found.append(NetworkAddress(name, socket.inet_ntoa(told[20:24])))
    return found or [loopback]


def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the QR code of a text as rows of modules, with the quiet zone around; True is dark."""
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix_iter(border=QUIET)
    return tuple(tuple(bool(module) for module in row) for row in matrix)


def qr_half_blocks(text: str) -> tuple[str, ...]:
    """Return the QR code of a text as lines of a terminal, two rows of modules in each.

    Dark modules are drawn: it is to be shown black on white, whatever the theme is.
    """
    rows = qr_matrix(text)
    light = tuple(False for _ in rows[0])
    pairs = [(rows[at], rows[at + 1] if at + 1 < len(rows) else light) for at in range(0, len(rows), 2)]
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    return tuple("".join(blocks[up, down] for up, down in zip(*pair, strict=True)) for pair in pairs)


def qr_path(text: str) -> tuple[int, str]:
    """Return the QR code of a text for SVG: its size in modules, and the path of its dark ones."""
    rows = qr_matrix(text)
    path = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return len(rows), "".join(path)
