"""Which set is meant."""

from pathlib import Path

import pytest

from coach.errors import PrincipleSetError
from coach.principles.loading import load_shipped
from coach.principles.sets import find_set, shipped_sets
from tests.principles.set_texts import SMALL


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    (tmp_path / "principles.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_the_default_is_the_fourteen(tmp_path: Path) -> None:
    assert find_set(None, bank_folder=None).id == "amazon-14"
    assert find_set(None, bank_folder=tmp_path).id == "amazon-14"
    assert find_set(None, bank_folder=tmp_path / "no" / "such").id == "amazon-14"


def test_the_banks_own_set_comes_before_the_default(bank: Path) -> None:
    assert find_set(None, bank_folder=bank).slugs == ("be-kind", "be-tidy")


def test_a_set_that_is_named_comes_before_the_banks_own(bank: Path) -> None:
    assert find_set("tpm", bank_folder=bank).id == "tpm"


def test_a_file_that_is_named_is_loaded(bank: Path) -> None:
    assert find_set(str(bank / "principles.toml"), bank_folder=None).slugs == ("be-kind", "be-tidy")


def test_a_tilde_means_the_home_folder(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(bank))
    assert find_set("~/principles.toml", bank_folder=None).slugs == ("be-kind", "be-tidy")


@pytest.mark.parametrize("wanted", ["~nobody-of-that-name/x.toml", "no/such/file", "none.toml"])
def test_a_file_that_is_not_there_is_said_to_be_missing(wanted: str, tmp_path: Path) -> None:
    with pytest.raises(PrincipleSetError, match="There is no file"):
        find_set(wanted, bank_folder=tmp_path)


def test_an_unknown_set_is_refused_with_the_known_ids_as_hint() -> None:
    with pytest.raises(PrincipleSetError) as caught:
        find_set("amazon", bank_folder=None)
    assert caught.value.hint == "The sets that ship with coach are amazon-14, amazon-16, tpm."


def test_a_faulty_set_in_the_bank_is_reported_and_not_passed_over(bank: Path) -> None:
    (bank / "principles.toml").write_text("principles = 1", encoding="utf-8")
    with pytest.raises(PrincipleSetError, match=r"principles\.toml:1:"):
        find_set(None, bank_folder=bank)


def test_a_link_to_nowhere_in_the_bank_is_reported(tmp_path: Path) -> None:
    (tmp_path / "principles.toml").symlink_to(tmp_path / "gone.toml")
    with pytest.raises(PrincipleSetError, match="There is no file"):
        find_set(None, bank_folder=tmp_path)


def test_the_shipped_sets_are_listed_with_the_names_in_their_files() -> None:
    entries = shipped_sets()
    assert [entry.id for entry in entries] == ["amazon-14", "amazon-16", "tpm"]
    for entry in entries:
        loaded = load_shipped(entry.id)
        assert (entry.id, entry.name) == (loaded.id, loaded.name)
        assert entry.path.is_file()
