"""A real terminal for tests: a pseudo-terminal with a screen one can read. Waits for what is shown, never for a time."""

import codecs
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
    "ctrl+u": "\x15", "ctrl+z": "\x1a", "ctrl+r": "\x12", "ctrl+p": "\x10", "backspace": "\x7f", "home": "\x1b[H",
    "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
}  # fmt: skip

# Sequences the screen reader doesn't know and would print as text: keyboard protocol, private modes, queries.
UNKNOWN = re.compile(
    r"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$[a-z]|\x1b_[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)

# The screen reader drops the rest of a line after a joiner or a variation selector.
WIDTHLESS = re.compile("[\u200b-\u200f\u2060\ufe00-\ufe0f]")

UNFINISHED = re.compile(r"\x1b(?!\[[0-9;?<>=$]*[@-~]|[^\[\]_P]|\][^\x07]*\x07|_.*\\)", re.DOTALL)
LONGEST_SEQUENCE = 256

PATIENCE = 60.0
"""Seconds after which something that never appears is a failure; generous, since the machine may be busy."""

HAS_PROC = Path("/proc/self/stat").exists()
"""Whether `Terminal.session` can tell anything here."""

LOOK_AGAIN = 0.02
"""Seconds between two looks at what gives no sign by itself: the disk, or the end of a process."""


class Terminal:
    """Runs a command in a pseudo-terminal of a given size, in a session of its own."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, lines: int = 24, env: Mapping[str, str], cwd: Path
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._written = bytearray()
        self._master, slave = pty.openpty()
        os.set_blocking(self._master, False)
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
        """What the screen shows. The second half of a wide character is empty; the screen's own `display` fails on it."""
        lines = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "\n".join("".join(line[x].data for x in range(self._screen.columns)).rstrip() for line in lines)

    @property
    def written(self) -> bytes:
        """Every byte the program has sent to the terminal so far."""
        return bytes(self._written)

    def wait_for(self, wanted: str | Callable[[str], bool], what: str = "", patience: float = PATIENCE) -> str:
        """Read until the screen shows this text (or fulfils this condition); fails with the screen as it is."""
        fulfilled = wanted if callable(wanted) else lambda text: wanted in text
        self._read_until(lambda: fulfilled(self.text), f"never shown: {what or repr(wanted)}", patience)
        return self.text

    def wait_until(self, is_so: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Read until something outside the screen is so, on the disk for example; the program may have ended by then."""
        self._read_until(is_so, f"never happened: {what}", patience, needs_program=False)

    def wait_for_end(self, patience: float = PATIENCE) -> int:
        """Read until the program has ended; its exit status."""
        end = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < end:
            if not self.read(LOOK_AGAIN):
                self._wait_for_process(end)
        self._drain()
        status = self.process.poll()
        assert status is not None, f"still running\n--- the screen ---\n{self.text}"
        return status

    def read(self, patience: float) -> bool:
        """Take what the program writes next, or nothing after so many seconds. False when it has closed the terminal."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, patience))
        return self._take() if ready else True

    def _read_until(
        self, is_so: Callable[[], bool], complaint: str, patience: float, *, needs_program: bool = True
    ) -> None:
        end = time.monotonic() + patience
        while not is_so():
            is_open = self.read(LOOK_AGAIN)
            if not is_open and not needs_program:
                time.sleep(LOOK_AGAIN)  # a closed terminal is always ready to be read
            if time.monotonic() > end or (not is_open and needs_program and not is_so()):
                raise AssertionError(f"{complaint}\n--- the screen ---\n{self.text}")

    def _wait_for_process(self, end: float) -> None:
        """A closed terminal is always ready to be read, so that reading would not wait."""
        try:
            self.process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            return

    def _drain(self) -> None:
        """What was written last, a traceback for example."""
        while select.select([self._master], [], [], 0)[0] and self._take():
            pass

    def _take(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self._written += data
        self._feed(self._decoder.decode(data))
        return bool(data)

    def _feed(self, data: str) -> None:
        """Sequences may be cut in two: what looks unfinished waits for the rest."""
        whole = self._pending + data
        start = max(whole.rfind("\x1b"), 0)
        is_cut = UNFINISHED.match(whole, start) is not None and len(whole) - start < LONGEST_SEQUENCE
        ready, self._pending = (whole[:start], whole[start:]) if is_cut else (whole, "")
        self._stream.feed(WIDTHLESS.sub("", UNKNOWN.sub("", ready)))

    # --- typing

    def type(self, text: str) -> None:
        """Send the text; reads meanwhile, since a program that can't write stops reading too."""
        data = text.encode()
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], PATIENCE)
            assert readable or writable, f"takes no keys\n--- the screen ---\n{self.text}"
            if writable:
                data = data[os.write(self._master, data) :]
            elif not self._take():
                raise AssertionError(f"ended while keys were sent\n--- the screen ---\n{self.text}")

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

    # --- processes

    @property
    def session(self) -> dict[int, str]:
        """Processes that live in this terminal's session, the program among them: id and command line."""
        found = {int(entry.name): _command_of(entry) for entry in Path("/proc").glob("[0-9]*") if self._owns(entry)}
        return {pid: command for pid, command in found.items() if command}

    def _owns(self, entry: Path) -> bool:
        return _session_of(entry) == self.process.pid


def _session_of(entry: Path) -> int | None:
    """The session a process belongs to, by /proc; None for one that has ended."""
    try:
        # The name of the program may hold blanks and brackets; state, parent, group and session follow its last bracket.
        state, _, _, session = (
            (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:4]
        )
    except (OSError, ValueError):
        return None
    return None if state in "ZX" else int(session)


def _command_of(entry: Path) -> str:
    try:
        return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""


def coach_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "coach", *arguments]
