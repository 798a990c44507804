"""Going round the app by keyboard: home, list, coverage, trash, sets, palette."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import DataTable, Input, OptionList

from coach.bank.bank import Bank
from coach.bank.story import Story
from coach.tui.app import CoachApp
from coach.tui.screens.editor import EditorScreen
from tests.fakes import NoEncoder
from tests.tui.conftest import MakeApp
from tests.waiting import until


def screen_name(app: CoachApp) -> str:
    return type(app.screen).__name__


async def test_sample_stories_are_added_to_an_empty_bank_after_asking(bank: Bank, make_app: MakeApp) -> None:
    app = make_app(bank)
    async with app.run_test() as pilot:
        await pilot.press("s")
        await until(pilot, lambda: screen_name(app) == "Confirm", "it asks")
        await pilot.press("y")
        await until(pilot, lambda: len(bank.stories().stories) == 10, "ten stories are there")
        await until(pilot, lambda: not app.workspace.unread(), "they are read")


async def test_a_deleted_story_comes_back_from_the_trash(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f3", "d")
        await until(pilot, lambda: screen_name(app) == "Confirm", "it asks")
        await pilot.press("y")
        await until(pilot, lambda: len(sample_bank.stories().stories) == 9, "the story is gone")
        await until(pilot, lambda: screen_name(app) == "StoriesScreen", "back at the list")
        await pilot.press("t")
        await until(pilot, lambda: screen_name(app) == "PickText", "the trash opens")
        await pilot.press("enter")
        await until(pilot, lambda: len(sample_bank.stories().stories) == 10, "the story is back")


async def test_asking_to_delete_has_no_as_the_safe_answer(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f3", "d")
        await until(pilot, lambda: screen_name(app) == "Confirm", "it asks")
        await pilot.press("enter")
        await until(pilot, lambda: screen_name(app) == "StoriesScreen", "back at the list")
    assert len(sample_bank.stories().stories) == 10


async def test_search_narrows_the_list_and_escape_shows_all(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f3", "slash", *"parking")
        table = app.screen.query_one(DataTable)
        await until(pilot, lambda: table.row_count == 1, "one story is left")
        await pilot.press("enter", "escape")
        await until(pilot, lambda: table.row_count == 10, "all are shown")


async def test_a_cell_of_the_matrix_is_confirmed_and_the_word_can_be_taken_back(bank: Bank, make_app: MakeApp) -> None:
    bank.save(Story("abc", title="Told", action="I rang the depot."), loaded=None)
    app = make_app(bank)
    async with app.run_test() as pilot:
        await pilot.press("f4", "v", "c")
        await until(pilot, lambda: bank.get("told").story.confirmed == ("customer-obsession",), "it is confirmed")
        await pilot.press("c")
        await until(pilot, lambda: bank.get("told").story.confirmed == (), "the word is taken back")


async def test_a_cell_opens_its_story_with_that_principle_selected(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: not app.workspace.unread(), "stories are read")
        await pilot.press("f4", "v", "right", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen), "the editor opens")
        options = app.screen.query_one("#principles", OptionList)
        await until(pilot, lambda: options.highlighted_option is not None, "a principle is selected")
        assert options.highlighted_option is not None
        assert options.highlighted_option.id == "ownership"


async def test_a_story_for_a_gap_begins_with_its_question(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f4", "n")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen), "the editor opens")
        assert "To answer:" in str(app.screen.query_one("#question").render())


async def test_another_principle_set_is_chosen_and_remembered(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f12")
        await until(pilot, lambda: screen_name(app) == "Choose", "the sets are shown")
        await pilot.press("down", "enter")
        await until(pilot, lambda: len(app.workspace.principle_set.principles) == 16, "the 16 are in use")
        await until(pilot, lambda: not app.workspace.unread(), "stories are read against them")
        assert len(app.workspace.coverage().principles) == 16
    assert app.workspace.settings.principle_set_for(sample_bank.folder) == "amazon-16"


async def test_the_theme_is_switched_and_remembered(bank: Bank, make_app: MakeApp, own_machine: Path) -> None:
    app = make_app(bank)
    async with app.run_test() as pilot:
        await pilot.press("f10")
        await until(pilot, lambda: app.theme == "coach-light", "the light theme is on")
    assert "coach-light" in (own_machine / "config" / "settings.toml").read_text(encoding="utf-8")


async def test_the_palette_holds_every_action_that_has_a_key(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f3", "ctrl+p", *"trash")
        await until(pilot, lambda: screen_name(app) == "CommandPalette", "the palette opens")
        results = app.screen.query_one(OptionList)
        await until(pilot, lambda: results.option_count > 0, "something is found")
        assert any("Trash" in str(option.prompt) for option in results.options)


async def test_the_bank_is_exported_and_an_existing_file_is_asked_about(
    sample_bank: Bank, make_app: MakeApp, tmp_path: Path
) -> None:
    target = tmp_path / "out" / "bank.md"
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press("f4", "e")
        await until(pilot, lambda: screen_name(app) == "AskForPath", "it asks where")
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists, "the file is written")
        await until(pilot, lambda: screen_name(app) == "CoverageScreen", "back")
        await pilot.press("e")
        await until(pilot, lambda: screen_name(app) == "AskForPath", "it asks where")
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: screen_name(app) == "Confirm", "it asks before replacing")


async def test_a_broken_file_is_named_on_home_and_left_untouched(bank: Bank, make_app: MakeApp) -> None:
    bank.stories_folder.mkdir(parents=True)
    broken = bank.stories_folder / "broken one.toml"
    broken.write_text("title = [", encoding="utf-8")
    app = make_app(bank)
    async with app.run_test() as pilot:
        steps = app.screen.query_one("#steps", OptionList)
        await until(pilot, lambda: any("broken one.toml" in str(o.prompt) for o in steps.options), "it is named")
    assert broken.read_text(encoding="utf-8") == "title = ["


async def test_a_story_written_by_another_program_appears(sample_bank: Bank, make_app: MakeApp) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        sample_bank.save(Story("new", title="From elsewhere"), loaded=None)
        await pilot.press("f3")
        table = app.screen.query_one(DataTable)
        await until(pilot, lambda: table.row_count == 11, "it is in the list")


async def test_a_bank_that_vanishes_while_open_is_said_and_does_not_end_the_app(
    sample_bank: Bank, make_app: MakeApp
) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await app.open_story(sample_bank.stories().stories[0].story.id)
        shutil.rmtree(sample_bank.folder)
        await pilot.press("ctrl+s", "f4", "f2", "f3")
        await pilot.pause()
        assert app.is_running


@pytest.mark.parametrize("key", ["f2", "f3", "f4"])
async def test_help_speaks_of_the_place_one_is_at(sample_bank: Bank, make_app: MakeApp, key: str) -> None:
    app = make_app(sample_bank)
    async with app.run_test() as pilot:
        await pilot.press(key, "f1")
        await until(pilot, lambda: bool(app.screen.query("HelpPanel")), "help is shown")
        focused: Any = app.screen.focused
        assert focused is not None
        assert focused.HELP
        await pilot.press("f1")
        await until(pilot, lambda: not app.screen.query("HelpPanel"), "help is gone")


async def test_a_failed_reader_is_tried_again_from_home(sample_bank: Bank, make_app: MakeApp) -> None:
    encoder = NoEncoder()
    app = make_app(sample_bank, encoder)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.workspace.reader_problem is not None, "the failure is told")
        encoder.works = True
        await pilot.press("down", "enter")
        await until(pilot, lambda: not app.workspace.unread(), "stories are read")
