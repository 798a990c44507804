"""A whole story file taken to $EDITOR and back, without ever losing what was typed."""

import tempfile
from pathlib import Path

import click

from coach.bank.bank import Bank
from coach.bank.stored import StoredStory
from coach.bank.story import Story
from coach.bank.storyfile import format_story, parse_story
from coach.cli.context import narrate
from coach.errors import CoachError, StoryFileError


def edit_story(bank: Bank, stored: StoredStory) -> StoredStory:
    """Edit a copy; save it if it can be read, else offer the editor again. Raises CoachError, naming where the text is."""
    folder = Path(tempfile.mkdtemp(prefix="coach-"))
    copy = folder / stored.path.name
    copy.write_text(format_story(stored.story), encoding="utf-8", newline="")
    story = _edited(copy)
    saved = bank.save(story, loaded=stored)
    copy.unlink()
    folder.rmdir()
    return saved


def _edited(copy: Path) -> Story:
    while True:
        _run_editor(copy)
        try:
            return parse_story(copy.read_bytes().decode("utf-8"), name=copy.name)
        except (StoryFileError, UnicodeDecodeError) as error:
            narrate(f"This can't be read as a story yet: {error}")
            if not click.confirm("Open the editor again?", default=True, err=True):
                raise CoachError("The story is unchanged.", f"What you wrote is in {copy}.") from error


def _run_editor(copy: Path) -> None:
    try:
        click.edit(filename=str(copy))
    except click.ClickException as error:
        raise CoachError(
            f"{error.format_message()}", f"Set $EDITOR to your editor. What was written is in {copy}."
        ) from error
