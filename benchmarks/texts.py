"""Stories nobody has read, made from the sample stories."""

from itertools import count, cycle, islice

from benchmarks.machine import Machine
from coach.matching.reader import windows_of

WORDS = 250
Parts = dict[str, str]


class Texts:
    """Stories nobody has read: a number of four digits makes each sentence new, and all of them alike in length."""

    def __init__(self, machine: Machine) -> None:
        stories = [stored.story for stored in machine.bank().stories().stories]
        self._originals = [_shortened(dict(story.sections())) for story in stories]
        self._numbers = count(1000)

    def fresh(self, amount: int) -> list[Parts]:
        return [self._renewed(parts) for parts in islice(cycle(self._originals), amount)]

    def _renewed(self, parts: Parts) -> Parts:
        renewed: dict[str, list[str]] = {}
        for window in windows_of(parts):
            renewed.setdefault(window.part, []).append(f"No {next(self._numbers)} {window.text}")
        return {part: "\n".join(sentences) for part, sentences in renewed.items()}


def _shortened(parts: Parts) -> Parts:
    """Its first sentences, up to WORDS words."""
    kept: dict[str, list[str]] = {}
    words = 0
    for window in windows_of(parts):
        words += len(window.text.split())
        if words > WORDS:
            break
        kept.setdefault(window.part, []).append(window.text)
    return {part: "\n".join(sentences) for part, sentences in kept.items()}
