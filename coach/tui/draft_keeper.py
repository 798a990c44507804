"""Writes drafts beside the typing, never in front of it."""

import queue
import threading
from collections.abc import Callable

from coach.bank.drafts import Drafts
from coach.bank.stored import Draft, StoredStory
from coach.bank.story import Story
from coach.errors import CoachError

Job = Callable[[], None]


class DraftKeeper:
    """One background thread, so that drafts reach the disk in the order they were typed and no key waits for a sync."""

    def __init__(self, drafts: Drafts, failed: Callable[[CoachError], None]) -> None:
        """`failed` is called from the background thread."""
        self._drafts = drafts
        self._failed = failed
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
        self._thread.start()

    def keep(self, story: Story, loaded: StoredStory | None) -> None:
        self._jobs.put(lambda: self._drafts.keep(story, loaded))

    def take_up(self, draft: Draft) -> None:
        """A draft left behind is this app's own from now on."""
        self._jobs.put(lambda: self._drafts.take_up(draft))

    def drop(self, story_id: str) -> None:
        """After the save was verified: the draft is no longer needed."""
        self._jobs.put(lambda: self._drafts.drop(story_id))

    def wait(self) -> None:
        """Until everything handed over so far is on disk."""
        done = threading.Event()
        self._jobs.put(done.set)
        done.wait()

    def finish(self) -> None:
        """Wait until everything handed over is on disk."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except CoachError as error:
                self._failed(error)
