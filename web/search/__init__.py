"""One search for everything: parties, cases, entries, documents."""

from web.search.sources import Hit, search_sources

__all__ = ["Hit", "search_sources"]
