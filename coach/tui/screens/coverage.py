"""What the whole bank covers: principles with their gaps first, and the matrix of stories x principles."""

from collections.abc import Iterable

from rich.text import Text
from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.coordinate import Coordinate
from textual.widget import Widget
from textual.widgets import ContentSwitcher, DataTable, Static

from coach.bank.visible import one_line, printable
from coach.coverage.matrix import Cell, Coverage, PrincipleCoverage
from coach.principles.principle import Question
from coach.principles.questions import question_for_gap
from coach.tui.screens.place import PlaceScreen
from coach.tui.widgets.match_list import MatchRow, evidence_text
from coach.tui.wording import GLYPHS, LEGEND, counted, plural

STATE_WORDS = {"gap": "GAP", "fragile": "fragile", "covered": "covered"}


class PrincipleTable(DataTable[Text]):
    """One row a principle, gaps first."""

    HELP = """\
## Coverage by principle

**GAP**: no story is confirmed or strong. **fragile**: one story only. Below the table is a question that would draw
out such a story; **n** starts a story with it.

- **v** shows the matrix of stories and principles
"""
    BINDINGS = [Binding("j", "cursor_down", show=False), Binding("k", "cursor_up", show=False)]


class MatrixTable(DataTable[Text]):
    """Stories x principles; h j k l move too."""

    HELP = """\
## Matrix

One row a story, one column a principle. ◆ you confirmed, ● strong, ○ possible, ✕ you rejected, · none.
The words that earned a match stand below the table.

- **c** confirms, **x** rejects, **enter** opens the story at that place
- **v** shows the principles
"""
    BINDINGS = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("h", "cursor_left", show=False),
        Binding("l", "cursor_right", show=False),
    ]


class CoverageScreen(PlaceScreen):
    """Gaps first."""

    PLACE = "coverage"
    CSS_PATH = "coverage.tcss"
    AUTO_FOCUS = "PrincipleTable"
    BINDINGS = [
        Binding(
            "v",
            "switch_view",
            "Matrix/principles",
            id="switch-view",
            tooltip="Between the list of principles and the matrix",
        ),
        Binding(
            "n",
            "write_for_gap",
            "Write for it",
            id="write-for-principle",
            tooltip="Start a story for the selected principle",
        ),
        Binding("c", "judge('confirm')", "Confirm", id="confirm-cell", tooltip="This story shows that principle"),
        Binding("x", "judge('reject')", "Reject", id="reject-cell", tooltip="This story does not show it"),
        Binding("e", "app.export", "Export", id="export", tooltip="The whole bank as one markdown document"),
    ]

    def content(self) -> Iterable[Widget]:
        yield Static(id="summary", markup=False)
        with ContentSwitcher(initial="principle-table"):
            yield PrincipleTable(id="principle-table", cursor_type="row", zebra_stripes=True)
            yield MatrixTable(id="matrix-table", cursor_type="cell", cell_padding=0, fixed_columns=1)
        with VerticalScroll(id="detail-pane"):
            yield Static(id="detail", markup=False)
        yield Static(LEGEND, id="legend")

    # --- filling

    def show_bank(self) -> None:
        coverage = self.coach.workspace.coverage()
        self._coverage = coverage
        self.query_one("#summary", Static).update(Content(_summary(coverage)))
        self._fill_principles(coverage)
        self._fill_matrix(coverage)
        self._show_detail()

    def _fill_principles(self, coverage: Coverage) -> None:
        table = self.query_one(PrincipleTable)
        row = table.cursor_row
        with self.prevent(DataTable.RowHighlighted):
            table.clear(columns=True)
            longest = max(len(item.principle.name) for item in coverage.principles)
            rest = max(12, self.size.width - longest - 19)
            for label, width in (("", 2), ("State", 7), ("Principle", longest), ("Stories", rest)):
                table.add_column(Text(label), width=width)
            for item in coverage.gaps_first:
                table.add_row(*_principle_row(item), key=item.principle.slug)
            table.move_cursor(row=min(row, table.row_count - 1))

    def _fill_matrix(self, coverage: Coverage) -> None:
        table = self.query_one(MatrixTable)
        at = table.cursor_coordinate
        codes = [item.principle.code for item in coverage.principles]
        width = max(12, self.size.width - 3 * len(codes) - 4)
        with self.prevent(DataTable.CellHighlighted):
            table.clear(columns=True)
            table.add_column(Text("Story"), width=width, key="story")
            for item in coverage.principles:
                table.add_column(Text(f"{item.principle.code} "), width=3, key=item.principle.slug)
            for story in coverage.stories:
                title = Text(printable(story.title).replace("\n", " "), no_wrap=True)
                title.truncate(width - 1, overflow="ellipsis")
                table.add_row(title, *(_cell_text(cell) for cell in coverage.rows[story.id]), key=story.id)
            if coverage.stories:
                table.move_cursor(row=min(at.row, table.row_count - 1), column=max(1, min(at.column, len(codes))))

    # --- what is selected

    @property
    def _shows_matrix(self) -> bool:
        return self.query_one(ContentSwitcher).current == "matrix-table"

    @property
    def _cell(self) -> Cell | None:
        table = self.query_one(MatrixTable)
        if not self._shows_matrix or not table.row_count or table.cursor_column == 0:
            return None
        key = table.coordinate_to_cell_key(Coordinate(table.cursor_row, table.cursor_column))
        cells = self._coverage.rows.get(key.row_key.value or "", ())
        return next((cell for cell in cells if cell.slug == key.column_key.value), None)

    @property
    def _principle(self) -> PrincipleCoverage | None:
        if self._shows_matrix:
            cell = self._cell
            return next((p for p in self._coverage.principles if cell and p.principle.slug == cell.slug), None)
        table = self.query_one(PrincipleTable)
        return self._coverage.gaps_first[table.cursor_row] if table.row_count else None

    @on(DataTable.RowHighlighted)
    @on(DataTable.CellHighlighted)
    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Static)
        cell, item = self._cell, self._principle
        if cell is not None and item is not None:
            row = MatchRow(item.principle, cell.standing, cell.match)
            detail.update(Content("\n").join([Content.styled(one_line(cell.story.title), "bold"), evidence_text(row)]))
        elif item is not None:
            detail.update(_principle_detail(item))

    # --- doing

    def action_switch_view(self) -> None:
        switcher = self.query_one(ContentSwitcher)
        switcher.current = "principle-table" if self._shows_matrix else "matrix-table"
        self.query_one(f"#{switcher.current}").focus()
        self.refresh_bindings()
        self._show_detail()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The author's word needs a cell."""
        return action != "judge" or (self.is_mounted and self._shows_matrix)

    async def action_write_for_gap(self) -> None:
        item = self._principle
        await self.coach.action_new_story(_question_for(item) if item else None)

    def action_judge(self, word: str) -> None:
        cell = self._cell
        if cell is not None:
            self.coach.judge(cell.story.id, cell.slug, word)

    @on(DataTable.CellSelected)
    async def open(self) -> None:
        cell = self._cell
        if cell is not None:
            await self.coach.open_story(cell.story.id, slug=cell.slug)

    @on(DataTable.RowSelected)
    async def open_best(self) -> None:
        item = self._principle
        shown = item.with_standing("confirmed", "strong", "possible") if item else ()
        if item and shown:
            await self.coach.open_story(shown[0].story.id, slug=item.principle.slug)
        else:
            await self.action_write_for_gap()

    def on_resize(self) -> None:
        self.refresh_bank()


def _summary(coverage: Coverage) -> str:
    gaps, fragile, covered = (len(coverage.in_state(state)) for state in ("gap", "fragile", "covered"))
    unread = f" · {plural(coverage.unread, 'story', 'stories')} not read yet" if coverage.unread else ""
    stories = plural(len(coverage.stories), "story", "stories")
    return f"{stories}: {covered} covered, {fragile} fragile, {plural(gaps, 'gap')}{unread}"


def _principle_row(item: PrincipleCoverage) -> tuple[Text, ...]:
    style = {"gap": "bold", "fragile": "italic", "covered": ""}[item.state]
    marks = "".join(GLYPHS[word] * len(item.with_standing(word)) for word in ("confirmed", "strong", "possible"))
    amount = Text(f"{marks[:14]} " if marks else "")
    amount.append(counted(item), style="dim" if marks else "")
    state, name = Text(STATE_WORDS[item.state], style=style), Text(item.principle.name, style=style)
    return Text(item.principle.code), state, name, amount


def _cell_text(cell: Cell) -> Text:
    return Text(f"{GLYPHS[cell.standing]}  ", style="bold" if cell.standing in ("confirmed", "strong") else "")


def _question_for(item: PrincipleCoverage) -> Question | None:
    return question_for_gap(item.principle, seed=str(len(item.cells)))


def _principle_detail(item: PrincipleCoverage) -> Content:
    lines = [Content.styled(f"{item.principle.name}: {item.principle.gist}", "bold")]
    for word in ("confirmed", "strong", "possible"):
        titles = ", ".join(f"“{one_line(cell.story.title)}”" for cell in item.with_standing(word))
        if titles:
            lines.append(Content(f"{GLYPHS[word]} {word}: {titles}"))
    question = _question_for(item)
    if item.state != "covered" and question is not None:
        lines.append(Content(f"Ask yourself: {question.text}  (n writes the answer)"))
    return Content("\n").join(lines)
