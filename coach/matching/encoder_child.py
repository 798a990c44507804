"""The encoder's own process: the only place where the learning libraries are imported.

Usage: python -m coach.matching.encoder_child IDLE_SECONDS [PLACE]

PLACE is the name or folder of another encoder than the one that ships. Speaks over pipes. First it sends {"ready": true} or
{"error": …}. Then each request is one JSON line {"texts": […], "adapter": mark or ""}, answered in batches: a JSON line
{"rows": n, "columns": d}, then n * d float32 in little-endian order. It ends when its input ends (the parent is gone), or
after IDLE_SECONDS without a request.
"""

import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from coach import paths
from coach.errors import EncoderUnavailable
from coach.matching.encoder import PLAIN
from coach.matching.fitted import FITTED_FILE, load_fitted
from coach.matching.weights import find_weights, verify

BATCH = 32
"""Texts encoded at a time, so that progress can be told and an interrupted run keeps what it has."""

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}

ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Two threads wait for each other: beside other busy programs they read 300 windows in 4.3 s, one thread in 1.0 s."""


def main(idle_seconds: float, place: str = "") -> None:
    answers = _claim_output()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c in the terminal is for the parent
    os.environ.update(OFFLINE | ONE_THREAD)
    models = Models(place)
    try:
        models.load(PLAIN)
    except EncoderUnavailable as error:
        _send(answers, {"error": {"sentence": error.sentence, "hint": error.hint}})
        return
    _send(answers, {"ready": True})
    with contextlib.suppress(BrokenPipeError):
        for request in _requests(idle_seconds):
            try:
                model = models.with_adapter(request["adapter"])
            except EncoderUnavailable as error:
                _send(answers, {"error": {"sentence": error.sentence, "hint": error.hint}})
            else:
                _answer(answers, model, request["texts"])


class Models:
    """The encoder as published, and with the adapter of the fitted model; each is loaded when it is first wanted."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._by_adapter: dict[str, Any] = {}

    def with_adapter(self, adapter: str) -> Any:
        if adapter not in self._by_adapter:
            self.load(adapter)
        return self._by_adapter[adapter]

    def load(self, adapter: str) -> None:
        """Raises EncoderUnavailable."""
        model = self._by_adapter.pop(PLAIN, None) or load_model(self._place)
        if adapter:
            _adapt(model, adapter)
        self._by_adapter[adapter] = model


def _adapt(model: Any, mark: str) -> None:
    """Add the low-rank corrections (Hu et al. 2021, "LoRA") to the weights: afterwards they cost no time."""
    import torch

    fitted = load_fitted(paths.packaged(FITTED_FILE))
    if fitted.mark != mark:
        raise EncoderUnavailable("The fitted model was exchanged while coach was running.", "Start coach again.")
    layers = dict(model[0].auto_model.named_modules())
    with torch.no_grad():
        for name, (down, up) in fitted.adapter.items():
            layers[name].weight += torch.from_numpy(up @ down)


def _claim_output() -> BinaryIO:
    """Keep the pipe for answers alone: what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def load_model(place: str) -> Any:
    """The encoder that ships, its weights checked, or another by name or folder, as long as it brings numbers only.

    Raises EncoderUnavailable.
    """
    source = place or str(find_weights())
    if not place:
        verify(Path(source))
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(
            source,
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except ImportError as error:
        raise EncoderUnavailable(
            f"sentence-transformers can't be imported: {error}.", "Install it with: pip install sentence-transformers"
        ) from error
    except Exception as error:  # whatever a library raises while it loads a model, the app has to say it in words
        raise EncoderUnavailable(
            f"The encoder {place} can't be loaded ({type(error).__name__})."
            if place
            else f"The encoder can't be loaded: {error}.",
            "It must be a folder or a model already on this machine, with safetensors weights."
            if place
            else "coach doctor looks for the cause.",
        ) from error


def _requests(idle_seconds: float) -> Iterator[dict[str, Any]]:
    while _something_comes(idle_seconds):
        line = sys.stdin.buffer.readline()
        if not line:
            return
        yield json.loads(line)


def _something_comes(idle_seconds: float) -> bool:
    try:
        ready, _, _ = select.select([sys.stdin.buffer], [], [], idle_seconds)
    except OSError:
        return True  # Windows can't wait for a pipe: there it stays until its input ends
    return bool(ready)


def _answer(answers: BinaryIO, model: Any, texts: list[str]) -> None:
    for start in range(0, len(texts), BATCH):
        batch = [_encodable(text) for text in texts[start : start + BATCH]]
        vectors = model.encode(batch, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        _send(answers, {"rows": len(batch), "columns": int(vectors.shape[1])}, vectors.astype("<f4").tobytes())


def _encodable(text: str) -> str:
    """Half a surrogate pair, as JSON can hold one, is more than the tokenizer can bear."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _send(answers: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + body)
    answers.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:3])
