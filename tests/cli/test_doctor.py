"""`coach doctor`."""

from pathlib import Path

import pytest

from coach import paths
from coach.bank.bank import open_bank
from coach.bank.drafts import open_drafts
from coach.bank.story import Story
from coach.errors import EncoderUnavailable
from coach.settings import Settings, save_settings
from tests.cli.conftest import Coach
from tests.cli.saying import data


@pytest.fixture(autouse=True)
def weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing 90 MB for each test would be most of its time."""
    monkeypatch.setattr("coach.matching.weights.verify", lambda _folder: None)


def test_everything_in_order_ends_with_0(sample: Coach) -> None:
    result = sample("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "stories: 10\n" in result.stdout
    assert "principle set: The 14 leadership principles, 14 principles, 336 questions\n" in result.stdout
    assert "reader: weights present and unchanged\n" in result.stdout
    assert "WRONG" not in result.stdout


def test_paths_says_where_everything_lies(coach: Coach) -> None:
    result = coach("doctor", "--paths")
    assert result.stdout.splitlines() == [
        f"bank: {coach.folder} (not there yet)",
        f"settings: {paths.config_file()} (not there yet)",
        f"drafts, revisions, trash: {paths.state_folder()} (not there yet)",
        f"sentence vectors (may be deleted): {paths.cache_folder()} (not there yet)",
    ]


def test_the_json_keeps_its_keys(sample: Coach) -> None:
    found = data(sample("doctor", "--json"))
    assert all(set(row) == {"what", "said", "wrong"} for row in found)
    assert [row["what"] for row in found][-3:] == ["stories", "principle set", "reader"]


def test_a_broken_file_is_wrong_and_ends_with_1(sample: Coach) -> None:
    sample.write("broken.toml", "title = ")
    result = sample("doctor")
    assert result.exit_code == 1
    assert "WRONG broken.toml: broken.toml is not valid TOML" in result.stdout
    assert "stories: 10\n" in result.stdout


def test_two_texts_of_one_story_are_wrong(sample: Coach) -> None:
    text = (sample.stories / "turned-digits.toml").read_text(encoding="utf-8")
    sample.write("turned-digits (conflict 2026-11-23 2315).toml", text)
    result = sample("doctor")
    assert result.exit_code == 1
    assert "WRONG turned-digits (conflict 2026-11-23 2315).toml: two texts of one story" in result.stdout


def test_a_text_left_unsaved_is_told(sample: Coach) -> None:
    drafts = open_drafts(open_bank(sample.folder))
    drafts.keep(Story("a1b2c3", title="Half a thought"), None)
    drafts.close()
    result = sample("doctor")
    assert result.exit_code == 1
    assert "WRONG unsaved text: “Half a thought”, typed " in result.stdout


def test_a_faulty_principle_set_of_the_bank_s_own_is_wrong(sample: Coach) -> None:
    (sample.folder / "principles.toml").write_text("name = 3\n", encoding="utf-8")
    result = sample("doctor")
    assert result.exit_code == 1
    assert "WRONG principle set: " in result.stdout


def test_broken_settings_are_wrong(sample: Coach) -> None:
    file = paths.config_file()
    file.parent.mkdir(parents=True)
    file.write_text("theme = ", encoding="utf-8")
    result = sample("doctor")
    assert result.exit_code == 1
    assert f"The settings in {file} can't be read" in result.stdout


def test_other_weights_are_wrong(sample: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise EncoderUnavailable("The encoder's weights are not the known ones.", "Install them again.")

    monkeypatch.setattr("coach.matching.weights.verify", refuse)
    result = sample("doctor")
    assert result.exit_code == 1
    assert "WRONG reader: The encoder's weights are not the known ones. Install them again." in result.stdout


def test_missing_libraries_are_wrong(sample: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.matching.weights.find_weights", lambda: Path("weights"))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    result = sample("doctor")
    assert result.exit_code == 1
    assert "pip install sentence-transformers" in result.stdout


def test_a_bank_that_is_a_file_is_wrong_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.touch()
    result = Coach(file)("doctor")
    assert result.exit_code == 1
    assert f"WRONG stories: {file} is a file." in result.stdout
    assert "reader: weights present" in result.stdout


def test_looking_creates_nothing(coach: Coach, own_machine: Path) -> None:
    coach("doctor")
    assert list(own_machine.iterdir()) == []
    assert not coach.folder.exists()


def test_an_encoder_whose_model_is_gone_is_wrong(sample: Coach) -> None:
    save_settings(paths.config_file(), Settings(encoder="other-model"))
    result = sample("doctor")
    assert result.exit_code == 1
    assert "WRONG reader:" in result.stdout
