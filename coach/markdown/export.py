"""The bank as one markdown document, and that document as a file."""

from pathlib import Path

from coach.bank.files import write_durably
from coach.coverage.matrix import Coverage
from coach.markdown.document import document_blocks


def export_bank(coverage: Coverage) -> str:
    """The document: LF only, one line break at its end, the same bytes for the same bank."""
    return "\n\n".join(document_blocks(coverage)) + "\n"


def write_export(path: Path, document: str) -> None:
    """Put the document in the place of the file. Raises SaveFailed; then the former file is untouched."""
    write_durably(path, document.encode())
