"""A real terminal for tests: a pseudo-terminal with a screen one can read. Waits for what is shown, never for a time."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
    "left": "\x1b[D", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f6": "\x1b[17~", "f7": "\x1b[18~",
    "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f12": "\x1b[24~", "ctrl+q": "\x11", "ctrl+s": "\x13",
    "ctrl+z": "\x1a", "ctrl+r": "\x12", "ctrl+p": "\x10", "backspace": "\x7f", "home": "\x1b[H", "end": "\x1b[F",
}  # fmt: skip

# Sequences the screen reader doesn't know and would print as text: keyboard protocol, private modes, queries.
UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1b_[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)

PATIENCE = 60.0
"""Seconds after which something that never appears is a failure; generous, since the machine may be busy."""


class Terminal:
    """Runs a command in a pseudo-terminal of a given size."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, lines: int = 24, env: Mapping[str, str], cwd: Path
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            close_fds=True,
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        os.close(self._master)

    # --- reading

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, wanted: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Read until the screen shows this text (or fulfils this condition); fails with the screen as it is."""
        fulfilled = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + patience
        while not fulfilled(self.text):
            if time.monotonic() > end or not self._read(end):
                raise AssertionError(f"never shown: {wanted!r}\n--- the screen ---\n{self.text}")
        return self.text

    def wait_for_end(self, patience: float = PATIENCE) -> int:
        """Read until the program has ended; its exit status."""
        end = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < end:
            self._read(min(end, time.monotonic() + 0.1))
        status = self.process.poll()
        assert status is not None, f"still running\n--- the screen ---\n{self.text}"
        return status

    def _read(self, end: float) -> bool:
        """Take what the program has written. False when it has closed the terminal."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self._feed(data)
        return bool(data)

    def _feed(self, data: bytes) -> None:
        """Sequences may be cut in two: what looks unfinished waits for the rest."""
        whole = self._pending + data
        start = whole.rfind(b"\x1b")
        unfinished = start >= 0 and not re.match(
            rb"\x1b(\[[0-9;?<>=$]*[@-~]|[^\[\]_P]|\][^\x07]*\x07|_.*\\)", whole[start:], re.S
        )
        self._pending, ready = (
            (whole[start:], whole[:start]) if unfinished and len(whole) - start < 256 else (b"", whole)
        )
        self._stream.feed(UNKNOWN.sub(b"", ready))

    # --- typing

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.type(KEYS.get(key, key))

    def resize(self, columns: int, lines: int) -> None:
        self._screen.resize(lines, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def coach_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "coach", *arguments]
