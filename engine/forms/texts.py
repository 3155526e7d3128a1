"""Words of a form that may be computed: constants, `=` expressions, `{{ }}` templates.

Templates know `{{expression}}`, `{{#if expression}}…{{/if}}` and `{{#loop expression}}…{{/loop}}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.feel import Expression, compile_expression
from engine.forms.paths import as_rows
from engine.forms.scope import Scope
from engine.forms.wording import shown
from engine.place import Place

_TAG = re.compile(r"\{\{(?P<mark>[#/]?)(?P<word>if|loop)?(?P<rest>.*?)\}\}", re.DOTALL)


class TemplateFault(Exception):
    """A template whose blocks do not match."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh = zh
        self.en = en


def _plain(text: str) -> str:
    return text


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    text: str

    def render(self, scope: Scope, escape: Callable[[str], str]) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class _Value:
    expression: Expression

    def render(self, scope: Scope, escape: Callable[[str], str]) -> str:
        return escape(shown(scope.evaluate(self.expression), scope.language))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    word: str
    expression: Expression
    inside: tuple[_Part, ...]

    def render(self, scope: Scope, escape: Callable[[str], str]) -> str:
        value = scope.evaluate(self.expression)
        if self.word == "if":
            scopes = [scope] if value is True else []
        else:
            scopes = [scope.of_item(item) for item in as_rows(value)]
        return "".join(part.render(inner, escape) for inner in scopes for part in self.inside)


_Part = _Words | _Value | _Block


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Words that may depend on the data."""

    source: str
    formula: Expression | None = None
    parts: tuple[_Part, ...] = ()

    @property
    def is_constant(self) -> bool:
        return self.formula is None and all(isinstance(part, _Words) for part in self.parts)

    def render(self, scope: Scope, escape: Callable[[str], str] = _plain) -> str:
        """The words in `scope`; `escape` is applied to the values put into a template.

        The result of an `=` expression is the owner's own text and is not escaped.
        """
        if self.formula is not None:
            return shown(scope.evaluate(self.formula), scope.language)
        return "".join(part.render(scope, escape) for part in self.parts)

    def expressions(self) -> Iterator[Expression]:
        """Every expression in these words."""
        if self.formula is not None:
            yield self.formula
        yield from _expressions_of(self.parts)


NO_TEXT = Text(source="")


def compile_text(source: str, place: Place) -> Text:
    """Words from their source. Raises `FeelSyntaxError` or `TemplateFault`."""
    if source.lstrip().startswith("="):
        formula = compile_expression(source.lstrip()[1:].strip(), place=place)
        return Text(source=source, formula=formula)
    pieces = list(_pieces(source))
    parts, rest = _parse(pieces, 0, None, place)
    if rest != len(pieces):
        raise TemplateFault("{{/…}} 没有对应的开头", "a {{/…}} without its beginning")
    return Text(source=source, parts=parts)


def _pieces(source: str) -> Iterator[str | re.Match[str]]:
    end = 0
    for match in _TAG.finditer(source):
        if match.start() > end:
            yield source[end : match.start()]
        yield match
        end = match.end()
    if end < len(source):
        yield source[end:]


def _parse(
    pieces: Sequence[str | re.Match[str]], start: int, block: str | None, place: Place
) -> tuple[tuple[_Part, ...], int]:
    parts: list[_Part] = []
    position = start
    while position < len(pieces):
        piece = pieces[position]
        position += 1
        if isinstance(piece, str):
            parts.append(_Words(text=piece))
            continue
        mark, word, rest = piece["mark"], piece["word"] or "", piece["rest"].strip()
        if not mark:
            parts.append(_Value(expression=compile_expression(_without_sign(piece), place=place)))
        elif mark == "#" and word:
            expression = compile_expression(rest, place=place)
            inside, position = _parse(pieces, position, word, place)
            parts.append(_Block(word=word, expression=expression, inside=inside))
        elif mark == "/" and word and word == block:
            return tuple(parts), position
        elif mark == "/" and word and block is None:
            return tuple(parts), position - 1
        else:
            raise TemplateFault(f"不认识 {piece[0]}", f"{piece[0]} is not understood")
    if block is not None:
        raise TemplateFault(
            f"{{{{#{block}}}}} 没有以 {{{{/{block}}}}} 结束",
            f"{{{{#{block}}}}} is not closed by {{{{/{block}}}}}",
        )
    return tuple(parts), position


def _without_sign(piece: re.Match[str]) -> str:
    inside = ((piece["word"] or "") + piece["rest"]).strip()
    return inside.removeprefix("=").strip()


def _expressions_of(parts: Sequence[_Part]) -> Iterator[Expression]:
    for part in parts:
        if isinstance(part, _Value):
            yield part.expression
        elif isinstance(part, _Block):
            yield part.expression
            yield from _expressions_of(part.inside)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A setting of a component that is a constant or FEEL (`readonly`, `min`, `dataSource` …)."""

    constant: object = None
    formula: Expression | None = None

    def value(self, scope: Scope) -> object:
        return scope.evaluate(self.formula) if self.formula is not None else self.constant


NO_SETTING = Setting()
