"""One quiet line above the keys: what goes on in the background, and what was kept."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import var
from textual.widgets import ProgressBar, Static


class StatusLine(Horizontal):
    """`note` is about the user's text ("saved 12:03"), `work` about the reader ("reading 3 of 10")."""

    note: var[str] = var("")
    work: var[str] = var("")
    busy: var[bool] = var(False, toggle_class="-busy")
    share: var[float | None] = var(None)

    def compose(self) -> ComposeResult:
        yield Static(id="note", markup=False)
        yield ProgressBar(id="busy", show_percentage=False, show_eta=False)
        yield Static(id="work", markup=False)

    def watch_note(self, note: str) -> None:
        for label in self.query("#note").results(Static):
            label.update(Content(note))

    def watch_work(self, work: str) -> None:
        for label in self.query("#work").results(Static):
            label.update(Content(work))

    def watch_share(self, share: float | None) -> None:
        for bar in self.query(ProgressBar):
            bar.update(total=None if share is None else 100, progress=0 if share is None else 100 * share)
