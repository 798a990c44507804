"""SIGKILL at any moment of typing costs at most what was typed in the last two seconds."""

import time
from dataclasses import dataclass
from random import Random

import pytest

from coach.bank.bank import Bank
from coach.bank.drafts import open_drafts
from coach.bank.stored import Draft
from coach.bank.story import Story
from tests.end_to_end.conftest import OpenCoach
from tests.end_to_end.steps import drafts_on_disk, go_to_action, open_story_from_list
from tests.terminal import Terminal

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(600)]

KILLS = 50
EARLY, LATE = (0.0, 1.2), (2.0, 2.8)
"""Seconds of typing before the kill: around the first draft, and long after it, every third time."""

PROMISED = 2.0
"""Seconds: what is older than this is on disk."""

SAVED_EVERY = 7
"""Rounds; so that kills meet a story whose file is newer than its oldest draft."""

TITLE = "The late parcels"


@dataclass(frozen=True)
class Typed:
    """Keys in the order they were sent, each with its moment, and the moment of the kill."""

    keys: tuple[tuple[float, str], ...]
    killed: float

    @property
    def text(self) -> str:
        return "".join(key for _, key in self.keys)

    @property
    def must_be_kept(self) -> str:
        return "".join(key for at, key in self.keys if self.killed - at > PROMISED)


def waiting_drafts(bank: Bank) -> tuple[Draft, ...]:
    """What the next start will find; looking changes nothing."""
    return open_drafts(bank).waiting()


def take_up_where_it_stopped(terminal: Terminal, bank: Bank) -> str:
    """Open the story, by its draft on Home if there is one. The action's text as it should now be on the screen."""
    drafts = waiting_drafts(bank)
    if not drafts:
        open_story_from_list(terminal, TITLE)
        return bank.get("victim").story.action
    terminal.wait_for(f"Unsaved text: “{TITLE}”")
    terminal.press("down", "enter")
    terminal.wait_for("Headline")
    return drafts[0].story.action


def type_until_killed(terminal: Terminal, words: str, seconds: float) -> Typed:
    """Key by key, each after the screen has answered the one before; then SIGKILL."""
    keys = []
    end = time.monotonic() + seconds
    for key in words:
        if time.monotonic() >= end:
            break
        keys.append((time.monotonic(), key))
        terminal.type(key)
        terminal.read(end - time.monotonic())
    killed = time.monotonic()
    terminal.kill()
    return Typed(tuple(keys), killed)


def run_of_words(number: int) -> str:
    """Marked by the round, each word once, and longer than anybody types in one."""
    return "".join(f"r{number}w{word} " for word in range(400))


def expect_shown(terminal: Terminal, text: str) -> None:
    """The beginning of the text, where the cursor is."""
    go_to_action(terminal)
    terminal.wait_for(text.split(maxsplit=1)[0])


def test_killed_while_typing_nothing_older_than_two_seconds_is_lost(
    open_coach: OpenCoach, bank: Bank, without_weights: None
) -> None:
    random = Random(50)
    saved = [bank.save(Story("victim", title=TITLE, action="Before."), loaded=None).story.action]
    lags = []
    for number in range(KILLS):
        with open_coach() as terminal:
            terminal.wait_for("1 story")
            before = take_up_where_it_stopped(terminal, bank)
            expect_shown(terminal, before)
            if number % SAVED_EVERY == SAVED_EVERY - 1:
                terminal.press("ctrl+s")
                terminal.wait_for("saved ")
                saved.append(before)
            seconds = random.uniform(*(LATE if number % 3 == 0 else EARLY))
            typed = type_until_killed(terminal, run_of_words(number), seconds)
        expect_whole_story(bank, saved)
        lags.append(expect_kept(bank, before, typed))
    print(f"at most {max(lags):.2f} s of typing were not on disk")


def expect_whole_story(bank: Bank, saved: list[str]) -> None:
    listing = bank.stories()
    assert listing.unreadable == ()
    assert listing.conflicts == ()
    assert [stored.story.action for stored in listing.stories] == [saved[-1]]


def expect_kept(bank: Bank, before: str, typed: Typed) -> float:
    """Whether the draft holds what it must, and nothing that was never typed. Seconds of typing that it lacks."""
    drafts = waiting_drafts(bank)
    kept = drafts[0].story.action if drafts else bank.get("victim").story.action
    assert kept.endswith(before)
    fresh = kept.removesuffix(before)
    assert typed.text.startswith(fresh)
    assert fresh.startswith(typed.must_be_kept)
    missing = typed.keys[len(fresh) :]
    return typed.killed - missing[0][0] if missing else 0.0


def test_a_story_that_was_never_saved_is_offered_after_a_kill(
    open_coach: OpenCoach, bank: Bank, without_weights: None
) -> None:
    with open_coach() as terminal:
        terminal.wait_for("Your bank is empty")
        terminal.press("n")
        terminal.wait_for("Headline")
        terminal.type(TITLE)
        terminal.wait_until(lambda: TITLE in drafts_on_disk(), "a draft is on disk")
        terminal.kill()
    with open_coach() as terminal:
        terminal.wait_for(f"Unsaved text: “{TITLE}”")
        terminal.press("down", "enter")
        terminal.wait_for("Headline")
        terminal.press("ctrl+s")
        terminal.wait_for("saved ")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert [stored.story.title for stored in bank.stories().stories] == [TITLE]
    assert waiting_drafts(bank) == ()
