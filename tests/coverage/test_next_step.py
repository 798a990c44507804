"""What to do next."""

from coach.bank.story import Story
from coach.coverage.next_step import next_step
from coach.matching.match import Match
from tests.coverage.banks import CURIOUS, FAIR, bank, reading, story

ALL = "be-fair stay-curious spend-little"

Row = tuple[Story, tuple[Match, ...] | None]


def two_stories(*, both: str, first: str = "") -> tuple[Row, Row]:
    """Two stories that confirm the principles `both`, the first of them some more."""
    return (story("a", confirmed=f"{both} {first}"), None), (story("b", confirmed=both), None)


def test_an_empty_bank_begins_with_a_first_story() -> None:
    step = next_step(bank())
    assert (step.kind, step.slug, step.story_id, step.question) == ("begin", "", "", None)
    assert "first story" in step.sentence


def test_a_gap_asks_for_a_story_and_gives_a_question_that_draws_it_out() -> None:
    step = next_step(bank(*two_stories(both="be-fair spend-little")))
    assert (step.kind, step.slug, step.story_id) == ("close-gap", "stay-curious", "")
    assert "Stay Curious" in step.sentence
    assert step.question in tuple(CURIOUS.questions())


def test_a_gap_of_a_principle_without_questions_is_still_named() -> None:
    step = next_step(bank(*two_stories(both="be-fair stay-curious")))
    assert (step.kind, step.slug, step.question) == ("close-gap", "spend-little", None)


def test_the_first_gap_of_the_set_comes_first() -> None:
    assert next_step(bank((story("a"), reading("none", "none", "none")))).slug == "be-fair"


def test_a_gap_nothing_speaks_for_goes_before_one_with_a_possible_story() -> None:
    step = next_step(bank((story("a"), reading("possible", "none", "possible"))))
    assert (step.kind, step.slug) == ("close-gap", "stay-curious")


def test_gaps_that_all_have_a_possible_story_ask_for_the_authors_word() -> None:
    step = next_step(bank((story("a"), reading("possible", "possible", "possible"))))
    assert (step.kind, step.slug, step.story_id) == ("confirm", "be-fair", "a")
    assert "“Story a” may show Be Fair" in step.sentence


def test_a_rejected_story_is_not_offered_again() -> None:
    rejecting = story("a", rejected="be-fair", confirmed="stay-curious spend-little")
    step = next_step(bank((rejecting, reading("strong", "none", "none"))))
    assert (step.kind, step.slug, step.story_id) == ("close-gap", "be-fair", "")


def test_what_rests_on_suggestions_asks_for_the_authors_word_on_its_first_strong_story() -> None:
    strong = (story("c"), reading("none", "strong", "none"))
    step = next_step(bank(*two_stories(both="be-fair spend-little"), strong))
    assert (step.kind, step.slug, step.story_id) == ("confirm", "stay-curious", "c")


def test_the_authors_word_is_asked_for_before_a_second_story() -> None:
    suggested = (story("c"), reading("none", "none", "strong"))
    step = next_step(bank((story("a", confirmed="be-fair stay-curious"), None), suggested))
    assert (step.kind, step.slug) == ("confirm", "spend-little")


def test_a_gap_goes_before_everything_else() -> None:
    step = next_step(bank((story("a", confirmed="be-fair"), reading("none", "strong", "none"))))
    assert (step.kind, step.slug) == ("close-gap", "spend-little")


def test_a_fragile_principle_asks_for_a_second_story_with_a_question() -> None:
    step = next_step(bank(*two_stories(both="stay-curious spend-little", first="be-fair")))
    assert (step.kind, step.slug) == ("strengthen", "be-fair")
    assert "rests on one story" in step.sentence
    assert step.question in tuple(FAIR.questions())


def test_when_everything_is_covered_a_story_is_to_be_said_aloud() -> None:
    step = next_step(bank(*two_stories(both=ALL)))
    assert (step.kind, step.slug, step.story_id) == ("practise", "", "a")
    assert "“Story a”" in step.sentence


def test_the_same_bank_gets_the_same_step() -> None:
    rows = two_stories(both="stay-curious")
    assert next_step(bank(*rows)) == next_step(bank(*rows))
