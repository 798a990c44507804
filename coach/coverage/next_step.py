"""What to do next: one step, chosen by how much it closes."""

from dataclasses import dataclass
from typing import Literal

from coach.bank.visible import one_line
from coach.coverage.matrix import Cell, Coverage, PrincipleCoverage
from coach.principles.principle import Question
from coach.principles.questions import question_for_gap

StepKind = Literal["begin", "close-gap", "confirm", "strengthen", "practise"]


@dataclass(frozen=True)
class NextStep:
    """One thing to do.

    Attributes:
        sentence: what and why, in words.
        slug: the principle it is about, or empty.
        story_id: the story it is about, or empty.
        question: a question that would draw out the missing story.
    """

    kind: StepKind
    sentence: str
    slug: str = ""
    story_id: str = ""
    question: Question | None = None


def next_step(coverage: Coverage) -> NextStep:
    """An empty bank begins; then gaps, suggestions waiting for the author's word, fragile principles, and saying it aloud."""
    if not coverage.stories:
        return NextStep("begin", "Write your first story: ten minutes, five short sections.")
    return _close_gap(coverage) or _confirm(coverage) or _strengthen(coverage) or _all_covered(coverage)


def _close_gap(coverage: Coverage) -> NextStep | None:
    gaps = coverage.in_state("gap")
    if not gaps:
        return None
    nearest = _most_promising(gaps)
    hopeful = nearest.with_standing("possible")
    if hopeful:
        return _step_from_cell("confirm", nearest, hopeful[0])
    sentence = f"No story shows {nearest.principle.name} yet. Write one."
    return NextStep("close-gap", sentence, nearest.principle.slug, question=_question(nearest))


def _most_promising(gaps: tuple[PrincipleCoverage, ...]) -> PrincipleCoverage:
    """A real hole first: reading over a possible match is less work, but closes nothing for certain."""
    return next((gap for gap in gaps if not gap.with_standing("possible")), gaps[0])


def _confirm(coverage: Coverage) -> NextStep | None:
    for item in coverage.principles:
        if item.rests_on_suggestions:
            return _step_from_cell("confirm", item, item.with_standing("strong")[0])
    return None


def _step_from_cell(kind: StepKind, item: PrincipleCoverage, cell: Cell) -> NextStep:
    sentence = (
        f"“{one_line(cell.story.title)}” may show {item.principle.name}. Read the evidence, then confirm or reject it."
    )
    return NextStep(kind, sentence, item.principle.slug, cell.story.id)


def _strengthen(coverage: Coverage) -> NextStep | None:
    fragile = coverage.in_state("fragile")
    if not fragile:
        return None
    item = fragile[0]
    sentence = f"{item.principle.name} rests on one story. Interviewers ask for another example: write a second."
    return NextStep("strengthen", sentence, item.principle.slug, question=_question(item))


def _all_covered(coverage: Coverage) -> NextStep:
    story = coverage.stories[0]
    return NextStep(
        "practise", f"Every principle has two stories. Say “{one_line(story.title)}” aloud once.", story_id=story.id
    )


def _question(item: PrincipleCoverage) -> Question | None:
    return question_for_gap(item.principle, seed=f"{len(item.cells)}")
