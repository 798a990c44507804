"""What to do next, and what is out of order. Nothing that is fine takes room here."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach.bank.visible import one_line, printable
from coach.coverage.matrix import Coverage
from coach.coverage.next_step import NextStep, next_step
from coach.tui.screens.place import PlaceScreen
from coach.tui.wording import plural


@dataclass(frozen=True)
class Item:
    """One line of Home: `id` says what enter does."""

    id: str
    label: str
    detail: str


class HomeOptions(OptionList):
    """What to do; enter does it."""

    HELP = """\
## Home

The first line is the step that helps your bank most. Below it only what is out of order.
**enter** does what the line says, **n** starts a story, **F3** shows all stories, **F4** the coverage.
"""
    BINDINGS = [Binding("j", "cursor_down", show=False), Binding("k", "cursor_up", show=False)]


class HomeScreen(PlaceScreen):
    """The first thing one sees."""

    PLACE = "home"
    CSS_PATH = "home.tcss"
    BINDINGS = [
        Binding("n", "app.new_story", "New story", id="new-story", tooltip="Write a new story"),
        Binding(
            "s", "add_samples", "Sample stories", id="add-samples", tooltip="Add ten invented stories to look around"
        ),
    ]

    def content(self) -> Iterable[Widget]:
        with Vertical(id="home"):
            yield Static(id="standing", markup=False)
            yield Static("Next", classes="heading")
            yield HomeOptions(id="steps", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Samples are offered to an empty bank only."""
        return action != "add_samples" or not self.coach.workspace.listing.stories

    def show_bank(self) -> None:
        workspace = self.coach.workspace
        coverage = workspace.coverage()
        self.query_one("#standing", Static).update(Content(_standing(coverage)))
        items = [_first_item(next_step(coverage)), *self._out_of_order()]
        options = self.query_one(HomeOptions)
        kept = options.highlighted
        options.set_options([Option(_lines(item), id=item.id) for item in items])
        options.highlighted = min(kept or 0, len(items) - 1)
        self.refresh_bindings()

    def _out_of_order(self) -> list[Item]:
        workspace = self.coach.workspace
        found = [
            Item(
                f"draft:{draft.story.id}",
                f"Unsaved text: “{one_line(draft.story.title)}”",
                f"typed {draft.at:%d %B, %H:%M}; enter takes it up again",
            )
            for draft in self.coach.waiting_drafts
        ]
        found += [
            Item(
                f"conflict:{copy.path}",
                f"Two texts of “{one_line(copy.story.title)}”",
                "both are kept; enter shows them side by side",
            )
            for copy in workspace.listing.conflicts
        ]
        found += [
            Item(f"file:{file.path}", f"{file.path.name} can't be read", f"{file.reason} {file.hint}".strip())
            for file in workspace.listing.unreadable
        ]
        if workspace.reader_problem is not None:
            found.append(Item("reader", "Stories can't be matched at present", str(workspace.reader_problem)))
        return found

    @on(OptionList.OptionSelected)
    async def do(self, event: OptionList.OptionSelected) -> None:
        kind, _, rest = (event.option_id or "").partition(":")
        if kind == "draft":
            await self.coach.take_up_draft(rest)
        elif kind == "conflict":
            self.coach.settle_conflict(rest)
        elif kind == "reader":
            self.coach.try_reading_again()
        elif kind == "file":
            self.notify(f"{rest} is left as it is. Correct it in another program.")
        else:
            await self._do_step(next_step(self.coach.workspace.coverage()))

    async def _do_step(self, step: NextStep) -> None:
        if step.story_id:
            await self.coach.open_story(step.story_id, slug=step.slug)
        else:
            await self.coach.action_new_story(step.question)

    def action_add_samples(self) -> None:
        self.coach.add_samples()


def _standing(coverage: Coverage) -> str:
    if not coverage.stories:
        return "Your bank is empty."
    gaps, fragile = len(coverage.in_state("gap")), len(coverage.in_state("fragile"))
    parts = [plural(len(coverage.stories), "story", "stories")]
    if gaps:
        parts.append(plural(gaps, "gap"))
    if fragile:
        parts.append(f"{plural(fragile, 'principle')} with one story only")
    return ", ".join(parts) + "."


def _first_item(step: NextStep) -> Item:
    detail = f"A question that would draw it out: {step.question.text}" if step.question else ""
    if step.kind == "begin":
        detail = "enter or n begins. s adds ten invented sample stories to look around with."
    return Item("step", step.sentence, detail)


def _lines(item: Item) -> Content:
    label = Content.styled(printable(item.label), "bold")
    detail = Content.styled(printable(item.detail), "dim")
    return Content("\n").join([label, detail, Content("")] if item.detail else [label, Content("")])
