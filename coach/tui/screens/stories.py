"""All stories: search, open, write, remove."""

from collections.abc import Iterable

from rich.text import Text
from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Input, Static

from coach.bank.story import Story
from coach.bank.visible import printable
from coach.bank.words import count_words, format_duration, spoken_seconds
from coach.coverage.matrix import Cell, Coverage
from coach.tui.screens.place import PlaceScreen
from coach.tui.wording import GLYPHS, LEGEND

OUTCOME_MARKS = {"success": "", "failure": "failure", "mixed": "mixed"}


class StoryTable(DataTable[Text]):
    """One row a story, keyed by its id."""

    HELP = """\
## Stories

- **enter** opens a story, **n** starts a new one, **d** moves one to the trash
- **/** searches titles, texts, tags and companies; **escape** shows all again
- **t** opens the trash, **ctrl+r** in a story its earlier texts
"""
    BINDINGS = [Binding("j", "cursor_down", show=False), Binding("k", "cursor_up", show=False)]


class StoriesScreen(PlaceScreen):
    """The list."""

    PLACE = "stories"
    CSS_PATH = "stories.tcss"
    AUTO_FOCUS = "StoryTable"
    BINDINGS = [
        Binding("n", "app.new_story", "New story", id="new-story", tooltip="Write a new story"),
        Binding(
            "slash", "search", "Search", key_display="/", id="search", tooltip="Search titles, texts, tags, companies"
        ),
        Binding(
            "d,delete", "delete", "Delete", key_display="d", id="delete-story", tooltip="Move the story to the trash"
        ),
        Binding("t", "app.trash", "Trash", id="trash", tooltip="Bring deleted stories back"),
        Binding("escape", "show_all", "Show all", show=False),
    ]

    def content(self) -> Iterable[Widget]:
        yield Input(placeholder="search titles, texts, tags, companies", id="search", compact=True)
        yield StoryTable(cursor_type="row", zebra_stripes=True, cell_padding=1)
        yield Static(id="empty", markup=False)
        yield Static(LEGEND, id="legend")

    def show_bank(self) -> None:
        coverage = self.coach.workspace.coverage()
        wanted = self.query_one("#search", Input).value.casefold().split()
        stories = [story for story in coverage.stories if all(word in _searchable(story) for word in wanted)]
        self._fill(stories, coverage)
        empty = self.query_one("#empty", Static)
        empty.display = not stories
        empty.update(
            Content(
                "No story has these words; escape shows all."
                if coverage.stories
                else "No stories yet. n writes the first; on F2 Home, s adds sample stories."
            )
        )
        self.query_one(StoryTable).display = bool(stories)

    def _fill(self, stories: list[Story], coverage: Coverage) -> None:
        table = self.query_one(StoryTable)
        row = table.cursor_row
        table.clear(columns=True)
        title_width = max(20, self.size.width - 46)
        for label, width in (("Story", title_width), ("Month", 7), ("Words", 5), ("Aloud", 5), ("Shows", 18)):
            table.add_column(Text(label), width=width)
        for story in stories:
            table.add_row(*_row(story, coverage.rows[story.id], title_width), key=story.id)
        if table.row_count:
            table.move_cursor(row=min(row, table.row_count - 1))

    @property
    def selected(self) -> Story | None:
        table = self.query_one(StoryTable)
        if not table.row_count or not table.display:
            return None
        key = table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value
        return next((story for story in self.coach.workspace.stories if story.id == key), None)

    @on(DataTable.RowSelected)
    async def open(self, event: DataTable.RowSelected) -> None:
        if event.row_key.value:
            await self.coach.open_story(event.row_key.value)

    @on(Input.Changed, "#search")
    def narrow(self) -> None:
        self.show_bank()

    @on(Input.Submitted, "#search")
    def to_the_list(self) -> None:
        self.query_one(StoryTable).focus()

    def action_search(self) -> None:
        self.add_class("-searching")
        self.query_one("#search", Input).focus()

    def action_show_all(self) -> None:
        self.query_one("#search", Input).value = ""
        self.remove_class("-searching")
        self.query_one(StoryTable).focus()

    def action_delete(self) -> None:
        story = self.selected
        if story is not None:
            self.coach.delete_story(story.id)

    def on_resize(self) -> None:
        self.refresh_bank()


def _searchable(story: Story) -> str:
    texts = (
        story.title,
        story.headline,
        story.role,
        story.company,
        *story.tags,
        *(text for _, text in story.sections()),
    )
    return "\n".join(texts).casefold()


def _row(story: Story, cells: tuple[Cell, ...], width: int) -> tuple[Text, ...]:
    words = sum(count_words(text) for _, text in story.sections())
    mark = OUTCOME_MARKS[story.outcome]
    title = Text(printable(story.title).replace("\n", " "), no_wrap=True, overflow="ellipsis")
    title.truncate(width - (len(mark) + 3 if mark else 0), overflow="ellipsis")
    if mark:
        title.append(f" ({mark})", style="dim")
    return (
        title,
        Text(printable(story.when)),
        Text(f"{words:>5}"),
        Text(f"{format_duration(spoken_seconds(words)):>5}"),
        _shows(cells),
    )


def _shows(cells: tuple[Cell, ...]) -> Text:
    """Codes of what it shows, best first, as many as fit."""
    shown = [cell for word in ("confirmed", "strong") for cell in cells if cell.standing == word]
    text = Text(no_wrap=True)
    if not shown and cells and cells[0].match is None:
        return Text("not read yet", style="dim")
    for cell in shown:
        text.append(f"{GLYPHS[cell.standing]}{cell.code} ")
    return text
