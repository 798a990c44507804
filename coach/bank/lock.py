"""A lock between processes, held by the operating system: it dies with the process that holds it."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from coach.bank.files import make_folder

RETRY_EVERY = 0.02
"""Seconds."""

if sys.platform == "win32":
    import msvcrt

    def _try(opened: int) -> bool:
        try:
            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try(opened: int) -> bool:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Lock:
    """A lock that is held until it is released."""

    def __init__(self, opened: int) -> None:
        self._opened = opened

    def release(self) -> None:
        os.close(self._opened)


def acquire(
    path: Path,
    *,
    wait: float = 0.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Lock | None:
    """The lock on this file, or None if somebody else still holds it after `wait` seconds. Raises OSError."""
    make_folder(path.parent)
    opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    until = clock() + wait
    try:
        while not _try(opened):
            if clock() >= until:
                os.close(opened)
                return None
            sleep(RETRY_EVERY)
    except BaseException:
        os.close(opened)
        raise
    return Lock(opened)


def is_held(path: Path) -> bool:
    """Whether a living process holds the lock. Creates nothing."""
    try:
        opened = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _try(opened)
    finally:
        os.close(opened)
