"""From a set's file to values."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from coach.errors import PrincipleSetError
from coach.principles.checking import check_mentions, check_size, check_uses
from coach.principles.codes import with_codes
from coach.principles.extending import extended, kept, probes_for
from coach.principles.faults import did_you_mean, faults_error, quoted
from coach.principles.principle import PrincipleSet
from coach.principles.reading import read_set
from coach.principles.shipped import DEFAULT_SET, shipped_ids, shipped_path
from coach.principles.source import parse_toml, read_text
from coach.principles.table import Notes, Table

Base = Callable[[str], PrincipleSet]
"""Finds the set that another one extends, by id; raises PrincipleSetError where there is none."""


def load_set(path: Path) -> PrincipleSet:
    """Raises PrincipleSetError with everything that is wrong in the file."""
    return parse_set(read_text(path), name=path.name, base=load_shipped)


@cache
def load_shipped(set_id: str) -> PrincipleSet:
    """Raises PrincipleSetError where no set of this id ships with the program."""
    if set_id not in shipped_ids():
        hint = f"The sets that ship with coach are {', '.join(shipped_ids())}."
        raise PrincipleSetError(
            f"There is no principle set {quoted(set_id)}{did_you_mean(set_id, shipped_ids())}", hint
        )
    path = shipped_path(set_id)
    return parse_set(read_text(path), name=path.name, base=None if set_id == DEFAULT_SET else load_shipped)


def parse_set(text: str, *, name: str, base: Base | None) -> PrincipleSet:
    """Read a set; `name` is what messages call the file. Raises PrincipleSetError with everything that is wrong."""
    notes = Notes()
    table = Table(parse_toml(text, name=name), notes)
    own = read_set(table, otherwise=Path(name).stem or name)
    underlying = _underlying(table, base)
    whole = extended(underlying, own) if underlying else own
    check_uses(notes, kept(underlying, own) if underlying else ())
    # Without the set it builds on, its size and half of its slugs would be reported as well, to no use.
    if underlying or not table.has("extends"):
        check_mentions(notes, whole.slugs)
        check_size(notes, len(whole.principles))
    if notes.faults:
        raise faults_error(notes.faults, name=name, text=text)
    return _completed(whole, base)


def _underlying(table: Table, base: Base | None) -> PrincipleSet | None:
    wanted = table.text("extends", required=True) if table.has("extends") else ""
    if not wanted:
        return None
    if base is None:
        table.fault('"extends" has no use here: there is no other set to build on.', "extends")
        return None
    try:
        return base(wanted)
    except PrincipleSetError as error:
        table.fault(str(error), "extends")
        return None


def _completed(whole: PrincipleSet, base: Base | None) -> PrincipleSet:
    """The set with a code for each principle and, where it has no probes, those of the default set."""
    probes = whole.probes
    if not probes and base is not None:
        probes = probes_for(whole.slugs, base(DEFAULT_SET).probes)
    return replace(whole, principles=with_codes(whole.principles), probes=probes)
