"""Stand-ins that are quick and always the same."""

import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.errors import EncoderUnavailable

DIMENSIONS = 384


class WordEncoder:
    """Reads a sentence as its bag of words: sentences that share words are alike. Counts what it was asked to read."""

    name = "words"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self.read: list[str] = []
        self.on_state: Callable[[str], None] | None = None
        self.closed = False

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None, adapter: str = ""
    ) -> NDArray[np.float32]:
        self.read.extend(texts)
        rows = [_vector(text) for text in texts]
        if progress:
            progress(len(rows))
        return np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS)

    def close(self) -> None:
        self.closed = True


class NoEncoder(WordEncoder):
    """Can't read anything until it `works`."""

    works = False

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None, adapter: str = ""
    ) -> NDArray[np.float32]:
        if self.works:
            return super().encode(texts, progress, adapter)
        raise EncoderUnavailable("The reader can't start here.", "Install it again.")


def _vector(text: str) -> NDArray[np.float32]:
    vector = np.full(DIMENSIONS, 1e-3, dtype=np.float32)
    for word in re.findall(r"\w{4,}", text.casefold()):
        vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % DIMENSIONS] += 1.0
    return (vector / np.linalg.norm(vector)).astype(np.float32)
