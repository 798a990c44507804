"""How standings, levels and amounts are written in the app: a shape and a word, never colour alone."""

from coach.coverage.matrix import PrincipleCoverage, Standing

GLYPHS: dict[Standing, str] = {"confirmed": "◆", "strong": "●", "possible": "○", "rejected": "✕", "none": "·"}

STYLES: dict[Standing, str] = {
    "confirmed": "bold $success",
    "strong": "bold $primary",
    "possible": "$secondary",
    "rejected": "dim strike",
    "none": "dim",
}

LEGEND = "◆ confirmed   ● strong   ○ possible   ✕ rejected   · none"


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def counted(item: PrincipleCoverage) -> str:
    """ "1 confirmed, 2 strong" and so on; "no story" for a gap without any match."""
    amounts = ((len(item.with_standing(word)), word) for word in ("confirmed", "strong", "possible"))
    said = [f"{count} {word}" for count, word in amounts if count]
    return ", ".join(said) or "no story"
