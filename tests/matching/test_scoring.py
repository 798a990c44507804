"""Two ways to score a text."""

import numpy as np
import pytest

from coach.matching.fitted import FITTED_FILE, load_fitted
from coach.matching.prototypes import Prototypes
from coach.matching.scoring import Array, FittedScorer, PrototypeScorer
from coach.matching.thresholds import load_thresholds
from coach.paths import packaged

LIMITS = load_thresholds()
MODEL = load_fitted(packaged(FITTED_FILE))
FITTED = FittedScorer(MODEL, MODEL.slugs[:14], LIMITS.fitted)
AXES = np.eye(3, dtype=np.float32)
PROTOTYPES = PrototypeScorer(Prototypes(("a", "b", "c"), np.zeros(3, np.float32), AXES, 1.0), 2, LIMITS.prototypes)


def vectors(rows: int) -> Array:
    found: Array = np.random.default_rng(1).normal(0, 0.05, size=(rows, MODEL.dimensions)).astype(np.float32)
    return found


def test_what_speaks_for_a_principle_outside_the_set_speaks_for_none_of_it() -> None:
    scores = FITTED.score(vectors(4), ["I rang."] * 4, "story")
    assert (scores.totals.shape, scores.windows.shape) == ((14,), (4, 14))
    wider = FittedScorer(MODEL, MODEL.slugs, LIMITS.fitted).score(vectors(4), ["I rang."] * 4, "story")
    assert scores.totals.tolist() == wider.totals[:14].tolist()
    assert scores.totals.sum() <= 1 + 1e-5


def test_a_question_s_one_window_carries_it_all() -> None:
    scores = FITTED.score(vectors(1), ["Why?"], "question")
    assert scores.windows[0].tolist() == scores.totals.tolist()


def test_a_prototype_s_score_is_the_mean_of_the_best_windows() -> None:
    rows = np.array([[0.9, 0.1, 0], [0.1, 0.2, 0], [0.7, 0.6, 0]], dtype=np.float32)
    assert PROTOTYPES.score(rows, [""] * 3, "story").totals == pytest.approx([0.8, 0.4, 0.0])
    assert PROTOTYPES.score(rows[2:], [""], "story").totals == pytest.approx([0.7, 0.6, 0.0])


def test_no_push_moves_nothing_and_a_push_keeps_shares_shares() -> None:
    totals = np.array([0.0, 0.2, 1.0], dtype=np.float32)
    assert FITTED.moved(totals, np.zeros(3, np.float32)) == pytest.approx(totals, abs=1e-5)
    moved = FITTED.moved(totals, np.array([2, 2, -2], np.float32))
    assert ((moved >= 0) & (moved <= 1)).all()
    assert moved[1] > 0.5
    assert PROTOTYPES.moved(totals, np.array([1, -1, 0], np.float32)) == pytest.approx([0.1, 0.1, 1.0])
