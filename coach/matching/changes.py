"""What an edit gained or lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.matching.match import LEVELS, Evidence, Level, Match


@dataclass(frozen=True)
class Change:
    """One principle whose level moved between two readings of a story.

    Attributes:
        words: for a loss, the former evidence that is gone from the text (or weighs less); for a gain, the new evidence.
        words_are_gone: whether those words no longer stand in the story.
    """

    slug: str
    kind: Literal["gained", "lost"]
    before: Level
    after: Level
    words: str
    words_are_gone: bool


def changes_between(before: Sequence[Match], after: Sequence[Match], text_after: str) -> tuple[Change, ...]:
    """Level changes that matter: to or from strong, and possible that vanished or appeared. In the order of `after`.

    `text_after` is the whole text after the edit, in which former evidence is looked for.
    """
    former = {match.slug: match for match in before}
    pairs = ((former[match.slug], match) for match in after if match.slug in former)
    return tuple(_change(old, new, text_after) for old, new in pairs if old.level != new.level)


def _change(old: Match, new: Match, text_after: str) -> Change:
    lost = LEVELS.index(new.level) > LEVELS.index(old.level)
    if not lost:
        return Change(new.slug, "gained", old.level, new.level, _first_words(new.evidence), words_are_gone=False)
    gone = [item for item in old.evidence if item.text not in text_after]
    return Change(new.slug, "lost", old.level, new.level, _first_words(gone or old.evidence), words_are_gone=bool(gone))


def _first_words(evidence: Sequence[Evidence]) -> str:
    return evidence[0].text if evidence else ""
