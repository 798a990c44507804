"""Words and pairs of words: a second view of a text, which knows nothing of meaning but much of usage."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
NUMBER = "#"
"""Stands for any number: which one it is says nothing about a principle."""


def terms(text: str) -> list[str]:
    """Every word in small letters and every pair of neighbours on one line."""
    return [term for line in text.casefold().replace("’", "'").split("\n") for term in _terms_of_line(line)]


def _terms_of_line(line: str) -> list[str]:
    words = [NUMBER if word[0].isdigit() else word for word in _WORD.findall(line)]
    return words + [f"{first} {second}" for first, second in pairwise(words)]


@dataclass(frozen=True)
class WordView:
    """A linear reading of a text's terms by their frequency and rarity (tf-idf).

    Attributes:
        numbers: each known term's row.
        rarity: (terms,), the logarithm of texts per text that holds the term, as scikit-learn smooths it.
        weights: (terms, classes); `bias` (classes,).
    """

    numbers: dict[str, int]
    rarity: Array
    weights: Array
    bias: Array

    def scores(self, text: str) -> Array:
        """(classes,): unknown terms count for nothing; a text's length is divided out."""
        counts = Counter(term for term in terms(text) if term in self.numbers)
        if not counts:
            return self.bias
        rows = [self.numbers[term] for term in counts]
        values = (1 + np.log(np.array(list(counts.values()), dtype=np.float32))) * self.rarity[rows]
        found: Array = (values / np.linalg.norm(values)) @ self.weights[rows] + self.bias
        return found
