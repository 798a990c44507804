"""A fit from texts to what coach reads."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from coach.fitting.bags import Bag
from coach.fitting.fit import Arrays, head_arrays
from coach.fitting.loop import cross_entropy, evidence_loss, targets
from coach.fitting.network import Heads, LowRank, add_adapter
from coach.fitting.save import adapter_mark, save_fitted
from coach.matching.fitted import FittedModel, Mixture, load_fitted
from tests.fitting.small import SLUGS, arrays, plan, vectors_of


@pytest.fixture(scope="module")
def fitted() -> Arrays:
    return arrays()


NOTHING = Mixture(0, 0, 0, 0, 0, 4, 0, 0, 0)


def saved(path: Path, some: Arrays) -> FittedModel:
    save_fitted(path, some, plan().mixture, SLUGS, "words", {"texts": "abc"})
    return load_fitted(path)


def shares_of(model: FittedModel, *windows: str) -> dict[str, float]:
    shares, _ = model.read_story(vectors_of(*windows), windows)
    return dict(zip((*model.slugs, "none"), shares.tolist(), strict=True))


def test_what_was_fitted_is_read(tmp_path: Path, fitted: Arrays) -> None:
    model = saved(tmp_path / "a.npz", fitted)
    fair = shares_of(model, "The plant makes valves.", "She gave both crews equal hours.")
    thrifty = shares_of(model, "I mended a broken pump.", "The plant makes valves.")
    nothing = shares_of(model, "The plant makes valves.")
    assert fair["be-fair"] > fair["spend-little"]
    assert thrifty["spend-little"] > thrifty["be-fair"]
    assert nothing["none"] > max(fair["none"], thrifty["none"])


def test_the_window_that_carries_it_adds_most(tmp_path: Path, fitted: Arrays) -> None:
    windows = ["The plant makes valves.", "I mended the broken pump."]
    _, added = saved(tmp_path / "a.npz", fitted).read_story(vectors_of(*windows), windows)
    assert added[:, 1].argmax() == 1
    assert added.sum(axis=0) == pytest.approx([1, 1], abs=1e-5)


def test_a_question_is_read_by_a_part_of_its_own(tmp_path: Path, fitted: Arrays) -> None:
    model = saved(tmp_path / "a.npz", fitted)
    question = "When was a thing broken and mended?"
    assert model.slugs[int(model.read_question(vectors_of(question), [question])[:2].argmax())] == "spend-little"


def test_the_same_texts_give_the_same_file(tmp_path: Path, fitted: Arrays) -> None:
    saved(tmp_path / "one.npz", fitted)
    arrays.cache_clear()
    saved(tmp_path / "two.npz", arrays())
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_reader_computes_what_the_fit_computed(tmp_path: Path, fitted: Arrays) -> None:
    torch.manual_seed(3)
    heads = Heads(384, 3, dropout=0.0).eval()
    for parameter in heads.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    windows = ["The plant makes valves.", "I mended the broken pump.", "Equal hours."]
    with torch.no_grad():
        by_attention, by_shares, _ = heads(torch.from_numpy(vectors_of(*windows)), [3])
    for view, scores in (("attention", by_attention), ("shares", by_shares)):
        path = tmp_path / f"{view}.npz"
        alone = replace(NOTHING, attention=float(view == "attention"), shares=float(view == "shares"))
        save_fitted(path, {**fitted, **head_arrays(heads)}, alone, SLUGS, "words", {})
        shares, _ = load_fitted(path).read_story(vectors_of(*windows), windows)
        assert shares == pytest.approx(scores.softmax(-1)[0].numpy(), abs=2e-3)


def test_what_is_wanted_is_the_label_with_a_little_of_everything() -> None:
    bag = Bag(("One.",), {0: 1.0}, (), is_story=True, is_question=False)
    assert targets([bag], 4, 0.2)[0].tolist() == pytest.approx([0.85, 0.05, 0.05, 0.05])


def test_being_right_costs_less() -> None:
    wanted = torch.tensor([[1.0, 0.0]])
    assert cross_entropy(torch.tensor([[3.0, 0.0]]), wanted) < cross_entropy(torch.tensor([[0.0, 3.0]]), wanted)


def test_the_marked_window_should_say_it_and_the_others_nothing() -> None:
    bag = Bag(("One.", "Two."), {0: 1.0}, ((1, 0),), is_story=True, is_question=False)
    right = torch.tensor([[[0.0, 0.0, 5.0], [5.0, 0.0, 0.0]]])
    assert evidence_loss([bag], right, 0.5) < evidence_loss([bag], right.flip(1), 0.5)


def test_a_story_without_marks_says_nothing_of_its_windows() -> None:
    bag = Bag(("One.",), {0: 1.0}, (), is_story=True, is_question=False)
    assert float(evidence_loss([bag], torch.randn(1, 1, 3), 0.5)) == 0.0


def small_transformer() -> torch.nn.Module:
    layer = torch.nn.ModuleDict({"dense": torch.nn.Linear(3, 3)})
    return torch.nn.ModuleDict(
        {"encoder": torch.nn.ModuleDict({"layer": torch.nn.ModuleList([layer, torch.nn.Linear(3, 3)])})}
    )


@pytest.mark.parametrize(("layers", "names"), [([0], ["encoder.layer.0.dense"]), ([], [])])
def test_an_adapter_goes_into_the_layers_that_were_named(layers: Sequence[int], names: list[str]) -> None:
    model = small_transformer()
    assert list(add_adapter(model, layers, rank=2)) == names
    assert all(not p.requires_grad for n, p in model.named_parameters() if not n.endswith(("down", "up")))


def test_an_adapter_changes_nothing_before_it_has_learned() -> None:
    layer = torch.nn.Linear(5, 4)
    inputs = torch.randn(2, 5)
    assert torch.equal(LowRank(layer, 2)(inputs), layer(inputs))


def test_the_mark_follows_the_adapter() -> None:
    down = {"adapter/layer/down": np.ones((1, 2), np.float16)}
    assert adapter_mark({}) == ""
    assert len(adapter_mark(down)) == 12
    assert adapter_mark(down) != adapter_mark({"adapter/layer/down": np.zeros((1, 2), np.float16)})
