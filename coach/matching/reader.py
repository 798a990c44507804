"""Reads texts against a principle set: windows, vectors, matches."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from coach.matching.encoder import Encoder
from coach.matching.match import WHOLE_TEXT, Match, Window
from coach.matching.matcher import Matcher
from coach.matching.prototypes import fit_prototypes
from coach.matching.thresholds import load_neutral_sentences, load_thresholds
from coach.matching.windows import normalised, split_windows
from coach.principles.principle import Principle, PrincipleSet

Kind = Literal["story", "question"]


class Reader:
    """Matches stories and questions against one principle set.

    Fitting happens at the first text and costs one pass over the set's sentences, whose vectors the encoder may have cached.
    Every method may raise EncoderUnavailable.
    """

    def __init__(self, principle_set: PrincipleSet, encoder: Encoder) -> None:
        self.principle_set = principle_set
        self._encoder = encoder
        self._thresholds = load_thresholds()

    def read(self, parts: Mapping[str, str], kind: Kind = "story") -> tuple[Match, ...]:
        """All principles for one text, best first. `parts`: its sections by name, or {"": text}."""
        windows = windows_of(parts) if kind == "story" else _whole(parts)
        vectors = self._encoder.encode([normalised(window.text) for window in windows])
        return self._matcher.match(windows, vectors)

    @cached_property
    def _matcher(self) -> Matcher:
        """Signals and questions are examples alike: a set that asks well is recognised better, one without questions works."""
        principles = self.principle_set.principles
        groups = [_examples(principle) for principle in principles]
        neutral = load_neutral_sentences()
        vectors = self._encoder.encode([*(text for group in groups for text in group), *neutral])
        rows = np.split(vectors, np.cumsum([len(group) for group in groups]))
        examples = {principle.slug: rows[i] for i, principle in enumerate(principles)}
        signals = {p.slug: (p.signals, examples[p.slug][: len(p.signals)]) for p in principles}
        return Matcher(fit_prototypes(examples, rows[-1], self._thresholds), signals, self._thresholds)


def _examples(principle: Principle) -> Sequence[str]:
    return [*principle.signals, *(question.text for question in principle.questions())]


def windows_of(parts: Mapping[str, str]) -> tuple[Window, ...]:
    return tuple(window for part, text in parts.items() for window in split_windows(part, text))


def _whole(parts: Mapping[str, str]) -> tuple[Window, ...]:
    """A question is read in one piece: its sentences lean on each other."""
    part, text = WHOLE_TEXT, "\n".join(parts.values())
    words = text.strip()
    start = text.find(words)
    return (Window(part, start, start + len(words), words),) if words else ()
