"""From labelled texts and their vectors to every array of a fitted model but the adapter's."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from coach.fitting.bags import Bag, make_bags
from coach.fitting.loop import Task, Tell, fit
from coach.fitting.network import SCALE, Heads
from coach.fitting.plan import Plan
from coach.fitting.texts import LabelledText, TextsError
from coach.matching.encoder import Vectors
from coach.matching.prototypes import fit_prototypes
from coach.matching.reader import examples_of
from coach.matching.thresholds import load_neutral_sentences, load_thresholds
from coach.matching.windows import normalised
from coach.matching.words import terms
from coach.principles.principle import PrincipleSet

Arrays = dict[str, np.ndarray[Any, Any]]
Known = Mapping[str, Vectors]
"""A vector (d,) for every sentence in `sentences`."""
NO_SAY = -10.0
"""Log-odds of a class that no text was about."""


def sentences(texts: Sequence[LabelledText], principle_set: PrincipleSet) -> list[str]:
    """All that has to be encoded for a fit."""
    windows = [window for bag in make_bags(texts, principle_set.slugs) for window in bag.windows]
    signals = [normalised(signal) for principle in principle_set.principles for signal in principle.signals]
    examples = [example for principle in principle_set.principles for example in examples_of(principle)]
    return list(dict.fromkeys([*windows, *signals, *examples, *load_neutral_sentences()]))


def fit_views(
    texts: Sequence[LabelledText], principle_set: PrincipleSet, known: Known, plan: Plan, tell: Tell
) -> Arrays:
    """All views, each fitted by itself, since they are worth most where they err apart."""
    bags = make_bags(texts, principle_set.slugs)
    classes = len(principle_set.slugs) + 1
    _require_enough(bags)
    tell("fitting the views")
    return {
        **head_arrays(_heads(bags, classes, known, plan, tell)),
        **_direction_arrays(principle_set, known),
        **_word_arrays("words", *_story_rows(bags), classes, plan),
        **_word_arrays("question_words", *_question_rows(bags), classes, plan),
        **_signal_arrays(principle_set, known),
    }


def _require_enough(bags: Sequence[Bag]) -> None:
    """Raises TextsError: two principles at least, in stories and in questions, or there is nothing to tell apart."""
    for what, some in (
        ("stories", [bag for bag in bags if not bag.is_question]),
        ("questions", [bag for bag in bags if bag.is_question]),
    ):
        if len({_main_class(bag) for bag in some}) < 2:
            raise TextsError(
                f"There are too few {what} to fit anything to.", "Give the whole folder training/ of coach's source."
            )


def _heads(bags: Sequence[Bag], classes: int, known: Known, plan: Plan, tell: Tell) -> Heads:
    torch.manual_seed(plan.seed)
    heads = Heads(len(next(iter(known.values()))), classes, plan.dropout)

    def vectorise(windows: Sequence[str]) -> torch.Tensor:
        return torch.from_numpy(np.stack([known[window] for window in windows]))

    groups = [{"params": list(heads.parameters()), "lr": plan.head_rate}]
    fit(Task(heads, vectorise, classes, plan), groups, bags, plan.head_rounds, tell)
    return heads


def head_arrays(heads: Heads) -> Arrays:
    """The scale is multiplied in, so that readers need not know of it."""
    arrays: Arrays = {}
    for name in ("values", "attention", "shares", "questions"):
        layer = getattr(heads, name)
        arrays[f"{name}/weights"] = _half(layer.weight.detach().numpy().T * SCALE)
        arrays[f"{name}/bias"] = _half(layer.bias.detach().numpy())
    return arrays


def _direction_arrays(principle_set: PrincipleSet, known: Known) -> Arrays:
    """The same directions that a set of one's own gets."""
    examples = {p.slug: np.stack([known[text] for text in examples_of(p)]) for p in principle_set.principles}
    neutral = np.stack([known[text] for text in load_neutral_sentences()])
    fitted = fit_prototypes(examples, neutral, load_thresholds().fitting)
    return {
        "directions/origin": _half(fitted.origin),
        "directions/towards": _half(fitted.directions),
        "directions/unit": np.array([fitted.unit], dtype=np.float32),
    }


def _story_rows(bags: Sequence[Bag]) -> tuple[list[str], list[int]]:
    """Stories and windows by their main class, and the marked windows of stories once more by theirs."""
    told = [bag for bag in bags if not bag.is_question]
    marked = [(bag.windows[window], number) for bag in told if bag.is_story for window, number in bag.marks]
    texts = ["\n".join(bag.windows) for bag in told] + [window for window, _ in marked]
    return texts, [_main_class(bag) for bag in told] + [number for _, number in marked]


def _question_rows(bags: Sequence[Bag]) -> tuple[list[str], list[int]]:
    asked = [bag for bag in bags if bag.is_question]
    return [bag.windows[0] for bag in asked], [_main_class(bag) for bag in asked]


def _main_class(bag: Bag) -> int:
    return max(bag.target, key=lambda number: bag.target[number])


def _word_arrays(name: str, texts: Sequence[str], labels: Sequence[int], classes: int, plan: Plan) -> Arrays:
    """Logistic regression on tf-idf, as coach.matching.words reads it; a class without texts gets no say."""
    weigher = TfidfVectorizer(
        analyzer=terms, sublinear_tf=True, min_df=plan.rarest_term, max_features=plan.most_terms, dtype=np.float32
    )
    rows = weigher.fit_transform(texts)
    model = LogisticRegression(C=plan.word_freedom, max_iter=1000).fit(rows, labels)
    learned, bias_learned = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        learned, bias_learned = (
            np.concatenate([-learned, learned]) / 2,
            np.concatenate([-bias_learned, bias_learned]) / 2,
        )
    weights = np.zeros((rows.shape[1], classes), dtype=np.float32)
    bias = np.full(classes, NO_SAY, dtype=np.float32)
    weights[:, model.classes_], bias[model.classes_] = learned.T, bias_learned
    return {
        f"{name}/terms": np.frombuffer("\n".join(weigher.get_feature_names_out()).encode(), dtype=np.uint8),
        f"{name}/rarity": _half(weigher.idf_),
        f"{name}/weights": _half(weights),
        f"{name}/bias": _half(bias),
    }


def _signal_arrays(principle_set: PrincipleSet, known: Known) -> Arrays:
    signals = list(dict.fromkeys(signal for principle in principle_set.principles for signal in principle.signals))
    return {
        "signals": np.frombuffer(json.dumps(signals).encode(), dtype=np.uint8),
        "signal_vectors": _half(np.stack([known[normalised(signal)] for signal in signals])),
    }


def _half(numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return numbers.astype(np.float16)
