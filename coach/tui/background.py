"""What the reader is doing, in words for the status line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Background:
    """`share` is done of all, between 0 and 1, or None while that can't be known."""

    sentence: str = ""
    busy: bool = False
    share: float | None = None


IDLE = Background()
STARTING = Background("the reader is starting, about 10 s; go on typing", busy=True)
FAILED = Background("no matching at present: see F2 Home")


def reading(done: int, total: int) -> Background:
    return Background(f"read {done} of {total} stories", busy=True, share=done / total)
