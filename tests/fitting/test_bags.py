"""Texts as bags of windows with targets."""

from random import Random

import pytest

from coach.fitting.bags import Bag, make_bags, thinned
from coach.fitting.texts import LabelledText
from tests.fitting.small import SLUGS

NOTHING = len(SLUGS)


def bag_of(text: LabelledText) -> Bag:
    (bag,) = make_bags([text], SLUGS)
    return bag


def test_a_story_is_its_sentences_and_a_question_one_piece() -> None:
    assert bag_of(LabelledText("a", "story", "be-fair", "One came. Two went.")).windows == ("One came.", "Two went.")
    question = bag_of(LabelledText("a", "question", "be-fair", "When? And why?"))
    assert (question.windows, question.is_question) == (("When? And why?",), True)


def test_marks_are_the_windows_that_the_evidence_touches() -> None:
    text = LabelledText("a", "story", "be-fair", "It was March. I shared all.", evidence={"be-fair": ("I shared",)})
    assert bag_of(text).marks == ((1, 0),)


@pytest.mark.parametrize(
    ("primary", "also", "target"),
    [("be-fair", (), {0: 1.0}), ("spend-little", ("be-fair",), {1: 0.75, 0: 0.25}), ("none", (), {NOTHING: 1.0})],
)
def test_the_target_favours_the_main_principle(primary: str, also: tuple[str, ...], target: dict[int, float]) -> None:
    assert bag_of(LabelledText("a", "story", primary, "I did.", also)).target == target


def test_a_contradiction_teaches_nothing_of_its_principle() -> None:
    assert bag_of(LabelledText("a", "contradiction", "be-fair", "I favoured one.")).target == {NOTHING: 1.0}


def test_a_text_without_words_is_left_out() -> None:
    assert make_bags([LabelledText("a", "story", "be-fair", "…")], SLUGS) == []


def test_thinning_keeps_the_evidence_and_its_place() -> None:
    text = "\n".join(f"Sentence {letter} here." for letter in "abcdefghij")
    bag = bag_of(LabelledText("a", "story", "be-fair", text, evidence={"be-fair": ("Sentence e here",)}))
    for seed in range(20):
        ((window, number),) = (thin := thinned(bag, 0.3, Random(seed))).marks
        assert (thin.windows[window], number) == ("Sentence e here.", 0)
        assert len(thin.windows) < 10


def test_only_long_stories_are_thinned() -> None:
    bag = bag_of(LabelledText("a", "story", "be-fair", "One came. Two went."))
    assert thinned(bag, 0.0, Random(0)) is bag
