"""The learning curve: `python -m training.curve [--published DIR]` fits growing parts of the texts and draws how right each is.

The views are fitted on the encoder as it was published, without an adapter, so that a point takes minutes: the curve says what
more texts bring the views, not what they bring the adapter. Prints the figures and writes learning-curve.svg beside this file.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.quality.figures import agreement
from benchmarks.quality.gold import Gold, left_out, published
from coach import paths
from coach.fitting.fit import fit_views, sentences
from coach.fitting.plan import load_plan
from coach.fitting.save import save_fitted
from coach.fitting.texts import load_texts
from coach.matching.encoder import Encoder, EncoderProcess, Vectors
from coach.matching.fitted import load_fitted
from coach.matching.reader import Reader
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.loading import load_shipped
from coach.principles.shipped import DEFAULT_SET, WIDEST_SET
from training.__main__ import drawn
from training.drawing import Line, draw

FOLDER = Path(__file__).parent
SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)


@dataclass(frozen=True)
class Point:
    """So many stories fitted, and how right the first principle and the first three were, corpus by corpus."""

    stories: int
    figures: Mapping[str, tuple[float, float]]


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m training.curve", description="Draw the learning curve.")
    parser.add_argument("--published", type=Path, default=None, help="a folder with stories.jsonl and questions.jsonl")
    options = parser.parse_args(arguments)
    with EncoderProcess() as process:
        encoder = CachedEncoder(process, VectorCache(paths.cache_folder() / "vectors.sqlite"))
        corpora = _corpora(options.published)
        points = [_point(share, encoder, corpora) for share in SHARES]
    lines = [_line(name, place, points) for name in corpora for place in (0, 1)]
    (FOLDER / "learning-curve.svg").write_text(draw(lines, "stories fitted", "share that is right"), encoding="utf-8")


def _corpora(folder: Path | None) -> dict[str, list[Gold]]:
    plan, slugs = load_plan(FOLDER), load_shipped(DEFAULT_SET).slugs
    unseen = [text for text in load_texts(FOLDER) if text.file in plan.left_out]
    found = {"ours, left out": left_out(unseen, "story", slugs)}
    if folder and (folder / "stories.jsonl").exists():
        found["published"] = published(folder / "stories.jsonl", "story")
    return found


def _point(share: float, encoder: Encoder, corpora: Mapping[str, Sequence[Gold]]) -> Point:
    plan, principle_set = load_plan(FOLDER), load_shipped(WIDEST_SET)
    texts = [text for text in load_texts(FOLDER) if text.file not in plan.left_out and drawn(text, share)]
    wanted = sentences(texts, principle_set)
    known: dict[str, Vectors] = dict(zip(wanted, encoder.encode(wanted), strict=True))
    arrays = fit_views(texts, principle_set, known, plan, lambda _: None)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "views.npz"
        save_fitted(file, arrays, plan.mixture, principle_set.slugs, encoder.name, {})
        reader = Reader(load_shipped(DEFAULT_SET), encoder, load_fitted(file))
    figures = {}
    for name, rows in corpora.items():
        said = agreement(rows, [reader.read({"": row.text}) for row in rows])
        figures[name] = (said.first, said.among)
    stories = sum(text.kind == "story" for text in texts)
    print(stories, {name: tuple(round(x, 3) for x in pair) for name, pair in figures.items()}, flush=True)
    return Point(stories, figures)


def _line(name: str, place: int, points: Sequence[Point]) -> Line:
    label = f"{name}: {('first is right', 'main one among three')[place]}"
    return Line(label, [(point.stories, point.figures[name][place]) for point in points])


if __name__ == "__main__":
    main(sys.argv[1:])
