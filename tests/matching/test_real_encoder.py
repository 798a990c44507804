"""The encoder that ships: all-MiniLM-L6-v2 in its own process."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.errors import EncoderUnavailable
from coach.matching.encoder import EncoderProcess, child_command, child_environment
from coach.matching.fitted import FITTED_FILE, load_fitted
from coach.matching.weights import find_weights, verify
from coach.matching.windows import normalised
from coach.paths import packaged

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def encoder() -> Iterator[EncoderProcess]:
    with EncoderProcess() as process:
        yield process


def test_vectors_have_length_one_and_likeness_follows_meaning(encoder: EncoderProcess) -> None:
    rang, phoned, oven = encoder.encode(["I rang the client.", "I phoned the customer.", "The oven was cold."])
    assert np.allclose(np.linalg.norm([rang, phoned, oven], axis=1), 1.0, atol=1e-4)
    assert rang @ phoned > rang @ oven


def test_a_vector_does_not_depend_on_its_company(encoder: EncoderProcess) -> None:
    alone = encoder.encode(["I rang the client."])[0]
    among = encoder.encode(["A much longer sentence about something else entirely." * 3, "I rang the client."])[1]
    assert np.abs(alone - among).max() < 1e-5


def test_odd_texts_are_read_too(encoder: EncoderProcess) -> None:
    assert encoder.encode(["", "😀", "\x1b[31m", "\ud800", "word " * 2000]).shape == (5, 384)


def test_the_process_ends_when_its_input_ends() -> None:
    done = subprocess.run(child_command(), input=b"", env=child_environment(), capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout == b'{"ready": true}\n'


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    shutil.copy(find_weights() / "model.safetensors", tmp_path)
    verify(tmp_path)
    with (tmp_path / "model.safetensors").open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)
        file.seek(1_000_000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(EncoderUnavailable) as caught:
        verify(tmp_path)
    assert "not the known ones" in caught.value.sentence


def test_missing_weights_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable):
        verify(tmp_path)


def test_the_asking_process_imports_no_learning_library() -> None:
    code = (
        "import sys; from coach.matching.encoder import EncoderProcess\n"
        "with EncoderProcess() as e: e.encode(['I rang the client.'])\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_adapter_that_ships_gives_the_vectors_that_ship(encoder: EncoderProcess) -> None:
    model = load_fitted(packaged(FITTED_FILE))
    signals = list(model.signals)[:5]
    adapted = encoder.encode([normalised(signal) for signal in signals], adapter=model.mark)
    assert np.allclose(adapted, [model.signals[signal] for signal in signals], atol=2e-3)
    plain = encoder.encode([normalised(signal) for signal in signals])
    again = encoder.encode([normalised(signal) for signal in signals], adapter=model.mark)
    assert np.abs(plain - adapted).max() > 0.01
    assert np.allclose(again, adapted, atol=1e-5)


def test_an_adapter_of_another_model_is_refused_in_words(encoder: EncoderProcess) -> None:
    with pytest.raises(EncoderUnavailable, match="exchanged"):
        encoder.encode(["I rang."], adapter="0123456789ab")
