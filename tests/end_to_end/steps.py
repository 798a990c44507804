"""What a person does again and again."""

import time

from coach import paths
from tests.terminal import Terminal


def go_to_action(terminal: Terminal) -> None:
    """From anywhere in the editor. The footer follows the focus: keys sent before it has moved go to the former place."""
    if "x Reject" not in terminal.text:
        terminal.press("f7")
        terminal.wait_for("x Reject")
    terminal.press("f7")
    terminal.wait_for(lambda text: "x Reject" not in text, "the focus is in the text")


def open_story_from_list(terminal: Terminal, title: str) -> None:
    """The only story of the bank, from any place."""
    terminal.press("f3")
    terminal.wait_for(lambda text: "Aloud" in text and title in text, f"{title} in the list")
    terminal.press("enter")
    terminal.wait_for("Headline")


def kill_after(terminal: Terminal, seconds: float) -> None:
    """SIGKILL at a moment that nothing on the screen tells; what the program writes until then is read."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and terminal.read(left):
        pass
    terminal.kill()


def drafts_on_disk() -> str:
    """All drafts in one text, those of a living program too."""
    files = (paths.state_folder() / "drafts").rglob("[!.]*.toml")
    return "".join(file.read_text(encoding="utf-8") for file in files)
