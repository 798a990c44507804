from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.story import OUTCOMES, SECTIONS, Story
from coach.bank.storyfile import encode_story, format_story, is_same_story, parse_story, read_story
from coach.errors import SaveFailed, StoryFileError

HOSTILE = "\r\n\t\"'\\\0\x07\x1b\x7f\x85\u2028\ufeff🎉 <>=#[]a"
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.text(HOSTILE) | st.just("<<<<<<< HEAD\nmine\n>>>>>>> x\n")
SCALAR = TEXT | st.integers() | st.booleans() | st.floats(allow_nan=False) | st.dates() | st.datetimes()
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
TABLE = st.dictionaries(TEXT, VALUE, max_size=3)
KNOWN = {"schema", *(key for key in Story.__dataclass_fields__ if key != "extra")}
STORIES = st.builds(
    Story,
    id=TEXT.filter(bool),
    title=TEXT,
    when=TEXT,
    role=TEXT,
    company=TEXT,
    outcome=st.sampled_from(OUTCOMES),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    headline=TEXT,
    confirmed=st.lists(TEXT, max_size=2).map(tuple),
    rejected=st.lists(TEXT, max_size=2).map(tuple),
    **dict.fromkeys(SECTIONS, TEXT),
    decision=TABLE,
    metrics=st.lists(TABLE, max_size=2).map(tuple),
    probes=st.lists(TABLE, max_size=2).map(tuple),
    extra=st.dictionaries(TEXT.filter(lambda key: key not in KNOWN), VALUE, max_size=3),
)

FILE = """\
schema = 1
id = "x"
title = "Untitled story"
when = ""
role = ""
company = ""
outcome = "success"
tags = []
headline = ""
confirmed = []
rejected = []
situation = \"\"\"
One.
Two.
\"\"\"
task = ""
action = ""
result = ""
learning = ""
mood = "calm"

[weather]
rain = true

[decision]
chosen = "stop"

[[metrics]]
name = "error"

[[metrics]]
name = "delay"
"""
STORY = Story(
    "x",
    situation="One.\nTwo.\n",
    decision={"chosen": "stop"},
    metrics=({"name": "error"}, {"name": "delay"}),
    extra={"weather": {"rain": True}, "mood": "calm"},
)


def parse(text: str) -> Story:
    return parse_story(text, name="my story.toml")


def complaint(text: str) -> str:
    with pytest.raises(StoryFileError) as raised:
        parse(text)
    assert raised.value.sentence.startswith("my story.toml ")
    assert raised.value.hint
    return raised.value.sentence


def words_about(data: bytes) -> str:
    try:
        read_story(data, name="x.toml")
    except StoryFileError as error:
        return str(error)
    return "a story"


@settings(deadline=None, max_examples=100)
@given(STORIES)
def test_every_story_reads_back_as_it_was_written(story: Story) -> None:
    assert parse(format_story(story)) == story


@settings(deadline=None, max_examples=100)
@given(STORIES)
def test_the_same_story_is_always_the_same_text(story: Story) -> None:
    assert format_story(parse(format_story(story))) == format_story(story)


@settings(deadline=None, max_examples=100)
@given(st.text() | st.text("[]=\"'{}\n#.a1"))
def test_any_text_is_a_story_or_an_error_with_words(text: str) -> None:
    assert words_about(text.encode("utf-8", "surrogatepass")).startswith(("a story", "x.toml "))


@settings(deadline=None, max_examples=100)
@given(st.binary())
def test_any_bytes_are_a_story_or_an_error_with_words(data: bytes) -> None:
    assert words_about(data).startswith(("a story", "x.toml "))


def test_the_file_is_laid_out_for_people() -> None:
    assert format_story(STORY) == FILE
    assert parse(FILE) == STORY


@pytest.mark.parametrize(
    "text", ["a\r\nb", "a\rb\n", "\n", "\n\nx", "x\n\n", '"""\n', "'''\n\\", "\0\n\x7f", "\ufeff", "<<<<<<< a\n"]
)
@pytest.mark.parametrize("place", ["situation", "tags", "decision", "metrics", "extra"])
def test_difficult_texts_survive_everywhere(text: str, place: str) -> None:
    values: dict[str, Any] = {
        "tags": (text,),
        "decision": {"k": text},
        "metrics": ({"k": [text]},),
        "extra": {"k": text},
    }
    story = Story("x", **{place: values.get(place, text)})
    assert parse(format_story(story)) == story


def test_missing_keys_have_defaults() -> None:
    assert parse('id = "x"') == Story("x")


def test_a_file_without_id_gets_the_same_one_each_time() -> None:
    first, other = parse('title = "A"'), parse_story('title = "A"', name="other.toml")
    assert first.id
    assert first == parse('title = "A"')
    assert first.id != other.id
    assert parse('id = ""').id == first.id


def test_a_byte_order_mark_and_crlf_line_ends_are_accepted() -> None:
    assert parse("\ufeff" + FILE) == STORY
    assert read_story(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode(), name="x") == STORY


def test_all_wrong_types_are_said_at_once() -> None:
    text = 'title = 5\ntags = "a"\noutcome = "won"\ndecision = 1\nmetrics = ["a"]\nschema = 1\nconfirmed = [1]\nwhen = 2024-03-01'
    assert complaint(text) == (
        "my story.toml can't be read: title must be text in quotes; when must be text in quotes; "
        "tags must be a list of texts; confirmed must be a list of texts; outcome must be one of success, failure, mixed; "
        "decision must be a table, [decision]; metrics must be tables, [[metrics]]."
    )


@pytest.mark.parametrize("text", ["", " \r\n\t\n", "\ufeff", "\0" * 512])
def test_an_emptied_file_is_damage_and_no_story(text: str) -> None:
    assert "is empty" in complaint(text)


def test_conflict_markers_are_not_taken_for_content() -> None:
    assert "two texts at once" in complaint(FILE.replace("Two.", "<<<<<<< HEAD\nTwo.\n=======\n2.\n>>>>>>> other"))


def test_a_newer_schema_is_left_alone() -> None:
    assert "newer coach (schema 2" in complaint(FILE.replace("schema = 1", "schema = 2"))


@pytest.mark.parametrize("schema", ["0", "true", '"1"', "1.0"])
def test_a_schema_that_is_none_is_said(schema: str) -> None:
    assert "schema must be the number 1" in complaint(f"schema = {schema}")


@pytest.mark.parametrize("text", ['title = "half', "[" * 5000, "x = " + "[" * 5000, "a = " + "9" * 5000])
def test_broken_toml_is_said_with_its_place(text: str) -> None:
    assert "TOML" in complaint(text) or "nested" in complaint(text)


def test_bytes_that_are_not_utf_8_are_said_with_their_line() -> None:
    with pytest.raises(StoryFileError, match="line 2 holds other bytes"):
        read_story(b'id = "x"\ntitle = "caf\xe9"', name="x.toml")


def test_control_characters_in_a_file_name_do_not_reach_the_sentence() -> None:
    with pytest.raises(StoryFileError) as raised:
        parse_story("", name="a\x1b[2J.toml")
    assert "\x1b" not in str(raised.value)


def test_half_a_character_is_refused_with_words() -> None:
    with pytest.raises(SaveFailed, match=r"U\+D83D"):
        encode_story(Story("x", action="party \ud83d"))


def test_a_value_too_deep_to_write_is_refused_with_words() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(SaveFailed, match="can't be written as TOML"):
        encode_story(Story("x", extra={"deep": deep}))


def test_a_nan_in_somebodys_own_key_equals_itself() -> None:
    story = parse('id = "x"\nratio = nan')
    assert is_same_story(story, parse(format_story(story)))
    assert not is_same_story(story, parse('id = "x"\nratio = 1.0'))
