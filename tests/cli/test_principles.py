"""`coach principles` and `coach questions`."""

import pytest

from tests.cli.conftest import Coach
from tests.cli.saying import data, refusal


def test_the_principles_are_listed_with_code_and_gist(coach: Coach) -> None:
    result = coach("principles")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "The 14 leadership principles"
    assert lines[1] == "CO  Customer Obsession"
    assert len(lines) == 1 + 2 * 14


@pytest.mark.parametrize("named", ["Dive Deep", "dive-deep", "DD", "  dive deep "])
def test_one_principle_is_shown_in_full_by_any_of_its_names(coach: Coach, named: str) -> None:
    text = coach("principles", named).stdout
    assert text.startswith("Dive Deep (DD, dive-deep)\n")
    for head in ("Sounds like:", "The opposite sounds like:", "Told apart:", "Asked about:"):
        assert f"\n{head}\n" in text


def test_the_json_of_one_is_an_item_of_the_json_of_all(coach: Coach) -> None:
    every = data(coach("principles", "--json"))
    assert len(every) == 14
    assert all(
        set(item) == {*("slug", "code", "name", "aliases", "gist", "signals"), "contradictions", "confusions", "themes"}
        for item in every
    )
    assert data(coach("principles", "DD", "--json")) in every


def test_the_sets_that_ship_are_listed(coach: Coach) -> None:
    assert [line.split()[0] for line in coach("principles", "--sets").stdout.splitlines()] == [
        "amazon-14",
        "amazon-16",
        "tpm",
    ]
    assert [set(row) for row in data(coach("principles", "--sets", "--json"))] == [{"id", "name"}] * 3


def test_another_set_is_shown_when_named(coach: Coach) -> None:
    assert len(data(coach("--set", "amazon-16", "principles", "--json"))) == 16


@pytest.mark.parametrize("arguments", [("principles", "punctuality"), ("questions", "--principle", "punctuality")])
def test_a_principle_the_set_does_not_hold_is_refused_with_those_it_holds(
    coach: Coach, arguments: tuple[str, ...]
) -> None:
    said = refusal(coach(*arguments))
    assert said.startswith("“punctuality” is no principle of this set. It has: customer-obsession, ownership, ")


def test_all_questions_are_listed_a_line_each(coach: Coach) -> None:
    result = coach("questions")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == len(data(coach("questions", "--json"))) > 300


def test_the_questions_of_one_principle_and_theme_are_part_of_them(coach: Coach) -> None:
    of_principle = data(coach("questions", "--principle", "Earn Trust", "--json"))
    assert {row["principle"] for row in of_principle} == {"earn-trust"}
    assert all(set(row) == {"id", "text", "principle", "also", "theme"} for row in of_principle)
    theme = of_principle[0]["theme"]
    of_theme = data(coach("questions", "--principle", "ET", "--theme", theme, "--json"))
    assert 0 < len(of_theme) < len(of_principle)
    assert all(row in of_principle and row["theme"] == theme for row in of_theme)


def test_a_theme_nobody_asks_about_is_refused_with_a_way_to_find_them(coach: Coach) -> None:
    assert refusal(coach("questions", "--theme", "weather")) == (
        "No question fits. coach principles NAME lists the themes of a principle."
    )
