"""Coverage as a page: what is missing in words, then the counts as a table."""

from collections.abc import Iterator, Mapping

from coach.coverage.matrix import Coverage, PrincipleCoverage, State
from coach.markdown.parts import plural, principle_link, table
from coach.markdown.principle_page import SHOWN

STATE_WORDS: Mapping[State, str] = {"gap": "gap", "fragile": "fragile: one story", "covered": "covered"}

_HEAD = ("Principle", "Confirmed", "Strong", "Possible", "State")


def coverage_page(coverage: Coverage) -> Iterator[str]:
    yield " ".join(_sentences(coverage))
    if coverage.unread:
        yield f"Not read yet: {plural(coverage.unread, 'story', 'stories')}. There only the author's word counts."
    yield table(_HEAD, (_row(item) for item in coverage.principles), numbers=(1, 2, 3))


def _sentences(coverage: Coverage) -> Iterator[str]:
    gaps, fragile = coverage.in_state("gap"), coverage.in_state("fragile")
    yield f"Gaps, without a story: {_names(gaps)}." if gaps else "There is no gap."
    if fragile:
        yield f"Fragile, with one story: {_names(fragile)}."
    yield f"Covered: {len(coverage.in_state('covered'))} of {plural(len(coverage.principles), 'principle', 'principles')}."


def _names(items: tuple[PrincipleCoverage, ...]) -> str:
    return ", ".join(principle_link(item.principle) for item in items)


def _row(item: PrincipleCoverage) -> tuple[str, ...]:
    counts = (len(item.with_standing(standing)) for standing in SHOWN)
    return (principle_link(item.principle), *map(str, counts), STATE_WORDS[item.state])
