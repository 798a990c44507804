"""What is learned step by step, in torch: two heads over a story's windows, and a low-rank adapter inside the encoder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from coach.matching.fitted import TINY

SCALE = 10.0
"""Vectors have length 1; ten times that lets the heads' weights stay small and their learning rate ordinary."""
FAR_BELOW = -1e9


class LowRank(nn.Module):
    """A linear layer that stays as it is, plus a correction `up @ down` that is learned (LoRA, Hu et al. 2021)."""

    def __init__(self, layer: Any, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, inputs: Tensor) -> Tensor:
        return self.layer(inputs) + (inputs @ self.down.T) @ self.up.T


def add_adapter(model: Any, layers: Sequence[int], rank: int) -> dict[str, LowRank]:
    """Put corrections into every linear layer of these transformer layers; all other weights are frozen. By layer name."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    wanted = tuple(f"encoder.layer.{number}." for number in layers)
    found = [name for name, part in model.named_modules() if name.startswith(wanted) and isinstance(part, nn.Linear)]
    added: dict[str, LowRank] = {}
    for name in found:
        parent, _, last = name.rpartition(".")
        holder = model.get_submodule(parent)
        added[name] = LowRank(getattr(holder, last), rank)
        setattr(holder, last, added[name])
    return added


class Heads(nn.Module):
    """The views of a story by attention and by shares, and the reading of a question; see coach.matching.fitted."""

    def __init__(self, dimensions: int, classes: int, dropout: float) -> None:
        super().__init__()
        self.values = nn.Linear(dimensions, classes)
        self.attention = nn.Linear(dimensions, classes)
        self.shares = nn.Linear(dimensions, classes)
        self.questions = nn.Linear(dimensions, classes)
        nn.init.zeros_(self.attention.weight)
        nn.init.zeros_(self.attention.bias)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, lengths: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Of all windows (n, d), story after story: the stories' scores by attention and by shares (b, classes), and the
        windows' values, padded to the longest story (b, w, classes)."""
        inputs = nn.utils.rnn.pad_sequence((self.dropout(vectors) * SCALE).split(list(lengths)), batch_first=True)
        count = torch.tensor(lengths)[:, None]
        here = (torch.arange(inputs.shape[1])[None] < count)[..., None]
        values = self.values(inputs)
        attention = self.attention(inputs).masked_fill(~here, FAR_BELOW).softmax(1)
        shares = (self.shares(inputs).softmax(-1) * here).sum(1)
        return (attention * values).sum(1), (shares / count.sqrt() + TINY).log(), values

    def read_questions(self, vectors: Tensor) -> Tensor:
        scores: Tensor = self.questions(self.dropout(vectors) * SCALE)
        return scores


class Encoder:
    """The transformer with mean pooling and length 1, for token lists of any length."""

    BATCH = 128
    MOST_TOKENS = 128

    def __init__(self, tokenizer: Any, model: Any) -> None:
        self._tokenizer = tokenizer
        self.model = model

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        encoded = self._tokenizer(list(texts), truncation=True, max_length=self.MOST_TOKENS)
        return list(encoded["input_ids"])

    def __call__(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """Vectors (n, d) in the order given; encoded in batches of like length, since padding is wasted time."""
        order = sorted(range(len(tokens)), key=lambda number: len(tokens[number]))
        batches = [order[start : start + self.BATCH] for start in range(0, len(order), self.BATCH)]
        vectors = torch.cat([self._batch([tokens[number] for number in batch]) for batch in batches])
        return vectors[torch.tensor(order).argsort()]

    def _batch(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """While learning in bfloat16, which takes two thirds of the time and is exact enough for a step."""
        rows = [torch.tensor(list(row)) for row in tokens]
        ids = nn.utils.rnn.pad_sequence(rows, batch_first=True)
        present = nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in rows], batch_first=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.is_grad_enabled()):
            hidden = self.model(input_ids=ids, attention_mask=present).last_hidden_state.float()
        weights = present[..., None].float()
        return functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=-1)
