"""Two-letter codes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.principles.codes import is_code, with_codes
from coach.principles.principle import Principle


def named(name: str, code: str = "") -> Principle:
    return Principle(slug="x", code=code, name=name, gist="", signals=())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Be Kind", "BK"),
        ("The Art of War", "AW"),
        ("Kindness", "KI"),
        ("Быть добрым", "БД"),
        ("1 + 1", "AA"),
        ("礼 仪", "AA"),
    ],
)
def test_a_code_comes_from_the_initials_or_the_first_letters(name: str, code: str) -> None:
    assert with_codes([named(name)])[0].code == code


def test_a_code_that_is_given_is_kept_and_never_taken_by_an_earlier_principle() -> None:
    codes = [principle.code for principle in with_codes([named("Be Kind"), named("Any", "BK")])]
    assert codes[1] == "BK"
    assert codes[0] != "BK"


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(max_size=10), max_size=30))
def test_any_names_get_valid_codes_that_all_differ(names: list[str]) -> None:
    codes = [principle.code for principle in with_codes(named(name) for name in names)]
    assert all(is_code(code) for code in codes)
    assert len(set(codes)) == len(names)
