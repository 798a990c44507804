"""How often `coach ask` finds the story a reader would tell: on the sample bank, with the real encoder.

Usage: python -m benchmarks.answers [--all]

The judgements stand in tests/data/answers.toml. Twice: as the bank is, with what its authors confirmed, and with that taken
away, as if nobody had looked at a match yet. `--all` also lists the questions whose best story is not among the first two.
"""

import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach import paths
from coach.bank.bank import open_bank
from coach.bank.stored import Listing
from coach.coverage.answers import asked_principles, rank_answers
from coach.coverage.survey import survey
from coach.matching.encoder import EncoderProcess
from coach.matching.opening import open_reader
from coach.matching.reader import Reader
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.sets import DEFAULT_SET, find_set

JUDGEMENTS = Path(__file__).parent.parent / "tests" / "data" / "answers.toml"
FIRST = 2
"""Places looked at: people read the first two before they decide."""


@dataclass(frozen=True)
class Judgement:
    """A question and the slugs of the stories that answer it best."""

    question: str
    best: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What `coach ask` made of it: slugs, the best answer first."""

    judgement: Judgement
    ranking: tuple[str, ...]

    @property
    def place(self) -> int:
        """Of the first story that a reader would tell; 1 is best."""
        return min(self.ranking.index(slug) for slug in self.judgement.best) + 1


def main(arguments: Sequence[str]) -> None:
    judgements = load_judgements(JUDGEMENTS)
    listing = open_bank(paths.packaged("stories").parent).stories()
    with EncoderProcess() as process:
        encoder = CachedEncoder(process, VectorCache(paths.cache_folder() / "vectors.sqlite"))
        reader = open_reader(find_set(DEFAULT_SET, bank_folder=None), encoder)
        for name, stories in {
            "confirmed by the author": listing,
            "by matches alone": without_judgement(listing),
        }.items():
            report(name, outcomes(judgements, stories, reader), "--all" in arguments)


def load_judgements(path: Path) -> list[Judgement]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["answers"]
    return [Judgement(row["question"], tuple(row["best"])) for row in rows]


def without_judgement(listing: Listing) -> Listing:
    """The same stories, of which nobody has confirmed or rejected anything."""
    stories = (replace(stored, story=replace(stored.story, confirmed=(), rejected=())) for stored in listing.stories)
    return replace(listing, stories=tuple(stories))


def outcomes(judgements: Sequence[Judgement], listing: Listing, reader: Reader) -> list[Outcome]:
    slugs = {stored.story.id: stored.slug for stored in listing.stories}
    coverage = survey(listing, reader).coverage
    found = []
    for judgement in judgements:
        matches = reader.read({"": judgement.question}, "question")
        asked = asked_principles(judgement.question, reader.principle_set, matches)
        ranking = tuple(slugs[answer.story_id] for answer in rank_answers(coverage, asked))
        found.append(Outcome(judgement, ranking))
    return found


def report(name: str, found: Sequence[Outcome], with_misses: bool) -> None:
    first, among = (sum(outcome.place <= limit for outcome in found) / len(found) for limit in (1, FIRST))
    print(f"{name:24s} n={len(found)}  first {first:.2f}  among the first {FIRST} {among:.2f}")
    for outcome in found if with_misses else ():
        if outcome.place > FIRST:
            wanted, got = " or ".join(outcome.judgement.best), ", ".join(outcome.ranking[:FIRST])
            print(f"    place {outcome.place:2d}: {outcome.judgement.question}\n        {wanted}; not {got}")


if __name__ == "__main__":
    main(sys.argv[1:])
