"""A text taken to the user's own editor and back."""

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from textual.app import App, SuspendNotSupported

from coach.errors import CoachError


class EditorFailed(CoachError):
    """The editor could not be run or ended with an error; the text is as it was."""


def editor_command() -> list[str]:
    """$VISUAL, else $EDITOR, else what this machine has. Raises EditorFailed."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if chosen:
        return shlex.split(chosen)
    found = next((name for name in ("nano", "vim", "vi", "notepad") if shutil.which(name)), None)
    if found is None:
        raise EditorFailed("No editor is known.", "Set $EDITOR, for example: export EDITOR=nano")
    return [found]


def edit_in_terminal(app: App[None], text: str) -> str:
    """Hand the terminal to the editor and return the edited text. Raises EditorFailed; then nothing is changed.

    The child is waited for synchronously: an awaited one deadlocks with a screen that still repaints.
    """
    command = editor_command()
    folder = Path(tempfile.mkdtemp(prefix="coach-"))
    file = folder / "section.md"
    file.write_text(text, encoding="utf-8", newline="")
    try:
        with app.suspend():
            status = subprocess.run([*command, str(file)], check=False).returncode
        if status != 0:
            raise EditorFailed(f"{command[0]} ended with error {status}.", f"What it wrote is in {file}.")
        edited = file.read_text(encoding="utf-8")
    except SuspendNotSupported as error:
        raise EditorFailed("This terminal can't be handed to another program.", "Edit here instead.") from error
    except OSError as error:
        raise EditorFailed(f"{command[0]} can't be run: {error.strerror}.", "Set $EDITOR to your editor.") from error
    except UnicodeDecodeError as error:
        raise EditorFailed(f"{command[0]} left a text that is not UTF-8.", f"It is in {file}.") from error
    shutil.rmtree(folder, ignore_errors=True)
    return edited
