"""The encoder's process: what happens when it answers, dies, talks nonsense or is stopped."""

import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from coach.errors import EncoderUnavailable
from coach.matching.encoder import EncoderProcess

ANSWERS = """
import json, struct, sys
out = sys.stdout.buffer
out.write(b'{"ready": true}\\n'); out.flush()
for line in sys.stdin.buffer:
    texts = json.loads(line)["texts"]
    for text in texts:
        out.write(b'{"rows": 1, "columns": 384}\\n' + struct.pack("<384f", *([len(text)] * 384)))
    out.flush()
"""
DIES_AT_ONCE = ""
DIES_MID_ANSWER = """
import sys
out = sys.stdout.buffer
out.write(b'{"ready": true}\\n'); out.flush()
sys.stdin.buffer.readline()
out.write(b'{"rows": 1, "columns": 384}\\n' + b"half"); out.flush()
"""
TALKS_NONSENSE = """
print("Loading model, please wait...", flush=True)
"""
REFUSES = """
print('{"error": {"sentence": "The weights are not the known ones.", "hint": "Install them again."}}', flush=True)
"""
NEVER_READY = """
import sys
sys.stdin.buffer.read()
"""
DIES_ONCE = """
import pathlib, sys
mark = pathlib.Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    sys.exit(1)
"""


def child(tmp_path: Path, script: str) -> list[str]:
    file = tmp_path / "child.py"
    file.write_text(script)
    return [sys.executable, str(file), str(tmp_path / "mark")]


def test_texts_come_back_as_vectors_and_progress_is_told(tmp_path: Path) -> None:
    done: list[int] = []
    with EncoderProcess(child(tmp_path, ANSWERS)) as encoder:
        vectors = encoder.encode(["a", "bcd"], done.append)
    assert vectors.shape == (2, 384)
    assert vectors.dtype == np.float32
    assert vectors[:, 0].tolist() == [1.0, 3.0]
    assert sum(done) == 2


TOO_MANY = (
    ANSWERS.replace('{"rows": 1, "columns": 384}', '{"rows": 2, "columns": 384}')
    .replace("384f", "768f")
    .replace("* 384", "* 768")
)


def test_more_vectors_than_texts_are_no_answer(tmp_path: Path) -> None:
    with EncoderProcess(child(tmp_path, TOO_MANY)) as encoder, pytest.raises(EncoderUnavailable):
        encoder.encode(["a"])


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError])
def test_an_answer_broken_off_is_never_taken_for_the_next_one(
    tmp_path: Path, interruption: type[BaseException]
) -> None:
    def stop(done: int) -> None:
        raise interruption

    with EncoderProcess(child(tmp_path, ANSWERS)) as encoder:
        with pytest.raises(interruption):
            encoder.encode(["aaaaaaa", "bbbbbbb"], stop)
        assert encoder.state == "off"
        assert encoder.encode(["xx"])[0, 0] == 2.0


def test_no_texts_start_no_process(tmp_path: Path) -> None:
    encoder = EncoderProcess(child(tmp_path, DIES_AT_ONCE))
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.state == "off"


@pytest.mark.parametrize("script", [DIES_AT_ONCE, DIES_MID_ANSWER, TALKS_NONSENSE])
def test_a_process_that_fails_twice_is_said_in_words(tmp_path: Path, script: str) -> None:
    with EncoderProcess(child(tmp_path, script)) as encoder, pytest.raises(EncoderUnavailable) as caught:
        encoder.encode(["a"])
    assert "twice" in caught.value.sentence


def test_a_process_that_died_is_started_again(tmp_path: Path) -> None:
    with EncoderProcess(child(tmp_path, DIES_ONCE + ANSWERS)) as encoder:
        assert encoder.encode(["abc"])[0, 0] == 3.0


def test_a_reason_given_by_the_process_reaches_the_user(tmp_path: Path) -> None:
    with EncoderProcess(child(tmp_path, REFUSES)) as encoder, pytest.raises(EncoderUnavailable) as caught:
        encoder.encode(["a"])
    assert caught.value.sentence == "The weights are not the known ones."
    assert caught.value.hint == "Install them again."


def test_a_program_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with EncoderProcess([str(tmp_path / "missing")]) as encoder, pytest.raises(EncoderUnavailable):
        encoder.encode(["a"])


def test_closing_frees_whoever_waits_for_an_answer(tmp_path: Path) -> None:
    encoder = EncoderProcess(child(tmp_path, NEVER_READY))
    starting, failed = threading.Event(), threading.Event()
    encoder.on_state = lambda state: starting.set() if state == "starting" else None

    def wait_for_an_answer() -> None:
        try:
            encoder.encode(["a"])
        except EncoderUnavailable:
            failed.set()

    waiting = threading.Thread(target=wait_for_an_answer)
    waiting.start()
    assert starting.wait(30)
    encoder.close()
    waiting.join(30)
    assert failed.is_set()
    with pytest.raises(EncoderUnavailable):
        encoder.encode(["a"])


def test_states_are_told_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    with EncoderProcess(child(tmp_path, ANSWERS)) as encoder:
        encoder.on_state = told.append
        encoder.encode(["a"])
        encoder.encode(["b"])
    assert told == ["starting", "ready", "off"]
