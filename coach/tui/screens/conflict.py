"""Two texts of one story, side by side: nothing is thrown away whatever is chosen."""

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Static

from coach.bank.story import Story
from coach.tui.screens.history import story_text

Keep = Literal["mine", "theirs", "both"]


class SettleConflict(ModalScreen[Keep | None]):
    """Mine is what was typed here, theirs what another program wrote."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS = "#both"
    BINDINGS = [
        Binding("m", "keep('mine')", "Keep mine"),
        Binding("t", "keep('theirs')", "Keep theirs"),
        Binding("b", "keep('both')", "Keep both"),
        Binding("escape", "dismiss(None)", "Decide later"),
    ]

    def __init__(self, mine: Story, theirs: Story | None) -> None:
        super().__init__()
        self._mine = mine
        self._theirs = theirs

    def compose(self) -> ComposeResult:
        theirs = story_text(self._theirs) if self._theirs else Content("The other text can't be read or is gone.")
        with Vertical(classes="dialog -large"):
            yield Static(Content.styled("This story was changed by another program", "bold"))
            yield Static(
                "Both texts are kept. The one you don't keep stays among the story's earlier texts.", classes="hint"
            )
            with Horizontal():
                yield self._side("Mine, typed here", story_text(self._mine))
                yield self._side("Theirs, in the file", theirs)
            with Horizontal(classes="buttons"):
                yield Button("Keep mine (m)", id="mine")
                yield Button("Keep theirs (t)", id="theirs")
                yield Button("Keep both (b)", id="both")
        yield Footer()

    @staticmethod
    def _side(title: str, text: Content) -> VerticalScroll:
        side = VerticalScroll(Static(text, markup=False), classes="side")
        side.border_title = title
        return side

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        keep: Keep = "mine" if event.button.id == "mine" else "theirs" if event.button.id == "theirs" else "both"
        self.dismiss(keep)

    def action_keep(self, keep: Keep) -> None:
        self.dismiss(keep)
