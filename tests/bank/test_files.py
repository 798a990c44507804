import errno
import os
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bank import files
from coach.bank.files import create_durably, fingerprint, read_bytes, remove_durably, write_durably
from coach.errors import SaveFailed, StoryFileError

OLD, NEW = b"old text\n", b"new text\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a story é.toml"
    path.write_bytes(OLD)
    return path


def fail_with(code: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@settings(deadline=None, max_examples=25)
@given(data=st.binary())
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    write_durably(path, data)
    assert read_bytes(path) == data


def test_a_missing_file_is_not_an_empty_one(tmp_path: Path) -> None:
    assert read_bytes(tmp_path / "none") is None


def test_a_file_that_cannot_be_opened_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(StoryFileError, match="can't be opened: is a directory"):
        read_bytes(tmp_path)


def test_a_fingerprint_is_sha256() -> None:
    assert fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_new_files_and_folders_are_for_the_user_alone(tmp_path: Path) -> None:
    write_durably(tmp_path / "one" / "two" / "file", NEW)
    assert mode_of(tmp_path / "one") == mode_of(tmp_path / "one" / "two") == 0o700
    assert mode_of(tmp_path / "one" / "two" / "file") == 0o600


def test_a_file_keeps_its_mode(file: Path) -> None:
    file.chmod(0o640)
    write_durably(file, NEW)
    assert (file.read_bytes(), mode_of(file)) == (NEW, 0o640)


def test_a_symlink_stays_and_the_real_file_changes(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    write_durably(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_nothing_is_left_beside_the_file(file: Path) -> None:
    write_durably(file, NEW)
    assert names_in(file.parent) == [file.name]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize(
    "step", ["os.fsync", "os.fdopen", "os.replace", "os.realpath", "mkstemp", "chmod", "read_bytes"]
)
def test_a_failure_at_any_step_leaves_the_old_file_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    owners = {"mkstemp": tempfile, "chmod": Path, "read_bytes": Path, "os.realpath": os.path}
    with monkeypatch.context() as patch:
        patch.setattr(files, "RETRY_PAUSES", ())
        patch.setattr(owners.get(step, os), step.removeprefix("os."), fail_with(code))
        with pytest.raises(SaveFailed) as raised:
            write_durably(file, NEW)
    assert str(file) in raised.value.sentence
    assert raised.value.hint
    assert (file.read_bytes(), names_in(file.parent)) == (OLD, [file.name])


def test_a_write_that_fails_half_way_leaves_the_old_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_half(opened: int, data: bytes) -> None:
        os.write(opened, data[:3])
        os.close(opened)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "_fill", fill_half)
    with pytest.raises(SaveFailed, match="the disk is full"):
        write_durably(file, NEW)
    assert (file.read_bytes(), names_in(file.parent)) == (OLD, [file.name])


def test_an_interruption_leaves_the_old_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_durably(file, NEW)
    assert (file.read_bytes(), names_in(file.parent)) == (OLD, [file.name])


def test_a_disk_that_gives_back_other_bytes_is_noticed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"new t\0\0t\n")
    with pytest.raises(SaveFailed, match="gives back other bytes"):
        write_durably(file, NEW)
    monkeypatch.undo()
    assert file.read_bytes() == OLD


def test_a_check_stops_the_save_with_its_own_words(file: Path) -> None:
    def refuse(written: bytes) -> None:
        assert written == NEW
        raise SaveFailed("Not so.")

    with pytest.raises(SaveFailed, match="Not so"):
        write_durably(file, NEW, check=refuse)
    assert (file.read_bytes(), names_in(file.parent)) == (OLD, [file.name])


def test_a_folder_that_cannot_be_synced_does_not_undo_a_save(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", fail_with(errno.EINVAL))
    files.sync_folder(file.parent)
    monkeypatch.undo()
    write_durably(file, NEW)
    assert file.read_bytes() == NEW


def test_a_file_held_for_a_moment_is_tried_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    really_replace, attempts = os.replace, iter([True, True, False])

    def replace(source: Path, target: Path) -> None:
        if next(attempts):
            raise PermissionError(errno.EACCES, "held")
        really_replace(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(time, "sleep", pauses.append)
    write_durably(file, NEW)
    assert file.read_bytes() == NEW
    assert pauses == list(files.RETRY_PAUSES[:2])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "there is no permission"),
        (errno.EROFS, "the disk is read-only"),
        (errno.ENOENT, "its folder is missing"),
        (errno.EIO, "input/output error"),
    ],
)
def test_every_reason_is_said_plainly(file: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", fail_with(code))
    with pytest.raises(SaveFailed, match=words) as raised:
        write_durably(file, NEW)
    assert raised.value.hint


def test_a_write_protected_file_is_respected(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(SaveFailed, match="write-protected"):
        write_durably(file, NEW)
    assert file.read_bytes() == OLD


def test_folders_and_devices_are_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SaveFailed, match="not an ordinary file"):
        write_durably(tmp_path / "pipe", NEW)
    with pytest.raises(SaveFailed, match="a folder lies there"):
        write_durably(tmp_path, NEW)


def test_a_path_through_a_file_is_said(file: Path) -> None:
    with pytest.raises(SaveFailed, match="is a file, not a folder"):
        write_durably(file / "inside.toml", NEW)
    with pytest.raises(SaveFailed, match="is a file, not a folder"):
        write_durably(file / "deep" / "inside.toml", NEW)


@pytest.mark.parametrize(("name", "words"), [("a\0b", "can't be the name"), ("a" * 300, "too long")])
def test_impossible_names_are_said(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(SaveFailed, match=words):
        write_durably(tmp_path / name, NEW)


def test_creating_never_overwrites(file: Path) -> None:
    assert not create_durably(file, NEW)
    assert create_durably(file.with_name("other"), NEW)
    assert (file.read_bytes(), file.with_name("other").read_bytes()) == (OLD, NEW)
    assert names_in(file.parent) == [file.name, "other"]


def test_creating_never_overwrites_where_hard_links_are_unknown(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    assert not create_durably(file, NEW)
    assert create_durably(file.with_name("other"), NEW)
    assert (file.read_bytes(), file.with_name("other").read_bytes()) == (OLD, NEW)


def test_a_failed_creation_leaves_no_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    monkeypatch.setattr(os, "replace", fail_with(errno.ENOSPC))
    with pytest.raises(SaveFailed, match="the disk is full"):
        create_durably(tmp_path / "new", NEW)
    assert names_in(tmp_path) == []


def test_removing_twice_is_fine(file: Path) -> None:
    remove_durably(file)
    remove_durably(file)
    assert not file.exists()


def test_a_file_that_cannot_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "unlink", fail_with(errno.EACCES))
    with pytest.raises(SaveFailed, match="could not be removed"):
        remove_durably(tmp_path / "x")
