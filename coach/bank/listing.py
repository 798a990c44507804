"""Reading a folder of stories. Nothing in here writes."""

import stat
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from coach.bank.files import fingerprint, read_bytes
from coach.bank.names import STORY_SUFFIX, is_sync_copy, slug_in_conflict
from coach.bank.stored import ConflictCopy, Listing, StoredStory, UnreadableFile
from coach.bank.storyfile import read_story
from coach.errors import StoryFileError

SETTLED_AFTER = 2_000_000_000
"""Nanoseconds. A file changed twice within this time may show one and the same time: FAT counts in steps of 2 s."""

Entry = StoredStory | UnreadableFile
State = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Known:
    """What was read of a file; without a state its times can't be trusted yet, and only its content tells."""

    state: State | None
    fingerprint: str
    entry: Entry


class FolderReader:
    """Reads a folder again and again; a file that hasn't changed is parsed once."""

    def __init__(self, folder: Path, clock_ns: Callable[[], int] = time.time_ns) -> None:
        """`clock_ns` is compared with the times of files."""
        self._folder = folder
        self._clock_ns = clock_ns
        self._known: dict[Path, _Known] = {}

    def read(self) -> Listing:
        """What the folder holds now; a missing folder holds nothing."""
        try:
            paths = _story_files(self._folder)
        except OSError as error:
            return Listing(unreadable=(_not_listed(self._folder, error),))
        entries = [entry for entry in map(self._entry, paths) if entry is not None]
        present = set(paths)
        self._known = {path: known for path, known in self._known.items() if path in present}
        return _listing(entries)

    def _entry(self, path: Path) -> Entry | None:
        """The file's story, or why it has none; None for a file that is gone again or a folder."""
        try:
            status = path.stat()
        except OSError:
            return _leads_nowhere(path) if path.is_symlink() else None
        if not stat.S_ISREG(status.st_mode):
            return None if stat.S_ISDIR(status.st_mode) else _not_a_file(path)
        state = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        known = self._known.get(path)
        if known is not None and known.state == state:
            return known.entry
        is_settled = self._clock_ns() - status.st_mtime_ns > SETTLED_AFTER
        return self._read(path, state if is_settled else None)

    def _read(self, path: Path, state: State | None) -> Entry | None:
        try:
            data = read_bytes(path)
        except StoryFileError as error:
            return UnreadableFile(path, error.sentence, error.hint)
        if data is None:
            return None
        known, content = self._known.get(path), fingerprint(data)
        entry = known.entry if known is not None and known.fingerprint == content else _parsed(path, data, content)
        self._known[path] = _Known(state, content, entry)
        return entry


def _story_files(folder: Path) -> list[Path]:
    try:
        files = list(folder.iterdir())
    except FileNotFoundError:
        return []
    return sorted(file for file in files if file.suffix.lower() == STORY_SUFFIX and not file.name.startswith("."))


def _parsed(path: Path, data: bytes, content: str) -> Entry:
    if is_sync_copy(path.name):
        return UnreadableFile(
            path,
            f"{path.name} is a second copy that a sync program made.",
            "Compare it with the story, copy over what you want to keep, then move it out of this folder.",
        )
    try:
        return StoredStory(read_story(data, name=path.name), path, content)
    except StoryFileError as error:
        return UnreadableFile(path, error.sentence, error.hint)


def _leads_nowhere(path: Path) -> UnreadableFile:
    return UnreadableFile(
        path, f"{path.name} is a link to a file that can't be found.", "Bring that file back or remove the link."
    )


def _not_a_file(path: Path) -> UnreadableFile:
    return UnreadableFile(path, f"{path.name} is not an ordinary file.", "Move it out of this folder.")


def _not_listed(folder: Path, error: OSError) -> UnreadableFile:
    if isinstance(error, NotADirectoryError):
        return UnreadableFile(
            folder, f"{folder} is a file where a folder of stories should be.", "Move that file away."
        )
    reason = (error.strerror or "unknown error").lower()
    return UnreadableFile(folder, f"The folder {folder} can't be listed: {reason}.", "Check its permissions.")


def _listing(entries: Iterable[Entry]) -> Listing:
    """`entries` sorted by path."""
    stories: dict[str, StoredStory] = {}
    conflicts, unreadable = [], []
    for entry in entries:
        if isinstance(entry, UnreadableFile):
            unreadable.append(entry)
        elif slug_in_conflict(entry.path.name):
            conflicts.append(ConflictCopy(entry.path, entry.story))
        elif entry.story.id in stories:
            unreadable.append(_same_id(entry, stories[entry.story.id]))
        else:
            stories[entry.story.id] = entry
    in_order = sorted(stories.values(), key=lambda stored: (stored.story.title.casefold(), stored.path))
    return Listing(tuple(in_order), tuple(unreadable), tuple(conflicts))


def _same_id(stored: StoredStory, first: StoredStory) -> UnreadableFile:
    return UnreadableFile(
        stored.path,
        f"{stored.path.name} has the same id as {first.path.name}.",
        "If it is a story of its own, remove its line with id in a text editor; else remove one of the two files.",
    )
