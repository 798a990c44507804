"""Fresh stories through the reader, against the bare encoder on the same windows in one batch.

Runs in a process of its own (`python -m benchmarks.reading` prints JSON), since the bare encoder freezes its interpreter.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import count, cycle, islice
from typing import Any

from benchmarks.machine import Machine, new_machine
from benchmarks.rivals import Rivals, run_in_turn
from benchmarks.table import Row
from coach.matching.encoder import EncoderProcess
from coach.matching.reader import Reader, windows_of
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.matching.weights import find_weights
from coach.matching.windows import normalised
from coach.principles.sets import find_set

WORDS = 250
STORIES = 100
Parts = dict[str, str]


def measure() -> list[Row]:
    with new_machine() as machine:
        found = json.loads(machine.run([sys.executable, "-m", "benchmarks.reading"]))
    against = "the bare encoder, the same sentences in one batch"
    return [
        _row(f"Reading a fresh story of {WORDS} words", against, found["one"]),
        _row(f"Reading {STORIES} fresh stories, one after the other", against, found["many"]),
    ]


def _row(what: str, against: str, times: dict[str, list[float]]) -> Row:
    rivals = Rivals(tuple(times["ours"]), tuple(times["theirs"]))
    return Row(what, f"{rivals.ratio:.2f} x", against, rivals.absolute)


class Texts:
    """Stories nobody has read: a number in each sentence makes it new, and no longer than the next one."""

    def __init__(self, machine: Machine) -> None:
        stories = [stored.story for stored in machine.bank().stories().stories]
        self._originals = [_shortened(dict(story.sections())) for story in stories]
        self._numbers = count(1000)

    def fresh(self, amount: int) -> list[Parts]:
        return [self._renewed(parts) for parts in islice(cycle(self._originals), amount)]

    def _renewed(self, parts: Parts) -> Parts:
        renewed: dict[str, list[str]] = {}
        for window in windows_of(parts):
            renewed.setdefault(window.part, []).append(f"No {next(self._numbers)} {window.text}")
        return {part: "\n".join(sentences) for part, sentences in renewed.items()}


def _shortened(parts: Parts) -> Parts:
    """Its first sentences, up to WORDS words."""
    kept: dict[str, list[str]] = {}
    words = 0
    for window in windows_of(parts):
        words += len(window.text.split())
        if words > WORDS:
            break
        kept.setdefault(window.part, []).append(window.text)
    return {part: "\n".join(sentences) for part, sentences in kept.items()}


def compare(machine: Machine, model: Any, process: EncoderProcess) -> dict[str, Any]:
    reader = Reader(find_set("amazon-14", bank_folder=None), CachedEncoder(process, VectorCache(machine.cache)))
    texts = Texts(machine)
    reader.read(texts.fresh(1)[0])
    return {
        "one": asdict(_pairs(reader, model, texts, 1, 15)),
        "many": asdict(_pairs(reader, model, texts, STORIES, 3)),
    }


def _pairs(reader: Reader, model: Any, texts: Texts, amount: int, pairs: int) -> Rivals:
    """Each pair gets the same new stories: made beforehand, outside the timing."""
    stories = [texts.fresh(amount) for _ in range(pairs + 1)]
    ours, theirs = iter(stories), iter([_windows(some) for some in stories])
    return run_in_turn(
        lambda: [reader.read(parts) for parts in next(ours)],
        lambda: model.encode(next(theirs), batch_size=32, normalize_embeddings=True, show_progress_bar=False),
        pairs,
    )


def _windows(stories: Sequence[Parts]) -> list[str]:
    return [normalised(window.text) for parts in stories for window in windows_of(parts)]


def main() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_weights()), device="cpu", local_files_only=True)
    with new_machine() as machine, EncoderProcess() as process:
        print(json.dumps(compare(machine, model, process)))


if __name__ == "__main__":
    main()
