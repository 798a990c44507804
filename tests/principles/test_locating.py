"""Where in a TOML text a value stands."""

import tomllib
from collections.abc import Iterator

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.principles.locating import Place, line_of, locate

SAMPLE = '''\
# [[principles]] in a comment opens nothing
schema = 1
about = """
[[principles]]
gist = "not a key"
"""

[[principles]]   # the first
slug = "one"
signals = [
  "a [ b",       # ] and "more" in a comment
  'c = "d" # e', "same line",

  """
  [[principles]]
  """,
  "after",
]

[[principles.themes]]
slug = "t"
questions = [
  { text = "A?", also = ["x"] },
  { text = 'B \\', also = [] },
]

[[principles]]
slug = "two"
"quoted key" = 1
[[principles.themes]]
slug = "u"
[[principles.themes]]
slug = "v"
[other.table]
deep.er = 2024-01-01 10:00:00
next = 1.5
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("schema",), 2),
        (("about",), 3),
        (("principles",), 8),
        (("principles", 0), 8),
        (("principles", 0, "slug"), 9),
        (("principles", 0, "signals"), 10),
        (("principles", 0, "signals", 0), 11),
        (("principles", 0, "signals", 1), 12),
        (("principles", 0, "signals", 2), 12),
        (("principles", 0, "signals", 3), 14),
        (("principles", 0, "signals", 4), 17),
        (("principles", 0, "themes", 0), 20),
        (("principles", 0, "themes", 0, "questions", 0), 23),
        (("principles", 0, "themes", 0, "questions", 1, "text"), 24),
        (("principles", 0, "themes", 0, "questions", 0, "also", 0), 23),
        (("principles", 1), 27),
        (("principles", 1, "quoted key"), 29),
        (("principles", 1, "themes", 0, "slug"), 31),
        (("principles", 1, "themes", 1, "slug"), 33),
        (("other", "table"), 34),
        (("other", "table", "deep", "er"), 35),
        (("other", "table", "next"), 36),
    ],
)
def test_every_kind_of_value_is_found_at_its_line(place: Place, line: int) -> None:
    tomllib.loads(SAMPLE)
    assert locate(SAMPLE)[place] == line


def test_windows_line_ends_change_no_line() -> None:
    assert locate(SAMPLE.replace("\n", "\r\n")) == locate(SAMPLE)


def test_what_is_not_in_the_text_is_placed_at_the_nearest_thing_around_it() -> None:
    lines = locate(SAMPLE)
    assert line_of(lines, ("principles", 1, "gist")) == 27
    assert line_of(lines, ("principles", 0, "themes", 0, "questions", 1, "also", 5)) == 24
    assert line_of(lines, ("nothing", 3)) == 1
    assert line_of(lines, ()) == 1


def test_a_text_inside_an_inline_list_of_tables_is_found() -> None:
    text = 'principles = [\n  { slug = "a", signals = ["x",\n    "y"] },\n  { slug = "b" },\n]\n'
    lines = locate(text)
    assert lines["principles", 0, "signals", 1] == 3
    assert lines["principles", 1, "slug"] == 4


def test_multi_line_texts_that_end_in_more_quotes_do_not_run_on() -> None:
    text = 'a = """one""\nsaid """""\nb = \'\'\'it\'s\'\'\'\'\nc = "\\"\\\\"\nd = 1\n'
    tomllib.loads(text)
    assert [locate(text)[(key,)] for key in "abcd"] == [1, 3, 4, 5]


def test_lists_nested_deeper_than_any_set_are_passed_over() -> None:
    text = "a = " + "[" * 60 + '"]"' + "]" * 60 + "\nb = 1\n"
    tomllib.loads(text)
    assert locate(text)["b",] == 2


def _places(value: object, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*place, key))
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*place, index))


letters = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)
leaves = letters | st.integers(-9, 9) | st.booleans() | st.datetimes() | st.floats(allow_nan=False)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3), max_leaves=12
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(letters, values, max_size=5), st.booleans())
def test_every_value_of_any_document_has_a_line(document: dict[str, object], multiline: bool) -> None:
    text = tomli_w.dumps(document, multiline_strings=multiline)
    lines = locate(text)
    total = text.count("\n") + 1
    for place in _places(tomllib.loads(text)):
        assert len(place) > 8 or 1 <= lines[place] <= total


@settings(deadline=None, max_examples=100)
@given(st.lists(letters, unique=True, min_size=1, max_size=6), letters)
def test_a_value_is_found_whatever_texts_stand_before_it(keys: list[str], content: str) -> None:
    text = (
        tomli_w.dumps({key: [content, {"inner": content}] for key in keys}, multiline_strings=True)
        + "[last]\nmark = 1\n"
    )
    if "last" not in keys:
        assert locate(text)["last", "mark"] == text.count("\n")
