"""What lies in a bank's folder, as values."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.bank.story import Story
from coach.errors import StoryChangedElsewhere


@dataclass(frozen=True)
class StoredStory:
    """A story and the file it was loaded from; `fingerprint` is the sha256 of that file as loaded."""

    story: Story
    path: Path
    fingerprint: str

    @property
    def slug(self) -> str:
        return self.path.stem


@dataclass(frozen=True)
class UnreadableFile:
    """A file that can't be read as a story: one sentence why, and what to do."""

    path: Path
    reason: str
    hint: str


@dataclass(frozen=True)
class ConflictCopy:
    """The second text of a story whose file was changed by another program between loading and saving."""

    path: Path
    story: Story

    @property
    def story_id(self) -> str:
        """The story it belongs to."""
        return self.story.id


@dataclass(frozen=True)
class Listing:
    """Everything in the folder, each part in a stable order."""

    stories: tuple[StoredStory, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    conflicts: tuple[ConflictCopy, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A story as it was typed.

    Attributes:
        path_of_story: the file it was loaded from, None for a new story.
        loaded_fingerprint: sha256 of that file as it was loaded, or empty.
        at: when it was kept, in local time.
    """

    story: Story
    path_of_story: Path | None
    loaded_fingerprint: str
    at: datetime


class TwoTexts(StoryChangedElsewhere):
    """Both texts are kept: `path` is the story's file as the other program left it, `mine` holds the author's text."""

    def __init__(self, path: Path, mine: Path) -> None:
        super().__init__(
            f"{path.name} was changed by another program while you wrote; both texts are kept.",
            f"Yours is in “{mine.name}” beside it, in {mine.parent}.",
        )
        self.path = path
        self.mine = mine
