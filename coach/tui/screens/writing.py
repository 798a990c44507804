"""The text side of the editor: sections, drafts, saving, earlier texts."""

from collections.abc import Iterable

from textual import on, work
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from coach.bank.stored import StoredStory, TwoTexts
from coach.bank.story import Story
from coach.errors import SaveFailed
from coach.principles.principle import Question
from coach.tui.external import EditorFailed, edit_in_terminal
from coach.tui.screens.details import Details
from coach.tui.screens.place import PlaceScreen
from coach.tui.widgets.section_area import SectionArea

DRAFT_AFTER = 1.0
"""Seconds from a key until the text so far is on disk as a draft; 2 s are promised."""


class WritingScreen(PlaceScreen):
    """One story to type in: autosaved as a draft, saved on ctrl+s and on leaving."""

    # F6 goes before the text areas, which would select a line with it.
    BINDINGS = [
        # Tab goes before everything, so that the keys typed right after it reach the next field and not the former one.
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("f5", "details", "Details", id="details", tooltip="Month, role, company, tags", show=False),
        Binding("ctrl+s", "save", "Save", id="save-story", tooltip="Write the story to its file"),
        Binding("f6", "edit_outside", "Own editor", id="edit-outside", tooltip="In $EDITOR", show=False, priority=True),
        Binding(
            "ctrl+r", "revisions", "Earlier texts", id="revisions", tooltip="Former texts of this story", show=False
        ),
    ]

    def __init__(self, story: Story, stored: StoredStory | None, question: Question | None) -> None:
        """`story` is what to show: the stored text, a recovered draft, or a new story (`stored` is None)."""
        super().__init__()
        self._story = story
        self._stored = stored
        self._question = question
        self._draft_timer: Timer | None = None
        self._is_dirty = stored is None or story != stored.story

    def text_side(self) -> Iterable[Widget]:
        """What a new story answers, the particulars, and the five sections."""
        if self._question is not None:
            yield Static(Content(f"To answer: {self._question.text}"), id="question", markup=False)
        yield Details(self._story)
        for name, text in self._story.sections():
            yield SectionArea(name, text)

    @property
    def areas(self) -> list[SectionArea]:
        return list(self.query(SectionArea))

    @property
    def story(self) -> Story:
        """The story as it stands on the screen."""
        typed = self.query_one(Details).apply_to(self._story)
        return typed.with_sections({area.section: area.stored_text for area in self.areas})

    def text_changed(self) -> None:
        """The text on the screen is another one now."""

    def text_saved(self) -> None:
        """What is on the screen is in the file, too."""

    # --- typing

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Details.Changed)
    def notice_typing(self) -> None:
        if self._is_dirty or self._stored is None or self.story != self._stored.story:
            self._is_dirty = True
            self._draft_timer = self._draft_timer or self.set_timer(DRAFT_AFTER, self._keep_draft)
        self.text_changed()

    def _keep_draft(self) -> None:
        self._stop_draft_timer()
        if self._is_dirty:
            self.coach.draft_keeper.keep(self.story, self._stored)
            self.note("draft kept")

    def _stop_draft_timer(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None

    def on_screen_suspend(self) -> None:
        """Another place, a dialog or the end of the app: what was typed is kept first."""
        self._keep_draft()

    @on(TextArea.SelectionChanged)
    def keep_cursor_in_sight(self, event: TextArea.SelectionChanged) -> None:
        """The areas grow with their text, so it is the page around them that has to follow the cursor."""
        self.call_after_refresh(self._follow_cursor, event.text_area)

    def _follow_cursor(self, area: TextArea) -> None:
        page = self.query_one("#text", VerticalScroll)
        if area.has_focus:
            line = area.cursor_screen_offset.y - page.region.y + round(page.scroll_y)
            page.scroll_to_region(Region(0, line - 1, 1, 3), animate=False, immediate=True)

    # --- saving

    def action_save(self) -> None:
        self.save()

    def save(self) -> bool:
        """Write the story. Whether it is safe: False means that it stays here as a draft, and the user knows."""
        story = self.story
        if self._stored is None and story.is_blank:
            self._is_dirty = False
            self.coach.draft_keeper.drop(story.id)
            return True
        if self._stored is not None and story == self._stored.story:
            self._take_saved(self._stored)
            return True
        return self._write(story)

    def _write(self, story: Story) -> bool:
        self._stop_draft_timer()
        # The draft becomes the very text that is saved: if a kill comes before it is dropped, it is no news to anybody.
        self.coach.draft_keeper.keep(story, self._stored)
        self.coach.draft_keeper.wait()
        try:
            stored = self.coach.workspace.bank.save(story, loaded=self._stored)
        except TwoTexts as error:
            self._is_dirty = False
            self.coach.draft_keeper.drop(story.id)
            self.coach.conflict_found(error)
            return True
        except SaveFailed as error:
            self.coach.show_error(error, title="Not saved; the text stays here and as a draft")
            return False
        self.text_saved()
        self._take_saved(stored)
        return True

    def _take_saved(self, stored: StoredStory) -> None:
        if stored.story.id != self._story.id:  # its own id was taken by another story meanwhile
            self.coach.draft_keeper.drop(self._story.id)
        self._stored, self._story, self._is_dirty = stored, stored.story, False
        self.coach.draft_keeper.drop(stored.story.id)
        self.coach.reload_bank()
        self.note(f"saved {self.coach.now():%H:%M}")

    def action_details(self) -> None:
        self.query_one(Details).unfold()

    # --- other texts of the story

    def action_edit_outside(self) -> None:
        area = self.focused
        if not isinstance(area, SectionArea):
            self.notify("Go into the section you want to edit outside, then press F6 again.")
            return
        self._keep_draft()
        try:
            area.replace_all(edit_in_terminal(self.app, area.stored_text))
        except EditorFailed as error:
            self.coach.show_error(error, title="Your text is unchanged")

    @work
    async def action_revisions(self) -> None:
        """Choose an earlier text; it is put in place by a save of its own, so that the present one is kept too."""
        if not self.save():
            return
        if self._stored is None:
            self.notify("This story has not been saved yet, so it has no earlier texts.")
            return
        restored = await self.coach.pick_revision(self._stored)
        if restored is not None:
            self._show_stored(restored)

    def _show_stored(self, stored: StoredStory) -> None:
        """Another text of this story takes the place of the one on the screen; undo still knows the former."""
        self._story, self._stored, self._is_dirty = stored.story, stored, False
        with self.prevent(TextArea.Changed):
            for area in self.areas:
                area.show_stored(stored.story.section(area.section))
        self.query_one(Details).show(stored.story)
        self.text_changed()

    def show_bank(self) -> None:
        """A text that was changed by another program while nobody was typing here is shown as it now is."""
        on_disk = self.coach.workspace.stored(self._story.id)
        if on_disk is not None and not self._is_dirty and self._stored is not None and on_disk != self._stored:
            self._show_stored(on_disk)
            self.note("changed by another program; this is its text")
