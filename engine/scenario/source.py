"""YAML with line numbers, read without surprises: no octal, no yes/no, exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from engine.place import Place
from engine.scenario.errors import Problem, ScenarioInvalid

MOST_NODES = 100_000
"""Values of one file, aliases counted each time: a small file must not become a large one."""
MOST_BYTES = 2_000_000


class _Loader(yaml.SafeLoader):
    """Safe, and with the plain scalars that a person means.

    Long digit strings (identity numbers) and numbers with leading zeros stay text.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def _date(loader: _Loader, node: yaml.ScalarNode) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError:
        raise yaml.MarkedYAMLError(
            problem=f"没有 {node.value} 这一天 / there is no day {node.value}",
            problem_mark=node.start_mark,
        ) from None


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(node.value)


_PLAIN = (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"[-+]?(0|[1-9][0-9]{0,14})", list("-+0123456789")),
    ("float", r"[-+]?(0|[1-9][0-9]{0,14})\.[0-9]+", list("-+0123456789")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", list("0123456789")),
)
for _name, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"(?:{_pattern})\\Z"), _first
    )
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


class Source:
    """The documents of a YAML file as nodes; `value` makes plain data of a node."""

    def __init__(self, file: Path, shown: str | None = None) -> None:
        self.file = file
        self.shown = shown or str(file)
        self.problems: list[Problem] = []
        try:
            content = file.read_bytes()
            if len(content) > MOST_BYTES:
                raise self.fail(None, "文件过大", "the file is too large")
            text = content.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise self.fail(None, f"不能读取：{error}", f"cannot be read: {error}") from None
        try:
            self._loader = _Loader(text)
            self.documents = list(self._documents())
        except yaml.YAMLError as error:
            raise self._not_yaml(error) from None

    def place(self, node: yaml.Node | None) -> Place:
        """Where a node stands."""
        return Place(file=self.shown, line=node.start_mark.line + 1 if node else None)

    def fail(self, node: yaml.Node | None, zh: str, en: str) -> ScenarioInvalid:
        """The error of one fault that leaves nothing more to read."""
        return ScenarioInvalid([Problem(place=self.place(node), zh=zh, en=en)])

    def note(self, node: yaml.Node | None, zh: str, en: str) -> None:
        """Keep a fault and read on."""
        self.problems.append(Problem(place=self.place(node), zh=zh, en=en))

    def value(self, node: yaml.Node) -> Any:
        """Plain data: contexts, lists, text, numbers, dates."""
        try:
            return self._loader.construct_object(node, deep=True)
        except yaml.YAMLError as error:
            raise self._not_yaml(error) from None

    def entries(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """The entries of a mapping: key, its node, the node of the value."""
        for key, value in node.value:
            yield str(key.value), key, value

    def _documents(self) -> Iterator[yaml.Node]:
        while self._loader.check_node():
            node = self._loader.get_node()
            if node is None:
                continue
            self._examine(node)
            if not (isinstance(node, yaml.ScalarNode) and not node.value):
                yield node

    def _examine(self, document: yaml.Node) -> None:
        """Refuse a key that stands twice, and more values than a person writes."""
        count, open_nodes = 0, [document]
        while open_nodes:
            node = open_nodes.pop()
            count += 1
            if count > MOST_NODES:
                raise self.fail(
                    document, "内容过多，或者引用了自己", "too much content, or it contains itself"
                )
            if isinstance(node, yaml.MappingNode):
                self._refuse_doubles(node)
                open_nodes += [part for pair in node.value for part in pair]
            elif isinstance(node, yaml.SequenceNode):
                open_nodes += node.value

    def _refuse_doubles(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.fail(key, "键应为文字", "a key must be text")
            if key.value in seen:
                self.note(key, f"键「{key.value}」重复", f"key '{key.value}' stands twice")
            seen.add(key.value)

    def _not_yaml(self, error: yaml.YAMLError) -> ScenarioInvalid:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else None
        return ScenarioInvalid(
            [
                Problem(
                    place=Place(file=self.shown, line=line),
                    zh=f"不是正确的 YAML：{what}",
                    en=f"not valid YAML: {what}",
                )
            ]
        )
