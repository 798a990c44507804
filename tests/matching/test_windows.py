"""One sentence, one window, with exact spans."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.matching.windows import normalised, split_windows

PIECES = [
    *(
        "I rang",
        "Mr. Smith",
        "J. Doe",
        "U.S. ",
        "v1.2",
        "No. 5",
        "https://a.b/c?d=e.f",
        "é",
        "漢字。",
        "“Why?” he",
        "(so) ",
    ),
    *("- ", "* ", "1. ", "# ", "> ", "\n", "\n\n", "\r\n", "\u2028", " ", ". ", "! ", "… ", "... ", ", ", "; ", " - "),
    *(" and ", "** ", "-5 ", "2024. ", "word " * 25),
]
TEXTS = st.text(
    alphabet=st.sampled_from("abcdeIWé漢 .,;:!?…\n\r\t-*•#_`()[]\"'1234567890😀\u200d\u202e\x1b|"), max_size=400
)


def texts_of(text: str) -> list[str]:
    return [window.text for window in split_windows("action", text)]


@settings(deadline=None, max_examples=100)
@given(TEXTS)
def test_spans_are_exact_in_order_and_do_not_overlap(text: str) -> None:
    windows = split_windows("action", text)
    assert all(text[window.start : window.end] == window.text for window in windows)
    assert all(before.end <= after.start for before, after in pairwise(windows))
    assert all(window.text.strip() == window.text != "" for window in windows)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["I rang them", "we met twice", "nobody knew why"]), min_size=1, max_size=8))
def test_every_word_is_in_some_window(sentences: list[str]) -> None:
    text = ". ".join(sentences) + "."
    assert re.findall(r"\w+", " ".join(texts_of(text))) == re.findall(r"\w+", text)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_letter_of_a_text_without_labels_is_in_some_window(text: str) -> None:
    letters = [character for character in text if character.isalpha()]
    assert [character for character in "".join(texts_of(text)) if character.isalpha()] == letters


def test_an_edit_of_one_sentence_changes_one_window() -> None:
    before = texts_of("I rang the depot. Nobody came to the phone. I drove there myself.")
    after = texts_of("I rang the depot. Nobody picked up. I drove there myself.")
    assert len(set(after) - set(before)) == 1


WRAPPED = "The report that nobody had read for a whole year\nwas wrong."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We saved approx. 3.5 h, e.g. on Mondays. It worked.",
            ["We saved approx. 3.5 h, e.g. on Mondays.", "It worked."],
        ),
        ("- rang them\n- drove there\n1. wrote it down", ["rang them", "drove there", "wrote it down"]),
        ("Situation: The line stood still.\nAction:\nI rang.", ["The line stood still.", "I rang."]),
        (f"{WRAPPED} I said so.", [WRAPPED, "I said so."]),
        ("", []),
        ("... !!! 42 %", []),
    ],
)
def test_sentences_are_told_apart_as_people_write_them(text: str, expected: list[str]) -> None:
    assert texts_of(text) == expected


def test_a_sentence_without_an_end_is_split_before_it_drowns_what_it_says() -> None:
    windows = texts_of("I rang the depot and " * 60)
    assert len(windows) > 1
    assert max(len(window.split()) for window in windows) <= 60


def test_the_encoder_sees_no_emphasis_marks_and_one_blank_between_words() -> None:
    assert normalised("I **rang**\n   the _depot_") == "I rang the depot"
