"""`coach train`."""

import shutil
from pathlib import Path

import pytest

from coach import paths
from coach.matching.opening import model_file, open_encoder
from coach.matching.weights import find_weights
from coach.settings import Settings, load_settings, save_settings
from tests.cli.conftest import Coach
from tests.fitting.small import TRAINING


@pytest.mark.parametrize("arguments", [[], ["--shipped", "--encoder", "x"]])
def test_one_wish_at_a_time(coach: Coach, arguments: list[str]) -> None:
    result = coach("train", *arguments)
    assert result.exit_code == 2
    assert "Say which encoder." in result.stderr


def test_going_back_to_what_ships(coach: Coach) -> None:
    save_settings(paths.config_file(), Settings(theme="dark", encoder="other"))
    assert coach("train", "--shipped").exit_code == 0
    assert load_settings(paths.config_file()) == Settings(theme="dark")


@pytest.mark.encoder
def test_texts_that_are_not_there_are_said_and_nothing_is_chosen(coach: Coach, tmp_path: Path) -> None:
    result = coach("train", "--encoder", "x", "--texts", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "plan.toml" in result.stderr
    assert load_settings(paths.config_file()).encoder == ""


@pytest.mark.encoder
def test_another_encoder_is_fitted_chosen_and_read_by(coach: Coach, tmp_path: Path) -> None:
    """A copy of the weights that ship stands for another encoder."""
    texts, other = tmp_path / "texts", tmp_path / "other"
    texts.mkdir()
    for name in ("plan.toml", "h-short-polished-star.jsonl", "f-questions-and-windows.jsonl"):
        shutil.copy(TRAINING / name, texts)
    shutil.copytree(find_weights(), other)
    result = coach("train", "--encoder", str(other), "--texts", str(texts))
    assert result.exit_code == 0, result.stderr
    assert load_settings(paths.config_file()).encoder == str(other)
    assert model_file(str(other)).is_file()
    encoder = open_encoder(str(other))
    assert encoder.encode(["I rang."]).shape == (1, 384)
    encoder.close()


@pytest.mark.encoder
def test_too_few_texts_are_said_before_anything_is_fitted(coach: Coach, tmp_path: Path) -> None:
    shutil.copy(TRAINING / "plan.toml", tmp_path)
    shutil.copy(TRAINING / "h-short-polished-star.jsonl", tmp_path)
    result = coach("train", "--encoder", str(find_weights()), "--texts", str(tmp_path))
    assert result.exit_code == 2
    assert "too few questions" in result.stderr


def test_the_encoder_that_ships_is_never_fitted_over(coach: Coach) -> None:
    assert coach("train", "--encoder", "all-MiniLM-L6-v2").exit_code == 0
    assert load_settings(paths.config_file()).encoder == ""
