"""From an empty bank to an exported document, with the real encoder, in a terminal of 80 x 24."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from coach.bank.bank import Bank
from tests.end_to_end.conftest import OpenCoach
from tests.end_to_end.steps import go_to_action
from tests.terminal import HAS_PROC, Terminal, coach_command

pytestmark = [pytest.mark.terminal, pytest.mark.encoder]

TITLE = "The late parcels"
DEED = (
    "I rang nine customers whose parcels were late and asked what the delay had cost them. "
    "Then I changed our promise so that it was built on what they told me."
)
CHILD = "encoder_child"


def first_match(terminal: Terminal) -> str:
    """The principle of the selected row, as the pane below the list names it."""
    found = re.search(r"▏ (\w[^·\n]*?) · (strong|possible)", terminal.text)
    assert found is not None, terminal.text
    return found[1].strip()


def write_story(terminal: Terminal) -> None:
    terminal.wait_for("Your bank is empty")
    terminal.press("n")
    terminal.wait_for("Headline")
    terminal.type(TITLE)
    terminal.wait_for(TITLE)
    go_to_action(terminal)
    terminal.type(DEED)
    terminal.wait_for("asked what the delay")


def confirm_first_match(terminal: Terminal) -> str:
    terminal.wait_for(lambda text: "● strong" in text or "○ possible" in text, "a match with its level")
    terminal.press("f7")
    terminal.wait_for("“I rang nine customers")
    terminal.wait_for("(action)")
    name = first_match(terminal)
    terminal.press("c")
    terminal.wait_for("◆ confirmed")
    terminal.wait_for("saved ")
    return name


def expect_coverage_of(terminal: Terminal, name: str) -> None:
    """In the list, where what is no gap stands last, and in the matrix."""
    terminal.press("f4")
    terminal.wait_for("1 story: 0 covered, 1 fragile, 13 gaps")
    terminal.press("pagedown", "pagedown")
    terminal.wait_for(lambda text: f"{name}:" in text and f"◆ confirmed: “{TITLE}”" in text, f"{name} is confirmed")
    terminal.press("v")
    terminal.wait_for(lambda text: re.search(rf"{TITLE}.*◆", text) is not None, "◆ in the row of the story")


def export_to(terminal: Terminal, target: Path) -> None:
    terminal.press("e")
    terminal.wait_for("Export the whole bank")
    terminal.press("end", "ctrl+u")
    terminal.wait_for(lambda text: "story-bank.md" not in text, "the proposed path is gone")
    terminal.type(str(target))
    terminal.wait_for(target.name)
    terminal.press("enter")
    terminal.wait_until(target.exists, "the document is written")


def expect_nobody_left(terminal: Terminal) -> None:
    assert terminal.wait_for_end() == 0
    terminal.wait_until(lambda: not terminal.session, "no process of the session is left")


def test_a_story_is_written_matched_confirmed_exported_and_found_again(
    open_coach: OpenCoach, bank: Bank, environment: dict[str, str], tmp_path: Path
) -> None:
    document = tmp_path / "my bank.md"
    with open_coach() as terminal:
        write_story(terminal)
        name = confirm_first_match(terminal)
        terminal.press("escape")
        expect_coverage_of(terminal, name)
        export_to(terminal, document)
        assert not HAS_PROC or any(CHILD in command for command in terminal.session.values())
        terminal.press("ctrl+q")
        expect_nobody_left(terminal)
    exported = document.read_text(encoding="utf-8")
    assert TITLE in exported
    assert name in exported

    [stored] = bank.stories().stories
    assert (stored.story.title, stored.story.action, len(stored.story.confirmed)) == (TITLE, DEED, 1)
    [listed] = listed_stories(bank, environment, tmp_path)
    assert (listed["title"], listed["file"]) == (TITLE, str(stored.path))
    assert listed["confirmed"] == list(stored.story.confirmed)

    with open_coach() as terminal:
        terminal.wait_for("1 story, ")
        terminal.press("f3")
        terminal.wait_for(TITLE)
        terminal.press("enter")
        terminal.wait_for("I rang nine customers")
        terminal.wait_for("◆ confirmed")
        expect_coverage_of(terminal, name)
        terminal.press("ctrl+q")
        expect_nobody_left(terminal)
    assert [again.fingerprint for again in bank.stories().stories] == [stored.fingerprint]


def listed_stories(bank: Bank, environment: dict[str, str], here: Path) -> list[dict[str, object]]:
    command = coach_command("--bank", str(bank.folder), "list", "--json")
    answer = subprocess.run(command, env=environment, cwd=here, capture_output=True, check=True, text=True)
    found: list[dict[str, object]] = json.loads(answer.stdout)
    return found
