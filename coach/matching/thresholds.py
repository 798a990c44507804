"""The numbers that decide a match, from their data file."""

import tomllib
from dataclasses import dataclass
from typing import Any

from coach.paths import packaged


@dataclass(frozen=True)
class Limits:
    """From scores to levels and evidence; see coach/data/matching.toml, which gives the reason of each."""

    possible: float
    strong: float
    strong_margin: float
    most_strong: int
    most_shown: int
    evidence: float
    most_evidence: int


@dataclass(frozen=True)
class PrototypeSettings:
    """How directions are fitted to a set's signals, and how windows make a story."""

    shrinkage: float
    neutral_weight: float
    best_windows: int


@dataclass(frozen=True)
class LearningSettings:
    """How far the author's judgements move other stories."""

    alike: float
    strength: float
    farthest: float


@dataclass(frozen=True)
class Thresholds:
    """All of them. `fitted` holds for the model that ships, `prototypes` for sets of one's own."""

    version: int
    fitted: Limits
    prototypes: Limits
    fitting: PrototypeSettings
    learning: LearningSettings


def load_thresholds() -> Thresholds:
    data: dict[str, Any] = tomllib.loads(packaged("matching.toml").read_text(encoding="utf-8"))
    return Thresholds(
        version=data["version"],
        fitted=Limits(**data["fitted"]),
        prototypes=Limits(**data["prototypes"]),
        fitting=PrototypeSettings(**data["fitting"]),
        learning=LearningSettings(**data["learning"]),
    )


def load_neutral_sentences() -> tuple[str, ...]:
    """Project talk that shows no principle at all: the level from which evidence has to stand out."""
    data = tomllib.loads(packaged("neutral.toml").read_text(encoding="utf-8"))
    return tuple(data["sentences"])
