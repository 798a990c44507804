"""A whole story file taken to the author's own editor and back, without ever losing what was typed."""

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from coach.bank.bank import Bank
from coach.bank.files import read_bytes
from coach.bank.stored import StoredStory
from coach.bank.story import Story
from coach.bank.storyfile import encode_story, is_same_story, read_story
from coach.cli.context import narrate
from coach.errors import CoachError, StoryChangedElsewhere, StoryFileError

USUAL_EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad")


def edit_story(bank: Bank, stored: StoredStory) -> StoredStory:
    """Edit a copy and save it; a copy that can't be read is offered to the editor again.

    Raises CoachError, which names where the text is.
    """
    command = editor_command()
    copy = Path(tempfile.mkdtemp(prefix="coach-")) / stored.path.name
    copy.write_bytes(encode_story(stored.story))
    story = replace(_edited(command, copy), id=stored.story.id)
    saved = _saved(bank, stored, story, copy)
    shutil.rmtree(copy.parent, ignore_errors=True)
    return saved


def editor_command() -> list[str]:
    """$VISUAL, else $EDITOR, else what this machine has. Raises CoachError."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(chosen)
    except ValueError as error:
        raise CoachError(f"$EDITOR can't be understood: {chosen}.", "Check its quotation marks.") from error
    usual = [name for name in USUAL_EDITORS if not command and shutil.which(name)]
    if not command and not usual:
        raise CoachError("No editor is known.", "Set $EDITOR, for example: export EDITOR=nano")
    return command or usual[:1]


def _edited(command: list[str], copy: Path) -> Story:
    while True:
        _run_editor(command, copy)
        try:
            return _read(copy)
        except StoryFileError as error:
            narrate(f"This can't be read as a story yet: {error}")
            if not _wants_to_go_on():
                raise CoachError("The story is unchanged.", f"What you wrote is in {copy}.") from error


def _read(copy: Path) -> Story:
    data = read_bytes(copy)
    if data is None:
        raise StoryFileError(f"The editor left no {copy.name}.", f"It has to be saved as {copy}.")
    return read_story(data, name=copy.name)


def _wants_to_go_on() -> bool:
    """False as well where nobody can be asked: then the text has to be named, not waited for."""
    try:
        return click.confirm("Open the editor again?", default=True, err=True)
    except click.Abort:
        return False


def _saved(bank: Bank, stored: StoredStory, story: Story, copy: Path) -> StoredStory:
    if is_same_story(story, stored.story):
        narrate("Nothing was changed.")
        return stored
    try:
        return bank.save(story, loaded=stored)
    except StoryChangedElsewhere:
        # The bank has kept the text beside the other one and says where.
        shutil.rmtree(copy.parent, ignore_errors=True)
        raise
    except CoachError as error:
        raise CoachError(error.sentence, f"{error.hint} What you wrote is in {copy}.".strip()) from error


def _run_editor(command: list[str], copy: Path) -> None:
    hint = f"What was written is in {copy}; set $EDITOR to another editor if need be."
    try:
        with _interrupts_left_to_the_editor():
            status = subprocess.run([*command, str(copy)], check=False).returncode
    except OSError as error:
        shutil.rmtree(copy.parent, ignore_errors=True)
        raise CoachError(
            f"The editor {command[0]} can't be run: {error.strerror}.", "Set $EDITOR to your editor."
        ) from error
    if status != 0:
        raise CoachError(f"The editor {command[0]} ended with error {status}; the story is unchanged.", hint)


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """ctrl+c is a command in many editors; ending here would kill the editor with the text in it.

    A handler, not SIG_IGN: that would be handed down to the editor.
    """
    former = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
