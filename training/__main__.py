"""Fits the model that ships: `make train`, or python -m training [--share PART] [-o FILE].

With --share less than 1 it fits a part of the texts, drawn by their words, for the learning curve.
"""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import torch
from transformers import AutoModel, AutoTokenizer

import coach
from coach.fitting.adapting import encode_all, fit_adapter
from coach.fitting.bags import make_bags
from coach.fitting.fit import Arrays, fit_views, sentences
from coach.fitting.network import Encoder
from coach.fitting.plan import Plan, load_plan
from coach.fitting.save import save_fitted
from coach.fitting.texts import LabelledText, load_texts, texts_hash
from coach.matching.encoder import SHIPPED
from coach.matching.fitted import FITTED_FILE
from coach.matching.weights import SHA256, find_weights, verify
from coach.principles.loading import load_shipped
from coach.principles.principle import PrincipleSet
from coach.principles.shipped import WIDEST_SET

FOLDER = Path(__file__).parent
SHIPPED_FILE = Path(coach.__file__).parent / "data" / FITTED_FILE
CORES = 2


def main(arguments: Sequence[str]) -> None:
    options = _parsed(arguments)
    begin = perf_counter()
    torch.set_num_threads(CORES)
    torch.use_deterministic_algorithms(mode=True)
    plan, principle_set = load_plan(FOLDER), load_shipped(WIDEST_SET)
    made_from = {"texts": texts_hash(FOLDER), "plan": _plan_hash(), "encoder": SHA256}
    arrays = _fit(plan, principle_set, options.share)
    save_fitted(options.output, arrays, plan.mixture, principle_set.slugs, SHIPPED, made_from)
    _tell(f"{options.output}: {options.output.stat().st_size / 1e6:.1f} MB in {(perf_counter() - begin) / 60:.0f} min")


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description="Fit the model that ships.")
    parser.add_argument("--share", type=float, default=1.0, help="fit this part of the texts only")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED_FILE)
    options = parser.parse_args(arguments)
    if options.share < 1 and options.output == SHIPPED_FILE:
        parser.error(
            "a model of a part of the texts must not take the place of the one that ships: name another file with -o"
        )
    return options


def _fit(plan: Plan, principle_set: PrincipleSet, share: float) -> Arrays:
    texts = [text for text in load_texts(FOLDER) if text.file not in plan.left_out and drawn(text, share)]
    _tell(f"{len(texts)} texts, {sum(text.kind == 'story' for text in texts)} of them stories")
    verify(find_weights())
    encoder = Encoder(AutoTokenizer.from_pretrained(find_weights()), AutoModel.from_pretrained(find_weights()))
    bags = make_bags(texts, principle_set.slugs)
    adapter = fit_adapter(encoder, bags, len(principle_set.slugs) + 1, plan, _tell) if plan.adapter_rounds else {}
    known = encode_all(encoder, sentences(texts, principle_set), _tell)
    return {**adapter, **fit_views(texts, principle_set, known, plan, _tell)}


def drawn(text: LabelledText, share: float) -> bool:
    """The same part each time, and each smaller part within the greater ones."""
    return int(sha256(text.text.encode()).hexdigest()[:8], 16) < share * 16**8


def _plan_hash() -> str:
    return sha256((FOLDER / "plan.toml").read_bytes()).hexdigest()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
