"""Puts together what reads: the chosen encoder, the model fitted for it, and a reader for a principle set."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from coach import paths
from coach.errors import EncoderUnavailable
from coach.matching.encoder import DIMENSIONS, PLAIN, SHIPPED, Encoder, EncoderProcess, Progress, Vectors
from coach.matching.fitted import FITTED_FILE, FittedModel, load_fitted
from coach.matching.reader import Reader
from coach.principles.principle import PrincipleSet


class NeverFitted:
    """Stands for a chosen encoder that nothing was fitted for on this machine: all but reading goes on, and says why."""

    dimensions = DIMENSIONS

    def __init__(self, name: str) -> None:
        self.name = name
        self.on_state: Callable[[str], None] | None = None

    def encode(self, texts: Sequence[str], progress: Progress | None = None, adapter: str = PLAIN) -> Vectors:
        raise EncoderUnavailable(
            f"The encoder {self.name} has not been fitted on this machine.",
            f"coach train --encoder {self.name} fits it; coach train --shipped goes back.",
        )

    def close(self) -> None:
        """There is nothing to stop."""


def open_encoder(chosen: str = "") -> EncoderProcess | NeverFitted:
    """The encoder that ships, or the one `chosen` by name or folder."""
    if not chosen:
        return EncoderProcess()
    try:
        return EncoderProcess(place=chosen, dimensions=load_fitted(model_file(chosen)).dimensions)
    except EncoderUnavailable:
        return NeverFitted(chosen)


def open_reader(principle_set: PrincipleSet, encoder: Encoder) -> Reader:
    """Reads the principles that ship by the fitted model, any other set by its own signals."""
    return Reader(principle_set, encoder, _fitted_for(principle_set, encoder.name))


def model_file(encoder_name: str) -> Path:
    """Where the model fitted for this encoder lies, or would."""
    if encoder_name == SHIPPED:
        return paths.packaged(FITTED_FILE)
    return paths.state_folder() / "models" / f"{sha256(encoder_name.encode()).hexdigest()[:16]}.npz"


def _fitted_for(principle_set: PrincipleSet, encoder_name: str) -> FittedModel | None:
    """None where the set holds principles, or signals of them, that nothing was fitted to."""
    file = model_file(encoder_name)
    if not file.exists():
        return None
    try:
        model = load_fitted(file)
    except EncoderUnavailable:  # coach doctor says so; until then signals read
        return None
    known = all(
        principle.slug in model.slugs and set(principle.signals) <= model.signals.keys()
        for principle in principle_set.principles
    )
    return model if known else None
