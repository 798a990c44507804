"""What happened, told to the whole app."""

from dataclasses import dataclass

from textual.message import Message

from coach.bank.story import Story
from coach.errors import CoachError
from coach.matching.match import Match
from coach.matching.reader import Reader


@dataclass
class StoryRead(Message):
    """A stored story has been matched by this reader; `done` of `total` in this run."""

    reader: Reader
    story: Story
    matches: tuple[Match, ...]
    done: int
    total: int


@dataclass
class ReadingFailed(Message):
    """The reader can't be used; the rest of the app goes on without fresh matches."""

    error: CoachError


@dataclass
class EncoderStateChanged(Message):
    """The encoder's process is off, starting, ready or failed."""

    state: str
