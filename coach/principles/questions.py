"""Questions by a name that lasts, and one for a gap."""

from hashlib import sha256

from coach.principles.principle import Principle, Question


def question_id(question: Question) -> str:
    """`<principle>.<theme>.<8 hex digits>`: the same as long as the wording is, so practice logs can refer to it."""
    return f"{question.principle}.{question.theme}.{_digest(question.text)[:8]}"


def question_for_gap(principle: Principle, *, seed: str) -> Question | None:
    """A question that would draw out such a story, the same for the same seed; None where the set has none."""
    questions = tuple(principle.questions())
    if not questions:
        return None
    return questions[int(_digest(f"{seed}\n{principle.slug}"), 16) % len(questions)]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
