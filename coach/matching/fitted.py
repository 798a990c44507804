"""The model fitted to the texts in training/: several views of a text, mixed.

A story is a bag of windows of which few carry the principle (multiple-instance learning). One view weighs each window by an
attention of its own for each principle (Ilse, Tomczak and Welling 2018, "Attention-based Deep Multiple Instance Learning"),
one lets every window say what it shows and adds the shares up, one takes the best windows along directions towards general
signals, and one reads the words of the whole. They err on different texts, so their mean is better than any of them.
Plain numbers, numpy only; nothing is unpickled.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from coach.errors import EncoderUnavailable
from coach.matching.prototypes import Prototypes
from coach.matching.words import WordView

Array = NDArray[np.float32]
FITTED_FILE = "fitted.npz"
FORMAT = 1
ADAPTER = "adapter/"
TINY = 1e-4
"""Keeps a share's logarithm finite: one window in a thousand that is a tenth sure."""


@dataclass(frozen=True)
class Linear:
    """From a vector to one number a class: weights (dimensions, classes), bias (classes,)."""

    weights: Array
    bias: Array

    def scores(self, vectors: Array) -> Array:
        return vectors @ self.weights + self.bias


@dataclass(frozen=True)
class Mixture:
    """How much each view counts, and what a text has to reach along a direction to be more than none of the principles."""

    attention: float
    shares: float
    directions: float
    words: float
    nothing: float
    best_windows: int
    question_vectors: float
    question_words: float
    question_directions: float


@dataclass(frozen=True)
class FittedModel:
    """What ships, or what was refitted for another encoder. Its classes are `slugs` and, last, "none of these".

    Attributes:
        encoder: name of the encoder whose vectors it reads.
        mark: tells this adapter from any other; empty where the encoder is used as published.
        made_from: sha256 of the training texts and of the encoder's weights.
        signals: vectors (d,) of the signals of the principles that ship, by their words, so that nobody has to encode them.
        adapter: low-rank corrections by layer name: down (rank, inputs), up (outputs, rank).
    """

    slugs: tuple[str, ...]
    encoder: str
    mark: str
    made_from: Mapping[str, str]
    mixture: Mixture
    values: Linear
    attention: Linear
    shares: Linear
    directions: Prototypes
    words: WordView
    questions: Linear
    question_words: WordView
    signals: Mapping[str, Array]
    adapter: Mapping[str, tuple[Array, Array]]

    @property
    def dimensions(self) -> int:
        return int(self.values.weights.shape[0])

    def read_story(self, vectors: Array, texts: Sequence[str]) -> tuple[Array, Array]:
        """Of windows (n, d): the story's shares (classes,), which sum to 1, and for each principle how its evidence is
        spread over the windows (n, principles), columns that sum to 1."""
        values = self.values.scores(vectors)
        attention = softmax(self.attention.scores(vectors), axis=0)
        shares = softmax(self.shares.scores(vectors))
        along = self.directions.scores(vectors)
        mix = self.mixture
        scores = (
            mix.attention * log_softmax((attention * values).sum(axis=0))
            + mix.shares * _log_of_sum(shares)
            + mix.directions * self._best(along)
            + mix.words * log_softmax(self.words.scores("\n".join(texts)))
        )
        spread: Array = _spread(attention * softmax(values)) + _spread(shares) + _spread(_beside_nothing(along))
        return softmax(scores), (spread[:, :-1] / 3).astype(np.float32)

    def read_question(self, vectors: Array, texts: Sequence[str]) -> Array:
        """The shares (classes,) of a question given as one window."""
        mix = self.mixture
        scores = (
            mix.question_vectors * log_softmax(self.questions.scores(vectors)[0])
            + mix.question_words * log_softmax(self.question_words.scores("\n".join(texts)))
            + mix.question_directions * self._best(self.directions.scores(vectors))
        )
        return softmax(scores)

    def _best(self, along: Array) -> Array:
        """(classes,): the mean of the best windows along each direction, and what is nothing."""
        best = np.sort(along, axis=0)[-self.mixture.best_windows :].mean(axis=0)
        return np.append(best, np.float32(self.mixture.nothing))


def softmax(scores: Array, axis: int = -1) -> Array:
    raised = np.exp(scores - scores.max(axis=axis, keepdims=True))
    shares: Array = raised / raised.sum(axis=axis, keepdims=True)
    return shares


def log_softmax(scores: Array) -> Array:
    lowered = scores - scores.max()
    result: Array = lowered - np.log(np.exp(lowered).sum())
    return result


def _log_of_sum(shares: Array) -> Array:
    """(n, classes) to log-shares (classes,): sums over the root of the number, so that long stories gain nothing by length."""
    return log_softmax(np.log(shares.sum(axis=0) / np.sqrt(len(shares)) + TINY))


def _beside_nothing(along: Array) -> Array:
    """Scores along directions as weights: twice as much for 0.1 more, with a column for "none" to keep the shape."""
    weights = np.exp(along / 0.15)
    return np.concatenate([weights, np.ones((len(weights), 1), dtype=np.float32)], axis=1)


def _spread(weights: Array) -> Array:
    """Each class's weights over the windows, summing to 1."""
    spread: Array = weights / np.maximum(weights.sum(axis=0, keepdims=True), 1e-9)
    return spread


@cache
def load_fitted(path: Path) -> FittedModel:
    """Raises EncoderUnavailable where the file is missing, damaged or of another format."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _from_arrays(dict(arrays))
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise EncoderUnavailable(f"The fitted model {path.name} can't be read.", "Install coach again.") from error


def _from_arrays(arrays: dict[str, NDArray[Any]]) -> FittedModel:
    about = json.loads(bytes(arrays["about"]))
    if about["format"] != FORMAT:
        raise ValueError(f"format {about['format']}")
    slugs = tuple(about["slugs"])
    return FittedModel(
        slugs=slugs,
        encoder=about["encoder"],
        mark=about["mark"],
        made_from=about["made_from"],
        mixture=Mixture(**about["mixture"]),
        values=_linear(arrays, "values"),
        attention=_linear(arrays, "attention"),
        shares=_linear(arrays, "shares"),
        directions=_directions(arrays, slugs),
        words=_words(arrays, "words"),
        questions=_linear(arrays, "questions"),
        question_words=_words(arrays, "question_words"),
        signals=dict(zip(json.loads(bytes(arrays["signals"])), _numbers(arrays["signal_vectors"]), strict=True)),
        adapter=_adapter(arrays),
    )


def _linear(arrays: dict[str, NDArray[Any]], name: str) -> Linear:
    return Linear(_numbers(arrays[f"{name}/weights"]), _numbers(arrays[f"{name}/bias"]))


def _words(arrays: dict[str, NDArray[Any]], name: str) -> WordView:
    known = bytes(arrays[f"{name}/terms"]).decode().split("\n")
    numbers = {term: number for number, term in enumerate(known)}
    return WordView(numbers, *(_numbers(arrays[f"{name}/{part}"]) for part in ("rarity", "weights", "bias")))


def _directions(arrays: dict[str, NDArray[Any]], slugs: tuple[str, ...]) -> Prototypes:
    origin, towards = _numbers(arrays["directions/origin"]), _numbers(arrays["directions/towards"])
    return Prototypes(slugs, origin, towards, float(arrays["directions/unit"][0]))


def _adapter(arrays: dict[str, NDArray[Any]]) -> dict[str, tuple[Array, Array]]:
    layers = sorted({name[len(ADAPTER) :].rpartition("/")[0] for name in arrays if name.startswith(ADAPTER)})
    return {
        layer: (_numbers(arrays[f"{ADAPTER}{layer}/down"]), _numbers(arrays[f"{ADAPTER}{layer}/up"]))
        for layer in layers
    }


def _numbers(stored: NDArray[Any]) -> Array:
    """Stored in half precision, computed with in single."""
    return stored.astype(np.float32)
