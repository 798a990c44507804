"""Directions that tell principles apart."""

import numpy as np
import pytest

from coach.matching.prototypes import Array, Prototypes, fit_prototypes
from coach.matching.thresholds import load_thresholds

LIMITS = load_thresholds().fitting
SIZE = 12


def cloud(centre: int, count: int, seed: int) -> Array:
    """Vectors of length 1 about one axis."""
    vectors = np.random.default_rng(seed).normal(0, 0.15, (count, SIZE))
    vectors[:, centre] += 1.0
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


def fitted(**counts: int) -> Prototypes:
    """One principle an axis, with so many examples; neutral talk lies about the last axis."""
    examples = {slug: cloud(axis, count, axis) for axis, (slug, count) in enumerate(counts.items())}
    return fit_prototypes(examples, cloud(SIZE - 1, 30, 99), LIMITS)


def test_unseen_vectors_score_best_for_their_own_principle() -> None:
    prototypes = fitted(a=6, b=6, c=6)
    for axis in range(3):
        scores = prototypes.scores(cloud(axis, 20, 50 + axis))
        assert (scores.argmax(axis=1) == axis).all()


def test_a_principle_s_own_examples_reach_1_on_average() -> None:
    prototypes = fitted(a=6, b=6, c=6)
    own = [prototypes.scores(cloud(axis, 6, axis))[:, axis].mean() for axis in range(3)]
    assert np.mean(own) == pytest.approx(1.0, abs=1e-5)


def test_neutral_talk_scores_nothing_on_average() -> None:
    scores = fitted(a=6, b=6).scores(cloud(SIZE - 1, 30, 99))
    assert scores.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-5)


def test_principles_stay_in_the_order_of_the_set() -> None:
    assert fitted(z=3, a=4, m=5).slugs == ("z", "a", "m")


def test_one_example_each_is_enough() -> None:
    prototypes = fitted(a=1, b=1)
    assert np.isfinite(prototypes.directions).all()
    assert prototypes.scores(cloud(0, 5, 7)).argmax(axis=1).tolist() == [0] * 5


def test_a_principle_of_few_examples_is_measured_by_the_same_unit_as_one_of_many() -> None:
    """Directions have length 1, so a principle isn't strong merely because it has been described at length."""
    prototypes = fitted(few=3, many=40)
    assert np.linalg.norm(prototypes.directions, axis=0) == pytest.approx([1.0, 1.0], abs=1e-5)
    assert prototypes.directions.shape == (SIZE, 2)


def test_what_varies_within_every_principle_tells_none_of_them_apart() -> None:
    """Examples of both principles lie far apart along the sixth axis: a step along it has to say next to nothing."""
    scatter = np.random.default_rng(5).normal(0, 1.0, (40, 1)) * np.eye(SIZE)[5]
    examples = {slug: (cloud(axis, 40, axis) + scatter).astype(np.float32) for axis, slug in enumerate("ab")}
    prototypes = fit_prototypes(examples, cloud(SIZE - 1, 30, 99), LIMITS)
    steps = np.abs(prototypes.directions)
    assert steps[5, 0] < 0.2 * steps[0, 0]
    assert steps[5, 1] < 0.2 * steps[1, 1]


def test_no_vectors_give_no_scores_in_the_right_shape() -> None:
    assert fitted(a=3, b=3).scores(np.empty((0, SIZE), dtype=np.float32)).shape == (0, 2)
