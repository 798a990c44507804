"""What a person waits for on a new machine: `coach coverage` with nothing cached, and where the time goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.machine import Machine, new_machine
from benchmarks.rivals import duration, seconds
from benchmarks.table import Row
from coach.coverage.survey import survey
from coach.matching.encoder import PLAIN, EncoderProcess, Progress, Vectors
from coach.matching.opening import open_reader
from coach.matching.reader import windows_of
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.matching.windows import normalised
from coach.principles.sets import find_set


@dataclass
class Spent:
    """Texts encoded and the seconds that took."""

    texts: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.texts} sentences {duration(self.seconds)}"


class TimedEncoder:
    """The real one; tells sentences of stories from the set's own, and the encoder's start from both."""

    name = EncoderProcess.name
    dimensions = EncoderProcess.dimensions

    def __init__(self, process: EncoderProcess, of_stories: frozenset[str]) -> None:
        self._process = process
        self._of_stories = of_stories
        self._started = 0.0
        self.start = 0.0
        self.stories = Spent()
        self.own = Spent()
        process.on_state = self._note

    def encode(self, texts: Sequence[str], progress: Progress | None = None, adapter: str = PLAIN) -> Vectors:
        begin, start_before = perf_counter(), self.start
        vectors = self._process.encode(texts, progress, adapter)
        spent = self.stories if self._of_stories.issuperset(texts) else self.own
        spent.texts += len(texts)
        spent.seconds += perf_counter() - begin - (self.start - start_before)
        return vectors

    def _note(self, state: str) -> None:
        if state == "starting":
            self._started = perf_counter()
        elif state == "ready":
            self.start += perf_counter() - self._started


def measure() -> list[Row]:
    with new_machine() as machine:
        first = seconds(lambda: machine.run(machine.coach("coverage")))
        second = seconds(lambda: machine.run(machine.coach("coverage")))
    with new_machine() as machine:
        parts = split(machine)
    return [
        Row(
            "First `coach coverage` on a new machine, ten stories",
            f"{first / second:.0f} x",
            "the same command the second time",
            f"{duration(first)} against {duration(second)}; the parts, in a run of their own: {parts}",
        )
    ]


def split(machine: Machine) -> str:
    listing = machine.bank().stories()
    windows = (window for stored in listing.stories for window in windows_of(dict(stored.story.sections())))
    with EncoderProcess() as process:
        encoder = TimedEncoder(process, frozenset(normalised(window.text) for window in windows))
        cached = CachedEncoder(encoder, VectorCache(machine.cache))
        survey(listing, open_reader(find_set("amazon-14", bank_folder=None), cached))
    return f"the encoder starts {duration(encoder.start)}, the set's {encoder.own}, the stories' {encoder.stories}"
