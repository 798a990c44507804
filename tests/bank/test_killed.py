"""A process that saves is killed again and again; the file is whole each time."""

import subprocess
import sys
from pathlib import Path
from random import Random

from coach.bank.bank import open_bank
from coach.bank.story import Story

KILLS = 50

SAVE_FOREVER = """
import sys
from dataclasses import replace
from pathlib import Path
from coach.bank.bank import open_bank
bank = open_bank(Path(sys.argv[1]))
stored = bank.get("victim")
print("saving", flush=True)
while True:
    action = "short" if stored.story.action != "short" else "long " * 20_000
    stored = bank.save(replace(stored.story, action=action), loaded=stored)
"""


def kill_while_saving(folder: Path, seconds: float) -> None:
    command = [sys.executable, "-c", SAVE_FOREVER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saving\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    assert process.returncode == -9


def test_a_story_survives_every_moment_of_being_killed(tmp_path: Path) -> None:
    bank, random = open_bank(tmp_path), Random(14)
    stored = bank.save(Story("victim", action="short"), loaded=None)
    seen = set()
    for _ in range(KILLS):
        kill_while_saving(tmp_path, random.uniform(0, 0.05))
        listing = bank.stories()
        assert [found.path for found in listing.stories] == [stored.path]
        assert listing.unreadable == ()
        seen.add(listing.stories[0].story.action)
    assert seen <= {"short", "long " * 20_000}
    assert {revision.story().action for revision in bank.revisions(stored)} == {"short", "long " * 20_000}
    assert bank.save(Story("victim", action="after all"), loaded=bank.get("victim")).story.action == "after all"
