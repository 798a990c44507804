"""What the author's judgements teach about other stories.

Each judgement is remembered with the evidence it was about. Another story is moved for the same principle as far as its
evidence sounds like that one, and never further than a limit: what ships is corrected, not unlearned.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coach.bank.story import Story
from coach.matching.scoring import Array, Scores
from coach.matching.thresholds import LearningSettings


@dataclass(frozen=True)
class Judged:
    """A story by its id and parts, and what its author said of it (slugs)."""

    story_id: str
    parts: Mapping[str, str]
    confirmed: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()


def judged_in(stories: Iterable[Story]) -> tuple[Judged, ...]:
    """The stories about which their author has said something."""
    return tuple(
        Judged(story.id, dict(story.sections()), story.confirmed, story.rejected)
        for story in stories
        if story.confirmed or story.rejected
    )


@dataclass(frozen=True)
class Corrections:
    """By column: evidence vectors (n, d) of judged stories, which way each pushes (n,), from -1 to 1, and the stories' ids."""

    evidence: Mapping[int, Array]
    pushes: Mapping[int, Array]
    stories: Mapping[int, Sequence[str]]
    settings: LearningSettings

    def push(self, focus: Array, story_id: str = "") -> Array:
        """For a story with these evidence vectors (principles, d): how far to move each total, in log-odds (principles,).

        What was said of that very story stands beside its matches and moves none of them.
        """
        moved = np.zeros(len(focus), dtype=np.float32)
        for column, known in self.evidence.items():
            others = np.array([one != story_id for one in self.stories[column]])
            alike = np.maximum(0, (known @ focus[column] - self.settings.alike) / (1 - self.settings.alike)) * others
            pull = self.settings.strength * float(alike @ self.pushes[column])
            moved[column] = self.settings.farthest * np.tanh(pull / self.settings.farthest)
        return moved


def focus_of(vectors: Array, scores: Scores) -> Array:
    """What each principle looks at in a text: the mean vector of its evidence, of length 1 (principles, d)."""
    weights = np.maximum(scores.windows, 0) ** 2
    mixed = weights.T @ vectors
    lengths = np.linalg.norm(mixed, axis=1, keepdims=True)
    focus: Array = mixed / np.maximum(lengths, 1e-9)
    return focus


def learn(
    judged: Sequence[Judged], read: Sequence[tuple[Array, Scores]], slugs: Sequence[str], settings: LearningSettings
) -> Corrections:
    """From judged stories and, one by one, their vectors and scores. Judgements on principles not among `slugs` are left out."""
    evidence: dict[int, list[Array]] = {}
    pushes: dict[int, list[float]] = {}
    stories: dict[int, list[str]] = {}
    for story, (vectors, scores) in zip(judged, read, strict=True):
        focus = focus_of(vectors, scores)
        for way, named in ((1.0, story.confirmed), (-1.0, story.rejected)):
            for column in (slugs.index(slug) for slug in named if slug in slugs):
                evidence.setdefault(column, []).append(focus[column])
                pushes.setdefault(column, []).append(way)
                stories.setdefault(column, []).append(story.story_id)
    return Corrections(
        {column: np.stack(rows) for column, rows in evidence.items()},
        {column: np.array(ways, dtype=np.float32) for column, ways in pushes.items()},
        stories,
        settings,
    )
