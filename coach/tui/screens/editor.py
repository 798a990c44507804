"""Write one story; beside it, what it shows and by which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from coach.bank.stored import StoredStory
from coach.bank.story import SECTIONS, Story
from coach.coverage.matrix import standing_of
from coach.errors import EncoderUnavailable
from coach.matching.changes import Change, changes_between
from coach.principles.principle import Question
from coach.tui.messages import ReadingFailed
from coach.tui.screens.writing import WritingScreen
from coach.tui.widgets.match_list import MatchList, PrincipleOptions
from coach.tui.workspace import Matches

READ_AFTER = 0.4
"""Seconds without a key before the text is read again."""


class EditorScreen(WritingScreen):
    """The text at the left, its matches at the right."""

    PLACE = "stories"
    CSS_PATH = "editor.tcss"
    AUTO_FOCUS = "#title"
    # F7 goes before the text areas, which would select everything with it.
    BINDINGS = [
        Binding("f7", "switch_side", "Matches", id="go-to-matches", tooltip="Text or matches", priority=True),
        Binding(
            "f8", "judge('confirm')", "Confirm selected", id="confirm-selected", tooltip="It shows this", show=False
        ),
        Binding("f9", "judge('reject')", "Reject selected", id="reject-selected", tooltip="It doesn't", show=False),
        Binding("escape", "leave", "Back", id="leave-story", tooltip="Save and go back to the list"),
    ]

    @dataclass
    class TextRead(Message):
        """A text of this story has been matched, or could not be (then `matches` is None)."""

        parts: dict[str, str]
        matches: Matches | None

    def __init__(
        self, story: Story, stored: StoredStory | None, question: Question | None = None, selected: str = ""
    ) -> None:
        """`question` is what a new story answers; `selected` the principle whose evidence is shown first."""
        super().__init__(story, stored, question)
        self._selected_first = selected
        self._matches: Matches = ()
        self._before: Matches = ()
        self._parts_being_read: dict[str, str] | None = None
        self._reading_timer: Timer | None = None

    def content(self) -> Iterable[Widget]:
        with Horizontal(id="sides"):
            with VerticalScroll(id="text", can_focus=False):
                yield from self.text_side()
            yield MatchList(self.coach.workspace.principle_set)

    def on_mount(self) -> None:
        super().on_mount()
        self._before = self._matches = self.coach.workspace.readings.get(self._story.id, ())
        self.show_matches()
        if self._selected_first:
            self.query_one(MatchList).select_slug(self._selected_first)
            self.action_switch_side()
        self.read_text()

    @property
    def matches(self) -> Matches:
        """What the text on the screen shows, as far as it has been read."""
        return self._matches

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was gained or lost since the last save."""
        return changes_between(self._before, self._matches, "\n".join(self._parts.values()))

    # --- reading

    @property
    def _parts(self) -> dict[str, str]:
        """What is on the screen; spans then fit the text areas, whatever line ends the file has."""
        return {area.section: area.text for area in self.areas}

    def text_changed(self) -> None:
        if self._reading_timer is not None:
            self._reading_timer.stop()
        self._reading_timer = self.set_timer(READ_AFTER, self.read_text)

    def read_text(self) -> None:
        """One reading at a time: what was typed meanwhile is read after it, however long the encoder takes to start."""
        if self._parts_being_read is None and self.coach.workspace.reader_problem is None:
            self._parts_being_read = self._parts
            self._read(self._parts_being_read)

    @work(thread=True, group="reading-text", exit_on_error=False)
    def _read(self, parts: dict[str, str]) -> None:
        try:
            self.post_message(self.TextRead(parts, self.coach.workspace.reader.read(parts, story_id=self._story.id)))
        except EncoderUnavailable as error:
            self.app.post_message(ReadingFailed(error))
            self.post_message(self.TextRead(parts, None))

    @on(TextRead)
    def take_matches(self, event: TextRead) -> None:
        """Matches of a text that has been typed over are not shown; the present one is read next."""
        self._parts_being_read = None
        if event.matches is None:
            self.show_matches()
        elif event.parts == self._parts:
            self._matches = event.matches
            self._before = self._before or event.matches
            self.show_matches()
        else:
            self.read_text()

    def show_matches(self) -> None:
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
        for area in self.areas:
            area.mark((item.start, item.end) for item in evidence if item.part == area.section)

    @on(MatchList.Selected)
    def show_where(self) -> None:
        self._mark_evidence()
        if self.query_one(PrincipleOptions).has_focus:
            marked = next((area for area in self.areas if area.first_marked_line is not None), None)
            if marked is not None:
                marked.scroll_visible(animate=False)

    def text_saved(self) -> None:
        """From here on gains and losses count anew; a strong match that this save lost is said aloud."""
        for change in (change for change in self.changes if change.kind == "lost" and change.before == "strong"):
            name = self.coach.workspace.principle_set.name_of(change.slug)
            self.notify(f"Saved. This edit lost {name}; ctrl+z takes it back.", severity="warning")
        self._before = self._matches

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
        self.save()
        self.show_matches()

    # --- going elsewhere

    def action_switch_side(self) -> None:
        options = self.query_one(PrincipleOptions)
        if options.has_focus:
            self.remove_class("-matches")
            self.areas[SECTIONS.index("action")].focus()
        else:
            self.add_class("-matches")
            options.focus()
            if options.highlighted is None and options.option_count:
                options.highlighted = 0

    def action_leave(self) -> None:
        if self.query_one(PrincipleOptions).has_focus:
            self.action_switch_side()
        elif self.save():
            self.app.pop_screen()

    def show_bank(self) -> None:
        super().show_bank()
        self.show_matches()
