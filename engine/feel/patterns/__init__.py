"""Regular expressions of XPath (Functions and Operators 3.1, 5.6), which FEEL uses.

Complete: reluctant quantifiers, references to groups, differences of classes, categories, blocks
and name characters of XML Schema 1.1, flags `s`, `m`, `i`, `x` and `q`. Safe: patterns have a
length, depth and size, and matching has a `Budget` of steps.
"""

from engine.feel.patterns.budget import Budget
from engine.feel.patterns.pattern import Match, Pattern, compiled_pattern

__all__ = ["Budget", "Match", "Pattern", "compiled_pattern"]
