"""The app: its places and keys."""

from collections.abc import Callable, Iterable, Sequence
from random import SystemRandom
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from coach.bank.stored import Draft
from coach.bank.story import Story
from coach.errors import CoachError
from coach.principles.principle import Question
from coach.tui.commands import ActionCommands
from coach.tui.keeping_app import KeepingApp
from coach.tui.screens.dialogs import Confirm
from coach.tui.screens.editor import EditorScreen
from coach.tui.themes import DARK, LIGHT, THEMES


def _home() -> Screen[Any]:
    from coach.tui.screens.home import HomeScreen

    return HomeScreen()


def _stories() -> Screen[Any]:
    from coach.tui.screens.stories import StoriesScreen

    return StoriesScreen()


def _coverage() -> Screen[Any]:
    from coach.tui.screens.coverage import CoverageScreen

    return CoverageScreen()


LOOK_EVERY = 2.0
"""Seconds between looks at the bank's folder; unchanged files are recognised by size and time and not read again."""

PLACES: dict[str, Callable[[], Screen[Any]]] = {"home": _home, "stories": _stories, "coverage": _coverage}


def newest_of_each(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """One draft a story; `drafts` come newest first. Older ones become revisions when the story is saved."""
    return tuple({draft.story.id: draft for draft in reversed(drafts)}.values())[::-1]


class CoachApp(KeepingApp):
    """Write stories, see what they show, see what is missing."""

    TITLE = "coach"
    CSS_PATH = "app.tcss"
    MODES = dict(PLACES)
    COMMANDS = App.COMMANDS | {ActionCommands}
    BINDINGS = [
        Binding("f1", "help", "Help", id="help", tooltip="Help for the focused part"),
        Binding("f2", "go('home')", "Home", id="go-home", tooltip="What to do next", show=False),
        Binding("f3", "go('stories')", "Stories", id="go-stories", tooltip="All stories", show=False),
        Binding("f4", "go('coverage')", "Coverage", id="go-coverage", tooltip="Gaps and matrix", show=False),
        Binding("f10", "switch_theme", "Light/dark", id="switch-theme", tooltip="The other colour theme", show=False),
        Binding(
            "f12", "choose_set", "Principle set", id="choose-set", tooltip="The 14, the 16, or another", show=False
        ),
        Binding("ctrl+q", "quit", "Quit", id="quit", tooltip="Save and leave", priority=True),
    ]

    async def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        chosen = self.workspace.settings.theme
        self.theme = chosen if chosen in self.available_themes else DARK.name
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember_theme(theme.name))
        self.waiting_drafts = newest_of_each(self.workspace.drafts.waiting())
        await self.switch_mode("home")
        self.start_reading()
        self.set_interval(LOOK_EVERY, self.look_for_changes)

    # --- places

    async def action_go(self, mode: str) -> None:
        """To a place. An open story stays open behind it; from the story itself, Stories leads back to the list."""
        if isinstance(self.screen, EditorScreen) and mode == "stories":
            self.screen.action_leave()
        elif self.current_mode != mode:
            if self.open_editor is not None:
                self.open_editor.save()
            await self.switch_mode(mode)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What can be done from anywhere, beside the keys of the place."""
        yield from super().get_system_commands(screen)
        yield SystemCommand("Export", "The whole bank as one markdown document", self.action_export)
        yield SystemCommand("Open the trash", "Bring deleted stories back", self.action_trash)
        yield SystemCommand("Write a new story", "From anywhere", self.action_new_story)

    def action_help(self) -> None:
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def action_switch_theme(self) -> None:
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def _remember_theme(self, name: str) -> None:
        settings = self.workspace.settings
        if name != (settings.theme or DARK.name):
            self._attempt(lambda: self.workspace.remember_theme(name))

    async def after_set_switch(self) -> None:
        """Back to Home; an open story is saved and closed, since its list of matches is of the former set."""
        await self._close_editor()
        await self.switch_mode("home")
        self.reload_bank()

    # --- stories

    async def action_new_story(self, question: Question | None = None) -> None:
        await self._edit(EditorScreen(Story(self.workspace.bank.new_id(SystemRandom())), None, question))

    async def open_story(self, story_id: str, slug: str = "") -> None:
        """The story in the editor; with `slug`, that principle's evidence is selected."""
        stored = self.workspace.stored(story_id)
        if stored is None:
            self.show_error(CoachError("This story is no longer in the bank.", "It may be in the trash: F3, then t."))
        else:
            await self._edit(EditorScreen(stored.story, stored, selected=slug))

    async def take_up_draft(self, story_id: str) -> None:
        """Go on with text that was typed but not saved, after a crash for example."""
        draft = next((draft for draft in self.waiting_drafts if draft.story.id == story_id), None)
        if draft is not None:
            self.waiting_drafts = tuple(other for other in self.waiting_drafts if other is not draft)
            self.draft_keeper.take_up(draft)
            self.draft_keeper.wait()
            await self._edit(EditorScreen(draft.story, self.workspace.bank.as_loaded(draft)))

    async def _edit(self, editor: EditorScreen) -> None:
        if await self._close_editor():
            await self.switch_mode("stories")
            await self.push_screen(editor)

    async def _close_editor(self) -> bool:
        """Save and close the open story, if there is one. False when it could not be saved: then it is shown again."""
        editor = self.open_editor
        if editor is None:
            return True
        await self.switch_mode("stories")
        if not editor.save():
            return False
        await self.pop_screen()
        return True

    @property
    def open_editor(self) -> EditorScreen | None:
        try:
            stack = self.get_screen_stack("stories")
        except KeyError:  # nobody has been there yet
            return None
        return next((screen for screen in stack if isinstance(screen, EditorScreen)), None)

    # --- the end

    async def action_quit(self) -> None:
        """Keys typed before this one may still wait in the focused part; they are taken first."""
        waiting = self.screen.focused or self.screen
        waiting.call_later(self._save_and_leave)

    def _save_and_leave(self) -> None:
        """Save what is open, then leave. Text that can't be saved stays as a draft, and the user is asked first."""
        editor = self.open_editor
        if editor is None or editor.save():
            self.exit()
        elif not isinstance(self.screen, Confirm):
            question = "The open story could not be saved. Its text is kept as a draft. Leave all the same?"
            self.push_screen(Confirm(question, "Leave"), lambda leave: self.exit() if leave else None)
