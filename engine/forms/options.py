"""The options a choice has in a scope, and which of them a value means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.feel import NotEncodable, plain
from engine.forms.components import Choice
from engine.forms.paths import as_rows, dig
from engine.forms.scope import Scope
from engine.forms.wording import shown


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionShown:
    """One option on a page: `key` is what the page submits for `value`."""

    key: str
    label: str
    value: object


def options_of(choice: Choice, scope: Scope) -> tuple[OptionShown, ...]:
    """The options in `scope`: those of the form, of a variable, or computed."""
    if choice.options_formula is not None:
        return _options_from(scope.evaluate(choice.options_formula), scope)
    if choice.options_key:
        return _options_from(dig(scope.names, choice.options_key), scope)
    return tuple(
        OptionShown(
            key=option_key(option.value),
            label=option.label.render(scope) or shown(option.value, scope.language),
            value=option.value,
        )
        for option in choice.options
    )


def _options_from(values: object, scope: Scope) -> tuple[OptionShown, ...]:
    options = []
    for item in as_rows(values):
        value: object = item
        label: object = None
        if isinstance(item, Mapping) and "value" in item:
            value, label = item["value"], item.get("label")
        if value is None:
            continue
        words = shown(value if label is None else label, scope.language)
        options.append(OptionShown(key=option_key(value), label=words, value=value))
    return tuple(options)


def option_key(value: object) -> str:
    """The text a page submits for an option's value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int | float):
        number = Decimal(str(value))
        whole = number == number.to_integral_value()
        return f"{number:.0f}" if whole else f"{number.normalize():f}"
    try:
        return str(plain(value))
    except NotEncodable:
        return str(value)


def find_option(
    options: Sequence[OptionShown], raw: object, *, by_label: bool = False
) -> OptionShown | None:
    """The option `raw` means: by value, by what the page submits, or by its label."""
    key = option_key(raw)
    for option in options:
        if option.key == key:
            return option
    if by_label and isinstance(raw, str):
        matches = [option for option in options if option.label.strip() == raw.strip()]
        return matches[0] if len(matches) == 1 else None
    return None
