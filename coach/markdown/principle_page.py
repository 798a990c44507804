"""One principle as a page: its stories, the surest first, with the words that speak for it."""

from collections.abc import Iterator

from coach.coverage.matrix import Cell, PrincipleCoverage, Standing
from coach.markdown.escape import block, inline, quoted
from coach.markdown.parts import heading, principle_anchor, story_link
from coach.matching.match import Evidence

SHOWN: tuple[Standing, ...] = ("confirmed", "strong", "possible")
"""The standings that speak for a principle, the surest first."""


def principle_page(item: PrincipleCoverage) -> Iterator[str]:
    yield heading(3, item.principle.name, principle_anchor(item.principle))
    if item.principle.gist.strip():
        yield block(item.principle.gist)
    cells = [cell for standing in SHOWN for cell in item.with_standing(standing)]
    if not cells:
        yield "No story yet."
    for cell in cells:
        yield from _story(cell)


def _story(cell: Cell) -> Iterator[str]:
    yield f"**{cell.standing.capitalize()}:** {story_link(cell.story)}{_remark(cell)}"
    if cell.match:
        yield from (_quotation(evidence) for evidence in cell.match.evidence)


def _remark(cell: Cell) -> str:
    if cell.match is None:
        return " (not read yet)"
    return "" if cell.match.evidence else " (no words quoted)"


def _quotation(evidence: Evidence) -> str:
    section = f"**{inline(evidence.part.capitalize())}:** " if evidence.part else ""
    return quoted(section + block(evidence.text))
