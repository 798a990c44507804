"""How long a text is, in words and aloud."""

import re
import unicodedata

PACE = 140
"""Words a minute: an unhurried talk."""

_WORD = re.compile(
    r"""
    \d+ (?: [.,:] \d+ )+            # 3.5, 1,000 and 10:30
    | [^\W_]+ (?: ['’‐‑-] [^\W_]+ )*  # don't, e-mail
    """,
    re.VERBOSE,
)


def count_words(text: str) -> int:
    """How many words a reader would say; a number is one word."""
    return sum(1 for _ in _WORD.finditer(_without_marks(text)))


def spoken_seconds(words: int, pace: float = PACE) -> float:
    """Seconds it takes to say so many words, at `pace` words a minute."""
    return words * 60 / pace


def format_duration(seconds: float) -> str:
    """Minutes and seconds, "1:05"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def _without_marks(text: str) -> str:
    """Vowel signs and joiners belong to a word, yet are no word characters to `re`: हिन्दी would count as three."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Mn", "Mc", "Me", "Cf"))
