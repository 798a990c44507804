"""Directions in the encoder's space that tell principles from neutral talk and from each other.

Fisher's linear discriminant with a shrunken covariance (Friedman 1989, "Regularized Discriminant Analysis"): it needs a
handful of sentences a principle and no training run, so a user's own set works as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.matching.thresholds import PrototypeSettings

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Prototypes:
    """Scores windows: `(vectors - origin) @ directions / unit`, so that a principle's own signals reach 1.0 on average.

    Shapes: origin (d,), directions (d, principles).
    """

    slugs: tuple[str, ...]
    origin: Array
    directions: Array
    unit: float

    def scores(self, vectors: Array) -> Array:
        """Windows x principles: from vectors (n, d) to scores (n, principles)."""
        return ((vectors - self.origin) @ self.directions / self.unit).astype(np.float32)


def fit_prototypes(examples: dict[str, Array], neutral: Array, settings: PrototypeSettings) -> Prototypes:
    """Fit from vectors of each principle's example sentences (n_i, d), in the set's order, and of neutral ones (m, d)."""
    origin = neutral.mean(axis=0)
    means = np.stack([vectors.mean(axis=0) for vectors in examples.values()]) - origin
    spread = _within(list(examples.values())) + settings.neutral_weight * np.cov(neutral.T)
    directions = np.linalg.solve(_shrunk(spread, settings.shrinkage), means.T)
    directions = directions / np.linalg.norm(directions, axis=0)
    own = [((vectors - origin) @ directions[:, i]).mean() for i, vectors in enumerate(examples.values())]
    return Prototypes(tuple(examples), origin, directions.astype(np.float32), float(np.mean(own)))


def _within(groups: Sequence[Array]) -> NDArray[np.float64]:
    centred = np.concatenate([group - group.mean(axis=0) for group in groups])
    return np.asarray(np.cov(centred.T))


def _shrunk(spread: NDArray[np.float64], shrinkage: float) -> NDArray[np.float64]:
    """The covariance with `shrinkage` times its mean variance added to the diagonal: few sentences can't estimate it alone."""
    size = spread.shape[0]
    return np.asarray(spread + shrinkage * np.trace(spread) / size * np.eye(size))
