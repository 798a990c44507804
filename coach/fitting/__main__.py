"""Refits the head for another encoder, in a process of its own: the learning libraries must not share the caller's.

Usage: python -m coach.fitting ENCODER FOLDER OUTPUT

ENCODER is a hub name or a folder that is already on this machine; FOLDER holds the labelled texts and plan.toml. Says on
standard error how far it is, and ends with {"error": …} or {"dimensions": n, "first": share, "among": share} on standard
output: how often it is right on the texts that are never fitted.
"""

import json
import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import CoachError
from coach.fitting.bags import make_bags
from coach.fitting.fit import Known, fit_views, sentences
from coach.fitting.plan import load_plan
from coach.fitting.save import save_fitted
from coach.fitting.texts import LabelledText, load_texts, texts_hash
from coach.matching.encoder import Vectors
from coach.matching.encoder_child import OFFLINE, load_model
from coach.matching.fitted import FittedModel, load_fitted
from coach.principles.loading import load_shipped
from coach.principles.shipped import WIDEST_SET

AT_A_TIME = 512


def main(encoder: str, folder: Path, output: Path) -> None:
    os.environ.update(OFFLINE)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    try:
        answer: dict[str, Any] = refit(encoder, folder, output)
    except CoachError as error:
        answer = {"error": {"sentence": error.sentence, "hint": error.hint}}
    answers.write(json.dumps(answer) + "\n")
    answers.close()


def refit(encoder: str, folder: Path, output: Path) -> dict[str, Any]:
    """Fit and save. Raises CoachError."""
    plan, texts, principle_set = load_plan(folder), load_texts(folder), load_shipped(WIDEST_SET)
    seen = [text for text in texts if text.file not in plan.left_out]
    known = _encoded(load_model(encoder), sentences(texts, principle_set))
    arrays = fit_views(seen, principle_set, known, plan, _tell)
    made_from = {"texts": texts_hash(folder), "encoder": sha256(encoder.encode()).hexdigest()}
    save_fitted(output, arrays, plan.mixture, principle_set.slugs, encoder, made_from)
    left_out = [text for text in texts if text.file in plan.left_out and text.kind == "story" and text.labels]
    return _judged(load_fitted(output), left_out, known)


def _encoded(model: Any, texts: Sequence[str]) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    for start in range(0, len(texts), AT_A_TIME):
        some = texts[start : start + AT_A_TIME]
        rows = model.encode(list(some), batch_size=32, normalize_embeddings=True, show_progress_bar=False)
        found.update(zip(some, rows.astype(np.float32), strict=True))
        _tell(f"read {len(found)} of {len(texts)} sentences")
    return found


def _judged(model: FittedModel, texts: Sequence[LabelledText], known: Known) -> dict[str, Any]:
    """How often the first principle is right, and the main one among three, over the stories left out."""
    first = among = 0
    for text in texts:
        (bag,) = make_bags([text], model.slugs)
        shares, _ = model.read_story(np.stack([known[window] for window in bag.windows]), bag.windows)
        best = [model.slugs[number] for number in np.argsort(-shares[:-1])[:3]]
        first += best[0] in text.labels
        among += text.labels[0] in best
    count = len(texts)
    shares_right = {"first": first / count, "among": among / count} if count else {"first": None, "among": None}
    return {"dimensions": model.dimensions, **shares_right}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
