"""From scored windows to matches: levels and evidence."""

from collections.abc import Sequence

import numpy as np

from coach.matching.match import Evidence, Level, Match, Window
from coach.matching.prototypes import Array, Prototypes
from coach.matching.thresholds import Thresholds


class Matcher:
    """Says for one text which principles it shows, and by which words."""

    def __init__(
        self, prototypes: Prototypes, signals: dict[str, tuple[tuple[str, ...], Array]], thresholds: Thresholds
    ) -> None:
        """`signals`: for each slug its sentences and their vectors (n, d), to name the nearest one beside the evidence."""
        self._prototypes = prototypes
        self._signals = signals
        self._thresholds = thresholds

    def match(self, windows: Sequence[Window], vectors: Array) -> tuple[Match, ...]:
        """All principles of the set, best first. `vectors` (n, d) belong to the windows, row by row."""
        slugs = self._prototypes.slugs
        if not windows:
            return tuple(Match(slug, 0.0, "none") for slug in slugs)
        scores = self._prototypes.scores(vectors)
        totals = _mean_of_best(scores, self._thresholds.best_windows)
        order = [int(i) for i in np.argsort(-totals, kind="stable")]
        levels = self._levels([float(totals[i]) for i in order])
        return tuple(
            self._one_match(slugs[i], float(totals[i]), level, windows, scores[:, i], vectors)
            for i, level in zip(order, levels, strict=True)
        )

    def _one_match(
        self, slug: str, total: float, level: Level, windows: Sequence[Window], column: Array, vectors: Array
    ) -> Match:
        best = [int(row) for row in np.argsort(-column, kind="stable")[: self._thresholds.most_evidence]]
        rows = [row for row in best if column[row] >= self._thresholds.evidence]
        evidence = tuple(_evidence(windows[row], float(column[row])) for row in rows)
        nearest = self._nearest_signal(slug, vectors[rows[0]]) if rows and level != "none" else ""
        return Match(slug, round(total, 4), level, evidence, nearest)

    def _levels(self, totals: Sequence[float]) -> list[Level]:
        """Levels of scores that come in falling order."""
        limits = self._thresholds
        floor = max(limits.strong, totals[0] - limits.strong_margin)
        levels: list[Level] = []
        for rank, total in enumerate(totals):
            if rank < limits.most_strong and total >= floor:
                levels.append("strong")
            else:
                levels.append("possible" if rank < limits.most_shown and total >= limits.possible else "none")
        return levels

    def _nearest_signal(self, slug: str, vector: Array) -> str:
        sentences, vectors = self._signals[slug]
        return sentences[int(np.argmax(vectors @ vector))]


def _mean_of_best(scores: Array, count: int) -> Array:
    """Mean of the `count` best windows of each principle: (windows, principles) to (principles,)."""
    best: Array = np.sort(scores, axis=0)[-count:].mean(axis=0)
    return best


def _evidence(window: Window, score: float) -> Evidence:
    return Evidence(window.part, window.start, window.end, window.text, round(score, 4))
