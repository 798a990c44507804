"""Small invented banks."""

from coach.bank.story import Story
from coach.coverage.matrix import Coverage, Readings, coverage_of
from coach.matching.match import Evidence, Level, Match
from coach.principles.principle import Principle, PrincipleSet


def principle(slug: str, name: str, gist: str = "") -> Principle:
    return Principle(slug, slug[:2].upper(), name, gist, ("I did it.",))


FAIR = principle("be-fair", "Be Fair", "Treats people alike when nothing forces it.")
CURIOUS = principle("stay-curious", "Stay Curious", "Asks once more.")
THRIFTY = principle("spend-little", "Spend Little", "Does more with less.")
BOLD = principle("dare", "Dare")

VALUES = PrincipleSet("values", "Our values", (FAIR, CURIOUS, THRIFTY, BOLD))


def match(slug: str, level: Level, *quoted: tuple[str, str]) -> Match:
    """`quoted` are pairs of a section and the words in it."""
    evidence = tuple(Evidence(part, 0, len(text), text, 0.5) for part, text in quoted)
    return Match(slug, {"strong": 0.8, "possible": 0.5, "none": 0.1}[level], level, evidence)


BOILER = Story(
    id="boiler01",
    title="The boiler & the *other* boiler",
    when="2024-02",
    role="Caretaker",
    company="Lindenhof School",
    outcome="mixed",
    tags=("winter", "c#"),
    headline="Kept 200 pupils warm for $90.",
    confirmed=("spend-little", "kindness"),
    rejected=("dare", "courage"),
    situation="It was -12 outside.\nBoth boilers stood still.\n\nThe firm said: Monday.",
    action="1. I read the manual.\n2. I asked at www.example.org/old_parts for a valve.\n\n# Then I fitted it <myself>.",
    result="19 degrees by noon.",
    decision={"reversible": "two-way", "cost_to_undo": "An hour", "asked": True},
    metrics=(
        {"name": "Rooms | halls warm", "baseline": "0", "target": "12", "actual": "11", "by hand": 3},
        {"name": "Cost", "actual": "$90"},
    ),
    probes=(
        {"question": "Why not wait?", "answer": "Children.\n\n- Also pipes."},
        {"question": "What broke?", "answer": "", "heard": ["twice", "in May"]},
    ),
    extra={"notes": "tell it slowly"},
)

LEDGER = Story(
    id="ledger02",
    title="Two ledgers",
    outcome="success",
    task="Find 40 pounds.",
    result="Found them.",
    confirmed=("spend-little",),
)

LAST_BUS = Story(id="Last Bus/03", title="", outcome="failure", confirmed=("be-fair",), learning="Ask the driver.")

STORIES = (BOILER, LEDGER, LAST_BUS)

READINGS: Readings = {
    "boiler01": (
        match("spend-little", "strong", ("action", "I asked at www.example.org/old_parts for a valve.")),
        match(
            "stay-curious", "strong", ("action", "1. I read the manual."), ("situation", "Both boilers\nstood still.")
        ),
        match("dare", "possible", ("result", "19 degrees by noon.")),
        match("be-fair", "none"),
    ),
    "ledger02": (
        match("stay-curious", "possible", ("task", "Find 40 pounds.")),
        match("spend-little", "none"),
        match("be-fair", "none"),
        match("dare", "none"),
    ),
}


def small_bank() -> Coverage:
    """One story read and rich, one read and short, one not yet read and without a title."""
    return coverage_of(VALUES, STORIES, READINGS)
