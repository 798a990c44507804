"""What every command may need."""

import json
import sys
from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import paths
from coach.cli import context
from coach.cli.context import Session, has_terminal, print_json, print_text
from coach.settings import Settings, save_settings
from tests.cli.conftest import Coach
from tests.cli.saying import data
from tests.fakes import WordEncoder

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


def test_the_set_named_goes_before_the_one_chosen_in_the_app_and_that_before_the_default(sample: Coach) -> None:
    assert data(sample("coverage", "--json"))["set"] == "amazon-14"
    save_settings(paths.config_file(), Settings().with_principle_set(sample.folder, "amazon-16"))
    assert data(sample("coverage", "--json"))["set"] == "amazon-16"
    assert data(sample("--set", "tpm", "coverage", "--json"))["set"] == "tpm"


def test_the_encoder_is_closed_when_the_command_ends(sample: Coach, encoder: WordEncoder) -> None:
    sample("coverage")
    assert encoder.closed


def test_commands_that_read_no_text_start_no_encoder(sample: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("started")

    monkeypatch.setattr(context, "start_encoder", refuse)
    for arguments in (("list",), ("show", "turned-digits"), ("principles",), ("questions",), ("doctor", "--paths")):
        assert sample(*arguments).exit_code == 0


def test_a_session_names_nothing_by_itself() -> None:
    session = Session(bank_named=None, set_named=None)
    assert session.settings == Settings()
    assert session.principle_set.id == "amazon-14"


@settings(deadline=None, max_examples=100)
@given(ANY_TEXT, st.one_of(st.none(), st.just(2)))
def test_json_of_any_text_reads_back_and_holds_no_sign_that_drives_a_terminal(text: str, indent: int | None) -> None:
    printed = _printed(lambda: print_json({"text": text}, indent))
    assert json.loads(printed) == {"text": text}
    assert not any(ord(sign) < 0x20 and sign != "\n" for sign in printed)
    assert not any(0x7F <= ord(sign) < 0xA0 or ord(sign) in range(0x202A, 0x202F) for sign in printed)


@settings(deadline=None, max_examples=100)
@given(ANY_TEXT)
def test_any_text_is_printed_without_a_sign_that_drives_a_terminal(text: str) -> None:
    printed = _printed(lambda: print_text(text))
    assert not any(ord(sign) < 0x20 and sign not in "\n\t" for sign in printed)
    assert not any(0x7F <= ord(sign) < 0xA0 for sign in printed)


def test_closed_streams_are_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert not has_terminal()


def _printed(write: Callable[[], None]) -> str:
    @click.command()
    def command() -> None:
        write()

    result = CliRunner().invoke(command, catch_exceptions=False)
    return result.stdout_bytes.decode("utf-8")
