"""Read the whole bank in one go: for commands."""

from collections.abc import Callable
from dataclasses import dataclass

from coach.bank.bank import Listing
from coach.bank.story import Story
from coach.coverage.matrix import Coverage, coverage_of
from coach.errors import EncoderUnavailable
from coach.matching.learning import judged_in
from coach.matching.match import Match
from coach.matching.reader import Reader


@dataclass(frozen=True)
class Survey:
    """`problem` says why the stories could not be read; then coverage rests on the author's word alone."""

    listing: Listing
    coverage: Coverage
    problem: EncoderUnavailable | None = None


def survey(listing: Listing, reader: Reader, progress: Callable[[int, int], None] | None = None) -> Survey:
    """`progress` is told how many stories of how many have been read."""
    stories = [stored.story for stored in listing.stories]
    readings: dict[str, tuple[Match, ...]] = {}
    problem = None
    reader.learn(judged_in(stories))
    try:
        found = reader.read_many([(story.id, dict(story.sections())) for story in stories])
        for done, (story, matches) in enumerate(zip(stories, found, strict=True), 1):
            readings[story.id] = matches
            if progress:
                progress(done, len(stories))
    except EncoderUnavailable as error:
        problem = error
    return Survey(listing, coverage_of(reader.principle_set, stories, readings), problem)


def read_story(reader: Reader, story: Story) -> tuple[Match, ...]:
    """Raises EncoderUnavailable."""
    return reader.read(dict(story.sections()), story_id=story.id)
