"""What matching says, as values."""

from dataclasses import dataclass
from typing import Literal, get_args

Level = Literal["strong", "possible", "none"]
LEVELS: tuple[Level, ...] = get_args(Level)

WHOLE_TEXT = ""
"""The part's name where a text has no sections."""


@dataclass(frozen=True)
class Window:
    """A stretch of one part of a text: `text == part_text[start:end]`, in characters."""

    part: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Evidence:
    """Words that earned a match: an exact span of one part, and how much they speak for it."""

    part: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True)
class Match:
    """Text x principle.

    Attributes:
        score: comparable between the principles of one text and between texts.
        evidence: best first; empty when nothing speaks for it.
        nearest_signal: the signal of the principle that the best evidence comes closest to, or empty.
    """

    slug: str
    score: float
    level: Level
    evidence: tuple[Evidence, ...] = ()
    nearest_signal: str = ""
