"""Texts in, vectors out; how that happens is a process of its own that nobody else has to know about."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.errors import EncoderUnavailable

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
State = Literal["off", "starting", "ready", "failed"]
Request = dict[str, Any]
"""What the child is asked: {"texts": [...], "adapter": mark}."""

SHIPPED = "all-MiniLM-L6-v2"
DIMENSIONS = 384
"""Of the vectors of the encoder that ships."""
PLAIN = ""
"""Asks for vectors of the encoder as it was published, without an adapter."""
IDLE_SECONDS = 300.0
"""The child holds some 600 MB; after five minutes without a new sentence they are given back."""
LET_GO = 1.0
"""Seconds for a waiting thread to notice that the child has ended; it takes a few milliseconds."""


class Encoder(Protocol):
    """Anything that turns texts into vectors of length 1, shape (n, dimensions). `name` tells encoders apart in the cache."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None, adapter: str = PLAIN) -> Vectors:
        """`progress` is told how many more texts are done. `adapter` is the mark of the fitted model whose adapter is wanted.

        Raises EncoderUnavailable.
        """


def child_command(place: str = "") -> list[str]:
    """`-P` keeps a file named torch.py in the user's folder from being imported."""
    return [sys.executable, "-P", "-m", "coach.matching.encoder_child", str(IDLE_SECONDS), *([place] if place else [])]


def child_environment() -> dict[str, str]:
    """So that the child finds this very package from whatever folder it is started."""
    package = str(Path(__file__).parent.parent.parent)
    former = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{package}{os.pathsep}{former}" if former else package}


class EncoderProcess:
    """sentence-transformers in a child process: started when there is something to read, again if it died.

    Importing it takes 6 to 8 s and freezes whatever shares its interpreter for up to 0.37 s at a time, hence the process.
    Several threads may ask; they are answered one after the other. `close` may come from any thread at any time.
    """

    name = SHIPPED
    dimensions = DIMENSIONS

    def __init__(self, command: Sequence[str] | None = None, place: str = "", dimensions: int = DIMENSIONS) -> None:
        """`place`: the name or folder of another encoder, whose vectors have so many `dimensions`."""
        self.name = place or SHIPPED
        self.dimensions = dimensions
        self._command = list(command or child_command(place))
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._closed = False
        self.state: State = "off"
        self.on_state: Callable[[str], None] | None = None

    def __enter__(self) -> "EncoderProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def encode(self, texts: Sequence[str], progress: Progress | None = None, adapter: str = PLAIN) -> Vectors:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        asked = {"texts": list(texts), "adapter": adapter}
        with self._turn:
            try:
                return self._first_try(asked, progress)
            except BaseException:
                self._break_off()
                raise

    def close(self) -> None:
        """Stop the child. Whoever waits for an answer gets EncoderUnavailable."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()
            child.wait()
        # Whoever waits for an answer sees the end of the pipe and lets go; only then the pipes may be closed.
        if self._turn.acquire(timeout=LET_GO):
            self._forget_child()
            self._turn.release()
        self._tell("off")

    # --- the child

    def _break_off(self) -> None:
        """What is left in the pipe of an answer that nobody took would be taken for the answer to the next question."""
        self._forget_child()
        if self.state == "ready":
            self._tell("off")

    def _first_try(self, asked: Request, progress: Progress | None) -> Vectors:
        try:
            return self._encode(self._running_child(), asked, progress)
        except _ChildGone:
            return self._second_try(asked, progress)

    def _second_try(self, asked: Request, progress: Progress | None) -> Vectors:
        """It may just have gone to sleep, or been killed for its memory; a second death is a failure."""
        self._forget_child()
        try:
            return self._encode(self._running_child(), asked, progress)
        except _ChildGone as error:
            self._forget_child()
            self._tell("failed")
            raise EncoderUnavailable(
                "The encoder's process ended twice without an answer.",
                "There may be too little memory: it needs about 1 GB.",
            ) from error

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise EncoderUnavailable("The reader was closed.")
        if self._child is None or self._child.poll() is not None:
            self._forget_child()
            self._start()
        assert self._child is not None
        return self._child

    def _start(self) -> None:
        self._tell("starting")
        try:
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
            )
        except OSError as error:
            self._tell("failed")
            raise EncoderUnavailable(f"The encoder's process can't be started: {error.strerror}.") from error
        if self._closed:  # closed between the question and the start
            self._child.kill()
        self._wait_until_ready()
        self._tell("ready")

    def _wait_until_ready(self) -> None:
        head = self._read_head()
        if "error" in head:
            self._forget_child()
            self._tell("failed")
            raise EncoderUnavailable(str(head["error"]["sentence"]), str(head["error"]["hint"]))

    def _forget_child(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    _close_quietly(pipe)

    # --- the conversation

    def _encode(self, child: subprocess.Popen[bytes], asked: Request, progress: Progress | None) -> Vectors:
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(asked).encode() + b"\n")
            child.stdin.flush()
        except (OSError, ValueError) as error:
            raise _ChildGone from error
        batches: list[Vectors] = []
        missing = len(asked["texts"])
        while missing > 0:
            batches.append(self._read_batch(child, missing))
            missing -= len(batches[-1])
            if progress:
                progress(len(batches[-1]))
        return np.concatenate(batches)

    def _read_batch(self, child: subprocess.Popen[bytes], most: int) -> Vectors:
        assert child.stdout is not None
        head = self._read_head()
        if "error" in head:
            raise EncoderUnavailable(str(head["error"]["sentence"]), str(head["error"]["hint"]))
        try:
            rows, columns = int(head["rows"]), int(head["columns"])
            if not 0 < rows <= most:
                raise _ChildGone
            if columns != self.dimensions:
                raise EncoderUnavailable(
                    f"The encoder {self.name} gives {columns} numbers a sentence, not {self.dimensions}.",
                    f"It was exchanged: coach train --encoder {self.name} fits it anew.",
                )
            data = child.stdout.read(rows * columns * 4)
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise _ChildGone from error
        if len(data) != rows * columns * 4:
            raise _ChildGone
        return np.frombuffer(data, dtype="<f4").reshape(rows, columns).astype(np.float32)

    def _read_head(self) -> dict[str, Any]:
        child = self._child
        if child is None or child.stdout is None:
            raise _ChildGone
        try:
            head = json.loads(child.stdout.readline())
        except (ValueError, OSError) as error:
            raise _ChildGone from error
        if self._closed:
            raise EncoderUnavailable("The reader was closed.")
        if not isinstance(head, dict):
            raise _ChildGone
        return head

    def _tell(self, state: State) -> None:
        if state != self.state:
            self.state = state
            if self.on_state:
                self.on_state(state)


class _ChildGone(Exception):
    """The child ended or no longer makes sense."""


def _close_quietly(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return
