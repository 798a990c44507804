"""Two ways to do something, timed in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Act = Callable[[], object]


@dataclass(frozen=True)
class Rivals:
    """Seconds of both, pair by pair."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Of the medians: one slow run moves neither."""
        return median(self.ours) / median(self.theirs)

    @property
    def absolute(self) -> str:
        return (
            f"{duration(median(self.ours))} against {duration(median(self.theirs))}, "
            f"{len(self.ours)} pairs, half of them between {self._middle_half()}"
        )

    def _middle_half(self) -> str:
        ratios = [mine / other for mine, other in zip(self.ours, self.theirs, strict=True)]
        low, _, high = quantiles(ratios, n=4, method="inclusive")
        return f"{low:.2f} and {high:.2f}"


def run_in_turn(ours: Act, theirs: Act, pairs: int) -> Rivals:
    """Both once unmeasured, for what the disk and the interpreter keep; then A B A B …"""
    ours()
    theirs()
    times = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    return Rivals(tuple(mine for mine, _ in times), tuple(other for _, other in times))


def seconds(act: Act) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def duration(time: float) -> str:
    """In the unit one would say it in."""
    return f"{time:.1f} s" if time >= 1 else f"{time * 1000:.0f} ms"


def share(values: Sequence[float], part: float) -> float:
    """The value that `part` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
