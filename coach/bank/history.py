"""Earlier texts of stories, and the trash: outside the bank, so that no sync program ever merges them."""

import os
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import tomli_w

from coach.bank.files import create_durably, fingerprint, read_bytes
from coach.bank.names import STORY_SUFFIX, cut, numbered, read_stamp, safe_name, stamp, utc_now
from coach.bank.story import Story
from coach.bank.storyfile import read_story
from coach.errors import StoryFileError

_REVISION = re.compile(r"(?P<at>\d{8}T\d{6}\.\d{6}Z)-[0-9a-f]{8}\.toml")
_TRASHED = re.compile(r"(?P<at>\d{8}T\d{6}\.\d{6}Z)-.+", re.DOTALL)
_TEXT, _ABOUT = "story.toml", "about.toml"
_SLUG_BYTES = 120


@dataclass(frozen=True)
class Revision:
    """An earlier text of a story; `at` is when it was replaced, in local time."""

    story_id: str
    at: datetime
    path: Path

    def read(self) -> bytes:
        """The file as it was. Raises StoryFileError."""
        data = read_bytes(self.path)
        if data is None:
            raise StoryFileError(f"The earlier text {self.path.name} is gone.", f"It lay in {self.path.parent}.")
        return data

    def story(self) -> Story:
        """Raises StoryFileError."""
        return read_story(self.read(), name=self.path.name)


@dataclass(frozen=True)
class Trashed:
    """A deleted story.

    Attributes:
        at: when it was deleted, in local time.
        path: where it lay.
        folder: its place in the trash.
    """

    story: Story
    at: datetime
    path: Path
    folder: Path

    def read(self) -> bytes:
        """The file as it was. Raises StoryFileError."""
        data = read_bytes(self.folder / _TEXT)
        if data is None:
            raise StoryFileError(f"“{self.story.title}” is no longer in the trash.", f"It lay in {self.folder}.")
        return data


class History:
    """Revisions and trash below one folder; nothing is created before there is something to keep."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._revisions = folder / "revisions"
        self._trash = folder / "trash"
        self._now = now

    def keep(self, story_id: str, data: bytes) -> None:
        """Keep this text as a revision, unless it is the newest one already. Raises SaveFailed."""
        newest = next(iter(self.revisions(story_id)), None)
        if newest is not None and _holds(newest, data):
            return
        at = self._now()
        if newest is not None:
            # Revisions stay in the order of saving even when the clock is set back.
            at = max(at.astimezone(), newest.at + timedelta(microseconds=1))
        name = f"{stamp(at)}-{fingerprint(data)[:8]}{STORY_SUFFIX}"
        create_durably(self._revisions / safe_name(story_id) / name, data)

    def revisions(self, story_id: str) -> tuple[Revision, ...]:
        """Newest first."""
        found = (_revision(story_id, path) for path in _entries(self._revisions / safe_name(story_id)))
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at, reverse=True))

    def put_in_trash(self, data: bytes, path: Path, bank_folder: Path) -> Path:
        """A durable copy, for `path` to be removed after this. Returns its place in the trash. Raises SaveFailed."""
        about = {"bank": _in_words(os.path.realpath(bank_folder)), "path": _in_words(str(path.absolute()))}
        names = numbered(f"{stamp(self._now())}-{cut(path.stem, _SLUG_BYTES)}")
        folder = next(folder for folder in map(self._trash.joinpath, names) if create_durably(folder / _TEXT, data))
        create_durably(folder / _ABOUT, tomli_w.dumps(about).encode())
        return folder

    def trashed(self, bank_folder: Path) -> tuple[Trashed, ...]:
        """What was deleted from this bank, newest first."""
        bank = _in_words(os.path.realpath(bank_folder))
        found = (_trashed(folder, bank) for folder in _entries(self._trash))
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at, reverse=True))

    def empty(self, trashed: Trashed) -> None:
        """Forget one entry of the trash, after its text has been written elsewhere."""
        shutil.rmtree(trashed.folder, ignore_errors=True)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _revision(story_id: str, path: Path) -> Revision | None:
    found = _REVISION.fullmatch(path.name)
    at = read_stamp(found["at"]) if found else None
    return Revision(story_id, at, path) if at is not None and _has_text(path) else None


def _has_text(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _holds(revision: Revision, data: bytes) -> bool:
    try:
        return revision.read() == data
    except StoryFileError:
        return False


def _trashed(folder: Path, bank: str) -> Trashed | None:
    """The entry, or None for one that is broken or of another bank."""
    found = _TRASHED.fullmatch(folder.name)
    at = read_stamp(found["at"]) if found else None
    try:
        about = tomllib.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        path = Path(about["path"])
        story = read_story((folder / _TEXT).read_bytes(), name=path.name)
    except (OSError, ValueError, KeyError, TypeError, StoryFileError):
        return None
    return Trashed(story, at, path, folder) if at is not None and about.get("bank") == bank else None


def _in_words(path: str) -> str:
    """A path as text; bytes of a name that are no UTF-8 are lost, which only costs the name."""
    return os.fsencode(path).decode("utf-8", "replace")
