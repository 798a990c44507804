"""One story as a page: all that was written, empty parts left out, then what it shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coach.bank.story import Story
from coach.coverage.matrix import Cell, Standing
from coach.markdown.escape import block, cell, inline, quote
from coach.markdown.parts import bullets, heading, plain, principle_link, story_anchor, table, title_of

LABELS = {
    "reversible": "Reversible",
    "cost_to_undo": "Cost to undo",
    "name": "Metric",
    "baseline": "Baseline",
    "target": "Target",
    "actual": "Actual",
    "period": "Period",
}
"""How known keys are written; a key of somebody's own stays as it is."""

_METRIC_COLUMNS = ("name", "baseline", "target", "actual", "period")

Table = Mapping[str, Any]


def story_page(story: Story, cells: Sequence[Cell]) -> Iterator[str]:
    """`cells` are the story's row of the coverage."""
    yield heading(3, title_of(story), story_anchor(story))
    yield bullets(_facts(story))
    if story.headline.strip():
        yield quote(story.headline)
    for name, text in story.sections():
        if text.strip():
            yield from (heading(4, name.capitalize()), block(text))
    yield from _fields("Decision", story.decision)
    yield from _metrics(story.metrics)
    yield from _prepared_answers(story.probes)
    yield from _fields("Other notes", story.extra)
    yield heading(4, "Principles")
    yield bullets(_standings(story, cells))


def _facts(story: Story) -> Iterator[str]:
    tags = ", ".join(tag for tag in story.tags if tag.strip())
    facts = {"When": story.when, "Role": story.role, "Company": story.company, "Outcome": story.outcome, "Tags": tags}
    return (f"{label}: {inline(text)}" for label, text in facts.items() if text.strip())


def _fields(title: str, fields: Table) -> Iterator[str]:
    written = [_field(key, value) for key, value in fields.items() if plain(value).strip()]
    if written:
        yield from (heading(4, title), bullets(written))


def _field(key: str, value: object) -> str:
    return f"{inline(LABELS.get(key, key))}: {inline(plain(value))}"


# --- metrics


def _metrics(metrics: Iterable[Table]) -> Iterator[str]:
    rows = [row for row in metrics if any(plain(value).strip() for value in row.values())]
    if rows:
        columns = _columns(rows)
        head = [cell(LABELS.get(column, column)) for column in columns]
        yield heading(4, "Metrics")
        yield table(head, ([cell(plain(row.get(column, ""))) for column in columns] for row in rows))


def _columns(rows: Iterable[Table]) -> tuple[str, ...]:
    """The keys in use: the known ones in their order, then others as they come."""
    used = dict.fromkeys(key for row in rows for key in row)
    return (*(key for key in _METRIC_COLUMNS if key in used), *(key for key in used if key not in _METRIC_COLUMNS))


# --- probes


def _prepared_answers(probes: Iterable[Table]) -> Iterator[str]:
    blocks = [text for probe in probes for text in _probe(probe)]
    if blocks:
        yield from (heading(4, "Prepared answers"), *blocks)


def _probe(probe: Table) -> Iterator[str]:
    question, answer = plain(probe.get("question", "")), plain(probe.get("answer", ""))
    others = [_field(key, value) for key, value in probe.items() if key not in ("question", "answer")]
    if question.strip():
        yield f"**If asked:** {inline(question)}"
    if answer.strip():
        yield block(answer)
    if others:
        yield bullets(others)


# --- what it shows


def _standings(story: Story, cells: Sequence[Cell]) -> Iterator[str]:
    known = [item.slug for item in cells]
    lines = (
        _standing("confirmed", cells, _unknown(story.confirmed, known)),
        _standing("strong", cells),
        _standing("possible", cells),
        _standing("rejected", cells, _unknown(story.rejected, known)),
    )
    said = [line for line in lines if line]
    if cells and cells[0].match is None:
        said.append("Not read yet")
    return iter(said or ["None so far"])


def _standing(standing: Standing, cells: Iterable[Cell], others: Iterable[str] = ()) -> str:
    names = [*(principle_link(item.principle) for item in cells if item.standing == standing), *map(inline, others)]
    return f"{standing.capitalize()}: {', '.join(names)}" if names else ""


def _unknown(slugs: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """What the author said of principles that another set holds."""
    return tuple(slug for slug in dict.fromkeys(slugs) if slug not in known and slug.strip())
