"""Which story answers a question best."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from coach.coverage.answers import LIKENESS, SECOND, WORTH, Answer, asked_principles, rank_answers
from coach.coverage.matrix import STANDINGS
from coach.matching.match import Level, Match
from coach.principles.principle import PrincipleSet, Question, Theme
from tests.coverage.banks import CURIOUS, FAIR, THRIFTY, VALUES, bank, reading, story


def matches(**scores: float) -> tuple[Match, ...]:
    return tuple(Match(slug.replace("_", "-"), score, "none") for slug, score in scores.items())


def ids(answers: tuple[Answer, ...]) -> list[str]:
    return [answer.story_id for answer in answers]


# --- what a question asks for


@pytest.mark.parametrize("typed", ["When were you fair?", "  WHEN were\nyou   fair? "])
def test_a_question_of_the_set_asks_for_what_it_is_labelled_with(typed: str) -> None:
    """Whatever matching says, and however it is spaced or written."""
    assert asked_principles(typed, VALUES, matches(spend_little=0.9)) == {"be-fair": 1.0}


def test_the_others_of_a_labelled_question_count_half() -> None:
    question = Question("Who paid?", "be-fair", "any", also=("spend-little", "stay-curious"))
    principle = replace(FAIR, themes=(Theme("any", "Any", (question,)),))
    values = PrincipleSet("values", "Our values", (principle, CURIOUS, THRIFTY))
    assert asked_principles("Who paid?", values, ()) == {"be-fair": 1.0, "spend-little": SECOND, "stay-curious": SECOND}


def test_any_other_question_asks_for_its_three_best_matches_as_shares_of_the_best() -> None:
    found = asked_principles("?", VALUES, matches(a=0.8, b=0.4, c=0.2, d=0.1))
    assert found == {"a": 1.0, "b": pytest.approx(0.25), "c": pytest.approx(0.125)}


def test_a_match_below_nothing_is_not_held_against_a_story() -> None:
    assert asked_principles("?", VALUES, matches(a=0.4, b=-0.2)) == {"a": 1.0, "b": 0.0}


def test_a_question_that_matches_nothing_asks_for_nothing() -> None:
    assert set(asked_principles("?", VALUES, matches(a=0.0, b=-0.1)).values()) == {0.0}
    assert asked_principles("?", VALUES, ()) == {}


# --- which story answers it


def test_the_author_s_word_goes_before_a_strong_match_and_that_before_a_possible_one() -> None:
    coverage = bank(
        (story("none"), reading("none", "none", "none")),
        (story("possible"), reading("possible", "none", "none")),
        (story("strong"), reading("strong", "none", "none")),
        (story("confirmed", confirmed="be-fair"), reading("none", "none", "none")),
    )
    assert ids(rank_answers(coverage, {"be-fair": 1.0})) == ["confirmed", "strong", "possible", "none"]


def test_a_principle_that_is_not_asked_for_is_worth_nothing() -> None:
    coverage = bank((story("one", confirmed="spend-little"), reading("none", "strong", "none")))
    (answer,) = rank_answers(coverage, {"be-fair": 1.0})
    assert answer.cells == ()
    assert answer.fit == pytest.approx(LIKENESS * 0.5)


def test_several_principles_add_up_and_the_weightiest_is_named_first() -> None:
    coverage = bank((story("one", confirmed="spend-little"), reading("strong", "possible", "none")))
    (answer,) = rank_answers(coverage, {"be-fair": 0.5, "stay-curious": 0.5, "spend-little": 1.0})
    assert [cell.slug for cell in answer.cells] == ["spend-little", "be-fair", "stay-curious"]
    assert answer.fit == pytest.approx(1.0 + 0.5 * 0.8 + 0.5 * 0.4 + LIKENESS * 0.5 * 2)


def test_what_the_author_rejects_neither_answers_nor_counts_by_its_likeness() -> None:
    coverage = bank((story("one", rejected="be-fair"), reading("strong", "none", "none")))
    (answer,) = rank_answers(coverage, {"be-fair": 1.0})
    assert (answer.fit, answer.cells) == (0.0, ())


@pytest.mark.parametrize(("better", "worse"), [("confirmed", "strong"), ("strong", "possible"), ("possible", "none")])
def test_likeness_never_overturns_a_standing(better: str, worse: str) -> None:
    """Scores reach about 1.2 at most, for the very words of a signal."""
    worth: Mapping[str, float] = {str(standing): WORTH[standing] for standing in STANDINGS}
    assert worth[better] > worth[worse] + LIKENESS * 1.2


def test_of_equal_standing_the_more_alike_goes_first_and_then_the_title() -> None:
    def alike(score: float, level: Level = "strong") -> tuple[Match, ...]:
        return (Match("be-fair", score, level),)

    coverage = bank((story("b"), alike(0.6)), (story("a"), alike(0.6)), (story("c"), alike(0.7)))
    assert ids(rank_answers(coverage, {"be-fair": 1.0})) == ["c", "a", "b"]


def test_a_story_that_was_not_read_answers_by_the_author_s_word_alone() -> None:
    coverage = bank((story("unread"), None), (story("told", confirmed="be-fair"), None))
    first, second = rank_answers(coverage, {"be-fair": 1.0})
    assert (first.story_id, first.fit) == ("told", 1.0)
    assert (second.story_id, second.fit) == ("unread", 0.0)


def test_an_empty_bank_has_no_answers() -> None:
    assert rank_answers(bank(), {"be-fair": 1.0}) == ()
