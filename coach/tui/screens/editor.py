"""Write one story; beside it, what it shows and by which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from coach.bank.stored import StoredStory, TwoTexts
from coach.bank.story import SECTIONS, Story
from coach.coverage.matrix import standing_of
from coach.errors import EncoderUnavailable, SaveFailed
from coach.matching.changes import Change, changes_between
from coach.principles.principle import Question
from coach.tui.external import EditorFailed, edit_in_terminal
from coach.tui.messages import ReadingFailed
from coach.tui.screens.details import Details
from coach.tui.screens.place import PlaceScreen
from coach.tui.widgets.match_list import MatchList, PrincipleOptions
from coach.tui.widgets.section_area import SectionArea
from coach.tui.workspace import Matches

READ_AFTER = 0.4
"""Seconds without a key before the text is read again."""

DRAFT_AFTER = 1.0
"""Seconds from a key until the text so far is on disk as a draft; 2 s are promised."""


class EditorScreen(PlaceScreen):
    """The five sections, autosaved as a draft, saved on ctrl+s and on leaving."""

    PLACE = "stories"
    CSS_PATH = "editor.tcss"
    AUTO_FOCUS = "#title"
    # F6 and F7 go before the text areas, which would select with them.
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", id="save-story", tooltip="Write the story to its file"),
        Binding(
            "f6",
            "edit_outside",
            "Own editor",
            id="edit-outside",
            tooltip="This section in $EDITOR",
            show=False,
            priority=True,
        ),
        Binding(
            "f7",
            "switch_side",
            "Matches",
            id="go-to-matches",
            tooltip="Between the text and its matches",
            priority=True,
        ),
        Binding(
            "f8",
            "judge('confirm')",
            "Confirm selected",
            id="confirm-selected",
            tooltip="The story shows the selected principle",
            show=False,
        ),
        Binding(
            "f9",
            "judge('reject')",
            "Reject selected",
            id="reject-selected",
            tooltip="The story does not show it",
            show=False,
        ),
        Binding(
            "ctrl+r", "revisions", "Earlier texts", id="revisions", tooltip="Former texts of this story", show=False
        ),
        Binding("escape", "leave", "Back", id="leave-story", tooltip="Save and go back to the list"),
    ]

    def __init__(
        self, story: Story, stored: StoredStory | None, question: Question | None = None, selected: str = ""
    ) -> None:
        """`story` is what to show: the stored text, a recovered draft, or a new story (`stored` is None).

        `question` is what a new story answers; `selected` the principle whose evidence is shown first.
        """
        super().__init__()
        self._selected_first = selected
        self._story = story
        self._stored = stored
        self._question = question
        self._matches: Matches = ()
        self._before: Matches = ()
        self._reading_timer: Timer | None = None
        self._draft_timer: Timer | None = None
        self._is_dirty = stored is None or story != stored.story

    @dataclass
    class TextRead(Message):
        """The text on the screen has been matched."""

        parts: dict[str, str]
        matches: Matches

    # --- what is on the screen

    def content(self) -> Iterable[Widget]:
        with Horizontal(id="sides"):
            with VerticalScroll(id="text", can_focus=False):
                question = Static(
                    Content(f"To answer: {self._question.text}") if self._question else "", id="question", markup=False
                )
                question.display = self._question is not None
                yield question
                yield Details(self._story)
                for name, text in self._story.sections():
                    yield SectionArea(name, text)
            yield MatchList(self.coach.workspace.principle_set)

    def on_mount(self) -> None:
        super().on_mount()
        self._before = self._matches = self._known_matches()
        self._show_matches()
        if self._selected_first:
            self.query_one(MatchList).select_slug(self._selected_first)
            self.action_switch_side()
        self.read_text()
        if self._is_dirty and self._stored is not None:
            self.note("draft, not yet saved")

    def _known_matches(self) -> Matches:
        return self.coach.workspace.readings.get(self._story.id, ())

    def _whole_text(self) -> str:
        return "\n".join(area.text for area in self._areas())

    def _areas(self) -> list[SectionArea]:
        return list(self.query(SectionArea))

    # --- typing

    @property
    def story(self) -> Story:
        """The story as it stands on the screen."""
        typed = self.query_one(Details).apply_to(self._story)
        return typed.with_sections({area.section: area.stored_text for area in self._areas()})

    @property
    def matches(self) -> Matches:
        """What the text on the screen shows, as far as it has been read."""
        return self._matches

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was gained or lost since the last save."""
        return changes_between(self._before, self._matches, self._whole_text())

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Details.Changed)
    def notice_typing(self, event: TextArea.Changed | Input.Changed | Details.Changed) -> None:
        if isinstance(event, TextArea.Changed):
            cast(SectionArea, event.text_area).show_count()
        if not self._is_dirty and self.story == self._saved_story:
            return
        self._is_dirty = True
        self._draft_timer = self._draft_timer or self.set_timer(DRAFT_AFTER, self._keep_draft)
        if self._reading_timer is not None:
            self._reading_timer.stop()
        self._reading_timer = self.set_timer(READ_AFTER, self.read_text)

    @on(TextArea.SelectionChanged)
    def keep_cursor_in_sight(self, event: TextArea.SelectionChanged) -> None:
        """The areas grow with their text, so it is the page around them that has to follow the cursor."""
        self.call_after_refresh(self._follow_cursor, event.text_area)

    def _follow_cursor(self, area: TextArea) -> None:
        page = self.query_one("#text", VerticalScroll)
        if area.has_focus:
            line = area.cursor_screen_offset.y - page.region.y + round(page.scroll_y)
            page.scroll_to_region(Region(0, line - 1, 1, 3), animate=False, immediate=True)

    @property
    def _saved_story(self) -> Story | None:
        return self._stored.story if self._stored else None

    def _keep_draft(self) -> None:
        self._draft_timer = None
        if self._is_dirty:
            self.coach.draft_keeper.keep(self.story, self._stored)
            self.note("draft kept")

    # --- reading

    @work(thread=True, exclusive=True, group="reading-text", exit_on_error=False)
    def _read(self, parts: dict[str, str]) -> None:
        try:
            matches = self.coach.workspace.reader.read(parts)
        except EncoderUnavailable as error:
            self.app.post_message(ReadingFailed(error))
        else:
            self.post_message(self.TextRead(parts, matches))

    def read_text(self) -> None:
        """Read what is on the screen; spans then fit the text areas, whatever line ends the file has."""
        if self.coach.workspace.reader_problem is None:
            self._read({area.section: area.text for area in self._areas()})

    @on(TextRead)
    def take_matches(self, event: TextRead) -> None:
        """Matches of a text that has been typed over meanwhile are not shown: others are on their way."""
        if event.parts == {area.section: area.text for area in self._areas()}:
            self._matches = event.matches
            self._before = self._before or event.matches
            self._show_matches()

    def _show_matches(self) -> None:
        story, by_slug = self._story, {match.slug: match for match in self._matches}
        slugs = self.coach.workspace.principle_set.slugs
        standings = {slug: standing_of(story, slug, by_slug.get(slug)) for slug in slugs}
        panel = self.query_one(MatchList)
        panel.show(self._matches, standings, self._panel_title())
        panel.show_changes(self.changes)
        self._mark_evidence()

    def _panel_title(self) -> str:
        if self.coach.workspace.reader_problem is not None:
            return "Without matches: your own word counts"
        return "What it shows" if self._matches else "Not read yet"

    def _mark_evidence(self) -> None:
        row = self.query_one(MatchList).selected
        evidence = row.match.evidence if row and row.match and row.match.level != "none" else ()
        for area in self._areas():
            area.mark((item.start, item.end) for item in evidence if item.part == area.section)

    @on(MatchList.Selected)
    def show_where(self) -> None:
        self._mark_evidence()
        if self.query_one(PrincipleOptions).has_focus:
            marked = next((area for area in self._areas() if area.first_marked_line is not None), None)
            if marked is not None:
                marked.scroll_visible(animate=False)

    # --- the author's word

    @on(MatchList.Judged)
    def take_word(self, event: MatchList.Judged) -> None:
        self.judge(event.slug, event.word)

    def action_judge(self, word: str) -> None:
        row = self.query_one(MatchList).selected
        if row is None:
            self.notify("Select a principle in the list first: F7 goes there.", severity="warning")
        else:
            self.judge(row.principle.slug, word)

    def judge(self, slug: str, word: str) -> None:
        """`word`: confirm, reject or leave_open. The same word twice takes it back."""
        already = {"confirm": self._story.confirmed, "reject": self._story.rejected}.get(word, ())
        method = "leave_open" if slug in already else word
        self._story = cast(Story, getattr(self._story, method)(slug))
        self._show_matches()
        self.save()

    # --- saving and leaving

    def action_save(self) -> None:
        self.save()

    def save(self) -> bool:
        """Write the story. Whether it is safe: False means that it stays here as a draft, and the user knows."""
        story = self.story
        if self._stored is None and story.is_blank:
            self.coach.draft_keeper.drop(story.id)
            self._is_dirty = False
            return True
        if self._stored is not None and story == self._stored.story:
            self._after_save(self._stored)
            return True
        return self._try_to_save(story)

    def _try_to_save(self, story: Story) -> bool:
        self._stop_timers()
        try:
            stored = self.coach.workspace.bank.save(story, loaded=self._stored)
        except TwoTexts as error:
            self._is_dirty = False
            self.coach.draft_keeper.drop(story.id)
            self.coach.conflict_found(error)
            return True
        except SaveFailed as error:
            self.coach.draft_keeper.keep(story, self._stored)
            self.coach.show_error(error, title="Not saved; the text stays here and as a draft")
            return False
        self._tell_losses()
        self._after_save(stored)
        return True

    def _after_save(self, stored: StoredStory) -> None:
        self._stored, self._story, self._is_dirty = stored, stored.story, False
        self._before = self._matches
        self.coach.draft_keeper.drop(stored.story.id)
        self.coach.reload_bank()
        self.note(f"saved {self.coach.now():%H:%M}")

    def _tell_losses(self) -> None:
        for change in (change for change in self.changes if change.kind == "lost" and change.before == "strong"):
            name = self.coach.workspace.principle_set.name_of(change.slug)
            self.notify(f"Saved. This edit lost {name}; ctrl+z takes it back.", severity="warning", markup=False)

    def _stop_timers(self) -> None:
        for timer in (self._draft_timer, self._reading_timer):
            if timer is not None:
                timer.stop()
        self._draft_timer = self._reading_timer = None

    def action_leave(self) -> None:
        if self.query_one(PrincipleOptions).has_focus:
            self.action_switch_side()
        elif self.save():
            self.app.pop_screen()

    def on_screen_suspend(self) -> None:
        """Another place, a dialog or the end of the app: what was typed is kept first."""
        if self._is_dirty:
            self._keep_draft()

    # --- going elsewhere

    def action_switch_side(self) -> None:
        options = self.query_one(PrincipleOptions)
        if options.has_focus:
            self.remove_class("-matches")
            self._areas()[SECTIONS.index("action")].focus()
        else:
            self.add_class("-matches")
            options.focus()
            if options.highlighted is None and options.option_count:
                options.highlighted = 0

    def action_edit_outside(self) -> None:
        area = self.focused
        if not isinstance(area, SectionArea):
            self.notify("Go into the section you want to edit outside, then press F6 again.")
            return
        try:
            area.replace_all(edit_in_terminal(self.app, area.stored_text))
        except EditorFailed as error:
            self.coach.show_error(error, title="Your text is unchanged")

    @work
    async def action_revisions(self) -> None:
        """Choose an earlier text; it is put in place by a save of its own, so that the present one is kept too."""
        if not self.save() or self._stored is None:
            self.notify("This story has not been saved yet, so it has no earlier texts.")
            return
        restored = await self.coach.pick_revision(self._stored)
        if restored is not None:
            self._show_stored(restored)

    def _show_stored(self, stored: StoredStory) -> None:
        """Another text of this story takes the place of the one on the screen; undo still knows the former."""
        self._story, self._stored, self._is_dirty = stored.story, stored, False
        with self.prevent(TextArea.Changed):
            for area in self._areas():
                area.show_stored(stored.story.section(area.section))
        self.query_one(Details).show(stored.story)
        self._show_matches()
        self.read_text()

    def show_bank(self) -> None:
        """A text that was changed by another program while nobody was typing here is shown as it now is."""
        on_disk = self.coach.workspace.stored(self._story.id)
        if on_disk is not None and not self._is_dirty and self._stored is not None and on_disk != self._stored:
            self._show_stored(on_disk)
            self.note("changed by another program; this is its text")
