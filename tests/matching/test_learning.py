"""What the author's judgements teach about other stories."""

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.bank.story import Story
from coach.matching.learning import Corrections, Judged, focus_of, judged_in, learn
from coach.matching.reader import Reader
from coach.matching.scoring import Scores
from coach.matching.thresholds import LearningSettings
from coach.principles.principle import Principle, PrincipleSet
from tests.fakes import WordEncoder

SETTINGS = LearningSettings(alike=0.5, strength=1.0, farthest=2.0)
SLUGS = ("a", "b")
FAIR = Principle("be-fair", "BF", "Be Fair", "", ("I gave both crews equal hours.", "Nobody was favoured by me."))
THRIFTY = Principle("spend-little", "SL", "Spend Little", "", ("I mended the broken pump.", "We reused old crates."))
VALUES = PrincipleSet("values", "Our values", (FAIR, THRIFTY))


def row(*numbers: float) -> NDArray[np.float32]:
    return np.array(numbers, dtype=np.float32)


def taught(*judged: Judged) -> Corrections:
    """Each story has one window, which lies along the first axis and speaks for both principles."""
    scores = Scores(row(0.5, 0.5), np.array([[0.5, 0.5]], dtype=np.float32))
    return learn(judged, [(np.array([[1, 0]], dtype=np.float32), scores)] * len(judged), SLUGS, SETTINGS)


ALIKE = np.array([[0.9, 0.436], [0.9, 0.436]], dtype=np.float32)
ELSEWHERE = np.array([[0, 1], [0, 1]], dtype=np.float32)


def test_what_was_confirmed_lifts_stories_like_it_for_that_principle_alone() -> None:
    push = taught(Judged("one", {}, confirmed=("a",))).push(ALIKE)
    assert push[0] > 0
    assert push[1] == 0


def test_what_was_rejected_lowers_them() -> None:
    assert taught(Judged("one", {}, rejected=("b",))).push(ALIKE)[1] < 0


def test_other_stories_stay_as_they_are() -> None:
    assert taught(Judged("one", {}, confirmed=("a",), rejected=("b",))).push(ELSEWHERE).tolist() == [0, 0]


def test_a_story_s_own_judgement_does_not_change_how_it_reads() -> None:
    corrections = taught(Judged("one", {}, confirmed=("a",)))
    assert corrections.push(ALIKE, "one").tolist() == [0, 0]
    assert corrections.push(ALIKE, "two")[0] > 0


def test_many_judgements_move_no_further_than_the_limit() -> None:
    push = taught(*[Judged("one", {}, confirmed=("a",), rejected=("b",))] * 100).push(ALIKE)
    assert push == pytest.approx([2.0, -2.0], abs=1e-3)


def test_judgements_on_unknown_principles_are_left_out() -> None:
    assert taught(Judged("one", {}, confirmed=("z",))).push(ALIKE).tolist() == [0, 0]


def test_the_focus_is_the_evidence_at_length_one() -> None:
    vectors = np.array([[1, 0], [0, 1]], dtype=np.float32)
    focus = focus_of(vectors, Scores(row(1, 1), np.array([[0.9, 0.0], [0.0, 0.4]], dtype=np.float32)))
    assert focus == pytest.approx(np.array([[1, 0], [0, 1]], dtype=np.float32))


def test_only_stories_about_which_something_was_said_teach() -> None:
    silent, told = Story("one", title="One", action="I did."), Story("two", title="Two", confirmed=("a",))
    assert [judged.confirmed for judged in judged_in([silent, told])] == [("a",)]


def test_a_reader_learns_from_the_author_and_forgets_when_it_is_taken_back() -> None:
    reader = Reader(VALUES, WordEncoder())
    text = {"action": "The lorry was washed on Sunday."}
    before = {match.slug: match.score for match in reader.read(text)}
    assert reader.learn([Judged("one", text, confirmed=("spend-little",))])
    after = {match.slug: match.score for match in reader.read({"action": "The lorry was washed on Monday."})}
    assert after["spend-little"] > before["spend-little"] + 0.02
    assert reader.learn([])
    assert {match.slug: match.score for match in reader.read(text)} == before


def test_the_same_judgements_are_nothing_new() -> None:
    reader = Reader(VALUES, WordEncoder())
    judged = [Judged("one", {"task": "Count."}, rejected=("be-fair",))]
    assert [reader.learn(judged), reader.learn(list(judged))] == [True, False]


def test_a_judged_story_without_words_teaches_nothing_and_harms_nothing() -> None:
    reader = Reader(VALUES, WordEncoder())
    reader.learn([Judged("one", {"action": " "}, confirmed=("be-fair",))])
    assert len(reader.read({"action": "I counted crates."})) == 2
