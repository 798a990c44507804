"""Small questions: confirm, choose one, where to export."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Footer, Input, OptionList, Static
from textual.widgets.option_list import Option


class Confirm(ModalScreen[bool]):
    """Yes or no, where no is the safe answer and has the focus."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS = "#no"
    BINDINGS = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
        Binding("left,right,up,down", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, yes: str) -> None:
        super().__init__()
        self._question = question
        self._yes = yes

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), markup=False)
            with Horizontal(classes="buttons"):
                yield Button(Content(f"{self._yes} (y)"), id="yes", variant="error")
                yield Button("No (n)", id="no")
        yield Footer()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class Choose(ModalScreen[str | None]):
    """One of several, each with a line of explanation. The answer is the choice's id, None when left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str, str]], *, preview: str = "") -> None:
        """`choices`: (id, label, explanation)."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._preview = preview

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            yield OptionList(*(_option(choice) for choice in self._choices), markup=False)
            if self._preview:
                with VerticalScroll(classes="preview"):
                    yield Static(Content(self._preview), markup=False)
        yield Footer()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)


class AskForPath(ModalScreen[str | None]):
    """Where to write a file."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, title: str, proposed: str) -> None:
        super().__init__()
        self._title = title
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled(self._title, "bold"), markup=False)
            yield Input(self._proposed, id="path")
            yield Static("enter writes the file, escape leaves without", classes="hint")
        yield Footer()

    @on(Input.Submitted)
    def given(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)


def _option(choice: tuple[str, str, str]) -> Option:
    choice_id, label, explanation = choice
    lines = Content(label) if not explanation else Content.assemble(label, "\n  ", (explanation, "dim"))
    return Option(lines, id=choice_id)
