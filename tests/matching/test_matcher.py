"""From scores to levels and evidence."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.matching.match import Match, Window
from coach.matching.matcher import matches_from, no_matches
from coach.matching.scoring import Scores
from coach.matching.thresholds import Limits

LIMITS = Limits(
    possible=0.4,
    strong=0.55,
    strong_margin=0.05,
    most_strong=3,
    most_shown=5,
    evidence=0.4,
    most_evidence=3,
)


def match(*rows: Sequence[float], limits: Limits = LIMITS) -> tuple[Match, ...]:
    """Match a text of one window a row, which holds its score for p0, p1 and so on; the text's score is the best of them."""
    windows = np.array(rows, dtype=np.float32)
    slugs = [f"p{number}" for number in range(windows.shape[1])]
    places = [Window("action", 10 * row, 10 * row + 5, f"word{row}") for row in range(len(rows))]
    scores = Scores(windows.max(axis=0), windows)
    return matches_from(slugs, places, scores, limits, lambda slug, row: f"like word{row} for {slug}")


def levels(*totals: float) -> dict[str, str]:
    return {found.slug: found.level for found in match(totals)}


def test_all_principles_come_back_best_first() -> None:
    assert [found.slug for found in match([0.2, 0.9, 0.5])] == ["p1", "p2", "p0"]


def test_equal_scores_keep_the_order_of_the_set() -> None:
    assert [found.slug for found in match([0.3, 0.5, 0.5, 0.5])] == ["p1", "p2", "p3", "p0"]


def test_a_text_without_windows_shows_nothing() -> None:
    assert no_matches(["p0"]) == (Match("p0", 0.0, "none"),)


@pytest.mark.parametrize(("score", "level"), [(0.39, "none"), (0.41, "possible"), (0.54, "possible"), (0.56, "strong")])
def test_the_limits_decide_the_level(score: float, level: str) -> None:
    assert levels(score) == {"p0": level}


def test_strong_needs_to_be_near_the_best() -> None:
    assert levels(0.80, 0.76, 0.74) == {"p0": "strong", "p1": "strong", "p2": "possible"}


def test_no_more_than_so_many_are_strong_or_shown() -> None:
    assert list(levels(*[0.7] * 7).values()) == ["strong"] * 3 + ["possible"] * 2 + ["none"] * 2


def test_evidence_is_the_best_windows_above_its_limit_best_first() -> None:
    found = match([0.5], [0.39], [0.9], [0.6], [0.7])[0]
    assert [item.text for item in found.evidence] == ["word2", "word4", "word3"]
    assert [item.score for item in found.evidence] == pytest.approx([0.9, 0.7, 0.6])


def test_evidence_keeps_part_and_position_of_its_window() -> None:
    (item,) = match([0.1], [0.9])[0].evidence
    assert (item.part, item.start, item.end, item.text) == ("action", 10, 15, "word1")


def test_the_nearest_signal_is_named_where_a_principle_stands_out_and_only_there() -> None:
    strong, none = match([0.9, 0.1])
    assert (strong.nearest_signal, none.nearest_signal) == ("like word0 for p0", "")


def test_one_good_window_is_quoted_even_where_the_whole_shows_too_little() -> None:
    windows = np.array([[0.45], [0.2]], dtype=np.float32)
    places = [Window("action", 0, 5, "word0"), Window("action", 6, 11, "word1")]
    scores = Scores(np.array([0.3], dtype=np.float32), windows)
    (found,) = matches_from(["p0"], places, scores, LIMITS, lambda slug, row: "never asked")
    assert (found.level, found.nearest_signal) == ("none", "")
    assert [item.text for item in found.evidence] == ["word0"]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.floats(-1, 1.5, width=32), min_size=4, max_size=4), min_size=1, max_size=8))
def test_levels_never_rise_while_scores_fall(rows: list[list[float]]) -> None:
    found = match(*rows)
    ranks = [("strong", "possible", "none").index(item.level) for item in found]
    assert ranks == sorted(ranks)
    assert sorted(found, key=lambda item: -item.score) == list(found)
    assert all(item.score >= LIMITS.possible - 1e-4 for item in found if item.level != "none")


@settings(deadline=None, max_examples=100)
@given(st.permutations(range(5)))
def test_the_order_of_sentences_changes_no_score(order: list[int]) -> None:
    rows = [[0.1, 0.9], [0.5, 0.4], [0.8, 0.2], [0.3, 0.3], [0.6, 0.7]]
    whole = [(item.slug, item.score, item.level) for item in match(*rows)]
    assert [(item.slug, item.score, item.level) for item in match(*(rows[row] for row in order))] == whole
