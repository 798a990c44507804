"""Ways to decide which principles a text shows: coach's own, and what it has to beat."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np

from benchmarks.quality.gold import Gold
from coach.fitting.fit import fit_views, sentences
from coach.fitting.plan import Plan
from coach.fitting.save import save_fitted
from coach.fitting.texts import LabelledText
from coach.matching.encoder import Encoder
from coach.matching.fitted import FittedModel, load_fitted
from coach.matching.match import Match, Window
from coach.matching.reader import Reader, whole, windows_of
from coach.matching.scoring import Array, FittedScorer, Kind
from coach.matching.thresholds import load_thresholds
from coach.matching.windows import normalised
from coach.principles.principle import PrincipleSet

PLAIN_SIGNALS = 8
BEST_SENTENCES = 3


class Way(Protocol):
    """Ranks the principles of texts, best first. Where it knows levels and evidence, they are in the matches."""

    name: str

    def read(self, texts: Sequence[Gold]) -> list[tuple[Match, ...]]: ...


class ByReader:
    """Coach's reader, with or without its fitted model."""

    def __init__(self, name: str, reader: Reader) -> None:
        self.name = name
        self._reader = reader

    def read(self, texts: Sequence[Gold]) -> list[tuple[Match, ...]]:
        return [self._reader.read({"": text.text}, text.kind) for text in texts]


class ByScores:
    """Anything that makes one score a principle from a text's vectors (n, d)."""

    def __init__(
        self, name: str, encoder: Encoder, slugs: tuple[str, ...], score: Callable[[Array, Sequence[str], Kind], Array]
    ) -> None:
        self.name = name
        self._encoder = encoder
        self._slugs = slugs
        self._score = score

    def read(self, texts: Sequence[Gold]) -> list[tuple[Match, ...]]:
        return [self._ranked(text) for text in texts]

    def _ranked(self, text: Gold) -> tuple[Match, ...]:
        windows = [normalised(window.text) for window in windows_in_text(text)]
        totals = self._score(self._encoder.encode(windows), windows, text.kind)
        order = np.argsort(-totals, kind="stable")
        return tuple(Match(self._slugs[int(column)], float(totals[int(column)]), "none") for column in order)


def windows_in_text(text: Gold) -> tuple[Window, ...]:
    parts = {"": text.text}
    return whole(parts) if text.kind == "question" else windows_of(parts)


def by_descriptions(principle_set: PrincipleSet, encoder: Encoder) -> Way:
    """Cosine of the text's mean vector to each principle's name and gist."""
    described = encoder.encode([f"{principle.name}. {principle.gist}" for principle in principle_set.principles])
    return ByScores(
        "cosine to the descriptions",
        encoder,
        principle_set.slugs,
        lambda vectors, _, __: described @ vectors.mean(axis=0),
    )


def by_centroids(principle_set: PrincipleSet, encoder: Encoder) -> Way:
    """Centroids of eight plain signals, the best three sentences of the text."""
    signals = [principle.signals[:PLAIN_SIGNALS] for principle in principle_set.principles]
    centroids = np.stack([encoder.encode(some).mean(axis=0) for some in signals])
    centroids /= np.linalg.norm(centroids, axis=1, keepdims=True)

    def score(vectors: Array, _: Sequence[str], __: Kind) -> Array:
        best: Array = np.sort(vectors @ centroids.T, axis=0)[-BEST_SENTENCES:].mean(axis=0)
        return best

    return ByScores(f"centroids of {PLAIN_SIGNALS} signals", encoder, principle_set.slugs, score)


def by_head(
    texts: Sequence[LabelledText], principle_set: PrincipleSet, wide: PrincipleSet, encoder: Encoder, plan: Plan
) -> Way:
    """An attention head fitted to our texts on the encoder's vectors as they are; `wide`: all classes of the texts."""
    model = _head_on_fixed_vectors(texts, wide, encoder, plan)
    scorer = FittedScorer(model, principle_set.slugs, load_thresholds().fitted)
    return ByScores(
        "a head on fixed vectors",
        encoder,
        principle_set.slugs,
        lambda vectors, words, kind: scorer.score(vectors, words, kind).totals,
    )


def _head_on_fixed_vectors(
    texts: Sequence[LabelledText], wide: PrincipleSet, encoder: Encoder, plan: Plan
) -> FittedModel:
    wanted = sentences(texts, wide)
    known = dict(zip(wanted, encoder.encode(wanted), strict=True))
    arrays = fit_views(texts, wide, known, plan, lambda _: None)
    alone = replace(plan.mixture, shares=0, directions=0, words=0, attention=1, question_words=0, question_directions=0)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "head.npz"
        save_fitted(file, arrays, alone, wide.slugs, encoder.name, {})
        return load_fitted(file)


def always_the_same_order(principle_set: PrincipleSet) -> Way:
    """The same order for every text: what a figure is worth that nobody worked for."""
    return Constant(tuple(Match(slug, 0.0, "none") for slug in principle_set.slugs))


class Constant:
    """Says the same of every text."""

    name = "always the same order"

    def __init__(self, matches: tuple[Match, ...]) -> None:
        self._matches = matches

    def read(self, texts: Sequence[Gold]) -> list[tuple[Match, ...]]:
        return [self._matches] * len(texts)
