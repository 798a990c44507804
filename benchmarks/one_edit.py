"""How many texts the encoder is asked to read when one sentence of a story is edited."""

import asyncio
from dataclasses import replace

from textual.widgets.text_area import Location

from benchmarks.machine import Machine, new_machine
from benchmarks.table import Row
from coach import paths
from coach.bank.drafts import open_drafts
from coach.bank.story import Story
from coach.matching.opening import open_reader
from coach.matching.reader import windows_of
from coach.matching.vectors import CachedEncoder, VectorCache
from coach.principles.sets import find_set
from coach.tui.app import CoachApp
from coach.tui.screens.editor import EditorScreen
from coach.tui.widgets.section_area import SectionArea
from coach.tui.workspace import Workspace
from tests.fakes import WordEncoder
from tests.waiting import until

WORDS = 300
ADDED = "carefully "
PROMISED = 1


def measure() -> list[Row]:
    with new_machine() as machine, machine.as_own():
        story = story_of(machine, WORDS)
        in_reader = texts_read_by_reader(machine, story)
        in_editor = asyncio.run(texts_read_by_app(machine, story))
    return [_row("in the reader", in_reader, story), _row("in the app's editor", in_editor, story)]


def story_of(machine: Machine, words: int) -> Story:
    """The sample story nearest to that length."""
    stories = [stored.story for stored in machine.bank().stories().stories]
    return min(stories, key=lambda story: abs(word_count(story) - words))


def word_count(story: Story) -> int:
    return sum(len(text.split()) for _, text in story.sections())


def texts_read_by_reader(machine: Machine, story: Story) -> int:
    fake = WordEncoder()
    reader = open_reader(find_set("amazon-14", bank_folder=None), CachedEncoder(fake, VectorCache(machine.cache)))
    reader.read(dict(story.sections()))
    before = len(fake.read)
    reader.read(dict(edited(story).sections()))
    return len(fake.read) - before


def edited(story: Story) -> Story:
    """One more word in the second sentence of what was done."""
    start = second_sentence(story.action)
    return replace(story, action=story.action[:start] + ADDED + story.action[start:])


def second_sentence(text: str) -> int:
    """Where its second word begins, in characters."""
    window = windows_of({"action": text})[1]
    return text.index(" ", window.start) + 1


async def texts_read_by_app(machine: Machine, story: Story) -> int:
    machine.cache.unlink(missing_ok=True)
    fake, bank = WordEncoder(), machine.bank()
    encoder = CachedEncoder(fake, VectorCache(machine.cache))
    workspace = Workspace(
        bank, open_drafts(bank), encoder, find_set("amazon-14", bank_folder=None), paths.config_file()
    )
    app = CoachApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: not workspace.unread(), "all stories are read")
        await app.open_story(story.id)
        editor = app.screen
        assert isinstance(editor, EditorScreen)
        await until(pilot, lambda: bool(editor.matches), "the open story is read")
        former, before = editor.matches, len(fake.read)
        area = editor.query_one("#section-action", SectionArea)
        area.insert(ADDED, _location(area.text, second_sentence(area.text)))
        await until(pilot, lambda: editor.matches is not former, "the edited text is read")
        return len(fake.read) - before


def _location(text: str, at: int) -> Location:
    line = text.count("\n", 0, at)
    return line, at - (text.rfind("\n", 0, at) + 1)


def _row(where: str, count: int, story: Story) -> Row:
    windows = len(windows_of(dict(story.sections())))
    return Row(
        f"Texts the encoder reads after one edited sentence, {where}",
        f"{count} of {windows}",
        "all sentences of the story",
        f"a story of {word_count(story)} words",
        f"exactly {PROMISED}",
        count == PROMISED,
    )
