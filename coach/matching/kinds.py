"""Is a bare text a story or an interviewer's question?"""

import tomllib
from functools import cache

from coach.matching.scoring import Kind
from coach.paths import packaged


@cache
def _limits() -> tuple[int, tuple[str, ...]]:
    data = tomllib.loads(packaged("question_openings.toml").read_text(encoding="utf-8"))
    return data["most_words"], tuple(data["openings"])


def guess_kind(text: str) -> Kind:
    """A short text that asks is a question; anything else is read as a story."""
    most_words, openings = _limits()
    words = text.casefold().split()
    if not words or len(words) > most_words:
        return "story"
    asks = "?" in text or " ".join(words).startswith(openings)
    return "question" if asks else "story"
