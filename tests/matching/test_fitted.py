"""The fitted model as it is loaded and as it reads."""

from pathlib import Path

import numpy as np
import pytest

from coach.errors import EncoderUnavailable
from coach.matching.fitted import FITTED_FILE, Array, load_fitted, log_softmax, softmax
from coach.paths import packaged

MODEL = load_fitted(packaged(FITTED_FILE))
RANDOM = np.random.default_rng(5)


def windows(count: int) -> Array:
    vectors: Array = RANDOM.normal(size=(count, MODEL.dimensions)).astype(np.float32) / MODEL.dimensions**0.5
    return vectors


def test_shares_sum_to_one_with_one_for_none() -> None:
    shares, added = MODEL.read_story(windows(7), ["I rang."] * 7)
    assert shares.shape == (len(MODEL.slugs) + 1,)
    assert float(shares.sum()) == pytest.approx(1, abs=1e-5)
    assert added.shape == (7, len(MODEL.slugs))
    assert added.sum(axis=0) == pytest.approx(np.ones(len(MODEL.slugs)), abs=1e-4)
    assert float(MODEL.read_question(windows(1), ["Why?"]).sum()) == pytest.approx(1, abs=1e-5)


def test_the_order_of_windows_changes_nothing() -> None:
    vectors, texts = windows(5), ["I rang.", "Nobody came.", "It was late.", "We mended it.", "Then I left."]
    order = [3, 1, 4, 0, 2]
    one, _ = MODEL.read_story(vectors, texts)
    other, _ = MODEL.read_story(vectors[order], [texts[row] for row in order])
    assert one == pytest.approx(other, abs=1e-5)


def test_a_file_that_is_missing_or_broken_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.npz"
    broken.write_bytes(packaged(FITTED_FILE).read_bytes()[:5000])
    for path in (tmp_path / "none.npz", broken):
        with pytest.raises(EncoderUnavailable, match="fitted model"):
            load_fitted(path)


def test_pickled_objects_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "pickled.npz"
    np.savez(path, about=np.array([{"format": 1}], dtype=object))
    with pytest.raises(EncoderUnavailable):
        load_fitted(path)


def test_it_is_small_enough_to_ship() -> None:
    assert packaged(FITTED_FILE).stat().st_size < 5_000_000


def test_logarithms_of_shares_are_shares() -> None:
    scores = np.array([1000.0, 999.0, -5.0], dtype=np.float32)
    assert np.exp(log_softmax(scores)) == pytest.approx(softmax(scores), abs=1e-6)


def test_a_longer_telling_of_the_same_is_the_same() -> None:
    vectors, texts = windows(4), ["I rang.", "Nobody came.", "It was late.", "We mended it."]
    once, _ = MODEL.read_story(vectors, texts)
    twice, _ = MODEL.read_story(np.concatenate([vectors, vectors]), texts * 2)
    assert np.abs(once - twice).max() < 0.2
