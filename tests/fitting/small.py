"""A handful of labelled texts and a model fitted to them in a moment."""

from functools import cache
from pathlib import Path

import numpy as np

from coach.fitting.fit import Arrays, fit_views, sentences
from coach.fitting.plan import Plan, load_plan
from coach.fitting.texts import LabelledText
from coach.matching.encoder import Vectors
from coach.principles.principle import Principle, PrincipleSet
from tests.fakes import WordEncoder

FAIR = Principle("be-fair", "BF", "Be Fair", "", ("I treated everybody alike.", "Nobody was favoured by me."))
THRIFTY = Principle(
    "spend-little", "SL", "Spend Little", "", ("I repaired broken things.", "We used old crates again.")
)
VALUES = PrincipleSet("values", "Our values", (FAIR, THRIFTY))
SLUGS = VALUES.slugs
TRAINING = Path(__file__).parent.parent.parent / "training"

TEXTS = (
    LabelledText(
        "a",
        "story",
        "be-fair",
        "The plant makes valves.\nI gave both crews equal hours.",
        evidence={"be-fair": ("gave both crews equal hours",)},
    ),
    LabelledText(
        "a",
        "story",
        "spend-little",
        "The plant makes valves.\nI mended the broken pump.",
        evidence={"spend-little": ("mended the broken pump",)},
    ),
    LabelledText("a", "window", "be-fair", "Equal hours went to both crews."),
    LabelledText("a", "window", "spend-little", "The broken pump was mended again."),
    LabelledText("a", "neutral", "none", "The plant makes valves."),
    LabelledText("a", "contradiction", "spend-little", "I threw every pump away."),
    LabelledText("a", "question", "be-fair", "When were you equal to both crews?"),
    LabelledText("a", "question", "spend-little", "When was something broken and mended?"),
)


def plan() -> Plan:
    return load_plan(TRAINING)


@cache
def arrays() -> Arrays:
    """Fitted for two principles on bags of words."""
    wanted = sentences(TEXTS, VALUES)
    known: dict[str, Vectors] = dict(zip(wanted, WordEncoder().encode(wanted), strict=True))
    return fit_views(list(TEXTS) * 8, VALUES, known, plan(), lambda _: None)


def vectors_of(*windows: str) -> Vectors:
    return np.asarray(WordEncoder().encode(windows))
