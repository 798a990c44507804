import subprocess
import sys
from pathlib import Path

import pytest

from coach.bank.lock import Lock, acquire, is_held

HOLD = """
import sys
from pathlib import Path
from coach.bank.lock import acquire
lock = acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def taken(lock: Lock | None) -> Lock:
    assert lock is not None
    return lock


def test_only_one_holds_it(tmp_path: Path) -> None:
    file = tmp_path / "locks" / "one"
    first = taken(acquire(file))
    assert acquire(file) is None
    assert is_held(file)
    first.release()
    assert not is_held(file)
    taken(acquire(file)).release()


def test_looking_creates_nothing(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_waiting_ends_when_the_other_lets_go(tmp_path: Path) -> None:
    first = taken(acquire(tmp_path / "lock"))
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            first.release()

    taken(acquire(tmp_path / "lock", wait=1, clock=lambda: 0.0, sleep=sleep)).release()
    assert len(pauses) == 3


def test_waiting_ends_after_its_time(tmp_path: Path) -> None:
    first = taken(acquire(tmp_path / "lock"))
    seconds = iter(range(100))
    assert acquire(tmp_path / "lock", wait=5, clock=lambda: float(next(seconds)), sleep=lambda _: None) is None
    assert next(seconds) == 6
    first.release()


def test_an_interrupted_wait_does_not_keep_the_lock(tmp_path: Path) -> None:
    first = taken(acquire(tmp_path / "lock"))

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        acquire(tmp_path / "lock", wait=1, sleep=interrupt)
    first.release()
    assert not is_held(tmp_path / "lock")


def test_it_dies_with_its_process(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert is_held(tmp_path / "lock")
        process.kill()
        process.wait()
    assert not is_held(tmp_path / "lock")
