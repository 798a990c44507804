"""A principle set and what it is made of, as values."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """What an interviewer asks aloud. `principle` is what it mainly probes, `also` up to two others (slugs)."""

    text: str
    principle: str
    theme: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    """Several wordings of one thing to ask about."""

    slug: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Confusion:
    """A neighbour (slug) this principle is mistaken for, and how to tell the two apart."""

    other: str
    ask: str


@dataclass(frozen=True)
class Tension:
    """Two principles (slugs) that pull in opposite directions, and how."""

    between: tuple[str, str]
    why: str


@dataclass(frozen=True)
class Probe:
    """A kind of follow-up question.

    Attributes:
        section: the section it goes into, or "any".
        fired_by: names of the checks whose finding calls for it.
        principles: slugs for which it fits specially.
        wordings: ways to say it; `{quote}` stands for the story's own words.
    """

    type: str
    name: str
    section: str
    fired_by: tuple[str, ...]
    principles: tuple[str, ...]
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Principle:
    """One principle: `signals` are what it sounds like in a story, `contradictions` what the opposite sounds like.

    `code` is two letters, unique in the set: the column head of the matrix.
    """

    slug: str
    code: str
    name: str
    gist: str
    signals: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    themes: tuple[Theme, ...] = ()

    def questions(self) -> Iterator[Question]:
        return (question for theme in self.themes for question in theme.questions)


@dataclass(frozen=True)
class PrincipleSet:
    """A named list of principles, in order."""

    id: str
    name: str
    principles: tuple[Principle, ...]
    version: str = ""
    about: str = ""
    tensions: tuple[Tension, ...] = ()
    probes: tuple[Probe, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(principle.slug for principle in self.principles)

    def find(self, wanted: str) -> Principle | None:
        """The principle with this slug, code, name or alias, whatever the case."""
        key = wanted.casefold().strip()
        for principle in self.principles:
            if key in (
                text.casefold() for text in (principle.slug, principle.code, principle.name, *principle.aliases)
            ):
                return principle
        return None

    def name_of(self, slug: str) -> str:
        """The principle's name, or the slug itself where this set doesn't hold it."""
        principle = self.find(slug)
        return principle.name if principle else slug

    def questions(self) -> Iterator[Question]:
        return (question for principle in self.principles for question in principle.questions())
