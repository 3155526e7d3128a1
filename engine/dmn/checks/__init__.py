"""What can be said about a decision file before anybody asks it something."""

from engine.dmn.checks.run import check_decisions, check_links, left_open

__all__ = ["check_decisions", "check_links", "left_open"]
