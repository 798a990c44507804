import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank.words import count_words, format_duration, spoken_seconds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n\t—…! ", 0),
        ("don't", 1),
        ("don’t", 1),
        ("42", 1),
        ("3.5", 1),
        ("1,000.50", 1),
        ("10:30", 1),
        ("e-mail", 1),
        ("word—word", 2),
        ("and/or", 2),
        ("End.Next", 2),
        ("Größe naïve Ελλάδα Привет", 4),
        ("हिन्दी भाषा", 2),
        ("e\u0301te\u0301", 1),
        ("__init__", 1),
        ("I cut it by 3.5 %, in 2 days.", 8),
        ("🎉 done 👩‍💻", 1),
    ],
)
def test_words_are_counted_as_a_reader_would_say_them(text: str, words: int) -> None:
    assert count_words(text) == words


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), max_size=8))
def test_words_of_letters_between_blanks_are_counted_in_any_script(words: list[str]) -> None:
    assert count_words(" ".join(words)) == len(words)


def test_140_words_take_a_minute_to_say() -> None:
    assert spoken_seconds(140) == 60
    assert spoken_seconds(140, pace=70) == 120


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (5, "0:05"), (59.6, "1:00"), (65, "1:05"), (3605, "60:05")]
)
def test_durations_are_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert format_duration(seconds) == shown
