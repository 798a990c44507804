"""What is wrong in a set's file, and the words to say it, all faults at once."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.errors import PrincipleSetError
from coach.principles.locating import Place, line_of, locate

HINT = "The comment at the top of the principles.toml that ships with coach explains every key."
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place; `reason` is a whole sentence."""

    place: Place
    reason: str


def quoted(text: str) -> str:
    """The text as it may stand in a message: in quotes, on one line, not too long, without control characters."""
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return '"' + "".join(letter if letter.isprintable() else "�" for letter in short) + '"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "x"?` for the nearest known word, else a full stop."""
    nearest = difflib.get_close_matches(word[:LONGEST_QUOTE], list(known), n=1)
    return f"; did you mean {quoted(nearest[0])}?" if nearest else "."


def faults_error(faults: Sequence[Fault], *, name: str, text: str) -> PrincipleSetError:
    """All faults of a file as one error, a line each, from the top of the file down."""
    lines = locate(text)
    placed = sorted(((line_of(lines, fault.place), fault.reason) for fault in faults), key=lambda pair: pair[0])
    return PrincipleSetError("\n".join(f"{name}:{line}: {reason}" for line, reason in placed), HINT)
