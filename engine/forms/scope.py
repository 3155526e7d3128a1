"""The names an expression of a form sees, and how it is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import Language
from engine.feel import Environment, Expression, UnaryTests

_NO_INPUT = "\x00 a condition has no input"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Names in force at one component, as form-js gives them.

    At the root the names of the data; in a list also `this` (the row), `parent` (the scope around
    the list) and `i` (row numbers from 1, outermost first), each also as `_this_`, `_parent_`,
    `_i_`. `this` at the root is the data itself.
    """

    names: Mapping[str, object]
    environment: Environment
    language: Language = "zh"

    @classmethod
    def of_root(
        cls, data: Mapping[str, object], environment: Environment, language: Language = "zh"
    ) -> Scope:
        return cls(
            names=_with_specials(data, this=data, parent=None, i=[]),
            environment=environment,
            language=language,
        )

    def of_row(self, data: Mapping[str, object], this: object, index: int) -> Scope:
        """The scope inside row `index` (from 0) of a list at this scope."""
        around = self.names["_i_"]
        counts = [*around, index + 1] if isinstance(around, list) else [index + 1]
        return Scope(
            names=_with_specials(data, this=this, parent=self.names, i=counts),
            environment=self.environment,
            language=self.language,
        )

    def of_item(self, item: object) -> Scope:
        """The scope inside a `{{#loop}}`: the item's own names come first."""
        own = item if isinstance(item, Mapping) else {}
        names = {**self.names, **own, "this": item, "_this_": item}
        names["parent"] = names["_parent_"] = self.names
        return Scope(names=names, environment=self.environment, language=self.language)

    def evaluate(self, expression: Expression) -> object:
        """The value of an expression; null where it cannot be evaluated, as FEEL has it."""
        return expression.evaluate(self.names, self.environment).value

    def holds(self, condition: UnaryTests) -> bool:
        """Whether a `conditional.hide` is met: a unary test without an input."""
        return condition.matches(_NO_INPUT, self.names, self.environment)


def _with_specials(
    data: Mapping[str, object], *, this: object, parent: object, i: list[int]
) -> dict[str, object]:
    return {
        "this": this,
        "parent": parent,
        "i": i,
        **data,
        "_this_": this,
        "_parent_": parent,
        "_i_": i,
        "_data_": data,
    }
