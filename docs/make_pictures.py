"""The pictures in the README, taken from the app itself: python docs/make_pictures.py"""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


async def take_pictures(home: Path) -> None:
    from coach import paths
    from coach.bank.bank import open_bank
    from coach.bank.drafts import open_drafts
    from coach.matching.encoder import EncoderProcess
    from coach.matching.vectors import CachedEncoder, VectorCache
    from coach.principles.sets import find_set
    from coach.tui.app import CoachApp
    from coach.tui.workspace import Workspace

    shutil.copytree(paths.packaged("stories"), home / "demo" / "stories")
    bank = open_bank(home / "demo")
    encoder = CachedEncoder(EncoderProcess(), VectorCache(home / "vectors.sqlite"))
    principle_set = find_set("amazon-14", bank_folder=None)
    app = CoachApp(Workspace(bank, open_drafts(bank), encoder, principle_set, paths.config_file()))
    async with app.run_test(size=(110, 34)) as pilot:
        while app.workspace.unread():
            await pilot.pause(0.1)
        await app.open_story(bank.get("turned-digits").story.id, slug="dive-deep")
        await pilot.pause(1)
        (HERE / "editor.svg").write_text(app.export_screenshot(title="coach"), encoding="utf-8")
        await pilot.press("f4", "v", "right")
        await pilot.pause(0.5)
        (HERE / "coverage.svg").write_text(app.export_screenshot(title="coach"), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COACH_HOME"] = folder
        asyncio.run(take_pictures(Path(folder)))
