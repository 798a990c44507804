"""The app's ground floor: what is open, and reading it in the background."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from textual import on, work
from textual.app import App
from textual.signal import Signal
from textual.worker import get_current_worker

from coach.bank.drafts import Draft
from coach.bank.story import Story
from coach.bank.visible import printable
from coach.errors import CoachError, EncoderUnavailable
from coach.tui import background
from coach.tui.draft_keeper import DraftKeeper
from coach.tui.messages import EncoderStateChanged, ReadingFailed, StoryRead
from coach.tui.workspace import Matches, Workspace, parts_of, read_all


class ReadingApp(App[None]):
    """Holds the workspace; threads only ever post messages, and these handlers own what is shown."""

    def __init__(self, workspace: Workspace, now: Callable[[], datetime] = datetime.now, **options: Any) -> None:
        super().__init__(**options)
        self.workspace = workspace
        self.now = now
        self.background = background.IDLE
        self.bank_changed: Signal[None] = Signal(self, "bank-changed")
        self.work_changed: Signal[None] = Signal(self, "work-changed")
        self.waiting_drafts: tuple[Draft, ...] = ()
        self.draft_keeper = DraftKeeper(workspace.drafts, self._draft_failed)
        workspace.encoder.on_state = self._tell_encoder_state

    def notify(self, message: str, **options: Any) -> None:
        """As everywhere, what people typed is shown as they typed it: no markup, no control characters."""
        super().notify(printable(message), **{**options, "markup": False})

    def show_error(self, error: CoachError, title: str = "") -> None:
        """The one door through which every error reaches the user."""
        self.notify(str(error), title=title, severity="error", timeout=12)

    def reload_bank(self) -> None:
        """Look at the folder again, and read what is new in it."""
        self.workspace.reload()
        self.start_reading()
        self.bank_changed.publish(None)

    def look_for_changes(self) -> None:
        """What another program changed in the folder appears by itself."""
        if self.workspace.bank.stories() != self.workspace.listing:
            self.reload_bank()

    def start_reading(self) -> None:
        """Read every story that has not been read yet."""
        unread = self.workspace.unread()
        if unread:
            self._read_bank(unread)
        elif self.background.share is not None:
            self._set_background(background.IDLE)

    def try_reading_again(self) -> None:
        """After the reader failed: once more from the start."""
        self.workspace.reader_problem = None
        self.start_reading()
        self.bank_changed.publish(None)

    @work(thread=True, exclusive=True, group="reading-bank", exit_on_error=False)
    def _read_bank(self, stories: tuple[Story, ...]) -> None:
        worker, reader = get_current_worker(), self.workspace.reader
        done = 0

        def taken(story: Story, matches: Matches) -> None:
            nonlocal done
            done += 1
            if not worker.is_cancelled:
                self.post_message(StoryRead(reader, story, matches, done, len(stories)))

        try:
            read_all(reader, stories, taken, lambda: worker.is_cancelled)
        except EncoderUnavailable as error:
            if not worker.is_cancelled:
                self.post_message(ReadingFailed(error))

    @on(StoryRead)
    def take_reading(self, message: StoryRead) -> None:
        if message.reader is not self.workspace.reader:
            return
        self.workspace.take_reading(message.story.id, parts_of(message.story), message.matches)
        finished = message.done == message.total
        self._set_background(background.IDLE if finished else background.reading(message.done, message.total))
        self.bank_changed.publish(None)

    @on(ReadingFailed)
    def take_failure(self, message: ReadingFailed) -> None:
        """Everything but fresh matches goes on; Home says why and offers another try."""
        self.workspace.reader_problem = message.error
        self._set_background(background.FAILED)
        self.bank_changed.publish(None)

    def _tell_encoder_state(self, state: str) -> None:
        """Called from the encoder's thread."""
        if self.is_running:
            self.post_message(EncoderStateChanged(state))

    @on(EncoderStateChanged)
    def show_encoder_state(self, message: EncoderStateChanged) -> None:
        if message.state == "starting":
            self._set_background(background.STARTING)
        elif self.background is background.STARTING:
            self._set_background(background.IDLE)

    def _set_background(self, state: background.Background) -> None:
        self.background = state
        self.work_changed.publish(None)

    def _draft_failed(self, error: CoachError) -> None:
        """Called from the draft keeper's thread."""
        self.call_later(self.show_error, error, "This text could not be kept as a draft")

    def on_unmount(self) -> None:
        self.workspace.encoder.close()
        self.draft_keeper.finish()
