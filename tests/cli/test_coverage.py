"""`coach coverage`."""

import pytest

from tests.cli.conftest import Coach
from tests.cli.saying import data
from tests.fakes import NoEncoder, WordEncoder

SET_OF_THREE = """
name = "Our values"

[[principles]]
slug = "be-fair"
name = "Be Fair"
gist = "Treats people alike."
signals = ["I treated both crews alike.", "I drew lots.", "I gave the night shift the same."]

[[principles]]
slug = "stay-curious"
name = "Stay Curious"
gist = "Asks once more."
signals = ["I asked once more.", "I opened the pump.", "I read the manual on the bus."]

[[principles]]
slug = "spend-little"
name = "Spend Little"
gist = "Does more with less."
signals = ["I mended the old pump.", "I borrowed a van.", "I used what stood in the shed."]
"""


@pytest.fixture
def three(coach: Coach) -> Coach:
    """Over an empty bank with a set of three principles of its own."""
    coach.folder.mkdir()
    (coach.folder / "principles.toml").write_text(SET_OF_THREE, encoding="utf-8")
    return coach


def confirm(coach: Coach, name: str, *slugs: str) -> None:
    coach.write(f"{name}.toml", f'title = "{name}"\nconfirmed = {list(slugs)!r}\n')


def test_the_matrix_has_a_row_for_each_story_and_the_gaps_stand_below(sample: Coach) -> None:
    result = sample("coverage")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == [row["code"] for row in data(sample("principles", "--json"))]
    assert len({len(line) for line in lines[:11]}) == 1
    assert lines[11].startswith("◆ confirmed")
    assert [line.partition(":")[0] for line in lines[13:16]] == ["Gaps", "One story only", "Covered"]
    assert lines[17].startswith("Next: ")


def test_fourteen_principles_fit_eighty_columns(sample: Coach) -> None:
    sample("new", "A title that is very much longer than any column of a matrix could ever be")
    matrix = sample("coverage").stdout.splitlines()[:12]
    assert max(map(len, matrix)) <= 80
    assert any("…" in line for line in matrix)


def test_an_empty_bank_says_so_and_what_to_do_next(coach: Coach) -> None:
    result = coach("coverage")
    assert result.exit_code == 0
    assert result.stdout.startswith("The bank is empty.\n")
    assert "\nNext: " in result.stdout


def test_the_json_keeps_its_keys(sample: Coach) -> None:
    found = data(sample("coverage", "--json"))
    assert set(found) == {"set", "stories", "principles", "next"}
    assert found["set"] == "amazon-14"
    assert set(found["next"]) == {"do", "sentence", "principle", "story", "question"}
    assert len(found["stories"]) == 10
    assert all(set(story) == {"id", "title", "read"} and story["read"] for story in found["stories"])
    assert len(found["principles"]) == 14
    for principle in found["principles"]:
        assert set(principle) == {
            *("slug", "name", "state", "evidence"),
            *("confirmed", "strong", "possible", "rejected"),
        }


def test_each_story_stands_once_for_a_principle_and_evidence_belongs_to_those_that_count(sample: Coach) -> None:
    for principle in data(sample("coverage", "--json"))["principles"]:
        counted = [*principle["confirmed"], *principle["strong"], *principle["possible"]]
        every = [*counted, *principle["rejected"]]
        assert len(set(every)) == len(every)
        assert set(principle["evidence"]) == set(counted)


def test_states_follow_from_what_the_author_says(three: Coach) -> None:
    confirm(three, "one", "be-fair", "stay-curious")
    confirm(three, "two", "be-fair")
    found = data(three("coverage", "--json"))
    assert {item["slug"]: item["state"] for item in found["principles"]} == {
        "be-fair": "covered",
        "stay-curious": "fragile",
        "spend-little": "gap",
    }


@pytest.mark.parametrize(
    ("stories", "status"),
    [
        ({"one": ("be-fair",)}, 1),
        ({"one": ("be-fair", "stay-curious", "spend-little")}, 1),
        (dict.fromkeys(("one", "two"), ("be-fair", "stay-curious", "spend-little")), 0),
    ],
    ids=["a gap", "one story for each", "two stories for each"],
)
def test_strict_ends_with_1_until_every_principle_has_two_stories(
    three: Coach, stories: dict[str, tuple[str, ...]], status: int
) -> None:
    for name, slugs in stories.items():
        confirm(three, name, *slugs)
    assert three("coverage", "--strict").exit_code == status
    assert three("coverage").exit_code == 0


def test_without_an_encoder_the_author_s_word_is_counted_and_it_is_said(
    sample: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.cli.context.start_encoder", NoEncoder)
    result = sample("coverage", "--json")
    found = data(result)
    assert not any(story["read"] for story in found["stories"])
    assert "58snl2vjln" in {item["slug"]: item for item in found["principles"]}["dive-deep"]["confirmed"]
    assert result.stderr == (
        "The reader can't start here. Install it again. Only what you confirmed yourself is counted.\n"
    )


def test_no_sentence_is_read_twice(sample: Coach, encoder: WordEncoder) -> None:
    sample("coverage")
    assert encoder.read
    encoder.read.clear()
    sample("coverage")
    assert encoder.read == []


def test_without_a_command_and_a_terminal_the_coverage_is_printed(sample: Coach) -> None:
    assert sample().stdout == sample("coverage").stdout
