"""Keep the byte code of our own templates between runs, in the user's cache folder.

To compile the templates of all text formats costs more than to fill them (``benchmarks/text_formats.py``).
Only templates of the program are kept, under a digest of their text and of all that compiles it;
for what may be trusted in the cache see ``parsed_toml``.
"""

from __future__ import annotations

from types import CodeType

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from bsc_coach import __version__
from bsc_coach.parsed_toml import keep_under, kept_under


class TemplateCache(BytecodeCache):
    """A bytecode cache of Jinja2 over the program's cache of parsed content."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name itself: that of a file is made from it, and from more."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code of a template, where it is kept."""
        code = (kept_under(_source_of(bucket)) or {}).get("code")
        if isinstance(code, CodeType):
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that has just been compiled."""
        keep_under(_source_of(bucket), {"code": bucket.code})


def _source_of(bucket: Bucket) -> bytes:
    """What the code of a template depends on: versions, options, its name, and the digest of its text.

    Above all whether it escapes what it prints: that is compiled in.
    """
    environment, name = bucket.environment, bucket.key
    escapes = environment.autoescape
    options = (
        escapes(name) if callable(escapes) else escapes,
        environment.trim_blocks,
        environment.lstrip_blocks,
        environment.keep_trailing_newline,
        environment.optimized,
        environment.sandboxed,
    )
    return f"template {jinja2.__version__} {__version__} {options} {name} {bucket.checksum}".encode()
