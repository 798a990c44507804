"""Coverage as a page."""

from coach.coverage.matrix import coverage_of
from coach.markdown.coverage_page import coverage_page
from coach.principles.principle import PrincipleSet
from tests.markdown.banks import VALUES, principle, small_bank
from tests.markdown.reading import links, pieces


def test_gaps_are_named_first_then_fragile_ones_then_the_number_covered() -> None:
    sentences = pieces(next(coverage_page(small_bank())))
    assert sentences == [
        (
            "p",
            "Gaps, without a story: Dare. Fragile, with one story: Be Fair, Stay Curious. Covered: 1 of 4 principles.",
        )
    ]


def test_the_table_counts_confirmed_strong_and_possible_in_the_order_of_the_set() -> None:
    *_, table = coverage_page(small_bank())
    cells = [words for where, words in pieces(table) if where == "td"]
    assert [cells[start : start + 5] for start in range(0, len(cells), 5)] == [
        ["Be Fair", "1", "0", "0", "fragile: one story"],
        ["Stay Curious", "0", "1", "1", "fragile: one story"],
        ["Spend Little", "2", "0", "0", "covered"],
        ["Dare", "0", "0", "0", "gap"],
    ]


def test_stories_that_were_not_read_are_counted() -> None:
    assert "Not read yet: 1 story." in "\n".join(coverage_page(small_bank()))


def test_nothing_is_said_of_unread_stories_when_there_are_none() -> None:
    assert "Not read yet" not in "\n".join(coverage_page(coverage_of(VALUES, (), {})))


def test_a_bank_without_stories_is_all_gaps() -> None:
    first = next(coverage_page(coverage_of(VALUES, (), {})))
    assert [words for words, _ in links(first)] == ["Be Fair", "Stay Curious", "Spend Little", "Dare"]
    assert first.endswith("Covered: 0 of 4 principles.")


def test_without_a_gap_the_page_says_so() -> None:
    coverage = coverage_of(PrincipleSet("none", "None", ()), (), {})
    assert next(coverage_page(coverage)) == "There is no gap. Covered: 0 of 0 principles."


def test_a_name_with_a_pipe_stays_in_its_cell() -> None:
    odd = PrincipleSet("odd", "Odd", (principle("odd-one", "Either | or *both*"),))
    *_, table = coverage_page(coverage_of(odd, (), {}))
    assert next(words for where, words in pieces(table) if where == "td") == "Either | or *both*"
