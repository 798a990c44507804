"""What commands say, looked at."""

import json
from typing import Any

from click.testing import Result


def data(result: Result) -> Any:
    """The JSON on standard output of a command that was content."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refusal(result: Result) -> str:
    """What standard error says of wrong use: exit code 2, words without a traceback, nothing on standard output."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("coach: ")
    assert "Traceback" not in result.stderr
    return result.stderr.removeprefix("coach: ").strip()
