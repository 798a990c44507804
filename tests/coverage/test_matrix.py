"""Stories x principles, and what follows for each principle."""

import pytest

from coach.coverage.matrix import COVERING, State, coverage_of, standing_of
from coach.matching.match import LEVELS, Level, Match
from tests.coverage.banks import VALUES, bank, reading, story

FAIR = "be-fair"


@pytest.mark.parametrize("level", LEVELS)
def test_the_authors_yes_goes_before_any_match(level: Level) -> None:
    assert standing_of(story("a", confirmed=FAIR), FAIR, Match(FAIR, 0.9, level)) == "confirmed"


@pytest.mark.parametrize("level", LEVELS)
def test_the_authors_no_goes_before_any_match(level: Level) -> None:
    assert standing_of(story("a", rejected=FAIR), FAIR, Match(FAIR, 0.9, level)) == "rejected"


@pytest.mark.parametrize("level", LEVELS)
def test_without_the_authors_word_the_level_of_the_match_counts(level: Level) -> None:
    assert standing_of(story("a", confirmed="other"), FAIR, Match(FAIR, 0.9, level)) == level


def test_the_authors_word_counts_before_the_story_has_been_read() -> None:
    assert standing_of(story("a", confirmed=FAIR), FAIR, None) == "confirmed"
    assert standing_of(story("a"), FAIR, None) == "none"


@pytest.mark.parametrize(
    ("levels", "state"),
    [
        ((), "gap"),
        (("none", "none"), "gap"),
        (("possible", "possible", "possible"), "gap"),
        (("strong",), "fragile"),
        (("strong", "possible"), "fragile"),
        (("strong", "strong"), "covered"),
        (("strong", "strong", "strong"), "covered"),
    ],
)
def test_the_state_follows_from_how_many_stories_cover_it(levels: tuple[Level, ...], state: State) -> None:
    coverage = bank(*((story(str(place)), reading(level, "none", "none")) for place, level in enumerate(levels)))
    assert coverage.principles[0].state == state


def test_a_confirmed_and_a_strong_story_cover_a_principle_together() -> None:
    coverage = bank((story("a", confirmed=FAIR), None), (story("b"), reading("strong", "none", "none")))
    assert coverage.principles[0].state == "covered"


def test_a_rejected_strong_match_covers_nothing() -> None:
    coverage = bank((story("a", rejected=FAIR), reading("strong", "none", "none")))
    assert coverage.principles[0].state == "gap"
    assert [cell.standing for cell in coverage.rows["a"]] == ["rejected", "none", "none"]


def test_cells_of_a_standing_come_in_the_banks_order() -> None:
    coverage = bank(
        (story("s"), reading("strong", "none", "none")),
        (story("p"), reading("possible", "none", "none")),
        (story("c", confirmed=FAIR), reading("none", "none", "none")),
    )
    covering = coverage.principles[0].with_standing(*COVERING)
    assert [cell.story.id for cell in covering] == ["s", "c"]
    assert [cell.story.id for cell in coverage.principles[0].with_standing("possible")] == ["p"]


def test_a_principle_rests_on_suggestions_until_the_author_confirms_one() -> None:
    strong = reading("strong", "none", "none")
    before = bank((story("a"), strong), (story("b"), strong))
    after = bank((story("a", confirmed=FAIR), strong), (story("b"), strong))
    assert (before.principles[0].rests_on_suggestions, after.principles[0].rests_on_suggestions) == (True, False)


def test_a_gap_rests_on_nothing() -> None:
    assert not bank((story("a"), reading("possible", "none", "none"))).principles[0].rests_on_suggestions


def test_gaps_come_first_then_fragile_then_covered() -> None:
    both = "be-fair stay-curious"
    coverage = bank((story("a", confirmed=both), None), (story("b", confirmed=FAIR), None))
    assert [item.principle.slug for item in coverage.gaps_first] == ["spend-little", "stay-curious", "be-fair"]


def test_inside_a_state_the_order_of_the_set_is_kept() -> None:
    assert [item.principle.slug for item in bank().gaps_first] == list(VALUES.slugs)


def test_unread_stories_are_counted_even_if_their_author_has_spoken() -> None:
    nothing = reading("none", "none", "none")
    coverage = bank((story("a"), nothing), (story("b", confirmed=FAIR), None), (story("c"), None))
    assert coverage.unread == 2
    assert bank((story("a"), nothing)).unread == 0
    assert bank().unread == 0


def test_rows_hold_each_storys_cells_in_the_order_of_the_set() -> None:
    coverage = bank(
        (story("a"), reading("strong", "possible", "none")), (story("b"), reading("none", "none", "strong"))
    )
    assert {story_id: [cell.standing for cell in cells] for story_id, cells in coverage.rows.items()} == {
        "a": ["strong", "possible", "none"],
        "b": ["none", "none", "strong"],
    }
    assert [cell.slug for cell in coverage.rows["b"]] == list(VALUES.slugs)
    assert [cell.code for cell in coverage.rows["b"]] == ["BE", "ST", "SP"]


def test_a_cell_keeps_its_match_whatever_the_author_says() -> None:
    coverage = bank((story("a", rejected=FAIR), reading("strong", "none", "none")))
    cell = coverage.rows["a"][0]
    assert cell.match is not None
    assert cell.match.level == "strong"


def test_matches_of_another_set_are_passed_over() -> None:
    foreign = Match("kindness", 0.9, "strong")
    coverage = coverage_of(
        VALUES, [story("a", confirmed="courage")], {"a": (foreign, *reading("none", "none", "none"))}
    )
    assert [cell.standing for cell in coverage.rows["a"]] == ["none", "none", "none"]


def test_readings_of_stories_that_are_gone_are_passed_over() -> None:
    coverage = coverage_of(VALUES, [], {"gone": reading("strong", "strong", "strong")})
    assert [item.state for item in coverage.principles] == ["gap", "gap", "gap"]
