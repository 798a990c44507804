"""One principle as a page."""

from hypothesis import given, settings

from coach.bank.story import Story
from coach.coverage.matrix import PrincipleCoverage, coverage_of
from coach.markdown.principle_page import principle_page
from coach.principles.principle import PrincipleSet
from tests.markdown.banks import FAIR, VALUES, match, principle, small_bank
from tests.markdown.reading import folded, hostile, hostile_and_not_blank, paragraphs, pieces


def page_of(item: PrincipleCoverage) -> list[tuple[str, str]]:
    return pieces("\n\n".join(principle_page(item)))


def test_a_principle_names_its_stories_and_quotes_the_words_with_their_section() -> None:
    assert page_of(small_bank().principles[1]) == [
        ("h3", "Stay Curious"),
        ("p", "Asks once more."),
        ("p", "Strong: The boiler & the *other* boiler"),
        ("quote", "Action: 1. I read the manual."),
        ("quote", "Situation: Both boilers\nstood still."),
        ("p", "Possible: Two ledgers"),
        ("quote", "Task: Find 40 pounds."),
    ]


def test_confirmed_stories_come_first_then_strong_then_possible() -> None:
    titles = {"p1": "possible", "s1": "strong", "r1": "rejected", "c1": "confirmed"}
    stories = tuple(
        Story(
            id=story_id,
            title=title,
            confirmed=("be-fair",) if title == "confirmed" else (),
            rejected=("be-fair",) if title == "rejected" else (),
        )
        for story_id, title in titles.items()
    )
    readings = {
        "p1": (match("be-fair", "possible"),),
        "s1": (match("be-fair", "strong"),),
        "r1": (match("be-fair", "strong"),),
        "c1": (match("be-fair", "none"),),
    }
    item = coverage_of(VALUES, stories, readings).principles[0]
    told = [words for where, words in page_of(item) if where == "p"][1:]
    assert [words.split(" (")[0] for words in told] == ["Confirmed: confirmed", "Strong: strong", "Possible: possible"]


def test_a_confirmed_story_that_was_not_read_says_so() -> None:
    assert ("p", "Confirmed: Untitled story (not read yet)") in page_of(small_bank().principles[0])


def test_a_confirmed_story_in_which_nothing_was_found_says_so() -> None:
    assert ("p", "Confirmed: Two ledgers (no words quoted)") in page_of(small_bank().principles[2])


def test_a_principle_without_stories_or_gist_says_that_there_is_none() -> None:
    assert page_of(small_bank().principles[3]) == [("h3", "Dare"), ("p", "No story yet.")]


def test_words_from_a_text_without_sections_stand_alone() -> None:
    coverage = coverage_of(VALUES, (Story(id="s1"),), {"s1": (match("be-fair", "strong", ("", "I split it.")),)})
    assert page_of(coverage.principles[0])[-1] == ("quote", "I split it.")


@given(hostile_and_not_blank, hostile_and_not_blank, hostile)
@settings(deadline=None, max_examples=100)
def test_any_title_and_any_words_come_back_as_text(title: str, words: str, gist: str) -> None:
    only = PrincipleSet("one", "One", (principle("be-fair", "Be Fair", gist),))
    story = Story(id="s1", title=title)
    item = coverage_of(only, (story,), {"s1": (match(FAIR.slug, "strong", ("action", words)),)}).principles[0]
    first, *others = paragraphs(words)
    assert page_of(item) == [
        ("h3", "Be Fair"),
        *(("p", part) for part in paragraphs(gist)),
        ("p", f"Strong: {folded(title)}"),
        ("quote", f"Action: {first}"),
        *(("quote", part) for part in others),
    ]
