"""Small invented banks, told by what each story is worth for each principle."""

from coach.bank.story import Story
from coach.coverage.matrix import Coverage, coverage_of
from coach.matching.match import Level, Match
from coach.principles.principle import Principle, PrincipleSet, Question, Theme


def principle(slug: str, name: str, *questions: str) -> Principle:
    themes = (Theme("any", "Any", tuple(Question(text, slug, "any") for text in questions)),)
    return Principle(slug, slug[:2].upper(), name, "A gist.", ("I did it.",), themes=themes)


FAIR = principle("be-fair", "Be Fair", "When were you fair?", "Whom did you treat alike?")
CURIOUS = principle("stay-curious", "Stay Curious", "What did you ask?")
THRIFTY = principle("spend-little", "Spend Little")

VALUES = PrincipleSet("values", "Our values", (FAIR, CURIOUS, THRIFTY))


def story(story_id: str, *, confirmed: str = "", rejected: str = "") -> Story:
    """`confirmed` and `rejected` are slugs parted by blanks."""
    return Story(
        id=story_id, title=f"Story {story_id}", confirmed=tuple(confirmed.split()), rejected=tuple(rejected.split())
    )


def reading(*levels: Level) -> tuple[Match, ...]:
    """A match for each principle of VALUES, in their order."""
    return tuple(Match(slug, 0.5, level) for slug, level in zip(VALUES.slugs, levels, strict=True))


def bank(*rows: tuple[Story, tuple[Match, ...] | None]) -> Coverage:
    """Stories, each with its reading, or None where it has not been read."""
    return coverage_of(VALUES, [one for one, _ in rows], {one.id: read for one, read in rows if read is not None})
