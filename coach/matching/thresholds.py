"""The numbers that decide a match, from their data file."""

import tomllib
from dataclasses import dataclass

from coach.paths import packaged


@dataclass(frozen=True)
class Thresholds:
    """See coach/data/matching.toml, which gives the reason of each."""

    version: int
    shrinkage: float
    neutral_weight: float
    best_windows: int
    possible: float
    strong: float
    strong_margin: float
    most_strong: int
    most_shown: int
    evidence: float
    most_evidence: int


def load_thresholds() -> Thresholds:
    return Thresholds(**tomllib.loads(packaged("matching.toml").read_text(encoding="utf-8")))


def load_neutral_sentences() -> tuple[str, ...]:
    """Project talk that shows no principle at all: the level from which evidence has to stand out."""
    data = tomllib.loads(packaged("neutral.toml").read_text(encoding="utf-8"))
    return tuple(data["sentences"])
