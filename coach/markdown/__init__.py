"""The bank as markdown."""
