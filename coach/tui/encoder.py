"""What the app asks of an encoder beyond reading texts."""

from collections.abc import Callable
from typing import Protocol

from coach.matching.encoder import Encoder


class AppEncoder(Encoder, Protocol):
    """Tells when it starts and is ready, and can be stopped at any time from any thread."""

    on_state: Callable[[str], None] | None

    def close(self) -> None: ...
