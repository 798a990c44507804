"""No sentence is read twice, and the cache is never a reason to fail."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from coach.errors import EncoderUnavailable
from coach.matching import vectors as cache_module
from coach.matching.vectors import CachedEncoder, VectorCache
from tests.fakes import NoEncoder, WordEncoder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.sqlite"


def test_only_texts_nobody_has_read_are_read(path: Path) -> None:
    first = WordEncoder()
    CachedEncoder(first, VectorCache(path)).encode(["one sentence", "another sentence"])
    second = WordEncoder()
    CachedEncoder(second, VectorCache(path)).encode(["one sentence", "a third sentence", "another sentence"])
    assert second.read == ["a third sentence"]


def test_vectors_come_back_in_the_order_asked_for_repeats_included(path: Path) -> None:
    texts = ["long sentence about a depot", "short", "long sentence about a depot"]
    plain = WordEncoder().encode(texts)
    cached = CachedEncoder(WordEncoder(), VectorCache(path))
    assert np.array_equal(cached.encode(texts), plain)
    assert np.array_equal(CachedEncoder(NoEncoder(), VectorCache(path)).encode(texts), plain)


def test_another_encoder_has_vectors_of_its_own(path: Path) -> None:
    CachedEncoder(WordEncoder(), VectorCache(path)).encode(["one sentence"])
    other = WordEncoder()
    other.name = "others"
    CachedEncoder(other, VectorCache(path)).encode(["one sentence"])
    assert other.read == ["one sentence"]


def test_what_was_read_before_a_failure_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "KEPT_AT_A_TIME", 1)

    class FailsAtLong(WordEncoder):
        def encode(self, texts, progress=None, adapter=""):  # type: ignore[no-untyped-def]
            if len(texts[0]) > 10:
                raise EncoderUnavailable("Gone.")
            return super().encode(texts, progress, adapter)

    with pytest.raises(EncoderUnavailable):
        CachedEncoder(FailsAtLong(), VectorCache(path)).encode(["short", "a much longer text"])
    assert list(VectorCache(path).get_many("words", ["short", "a much longer text"])) == ["short"]


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_made_anew(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for _ in range(2):
        CachedEncoder(WordEncoder(), VectorCache(path)).encode(["one sentence"])
    assert list(VectorCache(path).get_many("words", ["one sentence"])) == ["one sentence"]


def test_a_file_deleted_while_in_use_costs_nothing_but_time(path: Path) -> None:
    encoder = CachedEncoder(WordEncoder(), VectorCache(path))
    encoder.encode(["one sentence"])
    path.unlink()
    assert encoder.encode(["one sentence", "another"]).shape == (2, 384)


def test_where_nothing_can_be_written_it_keeps_to_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    fake = WordEncoder()
    encoder = CachedEncoder(fake, VectorCache(blocked / "vectors.sqlite"))
    encoder.encode(["one sentence"])
    encoder.encode(["one sentence"])
    assert fake.read == ["one sentence"]


def test_the_file_is_for_its_owner_alone_and_holds_no_text(path: Path) -> None:
    CachedEncoder(WordEncoder(), VectorCache(path)).encode(["a telling sentence"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"telling" not in path.read_bytes()


def test_two_processes_may_write_at_once(path: Path) -> None:
    one, other = VectorCache(path), VectorCache(path)
    one.put_many("words", ["first"], WordEncoder().encode(["first"]))
    other.put_many("words", ["second"], WordEncoder().encode(["second"]))
    assert set(VectorCache(path).get_many("words", ["first", "second"])) == {"first", "second"}


def test_the_oldest_are_forgotten_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MOST_ROWS", 50)
    texts = [f"sentence {number}" for number in range(51)]
    for text in texts:
        VectorCache(path).put_many("words", [text], WordEncoder().encode([text]))
    assert set(VectorCache(path).get_many("words", texts)) == set(texts[10:])


def test_a_vector_takes_less_than_two_kilobytes(path: Path) -> None:
    texts = [f"sentence {number}" for number in range(1000)]
    VectorCache(path).put_many("words", texts, WordEncoder().encode(texts))
    assert path.stat().st_size < 2000 * len(texts)


def test_it_stays_below_its_size(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MOST_ROWS", 50)
    texts = [f"sentence {number}" for number in range(60)]
    VectorCache(path).put_many("words", texts, WordEncoder().encode(texts))
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM vectors").fetchone()[0] <= 50
    database.close()


def test_an_adapter_s_vectors_are_kept_apart(path: Path) -> None:
    words = WordEncoder()
    encoder = CachedEncoder(words, VectorCache(path))
    encoder.encode(["one sentence"])
    encoder.encode(["one sentence"], adapter="abc")
    encoder.encode(["one sentence"], adapter="abc")
    assert words.read == ["one sentence"] * 2


def test_long_names_of_encoders_are_told_apart(path: Path) -> None:
    cache = VectorCache(path)
    cache.put_many("/a/very" * 20 + "/one", ["text"], WordEncoder().encode(["text"]))
    assert cache.get_many("/a/very" * 20 + "/two", ["text"]) == {}
