"""The register: parties, cases and the entries of the list."""

from engine.register.about_entry import require_entry
from engine.register.entries import EntryView, entry_of_case

__all__ = ["EntryView", "entry_of_case", "require_entry"]
