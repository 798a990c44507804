"""Files that can't be read as a set at all: one sentence each."""

import os
from pathlib import Path

import pytest

from coach.errors import PrincipleSetError
from coach.principles.loading import load_set


def sentence_about(path: Path) -> str:
    with pytest.raises(PrincipleSetError) as caught:
        load_set(path)
    assert "\n" not in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert sentence_about(tmp_path / "none.toml").startswith("There is no file")


def test_a_folder_is_not_a_set(tmp_path: Path) -> None:
    assert "is a folder" in sentence_about(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "is not a file" in sentence_about(tmp_path / "pipe.toml")


def test_a_file_above_two_megabytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_bytes(b"#" * (2 * 1024 * 1024 + 1))
    assert "larger than 2 MB" in sentence_about(tmp_path / "large.toml")


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'a = 1\nname = "caf\xe9"\n')
    assert "is not UTF-8 text (line 2)" in sentence_about(tmp_path / "latin.toml")


def test_a_file_that_may_not_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "locked.toml"
    file.write_text("")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert sentence_about(file).endswith("can't be read: Permission denied.")


@pytest.mark.parametrize("name", ["bad\0name.toml", "x" * 5000 + ".toml"])
def test_a_name_no_file_can_have_is_a_sentence_too(name: str) -> None:
    assert "\0" not in sentence_about(Path(name))


def test_control_characters_of_a_name_are_not_repeated() -> None:
    assert "\x1b" not in sentence_about(Path("\x1b[31m.toml"))
