"""Teaches the encoder itself: a low-rank adapter fitted together with heads that are thrown away afterwards."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from coach.fitting.bags import Bag
from coach.fitting.loop import Task, Tell, fit
from coach.fitting.network import Encoder, Heads, LowRank, add_adapter
from coach.fitting.plan import Plan
from coach.matching.encoder import Vectors
from coach.matching.fitted import ADAPTER

Arrays = dict[str, np.ndarray[Any, Any]]
AT_A_TIME = 2048


def fit_adapter(encoder: Encoder, bags: Sequence[Bag], classes: int, plan: Plan, tell: Tell) -> Arrays:
    """The adapter's arrays, and the encoder changed by what they hold after rounding."""
    torch.manual_seed(plan.seed)
    added = add_adapter(encoder.model, plan.adapter_layers, plan.adapter_rank)
    windows = list(dict.fromkeys(window for bag in bags for window in bag.windows))
    tokens = dict(zip(windows, encoder.tokens(windows), strict=True))
    heads = Heads(encoder.model.config.hidden_size, classes, plan.dropout)
    task = Task(heads, lambda some: encoder([tokens[window] for window in some]), classes, plan)
    corrections = [parameter for layer in added.values() for parameter in (layer.down, layer.up)]
    groups = [
        {"params": corrections, "lr": plan.adapter_rate},
        {"params": list(heads.parameters()), "lr": plan.head_rate},
    ]
    encoder.model.train()
    fit(task, groups, bags, plan.adapter_rounds, tell)
    encoder.model.eval()
    return {name: array for name, layer in added.items() for name, array in _rounded(name, layer).items()}


def _rounded(name: str, layer: LowRank) -> Arrays:
    """Half precision: 11 bits are more than the fit is sure of, and half the size."""
    arrays: Arrays = {}
    for part in ("down", "up"):
        parameter = getattr(layer, part)
        arrays[f"{ADAPTER}{name}/{part}"] = parameter.detach().numpy().astype(np.float16)
        parameter.data = torch.from_numpy(arrays[f"{ADAPTER}{name}/{part}"].astype(np.float32))
    return arrays


def encode_all(encoder: Encoder, texts: Sequence[str], tell: Tell) -> dict[str, Vectors]:
    """Each text's vector (d,)."""
    found: dict[str, Vectors] = {}
    distinct = sorted(dict.fromkeys(texts), key=len)
    for start in range(0, len(distinct), AT_A_TIME):
        some = distinct[start : start + AT_A_TIME]
        with torch.no_grad():
            found.update(zip(some, encoder(encoder.tokens(some)).numpy(), strict=True))
        tell(f"read {len(found)} of {len(distinct)} sentences")
    return found
