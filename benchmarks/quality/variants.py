"""The same story told otherwise: what a strong match must not depend on."""

import re
from collections.abc import Callable, Sequence
from random import Random

Variant = Callable[[str, Random], str]

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ARTICLE = re.compile(r"\b(?:the|a|an)\s+", re.IGNORECASE)
_I_DID = re.compile(r"\bI (?=[a-z]+(?:ed|t|ld|nt)\b)")
_HEDGES = ("I think ", "maybe ", "I guess ", "kind of ", "I suppose ")
_SWAPPED = {
    "he": "she",
    "she": "he",
    "his": "her",
    "him": "her",
    "himself": "herself",
    "her": "his",
    "herself": "himself",
}
_PRONOUN = re.compile(r"\b(?:" + "|".join(_SWAPPED) + r")\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?= [a-z]|[.,;])")
NEUTRAL_ADDED = 10
EMPLOYER = "Corvane"


def with_neutral(neutral: Sequence[str]) -> Variant:
    """Ten sentences of project talk put between the story's own lines and sentences."""

    def told(text: str, random: Random) -> str:
        lines = text.split("\n")
        for sentence in random.sample(list(neutral), NEUTRAL_ADDED):
            lines.insert(random.randrange(len(lines) + 1), sentence)
        return "\n".join(lines)

    return told


def in_other_order(text: str, random: Random) -> str:
    """All its lines and sentences shuffled, harder than an order of sections."""
    pieces = [piece for piece in _SENTENCE.split(text) if piece.strip()]
    random.shuffle(pieces)
    return "\n".join(pieces)


def with_mistakes(text: str, random: Random) -> str:
    """Half of the articles gone, and one long word in twelve with two letters exchanged."""
    shorter = _ARTICLE.sub(lambda found: "" if random.random() < 0.5 else found[0], text)
    return re.sub(r"\b[a-z]{5,}\b", lambda found: _slipped(found[0], random), shorter)


def _slipped(word: str, random: Random) -> str:
    if random.random() >= 1 / 12:
        return word
    at = random.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def hedged(text: str, random: Random) -> str:
    """A hedge before every second thing the speaker did."""
    return _I_DID.sub(lambda found: "I " + random.choice(_HEDGES) if random.random() < 0.5 else found[0], text)


def of_another_gender(text: str, random: Random) -> str:
    return _PRONOUN.sub(lambda found: _like(found[0], _SWAPPED[found[0].lower()]), text)


def _like(model: str, word: str) -> str:
    return word.capitalize() if model[0].isupper() else word


def elsewhere(text: str, random: Random) -> str:
    """Names within a sentence (employers, people, places) exchanged for one that nobody has heard of."""
    return _NAME.sub(EMPLOYER, text)


def variants(neutral: Sequence[str]) -> dict[str, Variant]:
    return {
        "ten neutral sentences added": with_neutral(neutral),
        "sentences in another order": in_other_order,
        "grammar mistakes": with_mistakes,
        "hedges": hedged,
        "he for she": of_another_gender,
        "other names": elsewhere,
    }
