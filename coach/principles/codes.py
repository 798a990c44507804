"""Two-letter codes: the column heads of the matrix."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product
from string import ascii_uppercase

from coach.principles.principle import Principle

# Words that carry no meaning in a name's initials.
SMALL_WORDS = frozenset({"A", "AN", "AND", "AT", "FOR", "IN", "OF", "ON", "OR", "THE", "TO", "WITH"})


def is_code(text: str) -> bool:
    """Two letters that each take one column on a terminal."""
    return len(text) == 2 and all(_is_narrow_letter(letter) for letter in text)


def with_codes(principles: Iterable[Principle]) -> tuple[Principle, ...]:
    """The principles, each that has no code given one that no other has."""
    listed = tuple(principles)
    taken = {principle.code for principle in listed if principle.code}
    coded = []
    for principle in listed:
        code = principle.code or next(code for code in _candidates(principle.name) if code not in taken)
        taken.add(code)
        coded.append(principle if principle.code else replace(principle, code=code))
    return tuple(coded)


def _candidates(name: str) -> Iterator[str]:
    """Initials first, then pairs of letters of the name in their order, then any two letters."""
    words = [word for word in re.findall(r"[^\W\d_]+", name.upper()) if word not in SMALL_WORDS]
    initials = "".join(word[0] for word in words)
    pairs = (first + second for letters in (initials, "".join(words)) for first, second in combinations(letters, 2))
    yield from (pair for pair in pairs if is_code(pair))
    yield from (first + second for first, second in product(ascii_uppercase, repeat=2))


def _is_narrow_letter(letter: str) -> bool:
    return letter.isalpha() and unicodedata.east_asian_width(letter) not in "WF"
