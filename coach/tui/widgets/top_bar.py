"""The line on top: where one is, and where one can go."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

PLACES = {"home": ("F2", "Home"), "stories": ("F3", "Stories"), "coverage": ("F4", "Coverage")}


class Place(Static):
    """One place to go, by mouse too."""

    def __init__(self, mode: str, current: bool) -> None:
        key, name = PLACES[mode]
        super().__init__(Content(f" {key} {name} "), classes="-current" if current else "")
        self._mode = mode

    async def on_click(self) -> None:
        await self.app.run_action(f"app.go('{self._mode}')")


class TopBar(Horizontal):
    """Places, and at the right which principle set is in use."""

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current

    def compose(self) -> ComposeResult:
        for mode in PLACES:
            yield Place(mode, current=mode == self._current)
        yield Static(id="set-name", markup=False)

    def show_set(self, name: str) -> None:
        self.query_one("#set-name", Static).update(Content(name))
