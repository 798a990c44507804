"""Everything that is timed, in one go: `make bench`. Prints the table and writes it to RESULTS.md."""

import sys
from pathlib import Path

from benchmarks import event_loop, first_start, help_page, one_edit, quitting, reading, warm_coverage
from benchmarks.table import as_markdown

RESULTS = Path(__file__).parent / "RESULTS.md"
MEASUREMENTS = (warm_coverage, help_page, one_edit, event_loop, quitting, reading, first_start)


def main() -> None:
    rows = []
    for measurement in MEASUREMENTS:
        print(measurement.__name__.rpartition(".")[2], "…", file=sys.stderr)
        rows += measurement.measure()
    document = as_markdown(rows)
    print(document, end="")
    RESULTS.write_text(document, encoding="utf-8")


if __name__ == "__main__":
    main()
