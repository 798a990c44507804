"""Writes a fitted model as plain numbers, the same bytes for the same numbers."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import numpy as np

from coach.bank.files import write_durably
from coach.fitting.fit import Arrays
from coach.matching.fitted import ADAPTER, FORMAT, Mixture

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file can hold: when it was written is nobody's business and would change the bytes."""


def save_fitted(
    path: Path, arrays: Arrays, mixture: Mixture, slugs: Sequence[str], encoder: str, made_from: Mapping[str, str]
) -> None:
    about = {
        "format": FORMAT,
        "slugs": list(slugs),
        "encoder": encoder,
        "mark": adapter_mark(arrays),
        "mixture": asdict(mixture),
        "made_from": dict(made_from),
    }
    stored = {**arrays, "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(stored):
            buffer = io.BytesIO()
            np.save(buffer, stored[name], allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", EPOCH), buffer.getvalue(), zipfile.ZIP_DEFLATED)
    write_durably(path, whole.getvalue())


def adapter_mark(arrays: Arrays) -> str:
    """Twelve hex digits that change with the adapter; empty where there is none."""
    names = sorted(name for name in arrays if name.startswith(ADAPTER))
    digest = sha256()
    for name in names:
        digest.update(name.encode() + arrays[name].tobytes())
    return digest.hexdigest()[:12] if names else ""
