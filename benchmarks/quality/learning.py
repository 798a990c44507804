"""What an author's judgements on half of their stories do to the other half."""

from collections.abc import Sequence

from benchmarks.quality.figures import Agreement, agreement
from benchmarks.quality.gold import Gold
from coach.matching.learning import Judged
from coach.matching.reader import Reader


def before_and_after(reader: Reader, stories: Sequence[Gold]) -> tuple[Agreement, Agreement]:
    """Every second story is judged: its labels confirmed, and the first principle rejected where it was wrong."""
    taught, asked = stories[::2], stories[1::2]
    reader.learn([])
    before = agreement(asked, [reader.read({"": story.text}) for story in asked])
    reader.learn([_judged(reader, story) for story in taught])
    after = agreement(asked, [reader.read({"": story.text}) for story in asked])
    reader.learn([])
    return before, after


def _judged(reader: Reader, story: Gold) -> Judged:
    parts = {"": story.text}
    first = reader.read(parts)[0].slug
    return Judged(story.text, parts, confirmed=story.labels, rejected=() if first in story.labels else (first,))
