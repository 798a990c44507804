"""Text that was typed but not yet saved, kept so that a crash, a closed terminal or a full disk costs nothing.

Each process that keeps drafts has a folder of its own and holds the lock in it; a folder whose lock nobody holds was
left behind by a process that died.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from coach import paths
from coach.bank.bank import Bank
from coach.bank.files import read_bytes, write_durably
from coach.bank.history import History, Revision
from coach.bank.lock import Lock, acquire, is_held
from coach.bank.names import STORY_SUFFIX, folder_key, safe_name, utc_now
from coach.bank.stored import Draft, StoredStory, UnreadableFile
from coach.bank.story import Story
from coach.bank.storyfile import encode_story, is_same_story, parse_story
from coach.errors import SaveFailed, StoryFileError

HEAD = "# coach-draft "
"""Begins the first line; the rest of the file is an ordinary story file, and as a whole it is one as well."""

LOCK_NAME = "lock"
LOCK_WAIT = 1.0
"""Seconds; only somebody who looks whether we are alive ever holds our lock, for microseconds."""


class Drafts:
    """The drafts of one bank. `keep` and `drop` belong to one thread; the others only look."""

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime] = utc_now,
        *,
        history: History,
        saved: Callable[[str], Story | None],
        random: Random | None = None,
    ) -> None:
        """`saved` gives the story in the bank with this id. Nothing is created before there is something to keep."""
        self._folder = folder
        self._now = now
        self._history = history
        self._saved = saved
        self._random = random or SystemRandom()
        self._own: tuple[Path, Lock] | None = None
        self._offered: dict[Path, Draft] = {}

    def keep(self, story: Story, loaded: StoredStory | None) -> None:
        """Write the draft, in the place of this process's former draft of the story. Raises SaveFailed."""
        path = loaded.path if loaded else None
        draft = Draft(story, path, loaded.fingerprint if loaded else "", self._now())
        write_durably(self._session_folder() / _file_name(story.id), _encode(draft))

    def take_up(self, draft: Draft) -> None:
        """Make a draft that was left behind this process's own: offered again after another crash, it would be out of date.

        Raises SaveFailed; then it stays where it is.
        """
        write_durably(self._session_folder() / _file_name(draft.story.id), _encode(draft))
        for path in [path for path, offered in self._offered.items() if offered == draft]:
            _remove(path)
            del self._offered[path]
            if not any(_draft_files(path.parent)):
                _remove_session(path.parent)

    def drop(self, story_id: str) -> None:
        """The story was saved: this process's draft of it goes.

        A draft left behind by another process, once `waiting` has offered it, becomes a revision unless it is what was
        saved: the story may have been opened without taking that draft up. Raises SaveFailed.
        """
        if self._own is not None:
            _remove(self._own[0] / _file_name(story_id))
            self._leave_empty_session()
        for path, draft in list(self._offered.items()):
            if draft.story.id == story_id:
                self._put_away(path, draft)

    def waiting(self) -> tuple[Draft, ...]:
        """What processes that died have left unsaved, newest first."""
        found = {path: draft for path, draft in self._left_behind() if isinstance(draft, Draft)}
        unsaved = {path: draft for path, draft in found.items() if not self._is_saved(draft)}
        self._offered = found
        return tuple(sorted(unsaved.values(), key=lambda draft: draft.at, reverse=True))

    def unreadable(self) -> tuple[UnreadableFile, ...]:
        """Drafts left behind that can't be read; they stay until somebody removes them by hand."""
        return tuple(file for _, file in self._left_behind() if isinstance(file, UnreadableFile))

    def close(self) -> None:
        """At the end: what is still here counts as left behind. The end of the process does the same."""
        if self._own is not None:
            self._own[1].release()
            self._own = None

    # --- own folder

    def _session_folder(self) -> Path:
        if self._own is None:
            folder = self._folder / f"{os.getpid()}-{self._random.getrandbits(48):012x}"
            self._own = (folder, _locked(folder))
        return self._own[0]

    def _leave_empty_session(self) -> None:
        if self._own is not None and not any(_draft_files(self._own[0])):
            folder, lock = self._own
            self._own = None
            lock.release()
            _remove_session(folder)

    # --- folders of others

    def _left_behind(self) -> Iterator[tuple[Path, Draft | UnreadableFile]]:
        own = self._own[0] if self._own else None
        for session in _entries(self._folder):
            if session != own and not is_held(session / LOCK_NAME):
                yield from ((path, _read(path)) for path in _draft_files(session))

    def _is_saved(self, draft: Draft) -> bool:
        """Whether that text is in the bank, or was, and is a revision now: a kill between a save and `drop` leaves it here."""
        saved = self._saved(draft.story.id)
        if saved is not None and is_same_story(saved, draft.story):
            return True
        return any(_holds(revision, draft.story) for revision in self._history.revisions(draft.story.id))

    def _put_away(self, path: Path, draft: Draft) -> None:
        if not self._is_saved(draft):
            self._history.keep(draft.story.id, encode_story(draft.story))
        _remove(path)
        del self._offered[path]
        if not any(_draft_files(path.parent)):
            _remove_session(path.parent)


def open_drafts(bank: Bank, *, now: Callable[[], datetime] = utc_now) -> Drafts:
    """The drafts of this bank, in the state folder. Creates nothing."""
    state = paths.state_folder()

    def saved(story_id: str) -> Story | None:
        stored = bank.with_id(story_id)
        return stored.story if stored else None

    return Drafts(state / "drafts" / folder_key(bank.folder), now, history=History(state, now), saved=saved)


# --- files


def _holds(revision: Revision, story: Story) -> bool:
    with contextlib.suppress(StoryFileError):
        return is_same_story(revision.story(), story)
    return False


def _file_name(story_id: str) -> str:
    return safe_name(story_id) + STORY_SUFFIX


def _encode(draft: Draft) -> bytes:
    """JSON in ASCII keeps file names whose bytes are no UTF-8."""
    head = {
        "at": draft.at.astimezone(UTC).isoformat(),
        "path": str(draft.path_of_story) if draft.path_of_story else None,
        "loaded": draft.loaded_fingerprint,
    }
    return f"{HEAD}{json.dumps(head)}\n".encode() + encode_story(draft.story)


def _read(path: Path) -> Draft | UnreadableFile:
    try:
        text = (read_bytes(path) or b"").decode("utf-8")
        head = json.loads(text.partition("\n")[0].removeprefix(HEAD))
        return _draft(head, parse_story(text, name=path.name))
    except StoryFileError as error:
        return UnreadableFile(path, error.sentence, f"{error.hint} It lies in {path.parent}.")
    except (ValueError, KeyError, TypeError):
        return UnreadableFile(path, f"The draft {path.name} is damaged.", f"Open it in a text editor: {path}")


def _draft(head: dict[str, Any], story: Story) -> Draft:
    path = Path(head["path"]) if head["path"] else None
    return Draft(story, path, str(head["loaded"]), datetime.fromisoformat(head["at"]).astimezone())


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _draft_files(session: Path) -> Iterator[Path]:
    return (path for path in _entries(session) if path.suffix == STORY_SUFFIX and not path.name.startswith("."))


def _locked(folder: Path) -> Lock:
    try:
        lock = acquire(folder / LOCK_NAME, wait=LOCK_WAIT)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise SaveFailed(f"No draft can be kept in {folder}: {reason}.", "Save the story to keep its text.") from error
    if lock is None:
        raise SaveFailed(f"No draft can be kept in {folder}: it is in use.", "Save the story to keep its text.")
    return lock


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _remove_session(folder: Path) -> None:
    """An empty folder of a process; one that isn't empty after all stays."""
    with contextlib.suppress(OSError):
        (folder / LOCK_NAME).unlink(missing_ok=True)
        folder.rmdir()


__all__ = ["Draft", "Drafts", "open_drafts"]
