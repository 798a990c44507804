"""The document as text and as a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from coach.bank.story import Story
from coach.coverage.matrix import coverage_of
from coach.errors import CoachError
from coach.markdown.export import export_bank, write_export
from tests.markdown.banks import READINGS, STORIES, VALUES, small_bank
from tests.markdown.reading import hostile

GOLDEN = Path(__file__).parent / "golden.md"


def test_the_document_of_a_small_bank_is_the_golden_one() -> None:
    assert export_bank(small_bank()) == GOLDEN.read_bytes().decode()


def test_an_unchanged_bank_gives_the_same_bytes() -> None:
    again = coverage_of(
        replace(VALUES), tuple(replace(story) for story in STORIES), dict(reversed(list(READINGS.items())))
    )
    assert export_bank(again).encode() == export_bank(small_bank()).encode()


def test_the_first_line_says_what_the_file_is() -> None:
    """By this line the command knows an earlier export, which it may replace."""
    assert export_bank(small_bank()).split("\n")[0] == "# Story bank"


@given(hostile)
@settings(deadline=None, max_examples=100)
def test_the_document_ends_with_one_line_break_and_has_no_other_kind(text: str) -> None:
    story = Story(id="s1", title=text, headline=text, action=text, learning=text, extra={"notes": text})
    document = export_bank(coverage_of(VALUES, (story,), {}))
    assert document.endswith("\n")
    assert not document.endswith("\n\n")
    assert not set(document) & set("\r\t\x0b\x0c\x1c\x85\u2028\u2029\x00")


@given(hostile)
@settings(deadline=None, max_examples=100)
def test_no_line_ends_in_blanks_that_an_editor_would_strip(text: str) -> None:
    document = export_bank(coverage_of(VALUES, (Story(id="s1", title=text, action=text),), {}))
    assert [line for line in document.split("\n") if line != line.rstrip()] == []


def test_the_file_holds_the_document_byte_by_byte(tmp_path: Path) -> None:
    target = tmp_path / "story-bank.md"
    write_export(target, "# Story bank\n\n\U0001f600 é\n")
    assert target.read_bytes() == "# Story bank\n\n\U0001f600 é\n".encode()


def test_an_earlier_export_is_replaced_and_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "story-bank.md"
    target.write_text("# Story bank\n\nolder and longer\n")
    write_export(target, "# Story bank\n")
    assert (target.read_text(), list(tmp_path.iterdir())) == ("# Story bank\n", [target])


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CoachError) as caught:
        write_export(tmp_path / "file" / "story-bank.md", "# Story bank\n")
    assert caught.value.hint
    assert (tmp_path / "file").read_text() == "in the way"
