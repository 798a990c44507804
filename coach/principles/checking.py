"""What can only be said of a set as a whole: nothing twice, nothing unknown, neither too few nor too many."""

from collections.abc import Iterable, Iterator

from coach.principles.faults import Fault, did_you_mean, quoted
from coach.principles.locating import Place
from coach.principles.principle import Principle
from coach.principles.table import Mention, Notes, Use

LEAST_PRINCIPLES = 2
MOST_PRINCIPLES = 30


def check_uses(notes: Notes, kept: Iterable[Principle]) -> None:
    """Note every value that stands a second time, counting those that `kept` principles of another set hold."""
    seen = {_identity(use) for principle in kept for use in _uses_of(principle)}
    for use in notes.uses:
        if _identity(use) in seen:
            notes.faults.append(Fault(use.place, f"The {use.kind} {quoted(use.value)} stands twice."))
        seen.add(_identity(use))


def _identity(use: Use) -> tuple[str, Place, str]:
    return (use.kind, use.within, use.value.casefold())


def _uses_of(principle: Principle) -> Iterator[Use]:
    yield Use("code", principle.code, ())
    for name in (principle.name, *principle.aliases):
        yield Use("name", name, ())
    for question in principle.questions():
        yield Use("question", question.text, ())


def check_mentions(notes: Notes, slugs: tuple[str, ...]) -> None:
    known = frozenset(slugs)
    notes.faults.extend(_unknown(mention, slugs) for mention in notes.mentions if mention.slug not in known)


def _unknown(mention: Mention, slugs: tuple[str, ...]) -> Fault:
    nearest = did_you_mean(mention.slug, slugs)
    where = mention.table.called(*mention.below)
    return Fault(
        (*mention.table.place, *mention.below),
        f"{where} names {quoted(mention.slug)}, which is not in this set{nearest}",
    )


def check_size(notes: Notes, count: int) -> None:
    """`count`: principles in the whole set."""
    if count < LEAST_PRINCIPLES:
        notes.faults.append(
            Fault(("principles",), f"A set needs at least {LEAST_PRINCIPLES} principles; this has {count}.")
        )
    if count > MOST_PRINCIPLES:
        notes.faults.append(
            Fault(("principles",), f"A set holds at most {MOST_PRINCIPLES} principles; this has {count}.")
        )
