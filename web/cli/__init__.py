"""The command line: one more door. A command is a file of this folder, found by its name."""

from web.cli.group import main

__all__ = ["main"]
