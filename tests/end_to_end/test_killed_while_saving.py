"""SIGKILL at any moment of saving leaves one whole text in the file and loses none."""

from collections import Counter
from random import Random

import pytest

from coach.bank.bank import Bank
from coach.bank.drafts import open_drafts
from coach.bank.story import Story
from tests.end_to_end.conftest import OpenCoach
from tests.end_to_end.steps import drafts_on_disk, go_to_action, kill_after, open_story_from_list
from tests.terminal import Terminal

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(600)]

KILLS = 50
LATEST_KILL = 0.06
"""Seconds after ctrl+s; a save takes some ten milliseconds."""

TITLE = "The late parcels"


def open_the_story(terminal: Terminal, bank: Bank) -> str:
    """By its draft if one waits. The text of its action as the screen has it now."""
    terminal.wait_for("1 story")
    drafts = open_drafts(bank).waiting()
    if not drafts:
        open_story_from_list(terminal, TITLE)
        return bank.get("victim").story.action
    terminal.wait_for(f"Unsaved text: “{TITLE}”")
    terminal.press("down", "enter")
    terminal.wait_for("Headline")
    return drafts[0].story.action


def type_at_the_start(terminal: Terminal, words: str) -> None:
    """Until it is a draft: what comes next is about saving alone."""
    go_to_action(terminal)
    terminal.type(words)
    terminal.wait_until(lambda: words in drafts_on_disk(), "the text is on disk as a draft")


def texts_kept(bank: Bank) -> set[str]:
    """Every text of the story that can be brought back: the file's, its revisions', the drafts'."""
    stored = bank.get("victim")
    revisions = (revision.story().action for revision in bank.revisions(stored))
    drafts = (draft.story.action for draft in open_drafts(bank).waiting())
    return {stored.story.action, *revisions, *drafts}


def test_killed_while_saving_the_file_is_whole_and_no_text_is_lost(
    open_coach: OpenCoach, bank: Bank, without_weights: None
) -> None:
    random = Random(60)
    stored = bank.save(Story("victim", title=TITLE, action="Before."), loaded=None)
    found: Counter[str] = Counter()
    for number in range(KILLS):
        former = bank.get("victim").story.action
        with open_coach() as terminal:
            new = f"Round {number}. " + open_the_story(terminal, bank)
            type_at_the_start(terminal, f"Round {number}. ")
            terminal.press("ctrl+s")
            kill_after(terminal, random.uniform(0, LATEST_KILL))
        listing = bank.stories()
        assert [one.path for one in listing.stories] == [stored.path]
        assert (listing.unreadable, listing.conflicts) == ((), ())
        action = listing.stories[0].story.action
        assert action in (former, new)
        assert {former, new} <= texts_kept(bank)
        found["new" if action == new else "former"] += 1
    print(dict(found))
