"""`coach export`."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Coach
from tests.cli.saying import refusal

FIRST_LINE = "# Story bank\n"


def test_the_document_goes_to_standard_output(sample: Coach) -> None:
    result = sample("export")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(FIRST_LINE)
    assert "The missing boxes of aisle 7" in result.stdout


def test_a_file_gets_the_same_bytes_and_its_name_is_told_beside_them(sample: Coach, tmp_path: Path) -> None:
    target = tmp_path / "bank.md"
    result = sample("export", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Written: {target}\n"
    assert target.read_bytes() == sample("export").stdout_bytes


def test_a_dash_means_standard_output(sample: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sample("export", "-o", "-").stdout.startswith(FIRST_LINE)
    assert not Path("-").exists()


def test_an_earlier_export_is_replaced(sample: Coach, tmp_path: Path) -> None:
    target = tmp_path / "bank.md"
    sample("export", "-o", str(target))
    sample("delete", "turned-digits", "--yes")
    assert sample("export", "-o", str(target)).exit_code == 0
    assert "aisle 7" not in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("held", [b"my own notes\n", b"", b"\xff\xfe\x00", b"# Story bank of my own"])
def test_any_other_file_is_left_alone(sample: Coach, tmp_path: Path, held: bytes) -> None:
    target = tmp_path / "bank.md"
    target.write_bytes(held)
    said = refusal(sample("export", "-o", str(target)))
    assert said == f"{target} exists and is not an earlier export. Choose another name, or say --force to replace it."
    assert target.read_bytes() == held


def test_force_replaces_any_file(sample: Coach, tmp_path: Path) -> None:
    target = tmp_path / "bank.md"
    target.write_text("my own notes\n", encoding="utf-8")
    assert sample("export", "--force", "-o", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith(FIRST_LINE)


def test_a_path_through_a_file_is_refused_in_words(sample: Coach, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert "notes.txt" in refusal(sample("export", "-o", str(tmp_path / "notes.txt" / "bank.md")))


def test_a_pipe_is_refused_and_never_waited_for(sample: Coach, tmp_path: Path) -> None:
    target = tmp_path / "pipe"
    os.mkfifo(target)
    assert "is not an ordinary file" in refusal(sample("export", "-o", str(target)))


def test_a_folder_is_refused(sample: Coach, tmp_path: Path) -> None:
    result = sample("export", "-o", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is a directory" in result.stderr


def test_control_characters_never_reach_the_document(coach: Coach) -> None:
    coach.write("odd.toml", 'title = "a\\u001b[2J\\u009bb"\naction = "I \\u001b]0;x\\u0007 did."\n')
    assert not any(sign in coach("export").stdout for sign in "\x1b\x9b\x07")
