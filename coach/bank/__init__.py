"""What the user owns, on disk. The only code that touches user files."""
