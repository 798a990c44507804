"""What is counted over texts and what was said of them."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmarks.quality.gold import Gold, Reading
from coach.matching.match import Match

Said = Sequence[tuple[Match, ...]]


@dataclass(frozen=True)
class Agreement:
    """Shares of texts: the first principle is a label; the main label is among three; both also as means over authors."""

    count: int
    first: float
    among: float
    first_by_author: float
    among_by_author: float

    def __str__(self) -> str:
        return (
            f"n={self.count:4d}  first {self.first:.3f}  among three {self.among:.3f}  "
            f"by author {self.first_by_author:.3f} {self.among_by_author:.3f}"
        )


def agreement(texts: Sequence[Gold], said: Said) -> Agreement:
    by_author: dict[str, list[tuple[Gold, tuple[Match, ...]]]] = defaultdict(list)
    for text, matches in zip(texts, said, strict=True):
        by_author[text.author].append((text, matches))
    authors = [(_first(pairs), _among(pairs)) for pairs in by_author.values()]
    pairs = list(zip(texts, said, strict=True))
    return Agreement(
        len(pairs), _first(pairs), _among(pairs), *(_mean(column) for column in zip(*authors, strict=True))
    )


def _first(pairs: Sequence[tuple[Gold, tuple[Match, ...]]]) -> float:
    return fmean(matches[0].slug in text.labels for text, matches in pairs)


def _among(pairs: Sequence[tuple[Gold, tuple[Match, ...]]]) -> float:
    known = [text.labels[0] in [m.slug for m in matches[:3]] for text, matches in pairs if text.main_known]
    return fmean(known) if known else math.nan


def _mean(values: Sequence[float]) -> float:
    return fmean([value for value in values if not math.isnan(value)] or [math.nan])


def with_expert(texts: Sequence[Gold], said: Said) -> str:
    """Agreement with the blind reading, in words; empty where there is none."""
    pairs = [(text.reading, matches) for text, matches in zip(texts, said, strict=True) if text.reading]
    if not pairs:
        return ""
    first = fmean(matches[0].slug == reading.top3[0] for reading, matches in pairs)
    among = fmean(reading.top3[0] in [m.slug for m in matches[:3]] for reading, matches in pairs)
    pointed = fmean(_points_to(reading, matches) for reading, matches in pairs)
    return f"expert's first is ours {first:.3f}  in our three {among:.3f}  our evidence holds the words {pointed:.3f}"


def _points_to(reading: Reading, matches: tuple[Match, ...]) -> bool:
    """Whether any quoted window shares at least half of the expert's words."""
    wanted = reading.words.lower().split()
    evidence = next(match.evidence for match in matches if match.slug == reading.top3[0])
    shown = [item.text.lower().split() for item in evidence]
    return any(sum(word in words for word in wanted) >= len(wanted) / 2 for words in shown)


def strong_precision(texts: Sequence[Gold], said: Said) -> tuple[float, float]:
    """Strong matches a text, and the share of them that are labels."""
    strong = [
        m.slug in text.labels for text, matches in zip(texts, said, strict=True) for m in matches if m.level == "strong"
    ]
    return len(strong) / len(texts), fmean(strong) if strong else math.nan


def strong_share(said: Said) -> float:
    """The share of texts with any strong match."""
    return fmean(any(match.level == "strong" for match in matches) for matches in said)


def strong_for_label(texts: Sequence[Gold], said: Said) -> float:
    """The share of texts whose own label is marked strong."""
    return fmean(
        any(match.slug in text.labels and match.level == "strong" for match in matches)
        for text, matches in zip(texts, said, strict=True)
    )


def confusions(texts: Sequence[Gold], said: Said) -> Counter[tuple[str, str]]:
    """(main label, first principle) of texts whose first principle is none of the labels."""
    return Counter(
        (text.labels[0], matches[0].slug)
        for text, matches in zip(texts, said, strict=True)
        if matches[0].slug not in text.labels
    )


def shown_against_true(texts: Sequence[Gold], said: Said) -> dict[str, tuple[int, int]]:
    """By principle: how often it is first, and how often the main label."""
    shown = Counter(matches[0].slug for matches in said)
    true = Counter(text.labels[0] for text in texts)
    return {slug: (shown[slug], true[slug]) for slug in sorted({*shown, *true})}
