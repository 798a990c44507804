"""Which of the bank's stories answers a question best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.coverage.matrix import Cell, Coverage, Standing
from coach.matching.match import Match
from coach.principles.principle import PrincipleSet, Question

WORTH: Mapping[Standing, float] = {"confirmed": 1.0, "strong": 0.8, "possible": 0.4, "none": 0.0, "rejected": 0.0}
"""What a standing is worth: the author's word above a strong match, two possible ones as much as one strong."""

SECOND = 0.5
"""What a question's other principles count beside its main one."""

LIKENESS = 0.1
"""How much the bare score counts: enough to order stories of equal standing, never to overturn one."""


@dataclass(frozen=True)
class Answer:
    """A story as an answer: `fit` orders the answers, `cells` are the principles by which it answers, best first."""

    story_id: str
    title: str
    fit: float
    cells: tuple[Cell, ...]


def asked_principles(question: str, principle_set: PrincipleSet, matches: Sequence[Match]) -> dict[str, float]:
    """What a question probes, with weights: as labelled if the set holds that very question, else its matches."""
    known = next((item for item in principle_set.questions() if _same(item, question)), None)
    if known is not None:
        return {known.principle: 1.0, **dict.fromkeys(known.also, SECOND)}
    best = matches[:3]
    top = max(best[0].score, 0.01) if best else 1.0
    return {match.slug: max(0.0, match.score / top) * (1.0 if rank == 0 else SECOND) for rank, match in enumerate(best)}


def rank_answers(coverage: Coverage, asked: Mapping[str, float]) -> tuple[Answer, ...]:
    """All stories, the best answer first."""
    answers = [_answer(cells, asked) for cells in coverage.rows.values() if cells]
    return tuple(sorted(answers, key=lambda answer: (-answer.fit, answer.title.casefold())))


def _answer(cells: Sequence[Cell], asked: Mapping[str, float]) -> Answer:
    worth = {cell.slug: asked[cell.slug] * _worth(cell) for cell in cells if cell.slug in asked}
    useful = sorted(
        (cell for cell in cells if worth.get(cell.slug, 0) > 0 and WORTH[cell.standing]),
        key=lambda cell: -worth[cell.slug],
    )
    return Answer(cells[0].story.id, cells[0].story.title, round(sum(worth.values()), 4), tuple(useful))


def _worth(cell: Cell) -> float:
    likeness = cell.match.score if cell.match and cell.standing != "rejected" else 0.0
    return WORTH[cell.standing] + LIKENESS * max(0.0, likeness)


def _same(question: Question, text: str) -> bool:
    return question.text.casefold().split() == text.casefold().split()
