"""Two ways to score a text: by the fitted model, or by prototypes of a set's own signals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.matching.encoder import PLAIN
from coach.matching.fitted import FittedModel
from coach.matching.prototypes import Prototypes
from coach.matching.thresholds import Limits

Array = NDArray[np.float32]
Kind = Literal["story", "question"]

TINY = 1e-6
PROTOTYPE_STEP = 0.1
"""Of a prototype score is about what one unit of log-odds is in a fitted share: the way from possible to strong is 0.15."""


@dataclass(frozen=True)
class Scores:
    """Of one text: `totals` (principles,) and what each window adds to them, `windows` (n, principles)."""

    totals: Array
    windows: Array


class Scorer(Protocol):
    """Scores the windows of one text. `adapter` says by which vectors; the columns are `slugs`."""

    @property
    def slugs(self) -> tuple[str, ...]: ...
    @property
    def adapter(self) -> str: ...
    @property
    def limits(self) -> Limits: ...

    def score(self, vectors: Array, texts: Sequence[str], kind: Kind) -> Scores:
        """`vectors` (n, d) belong to the windows' `texts`, row by row."""

    def moved(self, totals: Array, by: Array) -> Array:
        """Totals (principles,) after a push in units of log-odds."""


@dataclass(frozen=True)
class FittedScorer:
    """The fitted model, for some of its principles."""

    model: FittedModel
    slugs: tuple[str, ...]
    limits: Limits

    @property
    def adapter(self) -> str:
        return self.model.mark

    def score(self, vectors: Array, texts: Sequence[str], kind: Kind) -> Scores:
        if kind == "question":
            shares = self._wanted(self.model.read_question(vectors[:1], texts[:1]))
            return Scores(shares, shares[None, :].repeat(len(texts), axis=0))
        shares, windows = self.model.read_story(vectors, texts)
        return Scores(self._wanted(shares), windows[:, self._columns])

    def moved(self, totals: Array, by: Array) -> Array:
        held = np.clip(totals, TINY, 1 - TINY)
        result: Array = (1 / (1 + np.exp(-(np.log(held / (1 - held)) + by)))).astype(np.float32)
        return result

    @property
    def _columns(self) -> list[int]:
        return [self.model.slugs.index(slug) for slug in self.slugs]

    def _wanted(self, shares: Array) -> Array:
        """The shares of this set's principles; what speaks for others counts as none of them."""
        chosen: Array = shares[self._columns]
        return chosen


@dataclass(frozen=True)
class PrototypeScorer:
    """Directions fitted to a set's signals: a story's score is the mean of its best windows."""

    prototypes: Prototypes
    best_windows: int
    limits: Limits
    adapter: str = PLAIN

    @property
    def slugs(self) -> tuple[str, ...]:
        return self.prototypes.slugs

    def score(self, vectors: Array, texts: Sequence[str], kind: Kind) -> Scores:
        windows = self.prototypes.scores(vectors)
        best: Array = np.sort(windows, axis=0)[-self.best_windows :].mean(axis=0)
        return Scores(best, windows)

    def moved(self, totals: Array, by: Array) -> Array:
        return totals + PROTOTYPE_STEP * by
