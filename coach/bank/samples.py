"""The invented stories that ship with the program, to look around with."""

from pathlib import Path

from coach.bank.bank import Bank
from coach.bank.storyfile import parse_story


def copy_samples(folder: Path, bank: Bank) -> int:
    """Save every sample story of `folder` into the bank that is not in it yet; how many were added. Raises SaveFailed."""
    present = {stored.story.id for stored in bank.stories().stories}
    samples = [parse_story(file.read_text(encoding="utf-8"), name=file.name) for file in sorted(folder.glob("*.toml"))]
    missing = [story for story in samples if story.id not in present]
    for story in missing:
        bank.save(story, loaded=None)
    return len(missing)
