"""The forms an exported document is made of."""

from datetime import date

import pytest

from coach.bank.story import UNTITLED, Story
from coach.markdown.parts import bullets, heading, link, plain, plural, story_anchor, story_link, table, title_of
from tests.markdown.reading import ANCHOR, anchors, links, pieces


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("text", "text"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        (2.5, "2.5"),
        (date(2024, 2, 1), "2024-02-01"),
        (["a", 1, True], "a, 1, yes"),
        ({"a": 1, "b": ["x", "y"]}, "a: 1; b: x, y"),
        ([], ""),
    ],
)
def test_every_kind_of_value_a_file_can_hold_is_written_as_a_person_would(value: object, written: str) -> None:
    assert plain(value) == written


@pytest.mark.parametrize("story_id", ["boiler01", "../../x", 'a"><script>', "Ü", "a b", ""])
def test_an_anchor_is_harmless_whatever_the_id(story_id: str) -> None:
    assert ANCHOR.fullmatch(f'<a id="{story_anchor(Story(id=story_id))}">')


def test_ids_that_differ_only_in_case_have_different_anchors() -> None:
    assert story_anchor(Story(id="ab")) != story_anchor(Story(id="AB"))


def test_the_anchor_stays_when_the_title_changes() -> None:
    assert story_anchor(Story(id="x1", title="Before")) == story_anchor(Story(id="x1", title="After"))


def test_a_story_without_a_title_still_has_a_link_to_click() -> None:
    assert title_of(Story(id="x1", title=" \t")) == UNTITLED
    assert links(story_link(Story(id="x1", title=""))) == [(UNTITLED, "#story-x1")]


def test_a_heading_carries_its_anchor_and_its_text() -> None:
    text = heading(3, "C# & <b> ##", "there")
    assert (pieces(text), anchors(text)) == ([("h3", "C# & <b> ##")], ["there"])


def test_a_link_shows_brackets_as_text() -> None:
    assert links(link("a](b) [c", "there")) == [("a](b) [c", "#there")]


def test_bullets_are_one_list() -> None:
    assert pieces(bullets(["one", "two"])) == [("li", "one"), ("li", "two")]


def test_columns_of_numbers_are_set_flush_right() -> None:
    assert table(("a", "b"), [("x", "1")], numbers=(1,)) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_one_is_counted_in_the_singular() -> None:
    assert [plural(count, "story", "stories") for count in (0, 1, 2)] == ["0 stories", "1 story", "2 stories"]
