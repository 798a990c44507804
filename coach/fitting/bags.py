"""From labelled texts to what is fitted: bags of windows with targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from coach.fitting.texts import LabelledText, TextsError
from coach.matching.reader import whole, windows_of
from coach.matching.windows import normalised

MOST_WINDOWS = 60
"""Of one story; a longer one is cut while fitting, never while reading."""

ALSO_SHARE = 0.25
"""Of the target goes to the further principles of a text, the rest to its main one."""

Mark = tuple[int, int]
"""A window and the class it is evidence of."""


@dataclass(frozen=True)
class Bag:
    """One text as it is learned.

    Attributes:
        windows: what the encoder reads.
        target: by class, shares that sum to 1.
        marks: which windows the writer of the text pointed to. Of a story without marks nothing is said about windows.
        is_story: whether the windows are a sample that may be thinned.
    """

    windows: tuple[str, ...]
    target: Mapping[int, float]
    marks: tuple[Mark, ...]
    is_story: bool
    is_question: bool


def make_bags(texts: Sequence[LabelledText], slugs: Sequence[str]) -> list[Bag]:
    """Texts in which there is nothing to read are left out. The class after the last slug is "none". Raises TextsError."""
    classes = {slug: number for number, slug in enumerate(slugs)}
    unknown = {slug for text in texts for slug in (*text.labels, *text.evidence)} - classes.keys()
    if unknown:
        raise TextsError(
            f"The texts name unknown principles: {', '.join(sorted(unknown))}.", "Slugs are in principles.toml."
        )
    bags = (_bag(text, classes) for text in texts)
    return [bag for bag in bags if bag.windows]


def _bag(text: LabelledText, classes: Mapping[str, int]) -> Bag:
    parts = {"": text.text}
    windows = (whole(parts) if text.kind == "question" else windows_of(parts))[:MOST_WINDOWS]
    marks = tuple(
        (number, classes[slug])
        for slug, quotes in text.evidence.items()
        for quote in quotes
        for number, window in enumerate(windows)
        if _overlap(text.text, quote, window.start, window.end)
    )
    return Bag(
        windows=tuple(normalised(window.text) for window in windows),
        target=_target(text.labels, classes),
        marks=marks,
        is_story=text.kind == "story",
        is_question=text.kind == "question",
    )


def _overlap(text: str, quote: str, start: int, end: int) -> bool:
    found = text.find(quote)
    return found >= 0 and found < end and start < found + len(quote)


def _target(labels: Sequence[str], classes: Mapping[str, int]) -> dict[int, float]:
    if not labels:
        return {len(classes): 1.0}
    main, *others = (classes[slug] for slug in labels)
    shared = ALSO_SHARE if others else 0.0
    return {main: 1 - shared, **{other: shared / len(others) for other in others}}


def thinned(bag: Bag, share: float, random: Random) -> Bag:
    """The story with each window that carries no mark kept with this probability: another telling of the same thing."""
    marked = {window for window, _ in bag.marks}
    if not bag.is_story or len(bag.windows) < 5:
        return bag
    kept = [n for n in range(len(bag.windows)) if n in marked or random.random() < share] or [0]
    place = {window: new for new, window in enumerate(kept)}
    return Bag(
        windows=tuple(bag.windows[window] for window in kept),
        target=bag.target,
        marks=tuple((place[window], number) for window, number in bag.marks),
        is_story=True,
        is_question=False,
    )
