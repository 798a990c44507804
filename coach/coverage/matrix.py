"""Stories x principles: what the author says, what matching suggests, and what follows for each principle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from coach.bank.story import Story
from coach.matching.match import Match
from coach.principles.principle import Principle, PrincipleSet

Standing = Literal["confirmed", "strong", "possible", "rejected", "none"]
"""What a story is worth for a principle. The author's word goes before any match."""

STANDINGS: tuple[Standing, ...] = get_args(Standing)

State = Literal["gap", "fragile", "covered"]
"""Of a principle: no story, one story, more."""

COVERING: tuple[Standing, ...] = ("confirmed", "strong")


@dataclass(frozen=True)
class Cell:
    """One story x one principle. `match` is None where the story has not been read yet."""

    story: Story
    principle: Principle
    standing: Standing
    match: Match | None = None

    @property
    def slug(self) -> str:
        return self.principle.slug

    @property
    def code(self) -> str:
        return self.principle.code


@dataclass(frozen=True)
class PrincipleCoverage:
    """How one principle stands: its cells in the bank's order."""

    principle: Principle
    cells: tuple[Cell, ...]

    def with_standing(self, *standings: Standing) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.standing in standings)

    @property
    def state(self) -> State:
        count = len(self.with_standing(*COVERING))
        return "gap" if count == 0 else "fragile" if count == 1 else "covered"

    @property
    def rests_on_suggestions(self) -> bool:
        """Whether it is covered, but the author has confirmed none of it."""
        return self.state != "gap" and not self.with_standing("confirmed")


@dataclass(frozen=True)
class Coverage:
    """The whole bank against one principle set."""

    principle_set: PrincipleSet
    stories: tuple[Story, ...]
    principles: tuple[PrincipleCoverage, ...]

    def in_state(self, state: State) -> tuple[PrincipleCoverage, ...]:
        return tuple(item for item in self.principles if item.state == state)

    @property
    def gaps_first(self) -> tuple[PrincipleCoverage, ...]:
        """Gaps, then fragile, then covered; inside each, the order of the set."""
        return self.in_state("gap") + self.in_state("fragile") + self.in_state("covered")

    @property
    def unread(self) -> int:
        """How many stories have not been matched yet."""
        return sum(cells[0].match is None for cells in self.rows.values() if cells)

    @cached_property
    def rows(self) -> Mapping[str, tuple[Cell, ...]]:
        """By story id, its cells in the order of the set."""
        columns = [item.cells for item in self.principles]
        return {story.id: tuple(column[row] for column in columns) for row, story in enumerate(self.stories)}


Readings = Mapping[str, Sequence[Match]]
"""By story id, the matches of the story's present text; a story that is missing has not been read."""


def coverage_of(principle_set: PrincipleSet, stories: Sequence[Story], readings: Readings) -> Coverage:
    by_story = {story.id: {match.slug: match for match in readings.get(story.id, ())} for story in stories}
    principles = tuple(
        PrincipleCoverage(
            principle, tuple(_cell(story, principle, by_story[story.id].get(principle.slug)) for story in stories)
        )
        for principle in principle_set.principles
    )
    return Coverage(principle_set, tuple(stories), principles)


def _cell(story: Story, principle: Principle, match: Match | None) -> Cell:
    return Cell(story, principle, standing_of(story, principle.slug, match), match)


def standing_of(story: Story, slug: str, match: Match | None) -> Standing:
    if slug in story.confirmed:
        return "confirmed"
    if slug in story.rejected:
        return "rejected"
    return match.level if match else "none"
