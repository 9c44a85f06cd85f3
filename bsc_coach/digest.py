"""Short digest (hash) of a JSON value, to tell whether it has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

_ENCODER = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def digest_of(value: object) -> str:
    """Hash a JSON value; equal values give the same digest."""
    return _hashed(encoded(value))


def encoded(value: object) -> str:
    """Return a value as the text that its digest is made of."""
    return _ENCODER.encode(value)


def digest_of_list(parts: Iterable[str]) -> str:
    """Return the digest of a list whose entries are ``encoded`` already."""
    return _hashed(f"[{','.join(parts)}]")


def _hashed(text: str) -> str:
    return hashlib.blake2s(text.encode(), digest_size=6).hexdigest()
