"""What an edit gained or lost."""

import pytest

from coach.matching.changes import Change, changes_between
from coach.matching.match import LEVELS, Evidence, Level, Match

ASKED = "I asked every driver why the bus was late."
COUNTED = "Then I counted the stops by hand."


def match(slug: str, level: Level, *words: str) -> Match:
    return Match(slug, 0.5, level, tuple(Evidence("action", 0, len(text), text, 0.5) for text in words))


def test_a_match_lost_with_its_words_names_the_words_that_are_gone() -> None:
    before, after = match("dive-deep", "strong", ASKED), match("dive-deep", "none")
    assert changes_between([before], [after], COUNTED) == (
        Change("dive-deep", "lost", "strong", "none", ASKED, words_are_gone=True),
    )


def test_a_match_lost_although_its_words_still_stand_says_so() -> None:
    before, after = match("dive-deep", "strong", ASKED), match("dive-deep", "possible", ASKED)
    assert changes_between([before], [after], f"{ASKED} {COUNTED}") == (
        Change("dive-deep", "lost", "strong", "possible", ASKED, words_are_gone=False),
    )


def test_of_several_words_those_that_are_gone_are_named_not_the_best() -> None:
    before, after = match("dive-deep", "strong", ASKED, COUNTED), match("dive-deep", "possible", ASKED)
    (change,) = changes_between([before], [after], ASKED)
    assert (change.words, change.words_are_gone) == (COUNTED, True)


def test_a_gained_match_names_its_best_new_words() -> None:
    before, after = match("dive-deep", "none"), match("dive-deep", "strong", COUNTED, ASKED)
    assert changes_between([before], [after], f"{ASKED} {COUNTED}") == (
        Change("dive-deep", "gained", "none", "strong", COUNTED, words_are_gone=False),
    )


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_level_is_no_change_even_for_other_words(level: Level) -> None:
    assert changes_between([match("dive-deep", level, ASKED)], [match("dive-deep", level, COUNTED)], COUNTED) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("none", "possible", "gained"),
        ("possible", "strong", "gained"),
        ("none", "strong", "gained"),
        ("strong", "possible", "lost"),
        ("possible", "none", "lost"),
        ("strong", "none", "lost"),
    ],
)
def test_every_step_up_is_a_gain_and_every_step_down_a_loss(before: Level, after: Level, kind: str) -> None:
    (change,) = changes_between([match("frugality", before)], [match("frugality", after)], "")
    assert (change.kind, change.before, change.after) == (kind, before, after)


def test_a_match_that_never_had_words_is_lost_without_any() -> None:
    (change,) = changes_between([match("frugality", "possible")], [match("frugality", "none")], "")
    assert (change.words, change.words_are_gone) == ("", False)


def test_changes_come_in_the_order_of_the_new_reading() -> None:
    before = [match("frugality", "none"), match("think-big", "strong"), match("ownership", "strong")]
    after = [match("ownership", "none"), match("frugality", "strong"), match("think-big", "strong")]
    assert [(change.slug, change.kind) for change in changes_between(before, after, "")] == [
        ("ownership", "lost"),
        ("frugality", "gained"),
    ]


def test_a_principle_that_only_one_reading_knows_is_no_change() -> None:
    assert changes_between([match("gone", "strong")], [match("new", "strong")], "") == ()


def test_a_first_reading_changes_nothing() -> None:
    assert changes_between([], [match("frugality", "strong", ASKED)], ASKED) == ()
