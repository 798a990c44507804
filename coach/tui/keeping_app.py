"""What is done with stories as a whole: the author's word, trash, former texts, conflicts, export, principle sets."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from textual import work

from coach.bank.history import Revision
from coach.bank.samples import copy_samples
from coach.bank.stored import StoredStory, TwoTexts
from coach.bank.story import Story
from coach.bank.visible import one_line
from coach.errors import CoachError, StoryFileError
from coach.markdown.export import export_bank, write_export
from coach.paths import packaged
from coach.principles.sets import shipped_sets
from coach.tui.reading_app import ReadingApp
from coach.tui.screens.conflict import SettleConflict
from coach.tui.screens.dialogs import AskForPath, Choose, Confirm
from coach.tui.screens.history import PickText


class KeepingApp(ReadingApp):
    """Every action here can be taken back, or asks first."""

    def judge(self, story_id: str, slug: str, word: str) -> None:
        """The author's word on one match: `word` is confirm or reject; said twice, it is taken back."""
        stored = self.workspace.stored(story_id)
        if stored is None:
            return
        already = stored.story.confirmed if word == "confirm" else stored.story.rejected
        method = "leave_open" if slug in already else word
        self._attempt(lambda: self.workspace.bank.save(cast(Story, getattr(stored.story, method)(slug)), loaded=stored))

    def _attempt(self, change: Callable[[], object]) -> bool:
        """Do it, tell what went wrong, and look at the bank again. Whether it worked."""
        try:
            change()
        except TwoTexts as error:
            self.conflict_found(error)
            return True
        except CoachError as error:
            self.show_error(error)
            return False
        self.reload_bank()
        return True

    # --- trash and former texts

    @work
    async def delete_story(self, story_id: str) -> None:
        stored = self.workspace.stored(story_id)
        if stored is None:
            return
        wanted = await self.push_screen_wait(Confirm(f"Move “{one_line(stored.story.title)}” to the trash?", "Move it"))
        if wanted and self._attempt(lambda: self.workspace.bank.delete(stored)):
            self.notify("Moved to the trash: t on F3 Stories brings it back.")

    @work
    async def action_trash(self) -> None:
        trashed = self.workspace.bank.trashed()
        if not trashed:
            self.notify("The trash is empty.")
            return
        labels = [f"{item.at.astimezone():%d %b %H:%M}  {one_line(item.story.title, 40)}" for item in trashed]
        stories = [item.story for item in trashed]
        place = await self.push_screen_wait(PickText("Trash", labels, stories, "brings the story back"))
        if place is not None and self._attempt(lambda: self.workspace.bank.restore(trashed[place])):
            self.notify(f"“{one_line(stories[place].title)}” is back.")

    async def pick_revision(self, stored: StoredStory) -> StoredStory | None:
        """Let the user choose a former text; the story as it is saved with it, or None."""
        revisions = self.workspace.bank.revisions(stored)
        found = [(revision, story) for revision in revisions if (story := readable(revision))]
        if not found:
            self.notify("No earlier texts: this story has been saved once.")
            return None
        labels = [f"{revision.at.astimezone():%d %b %Y %H:%M:%S}" for revision, _ in found]
        title = f"Earlier texts of “{one_line(stored.story.title)}”"
        place = await self.push_screen_wait(
            PickText(title, labels, [story for _, story in found], "brings that text back")
        )
        if place is None:
            return None
        restored: list[StoredStory] = []
        self._attempt(lambda: restored.append(self.workspace.bank.bring_back(stored, found[place][0])))
        return restored[0] if restored else None

    # --- two texts of one story

    def conflict_found(self, error: TwoTexts) -> None:
        self.reload_bank()
        self.settle_conflict(str(error.mine))

    @work
    async def settle_conflict(self, path: str) -> None:
        copy = next((c for c in self.workspace.listing.conflicts if str(c.path) == path), None)
        if copy is None:
            return
        theirs = self.workspace.stored(copy.story_id)
        keep = await self.push_screen_wait(SettleConflict(copy.story, theirs.story if theirs else None))
        if keep is not None:
            self._attempt(lambda: self.workspace.bank.settle(copy, keep))

    # --- the whole bank

    @work
    async def add_samples(self) -> None:
        folder = self.workspace.bank.folder
        if await self.push_screen_wait(Confirm(f"Copy ten invented stories into {folder}?", "Copy them")):
            self._attempt(lambda: copy_samples(packaged("stories"), self.workspace.bank))

    @work
    async def action_export(self) -> None:
        proposed = Path.cwd() / "story-bank.md"
        given = await self.push_screen_wait(AskForPath("Export the whole bank as markdown to", str(proposed)))
        if given is None:
            return
        target = Path(given).expanduser()
        if target.exists() and not await self.push_screen_wait(Confirm(f"{target} exists. Replace it?", "Replace")):
            return
        document = export_bank(self.workspace.coverage())
        if self._attempt(lambda: write_export(target, document)):
            self.notify(f"Written: {target}")

    @work
    async def action_choose_set(self) -> None:
        choices = [(entry.id, entry.name, "") for entry in shipped_sets()]
        own = self.workspace.bank.folder / "principles.toml"
        if own.exists():
            choices.append((str(own), "The bank's own set", str(own)))
        chosen = await self.push_screen_wait(Choose("Which principles?", choices))
        if chosen is not None and self._attempt(lambda: self.workspace.switch_set(chosen)):
            await self.after_set_switch()

    async def after_set_switch(self) -> None:
        """Screens that were built for the former set are built anew."""


def readable(revision: Revision) -> Story | None:
    """A damaged earlier text is passed over; the others can still be brought back."""
    try:
        return revision.story()
    except StoryFileError:
        return None
