"""One story as a page."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.story import Story
from coach.coverage.matrix import Coverage, coverage_of
from coach.markdown.parts import plain
from coach.markdown.story_page import story_page
from tests.markdown.banks import BOILER, LAST_BUS, LEDGER, VALUES, match, small_bank
from tests.markdown.reading import folded, hostile_and_not_blank, paragraphs, pieces

Pieces = list[tuple[str, str]]


def page_of(story: Story, coverage: Coverage | None = None) -> Pieces:
    coverage = coverage or coverage_of(VALUES, (story,), {})
    return pieces("\n\n".join(story_page(story, coverage.rows[story.id])))


def below(page: Pieces, title: str) -> Pieces:
    """What stands under a heading, to the next one."""
    start = page.index(("h4", title)) + 1
    return page[start : next((at for at in range(start, len(page)) if page[at][0] == "h4"), len(page))]


def test_facts_are_a_list_and_the_headline_is_a_quotation() -> None:
    assert page_of(BOILER)[:7] == [
        ("h3", "The boiler & the *other* boiler"),
        ("li", "When: 2024-02"),
        ("li", "Role: Caretaker"),
        ("li", "Company: Lindenhof School"),
        ("li", "Outcome: mixed"),
        ("li", "Tags: winter, c#"),
        ("quote", "Kept 200 pupils warm for $90."),
    ]


def test_empty_facts_and_sections_are_left_out() -> None:
    assert page_of(LEDGER, small_bank())[:6] == [
        ("h3", "Two ledgers"),
        ("li", "Outcome: success"),
        ("h4", "Task"),
        ("p", "Find 40 pounds."),
        ("h4", "Result"),
        ("p", "Found them."),
    ]


def test_blank_tags_leave_no_comma_behind() -> None:
    assert ("li", "Tags: winter, school") in page_of(Story(id="s1", tags=("winter", " ", "", "school")))


def test_sections_keep_paragraphs_and_line_breaks() -> None:
    assert below(page_of(BOILER), "Situation") == [
        ("p", "It was -12 outside.\nBoth boilers stood still."),
        ("p", "The firm said: Monday."),
    ]


def test_the_decision_says_every_key_known_or_not() -> None:
    assert below(page_of(BOILER), "Decision") == [
        ("li", "Reversible: two-way"),
        ("li", "Cost to undo: An hour"),
        ("li", "asked: yes"),
    ]


def test_metrics_are_a_table_with_every_column_that_is_in_use() -> None:
    assert below(page_of(BOILER), "Metrics") == [
        *(("th", name) for name in ("Metric", "Baseline", "Target", "Actual", "by hand")),
        *(("td", words) for words in ("Rooms | halls warm", "0", "12", "11", "3")),
        *(("td", words) for words in ("Cost", "", "", "$90", "")),
    ]


def test_metrics_and_probes_nobody_filled_in_leave_no_heading() -> None:
    story = Story(id="s1", metrics=({}, {"name": " "}), probes=({}, {"question": ""}), decision={"reversible": ""})
    assert [words for where, words in page_of(story) if where == "h4"] == ["Principles"]


def test_prepared_answers_follow_their_questions() -> None:
    assert below(page_of(BOILER), "Prepared answers") == [
        ("p", "If asked: Why not wait?"),
        ("p", "Children."),
        ("p", "- Also pipes."),
        ("p", "If asked: What broke?"),
        ("li", "heard: twice, in May"),
    ]


def test_keys_of_somebodys_own_are_not_lost() -> None:
    assert below(page_of(BOILER), "Other notes") == [("li", "notes: tell it slowly")]


def test_standings_are_listed_surest_first_and_rejected_is_named() -> None:
    assert below(page_of(BOILER, small_bank()), "Principles") == [
        ("li", "Confirmed: Spend Little, kindness"),
        ("li", "Strong: Stay Curious"),
        ("li", "Rejected: Dare, courage"),
    ]


def test_possible_matches_are_listed() -> None:
    story = Story(id="s1")
    coverage = coverage_of(VALUES, (story,), {"s1": (match("dare", "possible"), match("be-fair", "possible"))})
    assert below(page_of(story, coverage), "Principles") == [("li", "Possible: Be Fair, Dare")]


def test_a_story_not_yet_read_says_so_beside_the_authors_word() -> None:
    assert below(page_of(LAST_BUS, small_bank()), "Principles") == [
        ("li", "Confirmed: Be Fair"),
        ("li", "Not read yet"),
    ]


def test_a_story_that_shows_nothing_says_so() -> None:
    story = Story(id="s1")
    coverage = coverage_of(VALUES, (story,), {"s1": tuple(match(slug, "none") for slug in VALUES.slugs)})
    assert below(page_of(story, coverage), "Principles") == [("li", "None so far")]


def test_a_story_without_any_principle_set_keeps_the_slugs_its_author_confirmed() -> None:
    page = pieces("\n\n".join(story_page(BOILER, ())))
    assert below(page, "Principles") == [
        ("li", "Confirmed: spend-little, kindness"),
        ("li", "Rejected: dare, courage"),
    ]


@given(hostile_and_not_blank, hostile_and_not_blank)
@settings(deadline=None, max_examples=100)
def test_any_texts_in_every_place_come_back_as_text(one: str, other: str) -> None:
    line, second = folded(one), folded(other)
    story = Story(
        id="s1",
        title=one,
        when=other,
        role=one,
        company=other,
        headline=one,
        tags=(one, other),
        confirmed=("be-fair", f"of another set {one}"),
        situation=one,
        learning=other,
        decision={one: other},
        metrics=({"name": one, "actual": other}, {"name": other, f"own {one}": one}),
        probes=({"question": one, "answer": other, f"own {other}": one},),
        extra={other: [one]},
    )
    assert page_of(story) == [
        ("h3", line),
        *(("li", fact) for fact in (f"When: {second}", f"Role: {line}", f"Company: {second}", "Outcome: success")),
        ("li", f"Tags: {folded(f'{one}, {other}')}"),
        *(("quote", part) for part in paragraphs(one)),
        ("h4", "Situation"),
        *(("p", part) for part in paragraphs(one)),
        ("h4", "Learning"),
        *(("p", part) for part in paragraphs(other)),
        ("h4", "Decision"),
        ("li", f"{line}: {second}"),
        ("h4", "Metrics"),
        *(("th", name) for name in ("Metric", "Actual", folded(f"own {one}"))),
        *(("td", words) for words in (line, second, "", second, "", line)),
        ("h4", "Prepared answers"),
        ("p", f"If asked: {line}"),
        *(("p", part) for part in paragraphs(other)),
        ("li", f"{folded(f'own {other}')}: {line}"),
        ("h4", "Other notes"),
        ("li", f"{second}: {line}"),
        ("h4", "Principles"),
        ("li", f"Confirmed: Be Fair, {folded(f'of another set {one}')}"),
        ("li", "Not read yet"),
    ]


@given(st.recursive(st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
@settings(deadline=None, max_examples=100)
def test_values_of_any_type_can_stand_in_the_tables(value: object) -> None:
    story = Story(id="s1", decision={"kept": value, "last": "there"})
    found = below(page_of(story), "Decision")
    assert found[-1] == ("li", "last: there")
    assert len(found) == (2 if plain(value).strip() else 1)
