"""Reads texts against a principle set: windows, vectors, scores, matches."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

import numpy as np

from coach.errors import EncoderUnavailable
from coach.matching.encoder import Encoder
from coach.matching.fitted import FittedModel
from coach.matching.learning import Corrections, Judged, focus_of, learn
from coach.matching.match import WHOLE_TEXT, Match, Window
from coach.matching.matcher import matches_from, no_matches
from coach.matching.prototypes import fit_prototypes
from coach.matching.scoring import Array, FittedScorer, Kind, PrototypeScorer, Scorer, Scores
from coach.matching.thresholds import load_neutral_sentences, load_thresholds
from coach.matching.windows import normalised, split_windows
from coach.principles.principle import Principle, PrincipleSet

__all__ = ["Kind", "Reader", "examples_of", "whole", "windows_of"]

Parts = Mapping[str, str]

AT_A_TIME = 16
"""Stories whose windows are encoded together: enough to fill batches of like length, few enough to tell of progress."""


class Reader:
    """Matches stories and questions against one principle set.

    With a fitted model it reads by that; without one by directions fitted on the spot to the set's own signals, which costs
    one pass over its sentences. Every method that reads may raise EncoderUnavailable.
    """

    def __init__(self, principle_set: PrincipleSet, encoder: Encoder, fitted: FittedModel | None = None) -> None:
        """`fitted` must have been fitted for every principle of the set."""
        self.principle_set = principle_set
        self._encoder = encoder
        self._fitted = fitted
        self._thresholds = load_thresholds()
        self._judged: tuple[Judged, ...] = ()
        self._taught: tuple[tuple[Judged, ...], Corrections] | None = None

    def read(self, parts: Parts, kind: Kind = "story", story_id: str = "") -> tuple[Match, ...]:
        """All principles for one text, best first. `parts`: its sections by name, or {"": text}."""
        windows = windows_of(parts) if kind == "story" else whole(parts)
        if not windows:
            return no_matches(self.principle_set.slugs)
        vectors, scores = self._score(windows, kind)
        if kind == "story":
            scores = self._corrected(vectors, scores, story_id)
        return matches_from(
            self._scorer.slugs,
            windows,
            scores,
            self._scorer.limits,
            lambda slug, row: self._nearest_signal(slug, vectors[row]),
        )

    def read_many(self, stories: Sequence[tuple[str, Parts]]) -> Iterator[tuple[Match, ...]]:
        """The matches of stories given as (id, parts), in order and as it goes; faster than one by one: batches are filled.

        Where the encoder gives up within a batch, what can be read of it is still read, one by one.
        """
        for start in range(0, len(stories), AT_A_TIME):
            some = stories[start : start + AT_A_TIME]
            with suppress(EncoderUnavailable):
                self._encode([window for _, parts in some for window in windows_of(parts)])
            for story_id, parts in some:
                yield self.read(parts, story_id=story_id)

    def learn(self, judged: Sequence[Judged]) -> bool:
        """From now on let the author's judgements, all of them given here, correct what stories show; whether any is new."""
        is_new = tuple(judged) != self._judged
        if is_new:
            self._judged = tuple(judged)
        return is_new

    # --- scores

    def _score(self, windows: Sequence[Window], kind: Kind) -> tuple[Array, Scores]:
        vectors = self._encode(windows)
        return vectors, self._scorer.score(vectors, [normalised(window.text) for window in windows], kind)

    def _encode(self, windows: Sequence[Window]) -> Array:
        return self._encoder.encode([normalised(window.text) for window in windows], adapter=self._scorer.adapter)

    def _corrected(self, vectors: Array, scores: Scores, story_id: str) -> Scores:
        judged = self._judged
        if not judged:
            return scores
        push = self._corrections_from(judged).push(focus_of(vectors, scores), story_id)
        return Scores(self._scorer.moved(scores.totals, push), scores.windows)

    def _corrections_from(self, stories: tuple[Judged, ...]) -> Corrections:
        """Computed once for the same judgements. They may be exchanged at any time by another thread."""
        taught = self._taught
        if taught is None or taught[0] is not stories:
            taught = self._taught = (stories, self._learned_from(stories))
        return taught[1]

    def _learned_from(self, stories: tuple[Judged, ...]) -> Corrections:
        """Stories without words teach nothing."""
        told = [(story, windows_of(story.parts)) for story in stories]
        judged = [(story, windows) for story, windows in told if windows]
        self._encode([window for _, windows in judged for window in windows])
        read = [self._score(windows, "story") for _, windows in judged]
        return learn([story for story, _ in judged], read, self._scorer.slugs, self._thresholds.learning)

    @cached_property
    def _scorer(self) -> Scorer:
        if self._fitted is not None:
            return FittedScorer(self._fitted, self.principle_set.slugs, self._thresholds.fitted)
        return self._prototypes()

    def _prototypes(self) -> PrototypeScorer:
        """Signals and questions are examples alike: a set that asks well is recognised better, one without questions works."""
        principles = self.principle_set.principles
        groups = [examples_of(principle) for principle in principles]
        vectors = self._encoder.encode([*(text for group in groups for text in group), *load_neutral_sentences()])
        rows = np.split(vectors, np.cumsum([len(group) for group in groups]))
        examples = {principle.slug: rows[i] for i, principle in enumerate(principles)}
        settings = self._thresholds.fitting
        prototypes = fit_prototypes(examples, rows[-1], settings)
        return PrototypeScorer(prototypes, settings.best_windows, self._thresholds.prototypes)

    # --- signals

    def _nearest_signal(self, slug: str, vector: Array) -> str:
        signals = next(principle.signals for principle in self.principle_set.principles if principle.slug == slug)
        known = self._fitted.signals if self._fitted else {}
        unknown = [signal for signal in signals if signal not in known]
        found = dict(zip(unknown, self._encoder.encode(unknown, adapter=self._scorer.adapter), strict=True))
        return max(signals, key=lambda signal: float(vector @ (known[signal] if signal in known else found[signal])))


def examples_of(principle: Principle) -> Sequence[str]:
    """What directions are fitted to."""
    return [*principle.signals, *(question.text for question in principle.questions())]


def windows_of(parts: Parts) -> tuple[Window, ...]:
    return tuple(window for part, text in parts.items() for window in split_windows(part, text))


def whole(parts: Parts) -> tuple[Window, ...]:
    """A question is read in one piece: its sentences lean on each other."""
    part, text = WHOLE_TEXT, "\n".join(parts.values())
    words = text.strip()
    start = text.find(words)
    return (Window(part, start, start + len(words), words),) if words else ()
