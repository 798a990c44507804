"""The bank: a folder of stories, and every way to change it without losing a text."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Literal

from coach import paths
from coach.bank.files import create_durably, fingerprint, read_bytes, remove_durably, write_durably
from coach.bank.finding import find_story
from coach.bank.history import History, Revision, Trashed
from coach.bank.listing import FolderReader
from coach.bank.lock import acquire
from coach.bank.names import STORY_SUFFIX, conflict_names, folder_key, numbered, slug_in_conflict, slug_of, utc_now
from coach.bank.stored import ConflictCopy, Draft, Listing, StoredStory, TwoTexts, UnreadableFile
from coach.bank.story import Story
from coach.bank.storyfile import encode_story, is_same_story, read_story
from coach.errors import SaveFailed, StoryFileError, StoryNotFound

LOCK_WAIT = 3.0
"""Seconds for another process to finish its save, which takes some ten milliseconds."""

Keep = Literal["mine", "theirs", "both"]


@dataclass(frozen=True)
class Surroundings:
    """What a bank needs of this machine: the lock's file, the clock and randomness."""

    lock_file: Path
    now: Callable[[], datetime] = utc_now
    random: Random = field(default_factory=SystemRandom)


class Bank:
    """The stories in `folder`. Reading writes nothing; whatever replaces or removes a text keeps the former one."""

    def __init__(self, folder: Path, *, history: History, surroundings: Surroundings) -> None:
        self.folder = folder
        self.stories_folder = folder / "stories"
        self._history = history
        self._surroundings = surroundings
        self._reader = FolderReader(self.stories_folder)

    # --- reading

    def stories(self) -> Listing:
        """Everything in the folder, stories sorted by title. A missing folder is an empty bank."""
        return self._reader.read()

    def get(self, wanted: str) -> StoredStory:
        """By slug, id, title, or a beginning no other story shares. Raises StoryNotFound or StoryFileError."""
        return find_story(self.stories(), wanted)

    def with_id(self, story_id: str) -> StoredStory | None:
        return next((stored for stored in self.stories().stories if stored.story.id == story_id), None)

    def revisions(self, stored: StoredStory) -> tuple[Revision, ...]:
        """Former texts, newest first."""
        return self._history.revisions(stored.story.id)

    def trashed(self) -> tuple[Trashed, ...]:
        """Deleted stories, newest first."""
        return self._history.trashed(self.folder)

    def new_id(self, random: Random) -> str:
        """Twelve hexadecimal digits."""
        return f"{random.getrandbits(48):012x}"

    # --- writing

    def save(self, story: Story, *, loaded: StoredStory | None) -> StoredStory:
        """Write the story: to a new file, or over the one it was `loaded` from if nobody else has changed that.

        A new story whose id a living one has gets another id. Raises SaveFailed, or TwoTexts (a StoryChangedElsewhere)
        after the author's text was written beside the other one.
        """
        data = encode_story(story)
        with self._locked():
            if loaded is None:
                return self._create(story, slug_of(story.title))
            return self._write_over(loaded.path, loaded.fingerprint, story, data)

    def delete(self, stored: StoredStory) -> Trashed:
        """Move the story to the trash. Raises SaveFailed; then it is where it was."""
        with self._locked():
            data = _read_to_change(stored.path)
            if data is not None and fingerprint(data) != stored.fingerprint:
                raise SaveFailed(
                    f"{stored.path.name} was changed by another program and is not deleted.",
                    "Look at it once more, then delete it.",
                )
            place = self._history.put_in_trash(data or encode_story(stored.story), stored.path, self.folder)
            remove_durably(stored.path)
        return next(trashed for trashed in self.trashed() if trashed.folder == place)

    def restore(self, trashed: Trashed) -> StoredStory:
        """Bring a story back from the trash, under another name and with another id if its own are in use.

        Raises SaveFailed or StoryFileError.
        """
        data = trashed.read()
        with self._locked():
            stored = self._create(read_story(data, name=trashed.path.name), trashed.path.stem, data)
            self._history.empty(trashed)
        return stored

    def bring_back(self, stored: StoredStory, revision: Revision) -> StoredStory:
        """Make a former text the current one, which becomes a revision. Raises as `save` does, or StoryFileError."""
        data = revision.read()
        story = read_story(data, name=revision.path.name)
        if story.id != stored.story.id:
            story = replace(story, id=stored.story.id)
            data = encode_story(story)
        with self._locked():
            return self._write_over(stored.path, stored.fingerprint, story, data)

    def settle(self, conflict: ConflictCopy, keep: Keep) -> StoredStory | None:
        """End a conflict: the story becomes the copy ("mine"), stays ("theirs"), or both live on as two stories.

        The text that isn't kept becomes a revision. Returns the story that lives on, of both the new one.
        Raises SaveFailed, StoryFileError, or StoryNotFound where the copy is gone.
        """
        with self._locked():
            data = _read_to_change(conflict.path)
            if data is None:
                raise StoryNotFound(f"{conflict.path.name} is no longer there.", "Nothing is left to settle.")
            stored = self._settled(read_story(data, name=conflict.path.name), conflict.path, data, keep)
            remove_durably(conflict.path)
        return stored

    def as_loaded(self, draft: Draft) -> StoredStory | None:
        """What to save a recovered draft against; None for a story that has no file yet.

        The story in it is never the draft's, even if the file is gone: what is compared with it counts as changed.
        """
        living = self.with_id(draft.story.id)
        if draft.path_of_story is None:
            return replace(living, fingerprint="") if living else None
        story = living.story if living else Story(draft.story.id, title="")
        return StoredStory(story, draft.path_of_story, draft.loaded_fingerprint)

    # --- under the lock

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else writes to this bank between comparing and replacing."""
        path = self._surroundings.lock_file
        try:
            lock = acquire(path, wait=LOCK_WAIT)
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            raise SaveFailed(
                f"The lock {path} can't be taken: {reason}.", "Check the permissions of its folder."
            ) from error
        if lock is None:
            raise SaveFailed("Another coach is writing to this bank.", "Nothing was changed; try again in a moment.")
        try:
            yield
        finally:
            lock.release()

    def _create(self, story: Story, slug: str, data: bytes | None = None) -> StoredStory:
        """A new file; `data` is its text if it is to be kept byte for byte."""
        if not story.id or self.with_id(story.id) is not None:
            story, data = replace(story, id=self.new_id(self._surroundings.random)), None
        content = data or encode_story(story)
        files = (self.stories_folder / f"{name}{STORY_SUFFIX}" for name in numbered(slug))
        path = next(file for file in files if create_durably(file, content, check=_reads_as(story)))
        return StoredStory(story, path, fingerprint(content))

    def _write_over(self, path: Path, expected: str, story: Story, data: bytes) -> StoredStory:
        """Replace the file if it still is the expected one; one that vanished is written again."""
        current = _read_to_change(path)
        if current is not None and current != data:
            if fingerprint(current) != expected:
                raise TwoTexts(path, self._keep_beside(path, story, data))
            self._history.keep(story.id, current)
        if current != data:
            write_durably(path, data, check=_reads_as(story))
        return StoredStory(story, path, fingerprint(data))

    def _keep_beside(self, path: Path, story: Story, data: bytes) -> Path:
        copies = map(path.with_name, conflict_names(path.stem, self._surroundings.now()))
        return next(copy for copy in copies if create_durably(copy, data, check=_reads_as(story)))

    def _settled(self, mine: Story, copy: Path, data: bytes, keep: Keep) -> StoredStory | None:
        if keep == "both":
            return self._create(mine, slug_of(mine.title), data)
        living = self.with_id(mine.id)
        path = living.path if living else copy.with_name(f"{slug_in_conflict(copy.name)}{STORY_SUFFIX}")
        if keep == "mine":
            return self._write_over(path, fingerprint(_read_to_change(path) or b""), mine, data)
        if living is None:
            # Nobody looks for revisions of a story that isn't there; the trash is where people look.
            self._history.put_in_trash(data, path, self.folder)
        else:
            self._history.keep(mine.id, data)
        return living


def open_bank(folder: Path, *, now: Callable[[], datetime] = utc_now, random: Random | None = None) -> Bank:
    """The bank in this folder, with its history in the state folder. Creates nothing."""
    state = paths.state_folder()
    lock_file = state / "locks" / f"{folder_key(folder)}.lock"
    surroundings = Surroundings(lock_file, now, random or SystemRandom())
    return Bank(folder.absolute(), history=History(state, now), surroundings=surroundings)


def _read_to_change(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except StoryFileError as error:
        raise SaveFailed(error.sentence, error.hint) from error


def _reads_as(story: Story) -> Callable[[bytes], None]:
    """The last gate before a file is replaced: what was written has to read back as this story."""

    def check(written: bytes) -> None:
        if not is_same_story(read_story(written, name="the new text"), story):
            raise SaveFailed(f"“{story.title}” would not read back as it was written.", "The former file is untouched.")

    return check


__all__ = [
    "Bank",
    "ConflictCopy",
    "Keep",
    "Listing",
    "Revision",
    "StoredStory",
    "Surroundings",
    "Trashed",
    "UnreadableFile",
    "open_bank",
]
