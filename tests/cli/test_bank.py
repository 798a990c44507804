"""`coach new`, `list`, `show` and `delete`; what happens in the editor stands in test_editing."""

import json
from pathlib import Path

import pytest

from coach.bank.bank import open_bank
from coach.bank.storyfile import parse_story
from tests.cli.conftest import Coach
from tests.cli.saying import data, refusal
from tests.fakes import NoEncoder

# --- new


def test_a_new_story_is_written_and_its_file_is_named(coach: Coach) -> None:
    result = coach("new", "The refund nobody asked about", "--situation", "In March we …", "--result", "Repaid.")
    path = Path(result.stdout.strip())
    assert path == coach.stories / "the-refund-nobody-asked-about.toml"
    story = parse_story(path.read_text(encoding="utf-8"), name=path.name)
    assert (story.title, story.situation, story.result) == ("The refund nobody asked about", "In March we …", "Repaid.")
    assert (result.exit_code, result.stderr) == (0, "")


def test_every_section_and_the_headline_can_be_given(coach: Coach) -> None:
    names = ("headline", "situation", "task", "action", "result", "learning")
    options = [text for name in names for text in (f"--{name}", f"My {name}.")]
    path = Path(coach("new", "All of it", *options).stdout.strip())
    story = parse_story(path.read_text(encoding="utf-8"), name=path.name)
    assert [getattr(story, name) for name in names] == [f"My {name}." for name in names]


def test_two_stories_of_one_title_get_two_files_and_two_ids(coach: Coach) -> None:
    for _ in range(2):
        coach("new", "Twice")
    listed = data(coach("list", "--json"))
    assert {Path(row["file"]).name for row in listed} == {"twice.toml", "twice-2.toml"}
    assert len({row["id"] for row in listed}) == 2


@pytest.mark.parametrize("title", ["", "   "])
def test_a_story_without_a_title_is_refused(coach: Coach, title: str) -> None:
    assert refusal(coach("new", title)).startswith("A story needs a title.")
    assert not coach.folder.exists()


def test_half_a_character_that_no_file_can_hold_is_refused_in_words(coach: Coach) -> None:
    assert "half of a character" in refusal(coach("new", "Cut", "--task", "\udc80"))
    assert data(coach("list", "--json")) == []


# --- list


def test_the_list_has_a_line_for_each_story(sample: Coach) -> None:
    result = sample("list")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) == 10
    (line,) = [line for line in lines if line.startswith("turned-digits ")]
    assert "2022-06" in line
    assert "The missing boxes of aisle 7" in line
    assert line.endswith("(Dive Deep, Invent and Simplify)")


def test_the_list_as_json_keeps_its_keys(sample: Coach) -> None:
    listed = data(sample("list", "--json"))
    assert len(listed) == 10
    assert set(listed[0]) == {
        *("id", "title", "file", "when", "role", "company", "outcome", "tags", "headline"),
        *("confirmed", "rejected", "words"),
    }


def test_an_empty_bank_says_how_to_begin_and_is_an_empty_list_in_json(coach: Coach) -> None:
    assert "coach new" in coach("list").stdout
    assert data(coach("list", "--json")) == []


def test_a_broken_file_is_told_beside_the_list_and_the_others_are_listed(sample: Coach) -> None:
    sample.write("broken.toml", "title = ")
    result = sample("list", "--json")
    assert len(data(result)) == 10
    assert result.stderr.startswith("left out: broken.toml is not valid TOML")
    assert result.stderr.count("\n") == 1


def test_a_second_text_of_a_story_is_told_beside_the_list(sample: Coach) -> None:
    text = (sample.stories / "turned-digits.toml").read_text(encoding="utf-8")
    sample.write("turned-digits (conflict 2026-11-23 2315).toml", text)
    result = sample("list")
    assert len(result.stdout.splitlines()) == 10
    assert result.stderr.startswith("two texts of one story: turned-digits (conflict 2026-11-23 2315).toml")


def test_line_breaks_in_a_title_keep_the_list_at_one_line_a_story(coach: Coach) -> None:
    coach.write("odd.toml", 'title = "One\\ntwo"\nwhen = "2024\\n03"\n')
    (line,) = coach("list").stdout.splitlines()
    assert "One two" in line


# --- show


@pytest.mark.parametrize("wanted", ["turned-digits", "turned-digits.toml", "58snl2vjln", "the missing boxes", "TURNED"])
def test_a_story_is_found_by_file_id_title_or_a_beginning(sample: Coach, wanted: str) -> None:
    result = sample("show", wanted)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("The missing boxes of aisle 7\n2022-06 · Inventory clerk, second shift · ")


def test_an_empty_section_says_so(coach: Coach) -> None:
    coach("new", "Short", "--task", "Count.")
    text = coach("show", "short").stdout
    assert "TASK\nCount.\n" in text
    assert "RESULT\n(empty)\n" in text


def test_a_story_as_json_has_all_sections(sample: Coach) -> None:
    shown = data(sample("show", "turned-digits", "--json"))
    assert list(shown["sections"]) == ["situation", "task", "action", "result", "learning"]
    assert "matches" not in shown
    assert shown["rejected"] == ["frugality"]


def test_matches_come_with_evidence_that_stands_in_the_section(sample: Coach) -> None:
    shown = data(sample("show", "turned-digits", "--json", "--matches"))
    assert len(shown["matches"]) == 14
    by_slug = {row["slug"]: row for row in shown["matches"]}
    assert by_slug["dive-deep"]["standing"] == "confirmed"
    assert by_slug["frugality"]["standing"] == "rejected"
    evidence = [item for row in shown["matches"] for item in row["evidence"]]
    assert evidence
    for item in evidence:
        assert shown["sections"][item["part"]][item["start"] : item["end"]] == item["text"]


def test_matches_in_words_name_principle_standing_and_words(sample: Coach) -> None:
    text = sample("show", "turned-digits", "--matches").stdout
    assert "confirmed Dive Deep\n" in text
    assert "rejected  Frugality\n" in text


def test_a_story_that_shows_nothing_says_so(coach: Coach) -> None:
    coach("new", "Blank")
    assert coach("show", "blank", "--matches").stdout.endswith("No principle stands out yet.\n")


def test_matches_without_an_encoder_are_refused_and_the_story_itself_is_not(
    sample: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.cli.context.start_encoder", NoEncoder)
    assert refusal(sample("show", "turned-digits", "--matches")) == "The reader can't start here. Install it again."
    assert sample("show", "turned-digits").exit_code == 0


@pytest.mark.parametrize("command", ["show", "edit", "delete"])
def test_a_story_nobody_has_is_answered_with_the_nearest_names(sample: Coach, command: str) -> None:
    assert refusal(sample(command, "turned-digit-s")) == (
        "No story answers to “turned-digit-s”. Did you mean turned-digits?"
    )


@pytest.mark.parametrize("command", ["show", "edit", "delete"])
def test_a_name_that_two_stories_answer_to_is_refused(sample: Coach, command: str) -> None:
    assert refusal(sample(command, "the")).endswith("Give more of the name.")


def test_a_broken_file_asked_for_by_name_says_what_is_wrong_in_it(coach: Coach) -> None:
    coach.write("broken.toml", "title = ")
    assert refusal(coach("show", "broken")).startswith("broken.toml is not valid TOML")


# --- delete


def test_a_deleted_story_is_in_the_trash(sample: Coach) -> None:
    before = (sample.stories / "turned-digits.toml").read_bytes()
    result = sample("delete", "turned-digits", "--yes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "is in the trash" in result.stderr
    assert not (sample.stories / "turned-digits.toml").exists()
    (trashed,) = open_bank(sample.folder).trashed()
    assert trashed.read() == before


def test_where_nobody_can_be_asked_nothing_is_deleted_without_yes(sample: Coach) -> None:
    assert "--yes" in refusal(sample("delete", "turned-digits"))
    assert (sample.stories / "turned-digits.toml").exists()


@pytest.mark.parametrize(("answer", "stays"), [("n", True), ("", True), ("y", False)])
def test_in_a_terminal_the_author_is_asked_and_only_yes_deletes(
    sample: Coach, monkeypatch: pytest.MonkeyPatch, answer: str, stays: bool
) -> None:
    monkeypatch.setattr("coach.cli.bank.has_terminal", lambda: True)
    result = sample("delete", "turned-digits", typed=f"{answer}\n")
    assert result.exit_code == 0
    assert "Move “The missing boxes of aisle 7” to the trash?" in result.stderr
    assert (sample.stories / "turned-digits.toml").exists() is stays


def test_json_never_holds_a_raw_control_character(coach: Coach) -> None:
    coach.write("odd.toml", 'title = "a\\u001b[2J\\u009b2J\\u007f\\u202eb"\n')
    result = coach("list", "--json")
    assert not any(sign in result.stdout for sign in "\x1b\x9b\x7f\u202e")
    assert json.loads(result.stdout)[0]["title"] == "a\x1b[2J\x9b2J\x7f\u202eb"
