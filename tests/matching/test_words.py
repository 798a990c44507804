"""Words and pairs of words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from coach.matching.words import WordView, terms

TEXTS = ["I mended the broken pump.", "I mended it, and mended it again.", "Both crews had equal hours: 40.", "A pump"]


def view(weights: np.ndarray[tuple[int, int], np.dtype[np.float32]], *known: str) -> WordView:
    numbers = {term: number for number, term in enumerate(known)}
    return WordView(numbers, np.ones(len(known), np.float32), weights, np.zeros(weights.shape[1], np.float32))


def test_terms_are_words_and_neighbours_in_small_letters() -> None:
    assert terms("The Broken pump!") == ["the", "broken", "pump", "the broken", "broken pump"]


def test_lines_are_no_neighbours() -> None:
    assert terms("the pump\nbroke") == ["the", "pump", "the pump", "broke"]


def test_any_number_is_the_same_number() -> None:
    assert terms("saved 30 machines") == terms("saved 1200 machines")


def test_both_apostrophes_are_one() -> None:
    assert terms("wasn’t") == terms("wasn't") == ["wasn't"]


def test_scores_are_what_scikit_learn_would_compute() -> None:
    weigher = TfidfVectorizer(analyzer=terms, sublinear_tf=True, dtype=np.float32)
    rows = weigher.fit_transform(TEXTS)
    known = weigher.get_feature_names_out()
    weights = np.random.default_rng(1).normal(size=(len(known), 3)).astype(np.float32)
    bias = np.array([0.1, 0.2, 0.3], np.float32)
    ours = WordView({term: n for n, term in enumerate(known)}, weigher.idf_.astype(np.float32), weights, bias)
    for row, text in enumerate(TEXTS):
        assert ours.scores(text) == pytest.approx((rows[row] @ weights)[0] + bias, abs=1e-5)


def test_a_text_of_unknown_words_says_no_more_than_the_bias() -> None:
    assert view(np.ones((1, 2), np.float32), "pump").scores("ganz anders").tolist() == [0, 0]


def test_length_counts_for_nothing() -> None:
    once = view(np.ones((1, 1), np.float32), "pump").scores("pump")
    assert view(np.ones((1, 1), np.float32), "pump").scores("pump pump pump") == pytest.approx(once)


@given(st.text())
def test_any_text_has_terms(text: str) -> None:
    assert all(term == term.strip() and term for term in terms(text))
