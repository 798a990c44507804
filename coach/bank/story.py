"""A story and its parts, as values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

SectionName = Literal["situation", "task", "action", "result", "learning"]
SECTIONS: tuple[SectionName, ...] = get_args(SectionName)

Outcome = Literal["success", "failure", "mixed"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

UNTITLED = "Untitled story"


@dataclass(frozen=True)
class Story:
    """One story: what the person wrote, and what they say it shows.

    Attributes:
        id: random, never changes, so that history survives edits and renames.
        when: month of the events, "2024-03", or empty.
        headline: the one sentence that should stand in the interviewer's notes.
        confirmed: slugs of principles the author says it shows.
        rejected: slugs of principles the author says it does not show.
        decision: the [decision] table, as written.
        metrics, probes: the [[metrics]] and [[probes]] tables, as written.
        extra: top-level keys this version does not know, kept as they are.
    """

    id: str
    title: str = UNTITLED
    when: str = ""
    role: str = ""
    company: str = ""
    outcome: Outcome = "success"
    tags: tuple[str, ...] = ()
    headline: str = ""
    confirmed: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    learning: str = ""
    decision: Mapping[str, Any] = field(default_factory=dict)
    metrics: tuple[Mapping[str, Any], ...] = ()
    probes: tuple[Mapping[str, Any], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def section(self, name: SectionName) -> str:
        text: str = getattr(self, name)
        return text

    def sections(self) -> Iterator[tuple[SectionName, str]]:
        return ((name, self.section(name)) for name in SECTIONS)

    def with_sections(self, texts: Mapping[SectionName, str]) -> "Story":
        changed: dict[str, Any] = {str(name): text for name, text in texts.items()}
        return replace(self, **changed)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed anything yet."""
        typed = (self.headline, self.role, self.company, self.when, *(text for _, text in self.sections()))
        return self.title in ("", UNTITLED) and not any(text.strip() for text in typed)

    def confirm(self, slug: str) -> "Story":
        return replace(self, confirmed=_with(self.confirmed, slug), rejected=_without(self.rejected, slug))

    def reject(self, slug: str) -> "Story":
        return replace(self, confirmed=_without(self.confirmed, slug), rejected=_with(self.rejected, slug))

    def leave_open(self, slug: str) -> "Story":
        """Take back what the author said of this principle."""
        return replace(self, confirmed=_without(self.confirmed, slug), rejected=_without(self.rejected, slug))


def _with(slugs: Iterable[str], slug: str) -> tuple[str, ...]:
    return (*_without(slugs, slug), slug)


def _without(slugs: Iterable[str], slug: str) -> tuple[str, ...]:
    return tuple(other for other in slugs if other != slug)
