"""`coach coverage`."""

from typing import TYPE_CHECKING, Any

import click

from coach.cli.context import Session, pass_session, print_json, print_text

if TYPE_CHECKING:
    from coach.coverage.matrix import Cell, Coverage, PrincipleCoverage
    from coach.coverage.next_step import NextStep

MARKS = {"confirmed": "◆", "strong": "●", "possible": "○", "rejected": "✕", "none": "·"}
WANTING = 1


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 while a principle has no story or only one.")
@pass_session
def coverage(session: Session, as_json: bool = False, strict: bool = False) -> None:
    """Which principles the bank covers: matrix, gaps, fragile ones, what to do next.

    \b
    Example:
      coach coverage
      coach coverage --json | jq '.principles[] | select(.state == "gap") | .slug'
    """
    from coach.coverage.next_step import next_step

    found = session.survey().coverage
    step = next_step(found)
    if as_json:
        print_json(as_data(found, step))
    else:
        print_text(as_text(found, step))
    if strict and (found.in_state("gap") or found.in_state("fragile")):
        raise click.exceptions.Exit(WANTING)


def as_data(found: "Coverage", step: "NextStep") -> dict[str, Any]:
    return {
        "set": found.principle_set.id,
        "stories": [{"id": s.id, "title": s.title, "read": _read(found, s.id)} for s in found.stories],
        "principles": [_principle_data(item) for item in found.principles],
        "next": {
            "do": step.kind,
            "sentence": step.sentence,
            "principle": step.slug or None,
            "story": step.story_id or None,
            "question": step.question.text if step.question else None,
        },
    }


def _read(found: "Coverage", story_id: str) -> bool:
    cells = found.rows[story_id]
    return bool(cells) and cells[0].match is not None


def _principle_data(item: "PrincipleCoverage") -> dict[str, Any]:
    from coach.coverage.matrix import STANDINGS

    return {
        "slug": item.principle.slug,
        "name": item.principle.name,
        "state": item.state,
        **{
            standing: [cell.story.id for cell in item.with_standing(standing)]
            for standing in STANDINGS
            if standing != "none"
        },
        "evidence": {cell.story.id: _evidence(cell) for cell in item.with_standing("confirmed", "strong", "possible")},
    }


def _evidence(cell: "Cell") -> list[dict[str, Any]]:
    found = cell.match.evidence if cell.match else ()
    return [{"section": e.part, "text": e.text, "start": e.start, "end": e.end} for e in found]


def as_text(found: "Coverage", step: "NextStep") -> str:
    lines = _matrix(found) if found.stories else ["The bank is empty."]
    lines += ["", *(_state_lines(found)), "", f"Next: {step.sentence}"]
    if step.question:
        lines.append(f"  Ask yourself: {step.question.text}")
    return "\n".join(lines)


def _matrix(found: "Coverage") -> list[str]:
    """One line a story, a column a principle; 14 principles fit 80 columns."""
    width = max(16, 80 - 3 * len(found.principles))
    head = " " * width + "".join(f"{item.principle.code:>3}" for item in found.principles)
    rows = [
        _fitted(story.title, width) + "".join(f"  {MARKS[cell.standing]}" for cell in found.rows[story.id])
        for story in found.stories
    ]
    return [head, *rows, "◆ confirmed  ● strong  ○ possible  ✕ rejected  · none"]


def _fitted(title: str, width: int) -> str:
    from coach.bank.visible import printable

    line = printable(" ".join(title.split()))
    return (line if len(line) < width else line[: width - 2] + "…").ljust(width)


def _state_lines(found: "Coverage") -> list[str]:
    lines = []
    groups = {
        "Gaps": found.in_state("gap"),
        "One story only": found.in_state("fragile"),
        "Covered": found.in_state("covered"),
    }
    for word, items in groups.items():
        names = ", ".join(
            item.principle.name + (" (suggested only)" if item.rests_on_suggestions else "") for item in items
        )
        lines.append(f"{word}: {names or 'none'}")
    return lines
