import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.visible import from_screen, printable, to_screen

HOSTILE = st.text("ab \t\n\r\0\x07\x0b\x0c\x1b\x1c\x1e\x7f\x85\x9b\u2028\u2029\u202e\u2066␀␍␛\u2885\u28c0é🎉\u200d")
ANYTHING = st.text() | HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("a\0b", "a␀b"),
        ("\x7f", "␡"),
        ("lone\rreturn", "lone␍return"),
        ("line\r\nend", "line\nend"),
        ("\x9b31m", "\ufffd31m"),
        ("safe\u202etxt", "safe\ufffdtxt"),
        ("\u2066x\u2069", "\ufffdx\ufffd"),
        ("\ud800", "\ufffd"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("👩‍💻 é\u0301 \u200f", "👩‍💻 é\u0301 \u200f"),
    ],
)
def test_control_characters_are_shown_and_everything_else_stays(text: str, shown: str) -> None:
    assert printable(text) == shown


@settings(deadline=None, max_examples=100)
@given(ANYTHING)
def test_nothing_printable_drives_a_terminal(text: str) -> None:
    assert not [sign for sign in printable(text) if unicodedata.category(sign) == "Cc" and sign not in "\t\n"]


@settings(deadline=None, max_examples=100)
@given(ANYTHING)
def test_a_text_shown_and_taken_back_is_the_same(text: str) -> None:
    assert from_screen(to_screen(text), text) == text


@settings(deadline=None, max_examples=100)
@given(ANYTHING)
def test_what_is_shown_breaks_lines_only_at_line_feeds(text: str) -> None:
    assert to_screen(text).splitlines() == to_screen(text).removesuffix("\n").split("\n") or to_screen(text) in (
        "",
        "\n",
    )


@settings(deadline=None, max_examples=100)
@given(ANYTHING)
def test_every_character_but_line_ends_has_its_own_place_on_the_screen(text: str) -> None:
    assert len(to_screen(text)) == len(text.replace("\r\n", "\n"))


def test_an_edit_keeps_the_control_characters_around_it() -> None:
    original = "bell\x07 and\x85line\u2028end\u202e"
    assert from_screen(to_screen(original) + "!", original) == original + "!"


def test_an_edit_keeps_crlf_line_ends() -> None:
    assert from_screen("one\ntwo\nthree", "one\r\ntwo") == "one\r\ntwo\r\nthree"


def test_a_typed_picture_is_not_taken_for_a_control_character() -> None:
    assert from_screen("␀ and ␍", "plain") == "␀ and ␍"
    assert from_screen("a\nb␍", "a\r\nb") == "a\r\nb␍"


def test_a_picture_that_was_in_the_text_stays_a_picture() -> None:
    assert from_screen(to_screen("␀\0") + "x", "␀\0") == "␀␀x"
