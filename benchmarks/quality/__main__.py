"""How well stories and questions are matched: `make eval`.

Usage: python -m benchmarks.quality [--published DIR] [FILE.jsonl …]

Measures on the texts of `training/` that are never fitted and, where DIR holds stories.jsonl and questions.jsonl, on those:
rows {"text", "labels": [slug, …], "source"}. FILEs of such rows (with an optional "kind") are measured in place of both.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.quality import figures
from benchmarks.quality.gold import Gold, left_out, published
from benchmarks.quality.learning import before_and_after
from benchmarks.quality.variants import variants
from benchmarks.quality.ways import (
    ByReader,
    Way,
    always_the_same_order,
    by_centroids,
    by_descriptions,
    by_head,
)
from coach import paths
from coach.fitting.plan import load_plan
from coach.fitting.texts import LabelledText, load_texts
from coach.matching.encoder import Encoder, EncoderProcess
from coach.matching.match import Match
from coach.matching.opening import open_reader
from coach.matching.reader import Reader
from coach.matching.thresholds import load_neutral_sentences
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.loading import load_shipped
from coach.principles.principle import PrincipleSet
from coach.principles.shipped import DEFAULT_SET, WIDEST_SET

TEXTS = Path(__file__).parent.parent.parent / "training"
MOST_CONFUSED = 12


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description="How well texts are matched.")
    parser.add_argument("--published", type=Path, default=None, help="a folder with stories.jsonl and questions.jsonl")
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args(arguments)
    principle_set = load_shipped(DEFAULT_SET)
    plan, texts = load_plan(TEXTS), load_texts(TEXTS)
    unseen = [text for text in texts if text.file in plan.left_out]
    with EncoderProcess() as process:
        encoder = CachedEncoder(process, VectorCache(paths.cache_folder() / "vectors.sqlite"))
        ours = ByReader("coach", open_reader(principle_set, encoder))
        if options.files:
            _compare([ours], {file.stem: published(file) for file in options.files})
            return
        seen = [text for text in texts if text.file not in plan.left_out]
        ways = [*_others(principle_set, encoder, seen), ours]
        _compare(ways, _corpora(unseen, principle_set, options.published))
        _levels(ours, unseen)
        _learning(principle_set, encoder, left_out(unseen, "story", principle_set.slugs))
        _invariances(ours, left_out(unseen, "story", principle_set.slugs))


def _others(principle_set: PrincipleSet, encoder: Encoder, seen: list[LabelledText]) -> Iterator[Way]:
    yield always_the_same_order(principle_set)
    yield by_descriptions(principle_set, encoder)
    yield by_centroids(principle_set, encoder)
    yield ByReader("directions from signals (own sets)", Reader(principle_set, encoder))
    _tell("fitting a head on fixed vectors, some minutes the first time …")
    yield by_head(seen, principle_set, load_shipped(WIDEST_SET), encoder, load_plan(TEXTS))


def _corpora(unseen: list[LabelledText], principle_set: PrincipleSet, folder: Path | None) -> dict[str, list[Gold]]:
    """What is there of the four: our left-out texts, and published ones."""
    found = {
        "our stories, left out": left_out(unseen, "story", principle_set.slugs),
        "our questions, left out": left_out(unseen, "question", principle_set.slugs),
    }
    for kind, file in (("story", "stories.jsonl"), ("question", "questions.jsonl")):
        if folder and (folder / file).exists():
            found[f"published {file.partition('.')[0]}"] = published(
                folder / file, "story" if kind == "story" else "question"
            )
    return {name: rows for name, rows in found.items() if rows}


def _compare(ways: Sequence[Way], corpora: dict[str, list[Gold]]) -> None:
    for name, texts in corpora.items():
        print(f"\n{name}")
        said = []
        for way in ways:
            said = way.read(texts)
            print(f"  {way.name:36s}{figures.agreement(texts, said)}", flush=True)
        _expert(texts)
        amount, right = figures.strong_precision(texts, said)
        print(f"  of coach: strong {amount:.2f} a text, right in {right:.3f}  {figures.with_expert(texts, said)}")
        _confused(texts, said)


def _expert(texts: Sequence[Gold]) -> None:
    read = [text for text in texts if text.reading]
    if read:
        first = sum(text.reading.top3[0] in text.labels for text in read if text.reading) / len(read)
        among = sum(text.labels[0] in text.reading.top3 for text in read if text.reading) / len(read)
        print(f"  {'an expert, reading once':36s}n={len(read):4d}  first {first:.3f}  among three {among:.3f}")


def _confused(texts: Sequence[Gold], said: figures.Said) -> None:
    print("  most often mistaken, label > said: ", end="")
    print("; ".join(f"{a} > {b} {n}" for (a, b), n in figures.confusions(texts, said).most_common(MOST_CONFUSED)))
    shares = figures.shown_against_true(texts, said)
    print("  first / true: " + ", ".join(f"{slug} {shown}/{true}" for slug, (shown, true) in shares.items()))


def _levels(ours: Way, unseen: list[LabelledText]) -> None:
    """What must show nothing: read as a story, each text's label is the principle it seems to be about."""
    print("\nstrong matches where there should be none, on our left-out texts")
    groups = {
        "stories that show nothing": [text for text in unseen if text.kind == "story" and not text.labels],
        "neutral sentences": [text for text in unseen if text.kind == "neutral"],
        "contradictions": [text for text in unseen if text.kind == "contradiction"],
    }
    for what, texts in groups.items():
        rows = [Gold(text.text, "story", (text.primary,), text.file) for text in texts]
        if rows:
            said = ours.read(rows)
            amount, own = figures.strong_share(said), figures.strong_for_label(rows, said)
            print(f"  {what:36s}n={len(rows):4d}  any {amount:.3f}  the principle in question {own:.3f}")


def _learning(principle_set: PrincipleSet, encoder: Encoder, stories: Sequence[Gold]) -> None:
    print("\nevery second left-out story judged by its author: the others before and after")
    readers = {"coach": open_reader(principle_set, encoder), "as a set of one's own": Reader(principle_set, encoder)}
    for name, reader in readers.items():
        for when, said in zip(("before", "after"), before_and_after(reader, stories), strict=True):
            print(f"  {name:24s}{when:8s}{said}")


def _invariances(ours: Way, stories: Sequence[Gold]) -> None:
    print("\nstories whose strong matches stay the same")
    before = [_strong(matches) for matches in ours.read(stories)]
    for name, variant in variants(load_neutral_sentences()).items():
        random = Random(1)
        told = [Gold(variant(story.text, random), "story", story.labels, story.author) for story in stories]
        after = [_strong(matches) for matches in ours.read(told)]
        same = sum(a == b for a, b in zip(before, after, strict=True)) / len(stories)
        print(f"  {name:36s}n={len(stories):4d}  {same:.3f}")


def _strong(matches: Sequence[Match]) -> frozenset[str]:
    return frozenset(match.slug for match in matches if match.level == "strong")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
