"""What the app has open: the bank, the principle set, and what has been read so far. No widgets in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coach.bank.bank import Bank
from coach.bank.drafts import Drafts
from coach.bank.stored import Listing, StoredStory
from coach.bank.story import Story
from coach.coverage.matrix import Coverage, coverage_of
from coach.errors import CoachError
from coach.matching.learning import judged_in
from coach.matching.match import Match
from coach.matching.opening import open_reader
from coach.matching.reader import Reader
from coach.principles.principle import PrincipleSet
from coach.principles.sets import find_set
from coach.settings import Settings, save_settings
from coach.tui.encoder import AppEncoder

Matches = tuple[Match, ...]


def parts_of(story: Story) -> dict[str, str]:
    return dict(story.sections())


@dataclass
class Workspace:
    """Everything the screens ask about. Lives in the app's own thread; only `read` may be called from others.

    Attributes:
        reader_problem: why texts can't be read at present, or None.
        readings: by story id, the matches of the text as it is on disk.
    """

    bank: Bank
    drafts: Drafts
    encoder: AppEncoder
    principle_set: PrincipleSet
    settings_file: Path
    settings: Settings = field(default_factory=Settings)
    reader_problem: CoachError | None = None
    readings: dict[str, Matches] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._parts_read: dict[str, dict[str, str]] = {}
        self._outdated: set[str] = set()
        self.reader = open_reader(self.principle_set, self.encoder)
        self.listing: Listing = self.bank.stories()
        self.reader.learn(judged_in(self.stories))

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(stored.story for stored in self.listing.stories)

    def reload(self) -> None:
        """Look at the folder again; what was read of a text that has changed no longer counts."""
        self.listing = self.bank.stories()
        self._learn()
        present = {story.id: parts_of(story) for story in self.stories}
        for story_id, parts in list(self._parts_read.items()):
            if present.get(story_id) != parts:
                self.readings.pop(story_id, None)
                self._parts_read.pop(story_id)

    def _learn(self) -> None:
        """What the author has said corrects all other stories: they are read again, and shown as before until then."""
        if self.reader.learn(judged_in(self.stories)):
            self._outdated = set(self.readings)

    def stored(self, story_id: str) -> StoredStory | None:
        return next((stored for stored in self.listing.stories if stored.story.id == story_id), None)

    def unread(self) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.id not in self.readings or story.id in self._outdated)

    def take_reading(self, story_id: str, parts: Mapping[str, str], matches: Matches) -> None:
        self.readings[story_id] = matches
        self._outdated.discard(story_id)
        self._parts_read[story_id] = dict(parts)

    def coverage(self) -> Coverage:
        return coverage_of(self.principle_set, self.stories, self.readings)

    def switch_set(self, wanted: str) -> None:
        """Raises PrincipleSetError; then the former set stays."""
        self.principle_set = find_set(wanted, bank_folder=self.bank.folder)
        self.reader = open_reader(self.principle_set, self.encoder)
        self.reader.learn(judged_in(self.stories))
        self.readings.clear()
        self._outdated.clear()
        self._parts_read.clear()
        self._remember(self.settings.with_principle_set(self.bank.folder, wanted))

    def remember_theme(self, name: str) -> None:
        self._remember(replace(self.settings, theme=name))

    def _remember(self, settings: Settings) -> None:
        """Keep the user's choice. Raises SaveFailed; the choice holds for this run all the same."""
        self.settings = settings
        save_settings(self.settings_file, settings)


def read_all(
    reader: Reader,
    stories: Sequence[Story],
    taken: Callable[[Story, Matches], None],
    stopped: Callable[[], bool],
) -> None:
    """Read stories, handing each over as it is done. Raises EncoderUnavailable."""
    readings = reader.read_many([(story.id, parts_of(story)) for story in stories])
    for story, matches in zip(stories, readings, strict=True):
        if stopped():
            return
        taken(story, matches)
