"""Which model reads which set."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import EncoderUnavailable
from coach.matching.encoder import EncoderProcess
from coach.matching.fitted import FITTED_FILE
from coach.matching.opening import model_file, open_encoder, open_reader
from coach.paths import packaged
from coach.principles.loading import load_shipped
from coach.principles.principle import PrincipleSet
from tests.fakes import WordEncoder


class Asked(WordEncoder):
    """Remembers by which adapter it was asked to read."""

    name = EncoderProcess.name

    def __init__(self) -> None:
        super().__init__()
        self.adapters: set[str] = set()

    def encode(self, texts, progress=None, adapter=""):  # type: ignore[no-untyped-def]
        self.adapters.add(adapter)
        return super().encode(texts, progress, adapter)


def is_fitted(principle_set: PrincipleSet) -> bool:
    encoder = Asked()
    open_reader(principle_set, encoder).read({"": "I rang the client."})
    assert len(encoder.adapters) == 1
    return encoder.adapters != {""}


@pytest.mark.parametrize(("set_id", "fitted"), [("amazon-14", True), ("amazon-16", True), ("tpm", False)])
def test_the_principles_that_ship_are_read_by_the_fitted_model(set_id: str, fitted: bool) -> None:
    assert is_fitted(load_shipped(set_id)) is fitted


def test_a_part_of_them_is_too() -> None:
    whole = load_shipped("amazon-14")
    assert is_fitted(replace(whole, id="mine", principles=whole.principles[:3]))


def test_signals_of_one_s_own_are_taken_at_their_word() -> None:
    whole = load_shipped("amazon-14")
    own = replace(whole.principles[0], signals=("I sang to the customer.", *whole.principles[0].signals))
    assert not is_fitted(replace(whole, principles=(own, *whole.principles[1:])))


def test_a_story_is_read_without_encoding_a_single_signal() -> None:
    encoder = Asked()
    open_reader(load_shipped("amazon-14"), encoder).read({"": "I rang the client myself."})
    assert encoder.read == ["I rang the client myself."]


def test_an_encoder_that_nothing_was_fitted_to_reads_by_signals() -> None:
    encoder = WordEncoder()
    open_reader(load_shipped("amazon-14"), encoder).read({"": "I rang."})
    assert set(load_shipped("amazon-14").principles[0].signals) <= set(encoder.read)


def test_the_models_of_other_encoders_lie_apart() -> None:
    assert model_file(EncoderProcess.name) == packaged(FITTED_FILE)
    assert model_file("one") != model_file("two")


def test_an_encoder_that_was_never_fitted_says_the_way_out_when_it_is_to_read(tmp_path: Path) -> None:
    encoder = open_encoder(str(tmp_path))
    with pytest.raises(EncoderUnavailable) as caught:
        encoder.encode(["I rang."])
    assert "coach train" in caught.value.hint
    encoder.close()
