"""From scored windows to matches: levels and evidence."""

from collections.abc import Callable, Sequence

import numpy as np

from coach.matching.match import Evidence, Level, Match, Window
from coach.matching.scoring import Array, Scores
from coach.matching.thresholds import Limits

NearestSignal = Callable[[str, int], str]
"""From a principle's slug and the row of a window to the signal the window comes closest to."""


def matches_from(
    slugs: Sequence[str], windows: Sequence[Window], scores: Scores, limits: Limits, nearest_signal: NearestSignal
) -> tuple[Match, ...]:
    """All principles, best first."""
    order = [int(column) for column in np.argsort(-scores.totals, kind="stable")]
    levels = levels_of([float(scores.totals[column]) for column in order], limits)
    return tuple(
        _one_match(slugs[column], column, level, windows, scores, limits, nearest_signal)
        for column, level in zip(order, levels, strict=True)
    )


def no_matches(slugs: Sequence[str]) -> tuple[Match, ...]:
    """What a text without words shows."""
    return tuple(Match(slug, 0.0, "none") for slug in slugs)


def _one_match(
    slug: str,
    column: int,
    level: Level,
    windows: Sequence[Window],
    scores: Scores,
    limits: Limits,
    nearest_signal: NearestSignal,
) -> Match:
    added = scores.windows[:, column]
    rows = _evidence_rows(added, limits, level)
    evidence = tuple(_evidence(windows[row], float(added[row])) for row in rows)
    nearest = nearest_signal(slug, rows[0]) if rows and level != "none" else ""
    return Match(slug, round(float(scores.totals[column]), 4), level, evidence, nearest)


def _evidence_rows(added: Array, limits: Limits, level: Level) -> list[int]:
    """The best window is always quoted where a principle is shown: every level rests on words."""
    best = [int(row) for row in np.argsort(-added, kind="stable")[: limits.most_evidence]]
    return [row for place, row in enumerate(best) if added[row] >= limits.evidence or (place == 0 and level != "none")]


def levels_of(totals: Sequence[float], limits: Limits) -> list[Level]:
    """Levels of scores that come in falling order."""
    floor = max(limits.strong, totals[0] - limits.strong_margin)
    levels: list[Level] = []
    for rank, total in enumerate(totals):
        if rank < limits.most_strong and total >= floor:
            levels.append("strong")
        else:
            levels.append("possible" if rank < limits.most_shown and total >= limits.possible else "none")
    return levels


def _evidence(window: Window, score: float) -> Evidence:
    return Evidence(window.part, window.start, window.end, window.text, round(score, 4))
