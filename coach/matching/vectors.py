"""Vectors kept by content, so that no sentence is read twice. A cache: it may be deleted at any time."""

import contextlib
import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from coach.matching.encoder import DIMENSIONS, PLAIN, Encoder, Progress, Vectors

MOST_ROWS = 200_000
"""About 330 MB; beyond it the oldest fifth goes."""

AT_A_TIME = 500
"""SQLite takes at least 999 parameters in one statement."""

KEPT_AT_A_TIME = 128
"""Texts encoded before they are kept, so that an interrupted run is not lost."""

PAGE = "PRAGMA page_size = 8192"
"""Five vectors fit into such a page: 1.7 KB a row, against 2.1 KB in the default page and 4.7 KB WITHOUT ROWID."""

TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"


class VectorCache:
    """One SQLite file. Whatever is wrong with it (missing, read-only, damaged), the answer is "not known", never an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._memory: dict[bytes, bytes] = {}
        self._turn = threading.Lock()

    def get_many(self, model: str, texts: Sequence[str], dimensions: int = DIMENSIONS) -> dict[str, Vectors]:
        """The vectors that are known, by text; of another size they are not the model's."""
        keys = {_key(model, text): text for text in texts}
        with self._turn:
            found = {key: self._memory[key] for key in keys if key in self._memory}
            rest = [key for key in keys if key not in found]
            found.update(self._on_disk(rest))
            found = {key: blob for key, blob in found.items() if len(blob) == dimensions * 4}
            self._memory.update(found)
        return {keys[key]: np.frombuffer(blob, dtype="<f4") for key, blob in found.items()}

    def put_many(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep vectors (n, d) of these texts."""
        rows = {_key(model, text): row.astype("<f4").tobytes() for text, row in zip(texts, vectors, strict=True)}
        with self._turn:
            self._memory.update(rows)
            self._write(rows)

    # --- the file

    def _on_disk(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        if not keys or not self._path.exists():
            return {}
        found: dict[bytes, bytes] = {}
        with self._forgiving(), contextlib.closing(self._open("ro")) as database:
            for start in range(0, len(keys), AT_A_TIME):
                some = keys[start : start + AT_A_TIME]
                marks = ",".join("?" * len(some))
                found.update(database.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some))
        return found

    def _write(self, rows: Mapping[bytes, bytes]) -> None:
        with self._forgiving():
            self._make_file()
            with contextlib.closing(self._open("rw")) as database, database:
                database.execute(PAGE)
                # What a power cut may cost here is read again; waiting for the disk would cost more, story by story.
                database.execute("PRAGMA synchronous = OFF")
                database.execute(TABLE)
                database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows.items())
                self._keep_small(database)

    def _make_file(self) -> None:
        """Readable by nobody else: vectors say something about the sentences they were made from."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def _open(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode={mode}", uri=True, timeout=5)

    def _keep_small(self, database: sqlite3.Connection) -> None:
        """What was kept first goes first, and comes back when it is needed."""
        count = database.execute("SELECT count(*) FROM vectors").fetchone()[0]
        if count > MOST_ROWS:
            oldest = "SELECT rowid FROM vectors ORDER BY rowid LIMIT ?"
            database.execute(f"DELETE FROM vectors WHERE rowid IN ({oldest})", (MOST_ROWS // 5,))

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        """A damaged file is removed, to be made anew; anything else means doing without."""
        try:
            yield
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                self._path.unlink()
        except OSError:
            return


class CachedEncoder:
    """An encoder that reads only what nobody has read before."""

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        return self._encoder.dimensions

    @property
    def on_state(self) -> Callable[[str], None] | None:
        """Called with the new state when the encoder's process starts, is ready, fails or ends."""
        found: Callable[[str], None] | None = getattr(self._encoder, "on_state", None)
        return found

    @on_state.setter
    def on_state(self, tell: Callable[[str], None] | None) -> None:
        setattr(self._encoder, "on_state", tell)  # noqa: B010  # the protocol of plain encoders has no such thing

    def encode(self, texts: Sequence[str], progress: Progress | None = None, adapter: str = PLAIN) -> Vectors:
        """As the encoder would; `progress` is told of new texts only."""
        model = f"{self.name}+{adapter}" if adapter else self.name
        known = self._cache.get_many(model, texts, self.dimensions)
        # Texts of like length together are padded less, which saves a quarter of the time.
        missing = sorted((text for text in dict.fromkeys(texts) if text not in known), key=len)
        for start in range(0, len(missing), KEPT_AT_A_TIME):
            some = missing[start : start + KEPT_AT_A_TIME]
            vectors = self._encoder.encode(some, progress, adapter)
            self._cache.put_many(model, some, vectors)
            known.update(zip(some, vectors, strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(len(texts), self.dimensions)

    def close(self) -> None:
        close = getattr(self._encoder, "close", None)
        if close is not None:
            close()


def _key(model: str, text: str) -> bytes:
    """The key's 64 bytes are too few for some names of folders, hence a digest of the name."""
    name = hashlib.sha256(model.encode()).digest()
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=name, digest_size=20).digest()
