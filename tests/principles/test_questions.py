"""Names of questions that last, and one question for a gap."""

import re
from dataclasses import replace

from coach.principles.loading import load_shipped
from coach.principles.principle import Question
from coach.principles.questions import question_for_gap, question_id

QUESTION = Question("Whom did you help?", "be-kind", "small-help")


def test_an_id_is_the_principle_the_theme_and_a_short_hash_of_the_wording() -> None:
    assert question_id(QUESTION) == "be-kind.small-help.486f095f"


def test_an_id_changes_with_the_wording_and_with_nothing_else_that_may_be_edited() -> None:
    assert question_id(replace(QUESTION, text="Whom did you help most?")) != question_id(QUESTION)
    assert question_id(replace(QUESTION, also=("be-tidy",))) == question_id(QUESTION)


def test_all_ids_of_a_shipped_set_differ() -> None:
    ids = [question_id(question) for question in load_shipped("amazon-14").questions()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+\.[0-9a-f]{8}", each) for each in ids)


def test_a_gap_gets_the_same_question_for_the_same_seed() -> None:
    principle = load_shipped("amazon-14").principles[0]
    first = question_for_gap(principle, seed="2024-03-01")
    assert first == question_for_gap(principle, seed="2024-03-01")
    assert first in tuple(principle.questions())


def test_different_seeds_reach_all_questions_of_a_principle() -> None:
    principle = load_shipped("amazon-14").principles[0]
    reached = {question_for_gap(principle, seed=str(number)) for number in range(500)}
    assert reached == set(principle.questions())


def test_a_principle_without_questions_has_none_for_a_gap() -> None:
    bare = replace(load_shipped("amazon-14").principles[0], themes=())
    assert question_for_gap(bare, seed="x") is None
