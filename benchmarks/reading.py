"""Fresh stories through the reader, against the bare encoder on the same windows in one batch.

Runs in a process of its own (`python -m benchmarks.reading` prints JSON), since the bare encoder freezes its interpreter.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.machine import Machine, new_machine
from benchmarks.rivals import Rivals, run_in_turn
from benchmarks.table import Row
from benchmarks.texts import WORDS, Parts, Texts
from coach.matching.encoder import EncoderProcess
from coach.matching.encoder_child import OFFLINE, ONE_THREAD
from coach.matching.opening import open_reader
from coach.matching.reader import Reader, windows_of
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.matching.weights import find_weights
from coach.matching.windows import normalised
from coach.principles.sets import find_set

STORIES = 100


def measure() -> list[Row]:
    with new_machine() as machine:
        found = json.loads(machine.run([sys.executable, "-m", "benchmarks.reading"]))
    against = "the bare encoder, the same sentences in one batch"
    return [
        _row(f"Reading a fresh story of {WORDS} words, to levels and evidence", against, found["one"], 1.5),
        _row(f"Reading {STORIES} fresh stories", against, found["many"], 1.3),
    ]


def _row(what: str, against: str, times: dict[str, list[float]], promised: float) -> Row:
    rivals = Rivals(tuple(times["ours"]), tuple(times["theirs"]))
    kept = rivals.ratio <= promised
    return Row(what, f"{rivals.ratio:.2f} x", against, rivals.absolute, f"at most {promised} x", kept)


def compare(machine: Machine, model: Any, process: EncoderProcess) -> dict[str, Any]:
    reader = open_reader(find_set("amazon-14", bank_folder=None), CachedEncoder(process, VectorCache(machine.cache)))
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
        lambda: list(reader.read_many([("", parts) for parts in next(ours)])),
        lambda: model.encode(next(theirs), batch_size=32, normalize_embeddings=True, show_progress_bar=False),
        pairs,
    )


def _windows(stories: Sequence[Parts]) -> list[str]:
    return [normalised(window.text) for parts in stories for window in windows_of(parts)]


def main() -> None:
    """The bare encoder gets the threads the reader's has: what the reader adds is measured, not what threads bring."""
    os.environ.update(OFFLINE | ONE_THREAD)
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_weights()), device="cpu", local_files_only=True)
    with new_machine() as machine, EncoderProcess() as process:
        print(json.dumps(compare(machine, model, process)))


if __name__ == "__main__":
    main()
