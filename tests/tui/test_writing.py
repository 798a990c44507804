"""Writing a story: drafts, saving, undo, matches beside the text."""

from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from coach import paths
from coach.bank.bank import Bank
from coach.bank.drafts import open_drafts
from coach.bank.story import Story
from coach.tui.app import CoachApp
from coach.tui.screens.editor import EditorScreen
from coach.tui.widgets.match_list import PrincipleOptions
from coach.tui.widgets.section_area import SectionArea
from tests.fakes import NoEncoder
from tests.tui.conftest import MakeApp
from tests.waiting import until

DEED = "I spoke directly with customers to understand the pain behind their complaints."


def editor_of(app: CoachApp) -> EditorScreen:
    assert isinstance(app.screen, EditorScreen)
    return app.screen


def area(app: CoachApp, name: str) -> SectionArea:
    return app.screen.query_one(f"#section-{name}", SectionArea)


def shown_first(app: CoachApp) -> str:
    """The slug of the principle that the text shows best, as far as it has been read."""
    matches = editor_of(app).matches
    return matches[0].slug if matches and matches[0].level != "none" else ""


async def begin_story(pilot: Pilot[None], app: CoachApp, title: str = "The late parcels") -> None:
    await pilot.press("n")
    await until(pilot, lambda: isinstance(app.screen, EditorScreen), "the editor opens")
    app.screen.query_one("#title", Input).value = title


async def type_into(pilot: Pilot[None], app: CoachApp, name: str, text: str) -> None:
    area(app, name).focus()
    area(app, name).insert(text)
    await pilot.pause()


async def test_a_first_story_is_written_matched_confirmed_and_saved(bank: Bank, make_app: MakeApp) -> None:
    app = make_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await begin_story(pilot, app)
        await type_into(pilot, app, "action", DEED)
        await until(pilot, lambda: shown_first(app) == "customer-obsession", "the text is read")
        assert editor_of(app).matches[0].evidence[0].text == DEED
        await pilot.press("f7", "c", "escape", "escape")
        await until(pilot, lambda: not isinstance(app.screen, EditorScreen), "the editor closes")
    [stored] = bank.stories().stories
    assert stored.story.title == "The late parcels"
    assert stored.story.action == DEED
    assert stored.story.confirmed == ("customer-obsession",)


async def test_what_is_typed_is_on_disk_as_a_draft_before_it_is_saved(bank: Bank, make_app: MakeApp) -> None:
    app = make_app(bank)
    async with app.run_test() as pilot:
        await begin_story(pilot, app)
        await type_into(pilot, app, "situation", "We were fully booked")
        drafts = paths.state_folder() / "drafts"
        await until(pilot, lambda: any(drafts.rglob("*.toml")), "a draft is on disk")
        [draft] = drafts.rglob("*.toml")
        assert "We were fully booked" in draft.read_text(encoding="utf-8")
        assert bank.stories().stories == ()


async def test_a_draft_left_by_a_crash_is_offered_on_home_and_taken_up(bank: Bank, make_app: MakeApp) -> None:
    crashed = open_drafts(bank)
    crashed.keep(Story("abc", title="Half told", action="I rang"), None)
    crashed.close()
    app = make_app(bank)
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(app.waiting_drafts) == 1, "the draft is found")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen), "the editor opens")
        assert area(app, "action").text == "I rang"
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert [stored.story.title for stored in bank.stories().stories] == ["Half told"]


async def test_of_two_drafts_of_one_story_the_newest_is_offered_and_the_other_kept(
    bank: Bank, make_app: MakeApp
) -> None:
    stored = bank.save(Story("abc", title="Told", action="Saved."), loaded=None)
    for text in ("Older.", "Newer."):
        crashed = open_drafts(bank)
        crashed.keep(replace(stored.story, action=text), stored)
        crashed.close()
    app = make_app(bank)
    async with app.run_test() as pilot:
        await until(pilot, lambda: len(app.waiting_drafts) == 1, "one draft is offered")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen), "the editor opens")
        assert area(app, "action").text == "Newer."
        await pilot.press("ctrl+s")
        app.draft_keeper.wait()
        texts = [revision.story().action for revision in bank.revisions(stored)]
    assert "Older." in texts


async def test_undo_survives_saving(bank: Bank, make_app: MakeApp) -> None:
    stored = bank.save(Story("abc", title="Told", action="I rang the depot."), loaded=None)
    app = make_app(bank)
    async with app.run_test() as pilot:
        await app.open_story(stored.story.id)
        area(app, "action").focus()
        area(app, "action").insert(" Twice.", area(app, "action").document.end)
        await pilot.press("ctrl+s")
        await pilot.press("ctrl+z")
        assert area(app, "action").text == "I rang the depot."


async def test_leaving_an_untouched_story_writes_nothing(bank: Bank, make_app: MakeApp) -> None:
    stored = bank.save(Story("abc", title="Told\twith\x1b[31m", action="one\r\ntwo\x0cthree\u2028four"), loaded=None)
    before = stored.path.stat().st_mtime_ns
    app = make_app(bank)
    async with app.run_test() as pilot:
        await app.open_story(stored.story.id)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, EditorScreen), "the editor closes")
    assert stored.path.stat().st_mtime_ns == before
    assert bank.revisions(stored) == ()


async def test_a_file_changed_by_another_program_leads_to_both_texts_side_by_side(
    bank: Bank, make_app: MakeApp
) -> None:
    stored = bank.save(Story("abc", title="Told", action="I rang."), loaded=None)
    app = make_app(bank)
    async with app.run_test() as pilot:
        await app.open_story(stored.story.id)
        bank.save(replace(stored.story, action="Theirs."), loaded=stored)
        await type_into(pilot, app, "action", "Mine. ")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: type(app.screen).__name__ == "SettleConflict", "both texts are shown")
        await pilot.press("m")
        await until(pilot, lambda: bank.stories().conflicts == (), "the conflict is settled")
    [kept] = bank.stories().stories
    assert kept.story.action == "Mine. I rang."
    assert "Theirs." in [revision.story().action for revision in bank.revisions(kept)]


async def test_an_edit_that_loses_a_principle_says_so_with_its_words(bank: Bank, make_app: MakeApp) -> None:
    stored = bank.save(Story("abc", title="Told", action=DEED), loaded=None)
    app = make_app(bank)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.open_story(stored.story.id)
        await until(pilot, lambda: shown_first(app) == "customer-obsession", "the text is read")
        area(app, "action").replace_all("")
        await until(pilot, lambda: shown_first(app) == "", "the new text is read")
        [lost] = [change for change in editor_of(app).changes if change.slug == "customer-obsession"]
        assert (lost.kind, lost.words, lost.words_are_gone) == ("lost", DEED, True)


async def test_rejected_stays_rejected_whatever_the_text_says(bank: Bank, make_app: MakeApp) -> None:
    stored = bank.save(Story("abc", title="Told", action=DEED, rejected=("customer-obsession",)), loaded=None)
    app = make_app(bank)
    async with app.run_test() as pilot:
        await app.open_story(stored.story.id)
        await until(pilot, lambda: shown_first(app) == "customer-obsession", "the text is read")
        options = app.screen.query_one(PrincipleOptions)
        row = options.get_option("customer-obsession")
        assert "rejected" in str(row.prompt)


async def test_without_an_encoder_stories_are_written_and_confirmed_all_the_same(bank: Bank, make_app: MakeApp) -> None:
    app = make_app(bank, NoEncoder())
    async with app.run_test() as pilot:
        await begin_story(pilot, app)
        await type_into(pilot, app, "action", DEED)
        await until(pilot, lambda: app.workspace.reader_problem is not None, "the failure is told")
        await pilot.press("f7", "c", "escape", "escape")
        await until(pilot, lambda: not isinstance(app.screen, EditorScreen), "the editor closes")
        await pilot.press("f2")
        steps = app.screen.query_one("#steps", OptionList)
        await until(pilot, lambda: any(o.id == "reader" for o in steps.options), "Home says why")
    [stored] = bank.stories().stories
    assert len(stored.story.confirmed) == 1


async def test_an_earlier_text_is_brought_back(bank: Bank, make_app: MakeApp) -> None:
    first = bank.save(Story("abc", title="Told", action="First."), loaded=None)
    bank.save(replace(first.story, action="Second."), loaded=first)
    app = make_app(bank)
    async with app.run_test() as pilot:
        await app.open_story("abc")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: type(app.screen).__name__ == "PickText", "earlier texts are shown")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen), "back in the editor")
        await until(pilot, lambda: area(app, "action").text == "First.", "the text is back")
    [stored] = bank.stories().stories
    assert stored.story.action == "First."
    assert "Second." in [revision.story().action for revision in bank.revisions(stored)]


async def test_going_to_another_place_saves_the_open_story(bank: Bank, make_app: MakeApp) -> None:
    app = make_app(bank)
    async with app.run_test() as pilot:
        await begin_story(pilot, app)
        await type_into(pilot, app, "action", "I rang the depot.")
        await pilot.press("f4")
        await until(pilot, lambda: len(bank.stories().stories) == 1, "the story is in its file")


async def test_tab_goes_from_the_headline_to_the_situation_and_a_month_in_words_is_kept(
    bank: Bank, make_app: MakeApp
) -> None:
    app = make_app(bank)
    async with app.run_test() as pilot:
        await begin_story(pilot, app)
        await pilot.press("tab", "tab", "x")
        assert area(app, "situation").text == "x"
        await pilot.press("f5")
        app.screen.query_one("#when", Input).value = "March 2024"
        await pilot.press("ctrl+s")
    assert [stored.story.when for stored in bank.stories().stories] == ["March 2024"]
