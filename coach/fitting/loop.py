"""The fit of heads (and of an adapter) over all bags in random order, several times, with falling steps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import torch
from torch import Tensor, nn

from coach.fitting.bags import Bag, thinned
from coach.fitting.network import Heads
from coach.fitting.plan import Plan

Vectorise = Callable[[Sequence[str]], Tensor]
"""From windows to their vectors (n, d)."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """What is fitted, by which vectors, and how."""

    heads: Heads
    vectorise: Vectorise
    classes: int
    plan: Plan

    def loss(self, bags: Sequence[Bag]) -> Tensor:
        """Of bags of one sort: stories and windows, or questions."""
        vectors = self.vectorise([window for bag in bags for window in bag.windows])
        wanted = targets(bags, self.classes, self.plan.smoothing)
        if bags[0].is_question:
            return cross_entropy(self.heads.read_questions(vectors), wanted)
        by_attention, by_shares, values = self.heads(vectors, [len(bag.windows) for bag in bags])
        told = cross_entropy(by_attention, wanted) + cross_entropy(by_shares, wanted)
        return told + self.plan.evidence_weight * evidence_loss(bags, values, self.plan.unmarked_weight)


def targets(bags: Sequence[Bag], classes: int, smoothing: float) -> Tensor:
    """Bags x classes: the target shares, with a little of every class mixed in."""
    rows = torch.full((len(bags), classes), smoothing / classes)
    for row, bag in enumerate(bags):
        for number, share in bag.target.items():
            rows[row, number] += share * (1 - smoothing)
    return rows


def cross_entropy(scores: Tensor, wanted: Tensor) -> Tensor:
    """Mean over the rows; both (rows, classes), `wanted` as shares."""
    return -(wanted * scores.log_softmax(-1)).sum(-1).mean()


def evidence_loss(bags: Sequence[Bag], values: Tensor, unmarked_weight: float) -> Tensor:
    """Marked windows should say their principle, all others of the same story "none"."""
    marks = [(row, window, number) for row, bag in enumerate(bags) for window, number in bag.marks]
    if not marks:
        return torch.zeros(())
    said = values.log_softmax(-1)
    rows, windows, numbers = (list(column) for column in zip(*marks, strict=True))
    loss = -said[rows, windows, numbers].mean()
    unmarked = [(row, window) for row, bag in enumerate(bags) for window in _unmarked(bag)]
    if unmarked:
        rows, windows = (list(column) for column in zip(*unmarked, strict=True))
        loss = loss - unmarked_weight * said[rows, windows, -1].mean()
    return loss


def _unmarked(bag: Bag) -> list[int]:
    marked = {window for window, _ in bag.marks}
    return [window for window in range(len(bag.windows)) if window not in marked] if marked else []


def fit(task: Task, groups: Sequence[dict[str, Any]], bags: Sequence[Bag], rounds: int, tell: Tell) -> None:
    """Change the parameters in `groups` (as torch.optim wants them, each with its own `lr`)."""
    plan, random = task.plan, Random(task.plan.seed)
    optimiser = torch.optim.AdamW(groups, weight_decay=plan.weight_decay)
    steps = rounds * len(list(_batches(bags, plan, Random(0))))
    warm = max(1, round(plan.warm_up * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min((step + 1) / warm, 1 - step / (steps + 1)))
    parameters = [parameter for group in optimiser.param_groups for parameter in group["params"]]
    task.heads.train()
    for number in range(1, rounds + 1):
        losses = []
        for batch in _batches(bags, plan, random):
            loss = task.loss(batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, plan.longest_step)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        tell(f"round {number} of {rounds}: loss {sum(losses) / len(losses):.3f}")
    task.heads.eval()


def _batches(bags: Sequence[Bag], plan: Plan, random: Random) -> Iterator[list[Bag]]:
    """Stories, thinned anew each time, questions and single windows, a sort at a time, in random order."""
    stories = [thinned(bag, plan.windows_kept, random) for bag in bags if bag.is_story]
    questions = [bag for bag in bags if bag.is_question]
    windows = [bag for bag in bags if not (bag.is_story or bag.is_question)]
    batches = [
        *_cut(stories, plan.stories_at_once, random),
        *_cut(questions, plan.others_at_once, random),
        *_cut(windows, plan.others_at_once, random),
    ]
    random.shuffle(batches)
    yield from batches


def _cut(bags: list[Bag], size: int, random: Random) -> list[list[Bag]]:
    random.shuffle(bags)
    return [bags[start : start + size] for start in range(0, len(bags), size)]
