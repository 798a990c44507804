"""The settings of a fit, from training/plan.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from coach.fitting.texts import TextsError
from coach.matching.fitted import Mixture

PLAN_FILE = "plan.toml"


@dataclass(frozen=True)
class Plan:
    """See training/plan.toml, which gives the reason of each."""

    version: int
    seed: int
    left_out: tuple[str, ...]
    adapter_rank: int
    adapter_layers: tuple[int, ...]
    adapter_rate: float
    adapter_rounds: int
    head_rate: float
    head_rounds: int
    stories_at_once: int
    others_at_once: int
    warm_up: float
    weight_decay: float
    longest_step: float
    dropout: float
    windows_kept: float
    smoothing: float
    evidence_weight: float
    unmarked_weight: float
    rarest_term: int
    most_terms: int
    word_freedom: float
    mixture: Mixture


def load_plan(folder: Path) -> Plan:
    """Raises TextsError."""
    try:
        data = tomllib.loads((folder / PLAN_FILE).read_text(encoding="utf-8"))
        lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
        return Plan(**{**data, **lists, "mixture": Mixture(**data["mixture"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TextsError(
            f"{folder / PLAN_FILE} can't be used: {error!r}.", "Take the one of coach's source."
        ) from error
