"""The interface for programs: the same commands and checks as on the pages, as JSON."""
