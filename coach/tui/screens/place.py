"""What every place of the app shares: the bar on top, the status line, the keys."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer

from coach.tui.widgets.status_line import StatusLine
from coach.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from coach.tui.app import CoachApp


class PlaceScreen(Screen[None]):
    """A screen that fills the terminal. Subclasses give `PLACE` and `content`, and fill themselves in `show_bank`."""

    PLACE = "home"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (110, "-wide")]

    @property
    def coach(self) -> "CoachApp":
        return cast("CoachApp", self.app)

    def compose(self) -> ComposeResult:
        yield TopBar(self.PLACE)
        yield from self.content()
        yield StatusLine()
        yield Footer()

    def content(self) -> Iterable[Widget]:
        raise TypeError(f"{type(self).__name__} has no content")

    def show_bank(self) -> None:
        """Fill in what the workspace holds now. Called on arrival and whenever the bank or a reading changes."""

    def on_mount(self) -> None:
        self.coach.bank_changed.subscribe(self, lambda _: self.refresh_bank())
        self.coach.work_changed.subscribe(self, lambda _: self.show_work())
        self.refresh_bank()
        self.show_work()

    def on_screen_resume(self) -> None:
        self.coach.look_for_changes()
        self.refresh_bank()
        self.show_work()

    def refresh_bank(self) -> None:
        if self.is_current:
            self.query_one(TopBar).show_set(self.coach.workspace.principle_set.name)
            self.show_bank()

    def show_work(self) -> None:
        """What goes on in the background."""
        line, work = self.query_one(StatusLine), self.coach.background
        line.work, line.busy, line.share = work.sentence, work.busy, work.share

    def note(self, text: str) -> None:
        self.query_one(StatusLine).note = text
