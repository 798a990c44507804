"""Former texts: the revisions of a story, and the trash."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from coach.bank.story import Story
from coach.bank.visible import printable


class PickText(ModalScreen[int | None]):
    """A list of texts at the left, the selected one at the right. The answer is its place in the list, None when left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Back"),
        Binding("tab", "scroll_preview", "Scroll text"),
    ]

    def __init__(self, title: str, labels: Sequence[str], stories: Sequence[Story], verb: str) -> None:
        super().__init__()
        self._title = title
        self._labels = labels
        self._stories = stories
        self._verb = verb

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -large"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            with Horizontal():
                yield OptionList(*(Option(Content(label)) for label in self._labels), markup=False)
                with VerticalScroll(id="preview", can_focus=False):
                    yield Static(id="text", markup=False)
            yield Static(f"enter {self._verb}, escape leaves everything as it is", classes="hint")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#text", Static).update(story_text(self._stories[0]))

    @on(OptionList.OptionHighlighted)
    def preview(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#text", Static).update(story_text(self._stories[event.option_index]))

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_scroll_preview(self) -> None:
        preview = self.query_one("#preview", VerticalScroll)
        if preview.scroll_offset.y >= preview.max_scroll_y:
            preview.scroll_home(animate=False)
        else:
            preview.scroll_page_down(animate=False)


def story_text(story: Story) -> Content:
    """A whole story to read."""
    blocks = [Content.styled(printable(story.title), "bold")]
    if story.headline:
        blocks.append(Content(printable(story.headline)))
    for name, text in story.sections():
        blocks.append(Content.assemble((name.capitalize(), "bold"), "\n", printable(text.strip()) or "(empty)"))
    return Content("\n\n").join(blocks)
