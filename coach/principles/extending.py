"""A set that builds on another."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from coach.principles.principle import Principle, PrincipleSet, Probe

Item = TypeVar("Item")


def extended(base: PrincipleSet, own: PrincipleSet) -> PrincipleSet:
    """The base's principles, tensions and probes, then the set's own; an own one replaces its like in place."""
    return replace(
        own,
        principles=_merged(base.principles, own.principles, lambda principle: principle.slug),
        tensions=_merged(base.tensions, own.tensions, lambda tension: frozenset(tension.between)),
        probes=_merged(base.probes, own.probes, lambda probe: probe.type),
    )


def kept(base: PrincipleSet, own: PrincipleSet) -> tuple[Principle, ...]:
    """The base's principles that the set does not replace."""
    return tuple(principle for principle in base.principles if principle.slug not in own.slugs)


def probes_for(slugs: tuple[str, ...], probes: Iterable[Probe]) -> tuple[Probe, ...]:
    """Another set's probes, naming only principles that are in this one."""
    return tuple(
        replace(probe, principles=tuple(slug for slug in probe.principles if slug in slugs)) for probe in probes
    )


def _merged(base: Iterable[Item], own: Iterable[Item], key: Callable[[Item], object]) -> tuple[Item, ...]:
    """A dict keeps the place of a key whose value is replaced."""
    return tuple({key(item): item for item in (*base, *own)}.values())
