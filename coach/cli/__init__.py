"""The command line: parse, call one function, render. Nothing heavy is imported before a command runs."""

from coach.cli.main import main

__all__ = ["main"]
