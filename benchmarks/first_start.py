"""What a person waits for on a new machine: `coach coverage` with nothing cached, and where the time goes."""

from collections.abc import Sequence
from time import perf_counter

from benchmarks.machine import Machine, new_machine
from benchmarks.rivals import duration, seconds
from benchmarks.table import Row
from coach.coverage.survey import survey
from coach.matching.encoder import EncoderProcess, Progress, Vectors
from coach.matching.reader import Reader
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.sets import find_set


class TimedEncoder:
    """The real one; notes how many texts it was given at a time and for how long, its start apart."""

    name = EncoderProcess.name

    def __init__(self, process: EncoderProcess) -> None:
        self._process = process
        self._started = 0.0
        self.start = 0.0
        self.calls: list[tuple[int, float]] = []
        process.on_state = self._note

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        begin, start_before = perf_counter(), self.start
        vectors = self._process.encode(texts, progress)
        self.calls.append((len(texts), perf_counter() - begin - (self.start - start_before)))
        return vectors

    def _note(self, state: str) -> None:
        if state == "starting":
            self._started = perf_counter()
        elif state == "ready":
            self.start += perf_counter() - self._started


def measure() -> list[Row]:
    with new_machine() as machine:
        whole = seconds(lambda: machine.run(machine.coach("coverage")))
        warm = seconds(lambda: machine.run(machine.coach("coverage")))
    with new_machine() as machine:
        parts = split(machine)
    return [
        Row(
            "First `coach coverage` on a new machine, ten stories",
            f"{whole / warm:.0f} x",
            "the same command the second time",
            f"{duration(whole)} against {duration(warm)}; apart: {parts}",
        )
    ]


def split(machine: Machine) -> str:
    """The largest call is the set's own sentences; all others are stories."""
    with EncoderProcess() as process:
        encoder = TimedEncoder(process)
        reader = Reader(find_set("amazon-14", bank_folder=None), CachedEncoder(encoder, VectorCache(machine.cache)))
        survey(machine.bank().stories(), reader)
    own = max(encoder.calls)
    stories = [call for call in encoder.calls if call is not own]
    return (
        f"encoder starts {duration(encoder.start)}, {own[0]} sentences of the set {duration(own[1])}, "
        f"{sum(amount for amount, _ in stories)} sentences of the stories {duration(sum(time for _, time in stories))}"
    )
