"""The one way files are written: never half, never over another by accident, and on the disk when the call returns."""

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.errors import SaveFailed, StoryFileError

TEMPORARY_PREFIX = ".coach-"
TEMPORARY_SUFFIX = ".tmp"

RETRY_PAUSES = (0.02, 0.05, 0.1, 0.2)
"""Seconds. On Windows a virus scanner or a sync program may hold the file for a moment."""

Check = Callable[[bytes], None]

_DISK_FULL = ("the disk is full", "Free some space, then save again.")
_NO_PERMISSION = ("there is no permission to write there", "Change the permissions of the file or its folder.")
_NOT_A_FOLDER = ("a part of that path is a file, not a folder", "Move that file away or choose another folder.")
_REASONS = {
    errno.ENOSPC: _DISK_FULL,
    errno.EDQUOT: _DISK_FULL,
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: ("the disk is read-only", "Choose a folder on a disk that can be written."),
    errno.ENOENT: ("its folder is missing", "Create the folder or choose another one."),
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.EISDIR: ("a folder lies there", "Move that folder away or choose another name."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.EFBIG: ("it is too large for this disk", "Make the text shorter or choose another disk."),
}


def fingerprint(data: bytes) -> str:
    """The sha256 of these bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: Path) -> bytes | None:
    """What the file holds, or None where there is no such file. Raises StoryFileError for anything else."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise StoryFileError(f"{path.name} can't be opened: {reason}.", f"It lies in {path.parent}.") from error


def write_durably(path: Path, data: bytes, *, check: Check | None = None) -> None:
    """Put `data` in the place of the file, or of the real file behind a symlink; missing folders are made, mode 0700.

    `check` is given the bytes as read back from the disk, before anything is replaced; what it raises stops the save.
    Raises SaveFailed; then the former file is untouched.
    """
    with _said_plainly(path):
        target = Path(os.path.realpath(path))
        mode = _mode_to_keep(target)
        make_folder(target.parent)
        with _temporary_file(target.parent, mode, data, check) as temporary:
            _replace(temporary, target)
        sync_folder(target.parent)


def create_durably(path: Path, data: bytes, *, check: Check | None = None) -> bool:
    """Like `write_durably`, but only where nothing lies yet. False, and nothing written, where something does."""
    with _said_plainly(path):
        make_folder(path.parent)
        with _temporary_file(path.parent, 0o600, data, check) as temporary:
            created = _put_exclusively(temporary, path)
        sync_folder(path.parent)
        return created


def remove_durably(path: Path) -> None:
    """Remove the file; one that is gone already is fine. Raises SaveFailed."""
    with _said_plainly(path, "removed"):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing, for this user alone. Raises OSError."""
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut, where the system can.

    Errors are ignored: Windows can't open a folder at all, and the file itself is in its place already.
    """
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _said_plainly(path: Path, done: str = "written") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        unknown = ((error.strerror or str(error)).lower(), "Nothing was changed.")
        reason, hint = _REASONS.get(error.errno or 0, unknown)
        raise SaveFailed(f"{path} could not be {done}: {reason}.", hint) from error
    except ValueError as error:
        # A NUL or half a surrogate pair in the name.
        raise SaveFailed(f"{str(path)!r} can't be the name of a file.", "Choose another name.") from error


def _mode_to_keep(target: Path) -> int:
    """Renaming asks nobody, so a write-protected file or a device has to be refused here."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return 0o600
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(mode):
        raise SaveFailed(f"{target} is not an ordinary file.", "Choose another name.")
    if not mode & 0o222:
        raise SaveFailed(f"{target} is write-protected.", "Make the file writable, then save again.")
    return stat.S_IMODE(mode)


@contextmanager
def _temporary_file(folder: Path, mode: int, data: bytes, check: Check | None) -> Iterator[Path]:
    """The data in a file of its own beside the target: on the disk, read back and checked. Gone afterwards."""
    opened, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, suffix=TEMPORARY_SUFFIX, dir=folder)
    temporary = Path(name)
    try:
        _fill(opened, data)
        temporary.chmod(mode)
        _read_back(temporary, data, check)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _fill(opened: int, data: bytes) -> None:
    with os.fdopen(opened, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read_back(temporary: Path, data: bytes, check: Check | None) -> None:
    written = temporary.read_bytes()
    if written != data:
        raise SaveFailed(
            f"The disk of {temporary.parent} gives back other bytes than it was given.", "Check that disk."
        )
    if check is not None:
        check(written)


def _replace(temporary: Path, target: Path) -> None:
    for pause in RETRY_PAUSES:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(target)


def _put_exclusively(temporary: Path, target: Path) -> bool:
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        # No hard links on this file system: FAT and some network shares.
        return _reserve_and_replace(temporary, target)
    return True


def _reserve_and_replace(temporary: Path, target: Path) -> bool:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    try:
        _replace(temporary, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return True
