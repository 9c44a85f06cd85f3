"""A short digest of a value, to tell whether something has changed."""

from __future__ import annotations

import hashlib
import json

_ENCODER = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def digest_of(value: object) -> str:
    """Return a short digest of a value, the same for equal values."""
    return hashlib.blake2s(_ENCODER.encode(value).encode(), digest_size=6).hexdigest()
