"""How well stories and questions are matched: `make eval`.

Usage: python -m benchmarks.quality [FILE.jsonl …]

Rows are {"text", "labels": [slug, …]} or {"text", "primary", "also"}, with an optional "kind" (story, question). Without
files it measures on the project's own texts in `training/`, on which nothing is fitted.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach import paths
from coach.matching.encoder import Encoder, EncoderProcess
from coach.matching.kinds import guess_kind
from coach.matching.match import Match
from coach.matching.reader import Kind, Reader
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.principle import PrincipleSet
from coach.principles.sets import find_set

TEXTS = Path(__file__).parent.parent / "training"


@dataclass(frozen=True)
class Labelled:
    """A text with the principles it shows, the main one first."""

    text: str
    kind: Kind
    labels: tuple[str, ...]


def main(files: Sequence[str]) -> None:
    principle_set = find_set("amazon-14", bank_folder=None)
    with EncoderProcess() as process:
        encoder = CachedEncoder(process, VectorCache(paths.cache_folder() / "vectors.sqlite"))
        everything: list[Labelled] = []
        for path in [Path(file) for file in files] or sorted(TEXTS.glob("*.jsonl")):
            rows = labelled_rows(path, principle_set)
            report(path.stem, rows, principle_set, encoder)
            everything += rows
        report("all", everything, principle_set, encoder)


def labelled_rows(path: Path, principle_set: PrincipleSet) -> list[Labelled]:
    """The rows with labels; a question that the set itself holds would be no test of it."""
    known = {question.text for question in principle_set.questions()}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    found = [_labelled(row) for row in rows if row.get("kind") in (None, "story", "question")]
    return [row for row in found if row.text not in known and set(row.labels) <= set(principle_set.slugs)]


def _labelled(row: dict[str, Any]) -> Labelled:
    labels = row.get("labels") or [row["primary"], *row.get("also", [])]
    kind = "question" if row.get("kind") == "question" else "story" if "kind" in row else guess_kind(row["text"])
    return Labelled(row["text"], kind, tuple(labels))


def report(name: str, rows: Iterable[Labelled], principle_set: PrincipleSet, encoder: Encoder) -> None:
    reader = Reader(principle_set, encoder)
    by_kind: dict[Kind, list[tuple[Labelled, tuple[Match, ...]]]] = {"story": [], "question": []}
    for row in rows:
        by_kind[row.kind].append((row, reader.read({"": row.text}, row.kind)))
    for kind, results in by_kind.items():
        if results:
            print(f"{name:34s} {kind:9s}" + figures(results))


def figures(results: Sequence[tuple[Labelled, tuple[Match, ...]]]) -> str:
    """First is right, main label among three, how many are marked strong and how often that is right."""
    count = len(results)
    first = sum(matches[0].slug in row.labels for row, matches in results) / count
    among = sum(row.labels[0] in [match.slug for match in matches[:3]] for row, matches in results) / count
    strong = [match.slug in row.labels for row, matches in results for match in matches if match.level == "strong"]
    precision = sum(strong) / len(strong) if strong else float("nan")
    return f"n={count:4d}  top1 {first:.3f}  top3 {among:.3f}  strong {len(strong) / count:.2f} a text, right {precision:.3f}"


if __name__ == "__main__":
    main(sys.argv[1:])
