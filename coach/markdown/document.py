"""The whole document: title, contents, coverage, principles, stories."""

from collections.abc import Iterator

from coach.coverage.matrix import Coverage
from coach.markdown.coverage_page import coverage_page
from coach.markdown.escape import inline
from coach.markdown.parts import heading, link, plural, principle_link, story_link
from coach.markdown.principle_page import principle_page
from coach.markdown.story_page import story_page

TITLE = "Story bank"

_CHAPTERS = {"Coverage": "coverage", "Principles": "principles", "Stories": "stories"}


def document_blocks(coverage: Coverage) -> Iterator[str]:
    """Blocks of markdown, to be joined by blank lines. The same blocks for the same bank: no time, no chance."""
    yield heading(1, TITLE)
    yield f"{plural(len(coverage.stories), 'story', 'stories')}. Principle set: {inline(coverage.principle_set.name)}."
    yield "## Contents"
    yield _contents(coverage)
    yield _chapter("Coverage")
    yield from coverage_page(coverage)
    yield _chapter("Principles")
    for item in coverage.principles:
        yield from principle_page(item)
    yield _chapter("Stories")
    yield from _stories(coverage)


def _chapter(name: str) -> str:
    return heading(2, name, _CHAPTERS[name])


def _contents(coverage: Coverage) -> str:
    below = {
        "Principles": [principle_link(item.principle) for item in coverage.principles],
        "Stories": [story_link(story) for story in coverage.stories],
    }
    lines: list[str] = []
    for name, anchor in _CHAPTERS.items():
        lines.append(f"- {link(name, anchor)}")
        lines.extend(f"  - {entry}" for entry in below.get(name, ()))
    return "\n".join(lines)


def _stories(coverage: Coverage) -> Iterator[str]:
    if not coverage.stories:
        yield "No stories yet."
    for story in coverage.stories:
        yield from story_page(story, coverage.rows[story.id])
